"""The ties layer: who is tied to whom, by kind and direction."""

from collections import Counter
from dataclasses import replace

from netmap.maps.cards import Card, Entry, Layer, Line, Row, Table
from netmap.maps.organisations import card_id
from netmap.maps.scene import MOST_ELEMENTS, Scene
from netmap.maps.symbols import tie_style
from netmap.maps.tie_bundles import bundled
from netmap.maps.words import many
from netmap.networks.models import Tie

_BRIDGES = "With a dark edge: a bridge, without which others would be cut off."
_HEADINGS = ("From", "Kind", "To", "Topic", "Since", "Until", "On the map", "Notes")


def ties_layer(scene: Scene) -> Layer:
    """Draw every tie between two organisations that have a place; the others are in the table."""
    kinds = tuple(scene.vocabularies["tie_kind"])
    cards, lines, rows, drawn, numbers = [], [], [], [], []
    between: Counter[frozenset[str]] = Counter()
    for index, tie in enumerate(scene.register.ties):
        missing = _without_place(scene, tie)
        card = _card(scene, tie, f"tie-{index}")
        rows.append(_row(scene, tie, card, missing))
        if missing:
            continue
        ends = frozenset((tie.source_organisation, tie.target_organisation))
        colour, head = tie_style(tie.kind, kinds)
        drawn.append(tie.kind)
        numbers.append(index)
        cards.append(card)
        lines.append(
            Line(
                card.id,
                card_id(scene, tie.source_organisation),
                card_id(scene, tie.target_organisation),
                scene.point_of(scene.register.organisation[tie.source_organisation]),
                scene.point_of(scene.register.organisation[tie.target_organisation]),
                colour,
                head,
                between[ends],
                _stroke(tie),
                ends in scene.bridges,
            )
        )
        between[ends] += 1
    if len(lines) > MOST_ELEMENTS:
        return _bundles(scene, rows, numbers)
    undrawn = len(rows) - len(lines)
    whither = "The mark on a line is at the end it leads to."
    said = f"{many(undrawn, 'tie')} to organisations without a recorded place: in the table only."
    sure = "Dashed: inferred or approximate; dotted: illustrative."
    return Layer(
        "ties",
        "Ties",
        legend=tuple(
            Entry(scene.label("tie_kind", kind), drawn.count(kind), line=tie_style(kind, kinds))
            for kind in (*kinds, *sorted({*drawn} - {*kinds}))
            if kind in drawn
        ),
        note=" ".join(
            [whither] * bool(lines)
            + [sure] * any(line.stroke != "solid" for line in lines)
            + [_BRIDGES] * any(line.bridge for line in lines)
            + [said] * bool(undrawn)
        ),
        table=Table(_HEADINGS, tuple(rows)),
        cards=tuple(cards),
        lines=tuple(lines),
    )


def _bundles(scene: Scene, rows: list[Row], drawn: list[int]) -> Layer:
    """Draw one line for all ties of a kind between two areas; each tie is in the table."""
    found = bundled(scene, drawn)
    kinds = tuple(scene.vocabularies["tie_kind"])
    counts = Counter(scene.register.ties[n].kind for n in drawn)
    thin = f"{many(found.left_out, 'tie')} on the thinnest lines: in the table only."
    undrawn = f"{many(len(rows) - len(drawn), 'tie')} without two places: in the table only."
    return Layer(
        "ties",
        "Ties between areas",
        legend=tuple(
            Entry(
                scene.label("tie_kind", kind),
                counts[kind],
                line=(tie_style(kind, kinds)[0], "arrow"),
            )
            for kind in sorted(counts, key=lambda k: (kinds.index(k) if k in kinds else 99, k))
        ),
        note=" ".join(
            [
                (
                    "One line for all ties of a kind between two areas: the wider, the more. "
                    "Dashed: all of them inferred, approximate or illustrative."
                )
            ]
            + [thin] * bool(found.left_out)
            + [undrawn] * (len(rows) > len(drawn))
        ),
        table=Table(
            _HEADINGS,
            tuple(replace(row, card=found.opens.get(n, "")) for n, row in enumerate(rows)),
        ),
        block=found.block,
    )


def _stroke(tie: Tie) -> str:
    if tie.illustrative:
        return "dotted"
    return "dashed" if tie.uncertain else "solid"


def _without_place(scene: Scene, tie: Tie) -> list[str]:
    """Name the ends that keep a tie from being drawn; one end may stand at the map's side."""
    ends = dict.fromkeys((tie.source_organisation, tie.target_organisation))
    known = scene.register.organisation
    missing = [end for end in ends if end not in known or scene.point_of(known[end]) is None]
    beside = len(ends) > len(missing) and all(end in scene.asides for end in missing)
    return [] if beside else missing


def _card(scene: Scene, tie: Tie, card: str) -> Card:
    source = scene.organisation_name(tie.source_organisation)
    target = scene.organisation_name(tie.target_organisation)
    facts = (
        ("From", source),
        ("To", target),
        ("Topic", scene.label("topic", tie.topic)),
        ("Since", tie.since.isoformat() if tie.since else ""),
        ("Until", tie.until.isoformat() if tie.until else ""),
        ("Without it", _cut_off(scene, tie)),
    )
    kind = scene.label("tie_kind", tie.kind)
    return Card(card, f"{source} {kind} {target}", kind, scene.flags(tie), facts)


def _cut_off(scene: Scene, tie: Tie) -> str:
    count = scene.bridges.get(frozenset((tie.source_organisation, tie.target_organisation)), 0)
    return f"{many(count, 'organisation')} would be cut off" if count else ""


def _row(scene: Scene, tie: Tie, card: Card, missing: list[str]) -> Row:
    names = " and ".join(scene.organisation_name(one) for one in missing)
    return Row(
        scene.organisation_name(tie.source_organisation),
        (
            scene.label("tie_kind", tie.kind),
            scene.organisation_name(tie.target_organisation),
            scene.label("topic", tie.topic),
            tie.since.isoformat() if tie.since else "",
            tie.until.isoformat() if tie.until else "",
            f"no: no place recorded for {names}" if missing else "yes",
            " ".join(f"({flag})" for flag in card.flags),
        ),
        "" if missing else card.id,
        ends=tuple(
            card_id(scene, end)
            for end in (tie.source_organisation, tie.target_organisation)
            if end in scene.register.organisation
        ),
    )
