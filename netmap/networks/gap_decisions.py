"""The file ``gap-decisions.csv``: what people decided about the gaps of a network.

It is edited in any spreadsheet program and by ``netmap gaps --decide``, so whatever stands in it
stays, in its order. What a gap is, is for the rooms above: here it is an id.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

from netmap.errors import UnreadableFileError
from netmap.findings import Finding, Level, Place
from netmap.networks.cells import Day, one
from netmap.networks.records import Record
from netmap.networks.redaction import names_withheld
from netmap.networks.register import Register
from netmap.networks.rows import read_rows
from netmap.privacy import Audience
from netmap.tables import Table, read_csv, write_csv
from netmap.vocabulary import Vocabularies

FILE = "gap-decisions.csv"
COLUMNS = ("gap", "decision", "by", "on", "note")
# As people write it, and as gaps.csv has it: rows may be copied from there.
_ALSO_GAP = ("gap_id", "id")
_OTHER_FORMATS = (".xlsx", ".xls", ".ods", ".tsv", ".parquet")
# Writing a file anew after these would lose what was not understood.
_LOSSES = frozenset(
    {"extra-cells", "formula", "missing-heading", "unclosed-quote", "unreadable-file"}
)


class GapDecision(Record):
    """One row: a gap, and what was decided about it; no decision where that is still to come."""

    gap: str
    decision: Annotated[str | None, one("gap_decision")] = None
    by: str | None = None
    on: Day = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionSheet:
    """The decisions of a network, and the file as it stands.

    Attributes:
        rows: One for each gap, in the order of the file.
        table: The file as read; None where there is none.
        intact: Whether all that is in the file was understood, so that it can be written anew.
    """

    rows: tuple[GapDecision, ...] = ()
    table: Table | None = None
    intact: bool = True


def read_gap_decisions(
    folder: Path, shown: str, vocabularies: Vocabularies
) -> tuple[DecisionSheet, list[Finding]]:
    """Read what people decided about a network's gaps.

    Args:
        folder: ``networks/<network>``.
        shown: How messages name the folder.
        vocabularies: The controlled terms of the workspace.

    Returns:
        The decisions, none where there is no file, and what was wrong in it. A file that cannot be
        read is a finding: nothing is settled by it.
    """
    file = decisions_file(folder)
    place = f"{shown}/{file.name}"
    findings = _in_other_formats(folder, shown)
    if not file.is_file():
        return DecisionSheet(), findings
    try:
        table, noticed = _read(file, place)
    except UnreadableFileError as error:
        message = f"cannot be read: {error.why}."
        unreadable = Finding(Level.ERROR, "unreadable-file", message, Place(place))
        return DecisionSheet(intact=False), [*findings, unreadable]
    intact = not any(finding.code in _LOSSES for finding in noticed)
    rows = read_rows(GapDecision, table, vocabularies, noticed).kept
    first = _first_of_each(rows, noticed)
    return DecisionSheet(first, table, intact), [*findings, *noticed]


def decisions_file(folder: Path) -> Path:
    """Find a network's ``gap-decisions.csv``, however capitalised, or say where it would be."""
    found = (path for path in sorted(folder.glob("*.*")) if path.name.lower() == FILE)
    return next(found, folder / FILE)


def decisions_for(
    rows: Iterable[GapDecision], register: Register, audience: Audience
) -> tuple[GapDecision, ...]:
    """Give the decisions as an audience may see them.

    Args:
        rows: The decisions as read.
        register: The network's register, for staff.
        audience: Who the output is for.

    Returns:
        For anybody but staff without notes, and without who decided where that is withheld.
    """
    if audience is Audience.STAFF:
        return tuple(rows)
    withheld = names_withheld(register, audience)
    return tuple(
        row.model_copy(
            update={
                **dict.fromkeys(("note", "notes", "source")),
                "extra": {},
                "by": None if withheld(row.by or "") else row.by,
            }
        )
        for row in rows
    )


def with_decision(sheet: DecisionSheet, gap: str, cells: Mapping[str, object]) -> bytes:
    """Write the file anew with one decision made, made anew, or taken back.

    Args:
        sheet: The file as it stands.
        gap: The gap's id.
        cells: The cells of the decision by column; none to take it back. Then the row goes, unless
            people have something of their own in it.
    """
    table = sheet.table or Table("gap-decisions", FILE, (), (), ())
    columns = (*table.columns, *(c for c in COLUMNS if c not in table.columns))
    emptied = dict.fromkeys(COLUMNS[1:])
    rows: list[Mapping[str, object]] = [row.cells for row in table.rows]
    at = next((n for n, row in enumerate(rows) if row.get("gap") == gap), None)
    if at is None:
        rows += [{"gap": gap, **cells}] if cells else []
    else:
        rows[at] = {**rows[at], **emptied, **cells}
        if not cells and not any(v for c, v in rows[at].items() if c != "gap"):
            del rows[at]
    return write_csv(columns, rows)


def cells_of(decision: str, by: str, on: date, note: str) -> dict[str, object]:
    """Put a decision in the cells of a row."""
    return {"decision": decision, "by": by, "on": on, "note": note}


def _read(file: Path, place: str) -> tuple[Table, list[Finding]]:
    table, findings = read_csv(file, place, (*COLUMNS, *_ALSO_GAP), ())
    written = next((c for c in ("gap", *_ALSO_GAP) if c in table.columns), None)
    if written is None:
        return read_csv(file, place, COLUMNS, COLUMNS[:1])
    if written == "gap":
        return table, findings

    def named(column: str) -> str:
        return "gap" if column == written else column

    rows = tuple(
        replace(row, cells={named(column): text for column, text in row.cells.items()})
        for row in table.rows
    )
    return replace(table, columns=tuple(map(named, table.columns)), rows=rows), findings


def _first_of_each(rows: Iterable[GapDecision], findings: list[Finding]) -> tuple[GapDecision, ...]:
    first: dict[str, GapDecision] = {}
    for row in rows:
        stays = first.setdefault(row.gap, row)
        if stays is not row:
            message = (
                f"'{row.gap}' is already decided in row {stays.at.row}; this row is set aside."
            )
            place = replace(row.at, column="gap")
            findings.append(Finding(Level.ERROR, "duplicate-id", message, place, row.gap))
    return tuple(first.values())


def _in_other_formats(folder: Path, shown: str) -> list[Finding]:
    message = f"decisions are read from {FILE} only; this file is not read."
    names = (f"{Path(FILE).stem}{suffix}" for suffix in _OTHER_FORMATS)
    return [
        Finding(
            Level.WARNING,
            "stray-file",
            message,
            Place(f"{shown}/{name}"),
            None,
            f"Save it as {FILE}.",
        )
        for name in names
        if (folder / name).is_file()
    ]
