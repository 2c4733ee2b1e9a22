"""From a grants file of any kind to its draft."""

from pathlib import Path

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft
from netmap.exchange.grants.documents import grants_of
from netmap.exchange.grants.drafting import draft_of
from netmap.exchange.grants.grant import Pile
from netmap.exchange.grants.sheets import KNOWN, grants_in, heading_row
from netmap.exchange.grids import book_of, is_spreadsheet
from netmap.exchange.opening import content_of, json_from
from netmap.vocabulary import Vocabularies

_FIRST_BYTES = 2**16
_MARKS = (b'"recipientOrganization"', b'"recipientIndividual"', b'"fundingOrganization"')


def recognises(file: Path) -> bool:
    """Tell whether a file, or a folder of pages, holds grants in the 360Giving standard."""
    try:
        if file.is_dir():
            pages = _pages(file)
            return bool(pages) and any(_has_marks(page) for page in pages)
        if file.suffix.lower() == ".json":
            return _has_marks(file)
        if not is_spreadsheet(file):
            return False
        return any(heading_row(grid) is not None for grid in book_of(file, file.name, KNOWN).grids)
    except (UnreadableFileError, OSError):
        return False


def read(file: Path, shown: str, vocabularies: Vocabularies) -> Draft:
    """Read grants as ``funds`` ties.

    Args:
        file: JSON, a folder of JSON pages, or a spreadsheet with the standard's headings.
        shown: How messages name it.
        vocabularies: Not needed: no controlled term is in a grant.

    Returns:
        Organisations by identifier and ties between them; a grant to a person is set aside.

    Raises:
        UnreadableFileError: It cannot be opened, or holds no grants.
    """
    del vocabularies
    pile = _pile(file, shown)
    if pile is None:
        why = "it has no grants: neither a list of them nor headings such as Recipient Org:Name"
        raise UnreadableFileError(shown, why)
    return draft_of(pile, shown)


def _pile(file: Path, shown: str) -> Pile | None:
    if file.is_dir():
        found = [grants_of(_json(page, said), said) for page, said in _named(file, shown)]
        piles = [pile for pile in found if pile]
        return _together(piles) if piles else None
    if file.suffix.lower() == ".json":
        return grants_of(_json(file, shown), shown)
    return grants_in(book_of(file, shown, KNOWN))


def _json(file: Path, shown: str) -> object:
    return json_from(content_of(file, shown), shown)


def _pages(folder: Path) -> list[Path]:
    return sorted(one for one in folder.iterdir() if one.suffix.lower() == ".json")


def _named(folder: Path, shown: str) -> list[tuple[Path, str]]:
    return [(page, f"{shown}/{page.name}") for page in _pages(folder)]


def _together(piles: list[Pile]) -> Pile:
    return Pile(
        tuple(grant for pile in piles for grant in pile.grants),
        tuple(note for pile in piles for note in pile.notes),
        tuple(note for pile in piles for note in pile.broken),
        tuple(dict.fromkeys(name for pile in piles for name in pile.unused)),
    )


def _has_marks(file: Path) -> bool:
    with file.open("rb") as stream:
        start = stream.read(_FIRST_BYTES)
    return any(mark in start for mark in _MARKS)
