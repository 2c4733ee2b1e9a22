"""Grants in spreadsheets: one row each, below headings that need not be in the first row."""

from collections.abc import Sequence

from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.grants.grant import Grant, Pile, Said
from netmap.exchange.grants.headings import (
    MANY,
    PERSON,
    RECIPIENT_TYPE,
    are_of_grants,
    are_standard,
    field_of,
    is_person,
)
from netmap.exchange.grids import Book, Grid
from netmap.tables import column_letter, tidy

_FIRST_ROWS = 15
KNOWN = (
    "Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date",
    "Recipient Org:Identifier", "Recipient Org:Name", "Funding Org:Identifier",
    "Funding Org:Name",
)  # fmt: skip


def heading_row(grid: Grid) -> int | None:
    """Find the row, counted from nought, with the headings of grants; None where there is none."""
    first = range(min(_FIRST_ROWS, len(grid.rows)))
    return next(
        (n for n in first if are_standard(grid.rows[n]) or are_of_grants(grid.rows[n])), None
    )


def grants_in(book: Book) -> Pile | None:
    """Read the grants of every sheet that has some; None where none has."""
    piles = [_of_grid(grid) for grid in book.grids]
    read = [pile for pile in piles if pile]
    if not read:
        return None
    idle = tuple(
        _unread(grid) for grid, pile in zip(book.grids, piles, strict=True) if pile is None
    )
    return Pile(
        tuple(grant for pile in read for grant in pile.grants),
        (*book.notes, *idle),
        (),
        tuple(dict.fromkeys(heading for pile in read for heading in pile.unused)),
    )


def _unread(grid: Grid) -> Note:
    message = "this sheet has no headings of grants and is not read."
    return Note(Outcome.WARNED, "stray-sheet", message, grid.spot())


def _of_grid(grid: Grid) -> Pile | None:
    top = heading_row(grid)
    if top is None:
        return None
    headings = [tidy(cell) for cell in grid.rows[top]]
    own_words = not are_standard(headings)
    fields = [field_of(heading, own_words=own_words) for heading in headings]
    grants = tuple(
        _grant(grid.spot(row), fields, cells)
        for row, cells in enumerate(grid.rows[top + 1 :], start=top + 1)
        if any(cell.strip() for cell in cells)
    )
    return Pile(
        grants,
        unused=tuple(
            heading
            for heading, field in zip(headings, fields, strict=True)
            if heading and not field
        ),
    )


def _grant(spot: Spot, fields: Sequence[tuple[str, int] | None], cells: Sequence[str]) -> Grant:
    found: dict[str, Said] = {}
    recipients = 1
    for number, (field, cell) in enumerate(zip(fields, cells, strict=False)):
        if field is None or not cell.strip():
            continue
        name, index = field
        if name == PERSON or (name == RECIPIENT_TYPE and is_person(cell)):
            return Grant(spot, to_a_person=True)
        if name in MANY and name in found:
            found[name] = Said(f"{found[name].text};{cell.strip()}", found[name].column)
        elif index == 0 or name in MANY:
            found.setdefault(name, Said(cell, column_letter(number)))
        elif name.startswith("recipient."):
            recipients = max(recipients, index + 1)
    return Grant(spot, found, recipients=recipients)
