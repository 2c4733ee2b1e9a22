"""Organisations that other rows only name: which row of the same file is meant, or a mention."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product

from netmap.exchange.draft import DraftRow, Note, Outcome, Spot
from netmap.exchange.spreadsheets.keys import as_id, is_slug, name_key
from netmap.networks.cells import Reference, split
from netmap.networks.models import TABLES

ORGANISATIONS = "organisations"


@dataclass(frozen=True, slots=True)
class Taken:
    """One row that was taken, and what it says of an organisation it names.

    Attributes:
        row: The row; references are still as written.
        owner: Cells of the organisation named in ``organisation``.
        owner_letters: Their columns in the sheet.
    """

    row: DraftRow
    owner: Mapping[str, str] = field(default_factory=dict)
    owner_letters: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Mention:
    at: int
    row: DraftRow
    cells: dict[str, str]


@cache
def referring_columns(table: str) -> tuple[str, ...]:
    """Name the columns of a table that name an organisation."""
    return tuple(
        name
        for name, column in TABLES[table].model_fields.items()
        if Reference("organisation") in column.metadata
    )


def one_by_one(row: DraftRow, notes: list[Note]) -> list[DraftRow]:
    """Make of a tie to several organisations in one cell a tie to each.

    Args:
        row: A row; references are as written, several apart by semicolons.
        notes: Gets what was noticed; of several organisations of an activity the first stays.

    Returns:
        The row itself, or one for each pair of organisations, all from one row of the file.
    """
    several = {c: split(row.cells.get(c, "")) for c in referring_columns(row.table)}
    if all(len(names) <= 1 for names in several.values()):
        return [row]
    if row.table != "ties":
        for column, names in several.items():
            if len(names) > 1:
                notes.append(_first_of(row, column, names))
        firsts = {column: names[0] for column, names in several.items() if names}
        return [replace(row, cells={**row.cells, **firsts})]
    pairs = product(*([(c, name) for name in names] for c, names in several.items() if names))
    return [replace(row, cells={**row.cells, **dict(pair)}) for pair in pairs]


def _first_of(row: DraftRow, column: str, names: Sequence[str]) -> Note:
    spot = replace(row.spot, column=row.columns.get(column, ""))
    message = f"it holds {len(names)} names: only one can stand here, and '{names[0]}' is taken."
    hint = "Put the others under ties, as co_delivers."
    return Note(Outcome.WARNED, "several-values", message, spot, row.cells[column], names[0], hint)


def refer(taken: Sequence[Taken], notes: list[Note]) -> tuple[DraftRow, ...]:
    """Let each row that names an organisation hold the key of the row that is meant.

    Args:
        taken: All rows of the file, in its order.
        notes: Gets what was noticed.

    Returns:
        The rows, before those that are the first to name an organisation a row that mentions it.
        A column in which every cell could be an id holds ids, and stays as it is.
    """
    known = _by_name(one.row for one in taken if one.row.table == ORGANISATIONS)
    ids = _columns_of_ids(taken)
    mentions: dict[str, _Mention] = {}
    rows: list[DraftRow] = []
    for place, one in enumerate(taken):
        cells = dict(one.row.cells)
        for column in referring_columns(one.row.table):
            name = cells.get(column, "")
            if not name:
                continue
            owned = one if column == "organisation" else Taken(one.row)
            if (one.row.table, column) in ids and name not in known:
                if owned.owner:
                    _mention(mentions, name, name, column, owned, place, notes, patch=True)
                continue
            own = owned.owner.get("id", "")
            key = known.get(own or name) or known.get(name_key(name))
            if key is None:
                key = own or name_key(name)
                _mention(mentions, key, name, column, owned, place, notes)
            cells[column] = key
        rows.append(replace(one.row, cells=cells))
    return tuple(_in_order(rows, mentions))


def _by_name(organisations: Iterable[DraftRow]) -> dict[str, str]:
    """Give the key of each organisation by what other rows may call it, the surest first."""
    listed = list(organisations)
    found: dict[str, str] = {}
    for row in listed:
        found.setdefault(row.key, row.key)
        found.setdefault(row.cells.get("id", row.key), row.key)
    for row in listed:
        found.setdefault(name_key(row.cells.get("name", "")), row.key)
    for row in listed:
        for alias in split(row.cells.get("aliases", "")):
            found.setdefault(name_key(alias), row.key)
    found.pop("", None)
    return found


def _columns_of_ids(taken: Sequence[Taken]) -> frozenset[tuple[str, str]]:
    plain: dict[tuple[str, str], bool] = {}
    for one in taken:
        for column in referring_columns(one.row.table):
            name = one.row.cells.get(column, "")
            if name:
                at = one.row.table, column
                plain[at] = plain.get(at, True) and is_slug(name) and bool(as_id(name))
    return frozenset(at for at, all_plain in plain.items() if all_plain)


def _mention(
    mentions: dict[str, _Mention],
    key: str,
    name: str,
    column: str,
    one: Taken,
    place: int,
    notes: list[Note],
    *,
    patch: bool = False,
) -> None:
    letter = one.row.columns.get(column, "")
    letters = {"name": letter, **one.owner_letters} if letter else dict(one.owner_letters)
    cells = {"id" if patch else "name": name}
    cells |= {c: text for c, text in one.owner.items() if c != "id"}
    if not patch and as_id(one.owner.get("id", "")):
        cells["id"] = one.owner["id"]
    if key not in mentions:
        row = DraftRow(
            ORGANISATIONS, {}, one.row.spot, key, letters, patch=patch, mention=not patch
        )
        mentions[key] = _Mention(place, row, cells)
        return
    first = mentions[key]
    for c, text in cells.items():
        kept = first.cells.setdefault(c, text)
        if c != "name" and kept != text:
            notes.append(_differs(one, name, c, text, kept))


def _differs(one: Taken, name: str, column: str, text: str, kept: str) -> Note:
    spot = one.row.spot
    at = Spot(spot.file, spot.sheet, spot.row, one.owner_letters.get(column, ""))
    message = f"'{name}' stands in another row with '{kept}'; that is kept."
    return Note(Outcome.WARNED, "rows-differ", message, at, text, kept)


def _in_order(rows: Sequence[DraftRow], mentions: Mapping[str, _Mention]) -> Iterable[DraftRow]:
    before: dict[int, list[DraftRow]] = {}
    for mention in mentions.values():
        before.setdefault(mention.at, []).append(replace(mention.row, cells=mention.cells))
    for place, row in enumerate(rows):
        yield from before.get(place, ())
        yield row
