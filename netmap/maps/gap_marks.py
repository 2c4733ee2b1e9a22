"""The gaps layer: one marker for each area, by what is known there."""

from netmap.gaps.gap import Gap
from netmap.maps.cards import Card, Entry, Layer, Look, Mark, Row, Shape, Table
from netmap.maps.scene import Scene
from netmap.maps.symbols import GAP_PATTERNS, GAP_STATES, OTHER_GAP
from netmap.maps.words import clean, many, number, plainly

_STATE_WORDS = {
    "none_found": "asked, and none found",
    "open_only": "open groups only, none specific",
    "out_of_date": "what is known is out of date",
    "not_asked": "nobody has asked",
}
_NOBODY = "about no one community"
_HEADINGS = ("Area", "What was found", "What is known", "Severity", "People", "What could be done")


def gaps_layer(scene: Scene) -> Layer:
    """Draw one marker for each area that has gaps; gaps of no place are in the table."""
    by_area = scene.gaps_by_area
    cards: list[Card] = []
    marks: list[Mark] = []
    shapes: list[Shape] = []
    kinds: list[str] = []
    ids: dict[str, str] = {}
    # Where there are too many outlines for one element each, there are for markers.
    outlined = bool(scene.outlines.shapes)
    for area, found in by_area.items():
        point = scene.area_points.get(area)
        if point is None:
            continue
        kind = _kind(found)
        card = _card(scene, area, found, f"gap-{len(cards)}")
        ids[area] = card.id
        kinds.append(kind)
        cards.append(card)
        if outlined:
            fill = GAP_PATTERNS.get(kind, GAP_PATTERNS[""])
            outline = scene.outlines.shapes.get(area)
            shapes.append(Shape(card.id, point, 6, fill, card.title, outline=outline))
            continue
        text = str(len(found)) if len(found) > 1 else ""
        marks.append(Mark(card.id, point, _look(kind, found), text))
    elsewhere = sum(len(found) for area, found in by_area.items() if area not in ids)
    said = f"{many(elsewhere, 'gap')} of no one place, or of a record: in the table only."
    count = "A number beside a marker says how many gaps it stands for."
    only = scene.label("community", scene.settings.community or "")
    whose = f"Of gaps about communities, those about {only} people."
    return Layer(
        "gaps",
        "Gaps",
        legend=_legend(kinds, patterns=outlined),
        note=" ".join(
            [whose] * bool(scene.settings.community)
            + [count] * any(m.text for m in marks)
            + [said] * bool(elsewhere)
        ),
        table=Table(_HEADINGS, tuple(_row(scene, gap, ids) for gap in scene.shown_gaps)),
        cards=tuple(cards),
        marks=tuple(marks),
        shapes=tuple(shapes),
        quantum=scene.outlines.quantum,
    )


def _kind(gaps: tuple[Gap, ...]) -> str:
    states = {gap.state for gap in gaps if not gap.settled} or {gap.state for gap in gaps}
    return next((state for state in GAP_STATES if state in states), "")


def _look(kind: str, gaps: tuple[Gap, ...]) -> Look:
    look = GAP_STATES.get(kind, OTHER_GAP)
    invented = all(gap.confidence == "illustrative" for gap in gaps)
    return Look(look.symbol, look.colour, look.size_px, invented)


def _legend(kinds: list[str], *, patterns: bool) -> tuple[Entry, ...]:
    words = {**_STATE_WORDS, "": "another gap"}
    return tuple(
        Entry(label, kinds.count(kind), fill=GAP_PATTERNS[kind])
        if patterns
        else Entry(label, kinds.count(kind), GAP_STATES.get(kind, OTHER_GAP))
        for kind, label in words.items()
        if kind in kinds
    )


def _card(scene: Scene, area: str, gaps: tuple[Gap, ...], card: str) -> Card:
    flags = ["illustrative"] if any(g.confidence == "illustrative" for g in gaps) else []
    place = scene.register.areas[area]
    flags += [flag for flag in scene.flags(place) if flag == "position approximate"]
    return Card(
        card,
        f"{scene.area_name(area)}: {many(len(gaps), 'gap')}",
        "A prompt for discussion, not a verdict",
        tuple(flags),
        (),
        tuple((_heading(gap), _said(gap)) for gap in gaps),
    )


def _heading(gap: Gap) -> str:
    return f"{plainly(gap.rule)} ({_graded(gap)})"


def _graded(gap: Gap) -> str:
    """Say how pressing a gap is, and what people decided about it."""
    return f"{gap.severity.value}, {gap.decision.decision}" if gap.decision else gap.severity.value


def _said(gap: Gap) -> tuple[str, ...]:
    unsure = "" if gap.confidence == "stated" else f"Rests on what is {clean(gap.confidence)}."
    return tuple(filter(None, (clean(gap.message), clean(gap.prompt), unsure)))


def _row(scene: Scene, gap: Gap, ids: dict[str, str]) -> Row:
    people = gap.people if gap.people is None or isinstance(gap.people, str) else number(gap.people)
    unsure = "" if gap.confidence == "stated" else f" ({clean(gap.confidence)})"
    return Row(
        clean(gap.area_name) or scene.area_name(gap.area) or "The whole network",
        (
            clean(gap.message) + unsure,
            _STATE_WORDS.get(gap.state or "", ""),
            _graded(gap),
            people or "",
            clean(gap.prompt),
        ),
        ids.get(gap.area or "", ""),
        tags={"community": (scene.label("community", gap.community) or _NOBODY,)},
    )
