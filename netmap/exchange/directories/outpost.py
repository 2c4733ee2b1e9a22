"""Outpost's ``services.csv``: one row for each service, and more for its further places and times.

What Outpost hides stays hidden here. A service that is not visible there is withheld, and so is an
organisation with no other service; one place of it that is hidden hides it all; one whose exact
address is masked is shown by its area. What one contact hides, no contact shows.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from netmap.errors import UnreadableFileError
from netmap.exchange.directories.drafting import draft_of
from netmap.exchange.directories.feed import Feed
from netmap.exchange.directories.outpost_rows import (
    LEFT,
    OutpostRow,
    hidden_as,
    kept_beside,
    organisation_name,
    record_of,
)
from netmap.exchange.directories.own import PART
from netmap.exchange.directories.parts import is_false
from netmap.exchange.draft import Draft, Note, Outcome, Spot
from netmap.exchange.grids import Grid, book_of, is_spreadsheet
from netmap.networks.areas import plain
from netmap.privacy import Visibility
from netmap.tables import tidy
from netmap.vocabulary import Vocabularies

_KNOWN = ("import_id", "import_id_reference", "name", "organisation", "location_visible")
_SIGNS = frozenset({"import_id_reference", "mask_exact_address", "location_visible"})
_FIRST_ROWS = 15


def recognises(file: Path) -> bool:
    """Tell whether a spreadsheet has Outpost's headings."""
    try:
        return is_spreadsheet(file) and any(
            _top(grid) is not None for grid in book_of(file, file.name, _KNOWN).grids
        )
    except (UnreadableFileError, OSError):
        return False


def read(file: Path, shown: str, vocabularies: Vocabularies, today: date | None = None) -> Draft:
    """Read Outpost's services.

    Args:
        file: The CSV, or a workbook made of it.
        shown: How messages name it.
        vocabularies: To know taxonomies and suitabilities by.
        today: To know whether a service is visible yet; not looked at where it is not given.

    Raises:
        UnreadableFileError: It cannot be opened, or lacks the headings.
    """
    book = book_of(file, shown, _KNOWN)
    grid = next((one for one in book.grids if _top(one) is not None), None)
    if grid is None:
        raise UnreadableFileError(shown, "it lacks the headings import_id and location_visible")
    feed = Feed(notes=list(book.notes))
    services, headings = _grouped(grid, feed)
    shown_somewhere = {
        _organisation_of(rows)
        for rows in services.values()
        if hidden_as(rows, today)[0] is not Visibility.WITHHELD
        and not is_false(rows[0].cells, "approved")
    }
    for key, rows in services.items():
        if is_false(rows[0].cells, "approved"):
            message = "This service is not approved in Outpost."
            feed.set_aside.append(Note(Outcome.REFUSED, "not-approved", message, rows[0].spot))
            continue
        visibility, why = hidden_as(rows, today)
        if why:
            feed.notes.append(Note(Outcome.WARNED, "hidden", why, rows[0].spot))
        record = record_of(key, rows)
        record[PART] = kept_beside(rows, visibility)
        if _organisation_of(rows) not in shown_somewhere and "organization" in record:
            # A body that Outpost shows nowhere would be named by its own row.
            record["organization"][PART] = {"visibility": Visibility.WITHHELD.value}
        feed.add_service(record, rows[0].spot)
    left = [heading for heading in headings if heading in LEFT]
    if left:
        message = f"addresses and names of people have no place in a register: {', '.join(left)}."
        feed.notes.append(Note(Outcome.WARNED, "not-taken", message, Spot(shown)))
    return draft_of(feed, "outpost", shown, vocabularies)


def _organisation_of(rows: Sequence[OutpostRow]) -> str:
    return plain(organisation_name(rows[0].cells))


def _top(grid: Grid) -> int | None:
    for number, cells in enumerate(grid.rows[:_FIRST_ROWS]):
        found = {_heading(cell) for cell in cells}
        if "import_id" in found and found & _SIGNS:
            return number
    return None


def _heading(cell: str) -> str:
    return "_".join(tidy(cell).casefold().split())


def _grouped(grid: Grid, feed: Feed) -> tuple[Mapping[str, list[OutpostRow]], list[str]]:
    """Put the rows of each service together, the one that names it first."""
    top = _top(grid) or 0
    headings = [_heading(cell) for cell in grid.rows[top]]
    services: dict[str, list[OutpostRow]] = {}
    further: list[OutpostRow] = []
    for number, cells in enumerate(grid.rows[top + 1 :], start=top + 1):
        named = zip(headings, map(tidy, cells), strict=False)
        row = OutpostRow({k: cell for k, cell in named if k and cell}, grid.spot(number))
        key = row.cells.get("import_id", "")
        if not row.cells:
            continue
        if row.cells.get("import_id_reference"):
            further.append(row)
        elif key in services:
            feed.refuse("a second service with the same import_id.", "duplicate-id", row.spot)
        elif key:
            services[key] = [row]
        else:
            feed.refuse("a row without import_id.", "no-id", row.spot)
    for row in further:
        key = row.cells["import_id_reference"]
        if key in services:
            services[key].append(row)
        else:
            feed.refuse(f"part of service {key}, which is not here.", "missing-reference", row.spot)
    return services, headings
