"""Somebody's file on its way into a network: read, compared, and only then written."""

import contextlib
import gc
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from netmap.build.registers import Registers
from netmap.build.sources import checked_copy, source_of
from netmap.errors import NoNetworkError, UnknownNameError, UnreadableFileError
from netmap.exchange import intake
from netmap.exchange.draft import Draft
from netmap.exchange.kinds import NO_WISHES, SPREADSHEET, TRAVEL, Wishes, kind_named, kind_of
from netmap.findings import did_you_mean
from netmap.networks.models import TABLES, columns
from netmap.workspace import write_atomically

if TYPE_CHECKING:
    from netmap.build.travel import TravelTaken
    from netmap.exchange.grids import Book
    from netmap.exchange.spreadsheets import HeadingMatch, SheetProposal

_ALIKE = 80


@dataclass(frozen=True)
class Import:
    """A file as it would be taken in.

    Attributes:
        file: The file.
        network: The network it goes into.
        folder: The network's folder, which may not be there yet.
        shown: How messages name the folder.
        kind: What the file was read as.
        intake: What it would change.
        sheets: How the headings of a spreadsheet were understood, sheet by sheet.
        copy: The marked copy of a spreadsheet with problems, and where it goes; or None.
        travel: What was found in a table of travel times; None for other files.
    """

    file: Path
    network: str
    folder: Path
    shown: str
    kind: str
    intake: "intake.Intake"
    sheets: "tuple[SheetProposal, ...]" = ()
    copy: bytes | None = None
    travel: "TravelTaken | None" = None

    @property
    def checked(self) -> Path | None:
        """Where the marked copy goes: beside the file, under the source's name."""
        return checked_copy(self.file, self.intake.source) if self.copy is not None else None


def prepare(
    place: Registers,
    file: Path,
    network: str,
    *,
    kind: str | None = None,
    wishes: Wishes = NO_WISHES,
    source: str | None = None,
    new: bool = False,
    remove_missing: bool = False,
    accept: "Callable[[HeadingMatch], bool | None]" = lambda _match: None,
) -> Import:
    """Read a file and work out what it would change; nothing is written.

    Args:
        place: The workspace.
        file: The file, or a folder of JSON pages.
        network: The network it goes into; made where there is none of a like name.
        kind: What the file is, where it cannot be told from it.
        wishes: What people say about the file that it does not say itself.
        source: Under which name its headings and rows are remembered.
        new: Whether to make the network although another has a like name.
        remove_missing: Whether rows go that this source gave before and has no more.
        accept: Asked about each heading that is not clear; None where nobody can be asked.

    Raises:
        UnreadableFileError: Nothing in the file could be understood.
        NoNetworkError: There is no such network, but one of a like name.
        UnknownNameError: No kind or table is called that.
    """
    with _uncollected():
        return _prepared(
            place, file, network, kind, wishes, source, accept, new=new, remove=remove_missing
        )


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Spare Python the search for cycles, of which rows have none: a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _prepared(
    place: Registers,
    file: Path,
    network: str,
    kind: str | None,
    wishes: Wishes,
    source: str | None,
    accept: "Callable[[HeadingMatch], bool | None]",
    *,
    new: bool,
    remove: bool,
) -> Import:
    folder = _folder(place, network, new=new)
    shown = place.workspace.shown(folder)
    _refuse_unknown(place, wishes)
    if not file.exists():
        raise UnreadableFileError(file.name, "there is no such file")
    chosen = kind_named(kind) if kind else kind_of(file)
    name = source_of(Path(source)) if source else source_of(file)
    if chosen.name == SPREADSHEET:
        table = wishes.table
        return _sheet(place, file, network, folder, name, table, accept, remove=remove)
    if chosen.name == TRAVEL:
        from netmap.build.travel import take_travel  # noqa: PLC0415  # few files are times

        taken, found = take_travel(place, file, network, name)
        return Import(file, network, folder, shown, TRAVEL, taken, travel=found)
    draft = chosen.read(file, place.vocabularies, wishes)
    _insist(draft, file)
    taken = intake.plan(draft, folder, shown, name, place.vocabularies, remove_missing=remove)
    return Import(file, network, folder, shown, chosen.name, taken)


def _folder(place: Registers, network: str, *, new: bool) -> Path:
    known = place.workspace.networks()
    if network in known:
        return place.workspace.network_folder(network)
    if not re.fullmatch(r"[a-z0-9]+(?:-+[a-z0-9]+)*", network):
        hint = "Use lower-case letters, digits and hyphens, as in west-leeds."
        raise UnknownNameError("network", network, hint)
    hint = did_you_mean(network, known, at_least=_ALIKE)
    if hint and not new:
        raise NoNetworkError(network, known, f"{hint} If it is a new one, add --new.")
    return place.workspace.root / "networks" / network


def _refuse_unknown(place: Registers, wishes: Wishes) -> None:
    if wishes.table is not None and wishes.table not in TABLES:
        raise UnknownNameError("table", wishes.table, did_you_mean(wishes.table, TABLES))
    kinds = place.vocabularies["tie_kind"]
    if wishes.tie_kind is not None and wishes.tie_kind not in kinds:
        hint = did_you_mean(wishes.tie_kind, kinds)
        raise UnknownNameError("kind of tie", wishes.tie_kind, hint)


def _insist(draft: Draft, file: Path) -> None:
    if draft.rows or draft.set_aside:
        return
    why = draft.notes[0].message if draft.notes else f"there are no {draft.unit} in it"
    raise UnreadableFileError(file.name, why.rstrip("."))


def _sheet(
    place: Registers,
    file: Path,
    network: str,
    folder: Path,
    source: str,
    table: str | None,
    accept: "Callable[[HeadingMatch], bool | None]",
    *,
    remove: bool,
) -> Import:
    """Read a spreadsheet as people keep it, by headings that were agreed."""
    from netmap.exchange import grids, spreadsheets  # noqa: PLC0415  # not every file is one

    shown = place.workspace.shown(folder)
    agreed = folder / "imports" / f"{source}.toml"
    remembered = (
        spreadsheets.from_toml(
            agreed.read_bytes(), place.workspace.shown(agreed), place.vocabularies
        )
        if agreed.is_file()
        else None
    )
    known = [column for model in TABLES.values() for column in columns(model)]
    book = grids.book_of(file, file.name, known)
    proposal = spreadsheets.propose(book, place.vocabularies, remembered, table)
    mapping = spreadsheets.decide(proposal, accept)
    draft = spreadsheets.read(book, proposal, mapping, place.vocabularies)
    _insist(draft, file)
    taken = intake.plan(draft, folder, shown, source, place.vocabularies, remove_missing=remove)
    content = spreadsheets.to_toml(mapping)
    if not agreed.is_file() or agreed.read_bytes() != content:
        taken = replace(taken, files={**taken.files, f"imports/{source}.toml": content})
    return Import(
        file,
        network,
        folder,
        shown,
        SPREADSHEET,
        taken,
        spreadsheets.answered(proposal.sheets, mapping),
        _marked(file, book, taken),
    )


def _marked(file: Path, book: "Book", taken: "intake.Intake") -> bytes | None:
    """Make the copy with every problem marked; None where there is nothing to mark.

    Where a copy of an earlier import stands, a new one takes its place, so that nobody puts right
    what is right already.
    """
    from netmap.exchange.spreadsheets.checked import checked_workbook  # noqa: PLC0415

    if not taken.notes and not taken.set_aside and not checked_copy(file, taken.source).is_file():
        return None
    return checked_workbook(file, file.name, book, taken.notes, taken.set_aside)


def carry_out(made: Import) -> tuple[str, ...]:
    """Write what an import changes, and the marked copy.

    Returns:
        The files written in the network's folder, in order.

    Raises:
        CannotWriteError: They cannot be written; what was there before is untouched.
    """
    written = intake.write(made.intake, made.folder) if made.intake.files else ()
    if made.checked and made.copy is not None:
        write_atomically(made.checked, made.copy)
    return written


def undo(place: Registers, network: str) -> tuple[str, ...]:
    """Put back what stood before the last import into a network.

    Raises:
        NoNetworkError: There is no such network.
        NetmapError: There is nothing to put back, or files were edited since.
    """
    folder = place.workspace.network_folder(network)
    return intake.undo(folder, place.workspace.shown(folder))
