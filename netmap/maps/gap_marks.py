"""The gaps layer: one marker for each area, by what is known there."""

from netmap.gaps import RULES
from netmap.gaps.gap import Gap, Severity
from netmap.language import N_, _, ngettext
from netmap.maps.cards import (
    APPROXIMATE,
    APPROXIMATE_POSITION,
    ILLUSTRATIVE,
    INFERRED,
    Card,
    Entry,
    Layer,
    Look,
    Mark,
    Row,
    Shape,
    Table,
)
from netmap.maps.scene import Scene
from netmap.maps.symbols import GAP_PATTERNS, GAP_STATES, OTHER_GAP
from netmap.maps.words import clean, number, plainly

_STATE_WORDS = {
    "none_found": N_("asked, and none found"),
    "open_only": N_("open groups only, none specific"),
    "out_of_date": N_("what is known is out of date"),
    "not_asked": N_("nobody has asked"),
}
_OTHER = N_("another gap")
_NOBODY = N_("about no one community")
_HEADINGS = (
    N_("Area"),
    N_("What was found"),
    N_("What is known"),
    N_("Severity"),
    N_("People"),
    N_("What could be done"),
)
_SEVERITIES = {
    Severity.HIGH: N_("high"),
    Severity.MEDIUM: N_("medium"),
    Severity.LOW: N_("low"),
    Severity.INFO: N_("info"),
}
_DECISIONS = {
    "accepted": N_("accepted"),
    "planned": N_("planned"),
    "disputed": N_("disputed"),
    "done": N_("done"),
}
_UNSURE = {
    "inferred": N_("Rests on what is inferred."),
    "approximate": N_("Rests on what is approximate."),
    "illustrative": N_("Rests on what is illustrative."),
}
_CONFIDENCE = {
    "inferred": INFERRED,
    "approximate": APPROXIMATE,
    "illustrative": ILLUSTRATIVE,
}


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
    said = ngettext(
        "%(count)s gap of no one place, or of a record: in the table only.",
        "%(count)s gaps of no one place, or of a record: in the table only.",
        elsewhere,
    )
    count = _("A number beside a marker says how many gaps it stands for.")
    only = scene.label("community", scene.settings.community or "")
    whose = _("Of gaps about communities, those about %(community)s people.", community=only)
    return Layer(
        "gaps",
        _("Gaps"),
        legend=_legend(kinds, patterns=outlined),
        note=" ".join(
            [whose] * bool(scene.settings.community)
            + [count] * any(m.text for m in marks)
            + [said] * bool(elsewhere)
        ),
        table=Table(
            tuple(map(_, _HEADINGS)), tuple(_row(scene, gap, ids) for gap in scene.shown_gaps)
        ),
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
    words = {kind: _(text) for kind, text in {**_STATE_WORDS, "": _OTHER}.items()}
    return tuple(
        Entry(label, kinds.count(kind), fill=GAP_PATTERNS[kind])
        if patterns
        else Entry(label, kinds.count(kind), GAP_STATES.get(kind, OTHER_GAP))
        for kind, label in words.items()
        if kind in kinds
    )


def _card(scene: Scene, area: str, gaps: tuple[Gap, ...], card: str) -> Card:
    flags = [ILLUSTRATIVE] if any(g.confidence == "illustrative" for g in gaps) else []
    place = scene.register.areas[area]
    flags += [flag for flag in scene.flags(place) if flag == APPROXIMATE_POSITION]
    return Card(
        card,
        ngettext(
            "%(area)s: %(count)s gap",
            "%(area)s: %(count)s gaps",
            len(gaps),
            area=scene.area_name(area),
        ),
        scene.say(N_("A prompt for discussion, not a verdict")),
        tuple(flags),
        (),
        tuple((_heading(scene, gap), _said(scene, gap)) for gap in gaps),
    )


def _heading(scene: Scene, gap: Gap) -> str:
    rule = RULES.get(gap.rule)
    return scene.say(
        N_("%(rule)s (%(severity)s)"),
        rule=scene.say(rule.title) if rule else plainly(gap.rule),
        severity=_graded(scene, gap),
    )


def _graded(scene: Scene, gap: Gap) -> str:
    """Say how pressing a gap is, and what people decided about it."""
    severity = scene.say(_SEVERITIES[gap.severity])
    if not gap.decision:
        return severity
    known = _DECISIONS.get(gap.decision.decision)
    return scene.say(
        N_("%(severity)s, %(decision)s"),
        severity=severity,
        decision=scene.say(known) if known else gap.decision.decision,
    )


def _said(scene: Scene, gap: Gap) -> tuple[str, ...]:
    known = _UNSURE.get(gap.confidence)
    return tuple(
        filter(None, (clean(gap.message), clean(gap.prompt), scene.say(known) if known else ""))
    )


def _row(scene: Scene, gap: Gap, ids: dict[str, str]) -> Row:
    people = gap.people if gap.people is None or isinstance(gap.people, str) else number(gap.people)
    say = scene.say
    unsure, state = _CONFIDENCE.get(gap.confidence), _STATE_WORDS.get(gap.state or "")
    return Row(
        clean(gap.area_name) or scene.area_name(gap.area) or say(N_("The whole network")),
        (
            f"{clean(gap.message)} ({say(unsure)})" if unsure else clean(gap.message),
            say(state) if state else "",
            _graded(scene, gap),
            people or "",
            clean(gap.prompt),
        ),
        ids.get(gap.area or "", ""),
        tags={"community": (scene.label("community", gap.community) or say(_NOBODY),)},
        illustrative=gap.confidence == "illustrative",
    )
