"""From a draft and a network's files to what the files would be: nothing is written here."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from netmap.exchange.draft import Draft
from netmap.exchange.intake.changes import Intake, TableChange
from netmap.exchange.intake.comparing import compare
from netmap.exchange.intake.finding import find_rows
from netmap.exchange.intake.memory import given_by_others, memory_files
from netmap.exchange.intake.missing import missing_from, remove
from netmap.exchange.intake.shapes import shape_files
from netmap.exchange.intake.starting import ORGANISATIONS, network_file, no_organisations
from netmap.exchange.intake.tables import table_files
from netmap.exchange.intake.work import Work, begin
from netmap.networks.models import TABLES
from netmap.vocabulary import Vocabularies
from netmap.workspace import NETWORK_FILE


def plan(
    draft: Draft,
    folder: Path,
    shown: str,
    source: str,
    vocabularies: Vocabularies,
    *,
    remove_missing: bool = False,
) -> Intake:
    """Work out what a network's files would be with what a draft says.

    Args:
        draft: What a file says.
        folder: ``networks/<network>``; where it is not there, everything is new.
        shown: How messages name the folder.
        source: What names where the file comes from, the same next month.
        vocabularies: The controlled terms of the workspace.
        remove_missing: Take out what the source gave last time and gives no more.

    Returns:
        What would change, row by row and file by file. Planning the same again gives the same,
        and once it is written, a plan without changes.

    Raises:
        UnreadableFileError: A table of the network, or what is kept of the last import, cannot be
            read.
    """
    work = begin(draft, folder, shown, source, vocabularies, whole=remove_missing)
    find_rows(work)
    compare(work)
    _miss(work, remove_missing=remove_missing)
    files = _files(work)
    set_aside, notes = work.ledger.settle(draft, work.rows)
    return Intake(
        network=folder.name,
        source=work.source,
        kind=draft.kind,
        unit=draft.unit,
        read=draft.read,
        taken=draft.read - len(set_aside),
        set_aside=tuple(set_aside),
        notes=(*notes, *work.notes),
        matched=work.ledger.known_rows(),
        changes={
            table: _table_change(work, table)
            for table in TABLES
            if table in work.groups or table in work.missing.rows
        },
        files=files,
    )


def _miss(work: Work, *, remove_missing: bool) -> None:
    """Find what the file does not have any more, and take it out where that is asked."""
    work.missing = missing_from(work.memory, work.tables, work.references)
    if remove_missing:
        others = given_by_others(work.folder, work.shown, work.source, work.contract)
        after = {table: list(_after(work, table)) for table in TABLES}
        remove(work.missing, work.tables, after, others, work.references)
        work.notes += work.missing.notes
        for table, index in work.missing.removed:
            work.done[table].edits.removed.add(index)
    for table, entries in work.memory.items():
        work.memory[table] = [e for e in entries if id(e) not in work.missing.forgotten]


def _after(work: Work, table: str) -> Iterable[tuple[int, Mapping[str, str]]]:
    edits = work.done[table].edits
    for kept in work.tables[table].rows:
        yield kept.index, {**kept.cells, **edits.changed.get(kept.index, {})}
    for number, cells in enumerate(edits.added, start=1):
        yield -number, cells


def _table_change(work: Work, table: str) -> TableChange:
    done, present = work.done[table], work.tables[table]
    return TableChange(
        new=tuple(done.new),
        changed=tuple(done.changed),
        missing=work.missing.changes(present, removed=False),
        removed=work.missing.changes(present, removed=True),
        unchanged=done.unchanged,
    )


def _files(work: Work) -> dict[str, bytes | None]:
    """Give the files whose content changes, sorted by path."""
    edits = {table: done.edits for table, done in work.done.items()}
    files = table_files(work.folder, work.tables, edits, work.contract, work.notes)
    files |= memory_files(work.memory, work.source, work.contract)
    files |= _shapes(work)
    something = any(content is not None for content in files.values())
    if something and not (work.folder / NETWORK_FILE).is_file():
        files |= network_file(work.folder.name, work.spot.file)
        if not work.tables["organisations"].file:
            files.setdefault(ORGANISATIONS, no_organisations())
    return {
        path: content
        for path, content in sorted(files.items())
        if content != _content(work.folder / path)
    }


def _shapes(work: Work) -> dict[str, bytes | None]:
    boundaries = work.draft.boundaries
    if boundaries is None or not len(boundaries) or work.holds_shapes("areas"):
        return {}
    areas = work.references.of["areas"]

    def code_of(called: str) -> str:
        found = areas.find(called)
        return found[0] if len(found) == 1 else ""

    return shape_files(work.folder, work.shown, boundaries, code_of, work.notes)


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
