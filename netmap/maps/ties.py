"""The ties layer: who is tied to whom, by kind and direction."""

from collections import Counter
from dataclasses import replace

from netmap.language import N_, _, ngettext
from netmap.maps.cards import ILLUSTRATIVE, Card, Entry, Layer, Line, Row, Table, in_brackets
from netmap.maps.organisations import card_id, cut_off
from netmap.maps.scene import MOST_ELEMENTS, Scene
from netmap.maps.symbols import tie_style
from netmap.maps.tie_bundles import bundled
from netmap.networks.models import Tie

_BRIDGES = N_("With a dark edge: a bridge, without which others would be cut off.")
_SQUARES = N_("Organisations of no recorded area are taken together with those near them.")


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
    whither = _("The mark on a line is at the end it leads to.")
    said = ngettext(
        "%(count)s tie to organisations without a recorded place: in the table only.",
        "%(count)s ties to organisations without a recorded place: in the table only.",
        undrawn,
    )
    sure = _("Dashed: inferred or approximate; dotted: illustrative.")
    return Layer(
        "ties",
        _("Ties"),
        legend=tuple(
            Entry(scene.label("tie_kind", kind), drawn.count(kind), line=tie_style(kind, kinds))
            for kind in (*kinds, *sorted({*drawn} - {*kinds}))
            if kind in drawn
        ),
        note=" ".join(
            [whither] * bool(lines)
            + [sure] * any(line.stroke != "solid" for line in lines)
            + [_(_BRIDGES)] * any(line.bridge for line in lines)
            + [said] * bool(undrawn)
        ),
        table=Table(_headings(scene), tuple(rows)),
        cards=tuple(cards),
        lines=tuple(lines),
    )


def _headings(scene: Scene) -> tuple[str, ...]:
    source, target = scene.tie_ends
    return (
        source,
        _("Kind"),
        target,
        _("Topic"),
        _("Since"),
        _("Until"),
        _("On the map"),
        _("Notes"),
    )


def _bundles(scene: Scene, rows: list[Row], drawn: list[int]) -> Layer:
    """Draw one line for all ties of a kind between two areas; each tie is in the table."""
    found = bundled(scene, drawn)
    kinds = tuple(scene.vocabularies["tie_kind"])
    counts = Counter(scene.register.ties[n].kind for n in drawn)
    undrawn = ngettext(
        "%(count)s tie without two places: in the table only.",
        "%(count)s ties without two places: in the table only.",
        len(rows) - len(drawn),
    )
    wide = _(
        "One line for all ties of a kind between two areas: the wider, the more. "
        "Dashed: all of them inferred, approximate or illustrative."
    )
    return Layer(
        "ties",
        _("Ties between areas"),
        legend=tuple(
            Entry(
                scene.label("tie_kind", kind),
                counts[kind],
                line=(tie_style(kind, kinds)[0], "arrow"),
            )
            for kind in sorted(counts, key=lambda k: (kinds.index(k) if k in kinds else 99, k))
        ),
        note=" ".join(
            [wide] + [_(_SQUARES)] * found.squares + [undrawn] * (len(rows) > len(drawn))
        ),
        table=Table(
            _headings(scene),
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
    say, ends = scene.say, scene.tie_ends
    source = scene.organisation_name(tie.source_organisation)
    target = scene.organisation_name(tie.target_organisation)
    facts = (
        (ends[0], source),
        (ends[1], target),
        (say(N_("Topic")), scene.label("topic", tie.topic)),
        (say(N_("Since")), tie.since.isoformat() if tie.since else ""),
        (say(N_("Until")), tie.until.isoformat() if tie.until else ""),
        (say(N_("Without it")), _cut_off(scene, tie)),
    )
    kind = scene.label("tie_kind", tie.kind)
    title = say(N_("%(source)s %(kind)s %(target)s"), source=source, kind=kind, target=target)
    return Card(card, title, kind, scene.flags(tie), facts)


def _cut_off(scene: Scene, tie: Tie) -> str:
    count = scene.bridges.get(frozenset((tie.source_organisation, tie.target_organisation)), 0)
    return cut_off(count)


def _row(scene: Scene, tie: Tie, card: Card, missing: list[str]) -> Row:
    return Row(
        scene.organisation_name(tie.source_organisation),
        (
            scene.label("tie_kind", tie.kind),
            scene.organisation_name(tie.target_organisation),
            scene.label("topic", tie.topic),
            tie.since.isoformat() if tie.since else "",
            tie.until.isoformat() if tie.until else "",
            _on_the_map(scene, missing),
            in_brackets(scene.say, card.flags),
        ),
        "" if missing else card.id,
        ends=tuple(
            card_id(scene, end)
            for end in (tie.source_organisation, tie.target_organisation)
            if end in scene.register.organisation
        ),
        illustrative=ILLUSTRATIVE in card.flags,
    )


def _on_the_map(scene: Scene, missing: list[str]) -> str:
    say = scene.say
    if not missing:
        return say(N_("yes"))
    one, *others = (scene.organisation_name(end) for end in missing)
    if not others:
        return say(N_("no: no place recorded for %(name)s"), name=one)
    return say(N_("no: no place recorded for %(one)s and %(other)s"), one=one, other=others[0])
