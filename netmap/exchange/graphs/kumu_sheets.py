"""Kumu's spreadsheet: a workbook with elements and connections, written, and read as CSV too."""

from collections.abc import Mapping
from pathlib import Path

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft, Note, Outcome, Spot
from netmap.exchange.graphs.drafts import draft_of
from netmap.exchange.graphs.drawing import Drawing, Link, Thing
from netmap.exchange.graphs.kumu import Value, kumu_cannot_carry, kumu_map
from netmap.exchange.graphs.kumu_headings import recognises, role_of
from netmap.exchange.graphs.kumu_json import KIND, UNIT, kumu_key
from netmap.exchange.graphs.network import texts_of
from netmap.exchange.grids import Book, Grid, book_of
from netmap.exchange.tabular.about import about
from netmap.exchange.tabular.cells import forbidden_texts, how_many
from netmap.exchange.tabular.workbooks import LONGEST, Sheet, workbook
from netmap.networks.register import Register
from netmap.tables import column_letter, normalise_heading, tidy
from netmap.tables.cells import RUNS_AS_FORMULA
from netmap.vocabulary import Vocabularies

__all__ = ["cannot_carry", "read", "recognises", "write"]

_READ_ME = "Read me (ignore)"  # Kumu passes over sheets with this in their names
_BAR, _INSTEAD = "|", "/"
_KNOWN = ("ID", "Label", "Type", "Description", "Tags", "From", "To", "Direction", "Strength")
_TEXTS = frozenset({".csv", ".tsv"})
_PAIR = ("elements", "connections")


def write(register: Register, vocabularies: Vocabularies) -> bytes:
    """Write the organisations and ties of a register as a Kumu spreadsheet.

    Args:
        register: As its audience may see it.
        vocabularies: For the words people see.

    Returns:
        The bytes of an ``.xlsx``; the same register and as-of day give the same. Several values in
        a cell have ``|`` between them; where a text has one of its own, a ``/`` stands instead.
    """
    drawn = kumu_map(register, vocabularies)
    elements = [
        (
            *(one.id, _plain(one.label), _plain(one.type), _cell(one.tags)),
            *(_cell(one.fields.get(name)) for name in drawn.element_fields),
        )
        for one in drawn.elements
    ]
    connections = [
        (
            *(one.id, one.source, one.target, _plain(one.type), "directed"),
            *(_cell(one.fields.get(name)) for name in drawn.connection_fields),
        )
        for one in drawn.connections
    ]
    sheets = (
        Sheet("Elements", ("ID", "Label", "Type", "Tags", *drawn.element_fields), elements),
        Sheet(
            "Connections",
            ("ID", "From", "To", "Type", "direction", *drawn.connection_fields),
            connections,
        ),
        Sheet(_READ_ME, ("About", ""), about(register), filtered=False),
    )
    return workbook(sheets, register.title, register.as_of)


def cannot_carry(register: Register) -> tuple[str, ...]:
    """Say what of this register a Kumu spreadsheet does not hold."""
    texts = list(texts_of(register))
    barred = sum(_BAR in text for text in texts)
    cut = sum(len(text) > LONGEST for text in texts)
    bars = (
        f"{how_many(barred, 'cell')} written with {_INSTEAD} for {_BAR}, which cuts cells in two."
    )
    long = f"{how_many(cut, 'cell')} cut after {LONGEST:,} characters."
    said = [sentence for number, sentence in ((barred, bars), (cut, long)) if number]
    return (*kumu_cannot_carry(register), *said, *forbidden_texts(texts))


def read(file: Path, shown: str, vocabularies: Vocabularies, tie_kind: str = "") -> Draft:
    """Read the elements and connections of a Kumu spreadsheet as organisations and ties.

    Args:
        file: A workbook; or a CSV of elements or of connections. A CSV called ``elements`` is read
            together with the one called ``connections`` beside it, and the other way round.
        shown: How messages name it.
        vocabularies: For roles and kinds of ties.
        tie_kind: What ties are whose kind the file does not say; empty sets them aside.

    Raises:
        UnreadableFileError: It cannot be read, or neither elements nor connections are in it.
    """
    book = _with_its_other_half(file, shown, book_of(file, shown, _KNOWN))
    things: list[Thing] = []
    links: list[Link] = []
    notes = [note for note in book.notes if note.spot.sheet != _READ_ME]
    roles = [role_of(grid.rows[0]) if grid.rows else "" for grid in book.grids]
    if not any(roles):
        why = "no sheet begins with Label, or with From and To, as Kumu's do"
        raise UnreadableFileError(shown, why)
    for grid, role in zip(book.grids, roles, strict=True):
        if role == "elements":
            things.extend(_things(grid))
        elif role == "connections":
            links.extend(_links(grid))
        else:
            message = f"the sheet '{grid.sheet}' has neither elements nor connections; not read."
            notes.append(Note(Outcome.WARNED, "stray-sheet", message, grid.spot()))
    drawing = Drawing(
        tuple(things), tuple(links), tuple(notes), bars=True, by_label=True, overwrites=True
    )
    return draft_of(KIND, UNIT, drawing, vocabularies, tie_kind)


def _plain(text: str) -> str:
    return text.replace(_BAR, _INSTEAD)


def _cell(value: Value | None) -> str | None:
    if isinstance(value, tuple):
        return _BAR.join(map(_plain, value))
    return None if value is None else _plain(value)


def _with_its_other_half(file: Path, shown: str, book: Book) -> Book:
    """Add the CSV of connections that stands beside one of elements, or the other way round."""
    if file.suffix.lower() not in _TEXTS:
        return book
    for one, other in (_PAIR, _PAIR[::-1]):
        wanted = file.name.casefold().replace(one, other)
        if one not in file.name.casefold():
            continue
        near = sorted(p for p in file.parent.iterdir() if p.name.casefold() == wanted)
        for beside in near[:1]:
            name = shown.removesuffix(file.name) + beside.name
            more = book_of(beside, name, _KNOWN)
            message = f"{beside.name} stands beside it and is read with it."
            note = Note(Outcome.WARNED, "other-half", message, Spot(shown))
            return Book((*book.grids, *more.grids), (*book.notes, note, *more.notes))
    return book


def _things(grid: Grid) -> list[Thing]:
    headings = _headings(grid)
    typed = any(normalise_heading(heading) == "type" for heading in headings.values())
    found = []
    for number, cells in _filled(grid, headings):
        identity, label = (_taken(cells, name) for name in ("id", "label"))
        kind = next((t for h, t in cells.items() if normalise_heading(h) == "type"), "")
        key = kumu_key(identity, label, kind if typed else "")
        found.append(Thing(grid.spot(number), key, label, cells, _letters(headings)))
    return found


def _links(grid: Grid) -> list[Link]:
    headings = _headings(grid)
    found = []
    for number, cells in _filled(grid, headings):
        _taken(cells, "id")
        source, targets, label = (_taken(cells, name) for name in ("from", "to", "label"))
        direction = _taken(cells, "direction").lower() or "directed"
        found += [
            Link(grid.spot(number), source, target, label, direction, cells, _letters(headings))
            for target in (targets.split(_BAR) if targets else [""])
        ]
    return found


def _headings(grid: Grid) -> dict[int, str]:
    """Name each column; one without a heading goes by its letter."""
    found: dict[int, str] = {}
    for index in range(max(map(len, grid.rows))):
        text = tidy(grid.cell(0, index)) or f"column {column_letter(index)}"
        found[index] = text if text not in found.values() else f"{text} ({column_letter(index)})"
    return found


def _letters(headings: Mapping[int, str]) -> dict[str, str]:
    return {heading: column_letter(index) for index, heading in headings.items()}


def _filled(grid: Grid, headings: Mapping[int, str]) -> list[tuple[int, dict[str, str]]]:
    """Give the rows that are not blank, their texts by heading."""
    rows = []
    for number in range(1, len(grid.rows)):
        texts = {headings[i]: _unguarded(tidy(t)) for i, t in enumerate(grid.rows[number])}
        cells = {heading: text for heading, text in texts.items() if text}
        if cells:
            rows.append((number, cells))
    return rows


def _unguarded(text: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from running a cell."""
    guarded = text[:1] == "'" and text[1:2] in RUNS_AS_FORMULA
    return tidy(text[1:]) if guarded else text


def _taken(cells: dict[str, str], name: str) -> str:
    heading = next((h for h in cells if normalise_heading(h) == name), None)
    return cells.pop(heading) if heading is not None else ""
