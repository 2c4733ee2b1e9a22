"""From a published file to a draft, by what is in it or by the kind people name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft
from netmap.exchange.grids import Book, book_of, is_spreadsheet
from netmap.exchange.statistics import changes, classes, populations
from netmap.exchange.statistics.frame import Frame, frames
from netmap.exchange.statistics.registers import is_of_a_register
from netmap.vocabulary import Vocabularies, load

KINDS = (
    populations.KIND,
    classes.RURAL_URBAN,
    classes.DEPRIVATION,
    changes.CODE_CHANGES,
    changes.LOOKUP,
)
# Tables of deprivation have counts of people too, and every table can be a lookup.
_MOST_TELLING = (
    classes.DEPRIVATION,
    changes.CODE_CHANGES,
    classes.RURAL_URBAN,
    populations.KIND,
    changes.LOOKUP,
)
_NEEDS: Mapping[str, str] = {
    populations.KIND: "counts of people",
    classes.RURAL_URBAN: "rural/urban classes",
    classes.DEPRIVATION: "an overall decile of deprivation",
    changes.CODE_CHANGES: "codes of several years side by side",
    changes.LOOKUP: "codes of larger areas beside codes of smaller ones",
}


def told(file: Path) -> str | None:
    """Tell which of :data:`KINDS` a file is; None where it is no published table about areas."""
    if not is_spreadsheet(file):
        return None
    try:
        book, vocabularies = book_of(file, file.name), load()
    except UnreadableFileError:
        return None
    found = [frame for frame in frames(book) if not is_of_a_register(frame)]
    best = _best(found, vocabularies, None)
    return best[1] if best else None


def read(file: Path, shown: str, vocabularies: Vocabularies, kind: str | None = None) -> Draft:
    """Read a published table about areas.

    Args:
        file: The file, any common spreadsheet.
        shown: How messages name it.
        vocabularies: The controlled terms of the workspace.
        kind: One of :data:`KINDS`; told from the table where not given.

    Returns:
        Rows for ``populations``, or patches for ``areas``.

    Raises:
        UnreadableFileError: There is no such table in it.
    """
    book = book_of(file, shown)
    found = _found(book, vocabularies, kind)
    if found is None:
        needs = _NEEDS[kind] if kind else "a table by area that netmap knows"
        raise UnreadableFileError(shown, f"there is no sheet with codes of areas and {needs}")
    frame, make = found
    draft = make(frame)
    return replace(draft, notes=(*book.notes, *draft.notes))


def _found(
    book: Book, vocabularies: Vocabularies, kind: str | None
) -> tuple[Frame, Callable[[Frame], Draft]] | None:
    """Find the table of a kind, or the most telling one of all sheets."""
    best = _best(list(frames(book)), vocabularies, kind)
    return (best[0], best[2]) if best else None


def _best(
    found: Sequence[Frame], vocabularies: Vocabularies, kind: str | None
) -> tuple[Frame, str, Callable[[Frame], Draft]] | None:
    """Choose of all tables and all they can be read as: the most telling kind, the first table."""
    readings = [
        (frame, name, make)
        for frame in found
        for name, make in _readings(frame, vocabularies)
        if kind in {None, name}
    ]
    return min(readings, key=lambda one: _MOST_TELLING.index(one[1]), default=None)


def _readings(
    frame: Frame, vocabularies: Vocabularies
) -> list[tuple[str, Callable[[Frame], Draft]]]:
    """List what a table can be read as."""
    found: list[tuple[str, Callable[[Frame], Draft]]] = []
    decile = classes.decile_column(frame)
    if decile is not None and frame.one_row_each:
        found.append((classes.DEPRIVATION, lambda f: classes.deprivation(f, decile)))
    if changes.is_chain(frame):
        found.append((changes.CODE_CHANGES, changes.chains))
    ruc = classes.rural_urban_column(frame, vocabularies)
    if ruc is not None and frame.one_row_each:
        found.append((classes.RURAL_URBAN, lambda f: classes.rural_urban(f, vocabularies, ruc)))
    if populations.fits(frame, vocabularies):
        found.append((populations.KIND, lambda f: populations.draft_of(f, vocabularies)))
    if changes.is_lookup(frame):
        found.append((changes.LOOKUP, changes.lookup))
    return found
