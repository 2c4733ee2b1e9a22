"""From a drawing to a draft: things become organisations, links become ties.

People are set aside, because names of people are not modelled; so is what stands for nobody, and
every link that loses an end.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

from netmap.exchange.draft import Draft, DraftRow, Note, Outcome, Spot
from netmap.exchange.graphs.drawing import Drawing, Link, Thing
from netmap.exchange.graphs.organisations import (
    at_no_point_of_its_own,
    is_person,
    merged,
    organisation_of,
    register_id,
)
from netmap.exchange.graphs.ties import ties_of
from netmap.tables import tidy
from netmap.vocabulary import Vocabularies


@dataclass(slots=True)
class _Found:
    """What was understood so far, and where links find their ends.

    ``keys`` maps what a link may say to the key of a row, None where the thing was set aside;
    ``labels`` says how many things go by a label.
    """

    rows: dict[str, DraftRow] = field(default_factory=dict)
    keys: dict[str, str | None] = field(default_factory=dict)
    by_label: dict[str, str | None] = field(default_factory=dict)
    labels: Counter[str] = field(default_factory=Counter)
    ties: list[DraftRow] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    set_aside: list[Note] = field(default_factory=list)


def draft_of(
    kind: str, unit: str, drawing: Drawing, vocabularies: Vocabularies, tie_kind: str = ""
) -> Draft:
    """Understand a drawing as organisations and ties.

    Args:
        kind: Which reader it is from.
        unit: What is counted, in the plural.
        drawing: All of one file.
        vocabularies: For roles, sectors, communities, kinds of ties and topics.
        tie_kind: What ties are whose kind the file does not say; empty sets them aside.

    Returns:
        Organisations, then ties, in the file's order.
    """
    found = _Found(notes=list(drawing.notes), set_aside=list(drawing.set_aside))
    for thing in drawing.things:
        _take_thing(thing, drawing, vocabularies, found)
    own = any(register_id(thing) for thing in drawing.things)
    _note_area_points(drawing, found)
    for _, links in groupby(drawing.links, key=lambda link: link.spot):
        _take_links(list(links), drawing, vocabularies, tie_kind, found, own=own)
    units = {thing.spot for thing in drawing.things} | {link.spot for link in drawing.links}
    return Draft(
        kind,
        unit,
        len(units) + len(drawing.set_aside),
        (*found.rows.values(), *found.ties),
        tuple(found.notes),
        tuple(found.set_aside),
    )


def _take_thing(thing: Thing, drawing: Drawing, vocabularies: Vocabularies, found: _Found) -> None:
    label = tidy(thing.label)
    found.labels[label] += 1
    row = None
    why = _why_not(thing)
    if not why:
        row = organisation_of(thing, vocabularies, found.notes, bars=drawing.bars)
        why = None if row else ("missing-name", "it has neither a name nor a label.")
    if row is None or why:
        code, message = why or ("", "")
        found.set_aside.append(Note(Outcome.REFUSED, code, message, thing.spot))
        found.keys.setdefault(thing.key, None)
        found.by_label.setdefault(label, None)
        return
    if row.key in found.rows:
        _take_again(thing, row, drawing, found)
        return
    found.rows[row.key] = row
    found.keys[thing.key] = row.key
    found.by_label[label] = row.key


def _why_not(thing: Thing) -> tuple[str, str] | None:
    if thing.box:
        return "box", "it is a box drawn around others, not an organisation."
    if is_person(thing):
        return "person", "it is a person; a register holds organisations, and no names of people."
    return None


def _take_again(thing: Thing, row: DraftRow, drawing: Drawing, found: _Found) -> None:
    first = found.rows[row.key]
    found.labels[tidy(thing.label)] -= 1
    found.keys[thing.key] = row.key
    if drawing.overwrites:
        found.rows[row.key] = merged(first, row.cells)
        message = f"it is the same as row {first.spot.row}; what it says is put there."
        note = Note(Outcome.MENDED, "same-element", message, thing.spot)
    else:
        message = f"it has the same id as row {first.spot.row}, which stays."
        note = Note(Outcome.REFUSED, "duplicate-id", message, thing.spot)
    found.set_aside.append(note)


def _note_area_points(drawing: Drawing, found: _Found) -> None:
    number = sum(map(at_no_point_of_its_own, drawing.things))
    if number:
        said = "1 organisation stands" if number == 1 else f"{number} organisations stand"
        message = f"{said} where an area or a postcode is; that is not taken for an address."
        spot = Spot(drawing.things[0].spot.file)
        found.notes.append(Note(Outcome.MENDED, "area-point", message, spot))


def _take_links(
    links: list[Link],
    drawing: Drawing,
    vocabularies: Vocabularies,
    tie_kind: str,
    found: _Found,
    *,
    own: bool,
) -> None:
    """Take all links of one unit; the unit is set aside where none of them can be taken."""
    taken: list[DraftRow] = []
    lost: list[Note] = []
    for link in links:
        ends = [_end(link, said, drawing, found) for said in (link.source, link.target)]
        failed = next((end for end in ends if isinstance(end, Note)), None)
        if failed:
            lost.append(failed)
            continue
        pair = (str(ends[0]), str(ends[1]))
        rows = ties_of(link, pair, vocabularies, tie_kind, own=own)
        if isinstance(rows, Note):
            lost.append(rows)
        else:
            taken.extend(rows)
            _mention(link, pair, found)
    found.ties.extend(taken)
    if taken:
        found.notes.extend(lost)
    else:
        found.set_aside.append(lost[0])


def _end(link: Link, said: str, drawing: Drawing, found: _Found) -> str | Note:
    """Find the key of the row that a link runs from or to, or say why there is none."""
    end = tidy(said)
    if not end:
        return _lost(link, "it does not say where it begins and ends.")
    if end in found.keys:
        return found.keys[end] or _lost(link, "one of its ends was set aside.")
    if drawing.by_label and found.labels[end] > 1:
        return _lost(link, f"{found.labels[end]} elements are called '{end}'.")
    if drawing.by_label and end in found.by_label:
        return found.by_label[end] or _lost(link, "one of its ends was set aside.")
    if not drawing.by_label:
        return _lost(link, f"nothing in the file has the id '{end}'.")
    return end


def _mention(link: Link, ends: tuple[str, str], found: _Found) -> None:
    """Note the ends of a tie that stand nowhere but in it."""
    for end in ends:
        if end not in found.rows:
            row = DraftRow("organisations", {"name": end}, link.spot, end, mention=True)
            found.rows[end] = row
            found.keys[end] = end


def _lost(link: Link, message: str) -> Note:
    return Note(Outcome.REFUSED, "lost-end", message, link.spot)
