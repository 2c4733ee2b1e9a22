"""The file ``duplicates.csv``: pairs to be reviewed and what people decided of them.

netmap writes it and people edit it in any spreadsheet program, so whatever stands in it stays, in
its order: rows are changed in place or added at the end, and columns of people's own are kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from netmap.errors import UnreadableFileError
from netmap.findings import Finding, Level, Place
from netmap.networks.duplicates.decisions import Decision, Decisions, Verdict
from netmap.tables import Row, Table, read_csv, write_csv

DECISIONS_FILE = "duplicates.csv"
COLUMNS = (
    "first",
    "second",
    "first_name",
    "second_name",
    "likely",
    "reasons",
    "decision",
    "by",
    "on",
    "note",
)
_REQUIRED = COLUMNS[:2]
_OTHER_FORMATS = (".xlsx", ".xls", ".ods", ".tsv", ".parquet")
# Writing a file anew after these would lose what was not understood.
_LOSSES = frozenset(
    {"extra-cells", "formula", "missing-heading", "unclosed-quote", "unreadable-file"}
)
_MEANT: Mapping[Verdict, tuple[str, ...]] = {
    Verdict.SAME: ("same", "the same", "same body", "same organisation", "duplicate", "merge"),
    Verdict.DIFFERENT: (
        "different",
        "not the same",
        "not same",
        "not a duplicate",
        "distinct",
        "separate",
    ),
    Verdict.BRANCH: ("branch", "a branch", "branch of", "branches", "part of"),
}


def read_decisions(folder: Path, shown: str) -> tuple[Decisions, list[Finding]]:
    """Read what people decided of a network's pairs.

    Args:
        folder: ``networks/<network>``.
        shown: How messages name the folder.

    Returns:
        The decisions, none where there is no file, and what was wrong in it. A file that cannot be
        read is a finding: nothing is joined by it.
    """
    file = decisions_file(folder)
    place = f"{shown}/{file.name}"
    findings = _in_other_formats(folder, shown)
    if not file.is_file():
        return Decisions(), findings
    try:
        table, noticed = read_csv(file, place, COLUMNS, _REQUIRED)
    except UnreadableFileError as error:
        message = f"cannot be read: {error.why}."
        unreadable = Finding(Level.ERROR, "unreadable-file", message, Place(place))
        return Decisions(intact=False), [*findings, unreadable]
    rows = tuple(_decision(table, row, noticed) for row in table.rows)
    intact = not any(finding.code in _LOSSES for finding in noticed)
    return Decisions(rows, table.columns, intact), [*findings, *noticed]


def decisions_file(folder: Path) -> Path:
    """Find a network's ``duplicates.csv``, however it is capitalised, or say where it would be."""
    found = (path for path in sorted(folder.glob("*.*")) if path.name.lower() == DECISIONS_FILE)
    return next(found, folder / DECISIONS_FILE)


def sheet_bytes(decisions: Decisions) -> bytes:
    """Write decisions as the bytes of ``duplicates.csv``: UTF-8, the file's own order kept."""
    own = [column for column in decisions.columns if column not in COLUMNS]
    known = [column for column in decisions.columns if column in COLUMNS]
    lacking = [column for column in COLUMNS if column not in known]
    columns = decisions.columns if not lacking else (*known, *lacking, *own)
    return write_csv(columns, (row.cells for row in decisions.rows))


def with_cells(row: Decision, cells: Mapping[str, str]) -> Decision:
    """Give a row with some cells written anew; an empty text empties the cell."""
    changed = {**row.cells, **cells}
    kept = {column: text for column, text in changed.items() if text}
    return replace(
        row,
        first=kept.get("first", ""),
        second=kept.get("second", ""),
        verdict=verdict_of(kept.get("decision", "")),
        cells=kept,
    )


def verdict_of(text: str) -> Verdict | None:
    """Read a decision as people write it, whatever its case; a slip or two are understood."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # only a misspelling needs it

    said = " ".join("".join(c if c.isalpha() else " " for c in text.casefold()).split())
    for verdict, words in _MEANT.items():
        if said in words:
            return verdict
    for verdict in Verdict:
        if said[:1] == verdict.value[0] and OSA.distance(said, verdict.value) <= _slips(verdict):
            return verdict
    return None


def _slips(verdict: Verdict) -> int:
    return max(1, len(verdict.value) // 4)


def _decision(table: Table, row: Row, findings: list[Finding]) -> Decision:
    at = Place(table.file, row.number)
    first, second, said = (row.cells.get(c, "") for c in ("first", "second", "decision"))
    verdict = verdict_of(said)
    if said and verdict is None:
        message = (
            f"'{said}' is none of same, different and branch; the pair is still to be reviewed."
        )
        place = replace(at, column="decision")
        hint = "Write one of the three words, or leave the cell empty."
        findings.append(Finding(Level.WARNING, "bad-decision", message, place, said, hint))
    if verdict and (not first or not second or first == second):
        message = "a decision needs two ids, one under first and another under second."
        findings.append(Finding(Level.WARNING, "bad-decision", message, at, said))
        verdict = None
    return Decision(first, second, verdict, row.cells, at)


def _in_other_formats(folder: Path, shown: str) -> list[Finding]:
    stem = Path(DECISIONS_FILE).stem
    names: Iterable[str] = (f"{stem}{suffix}" for suffix in _OTHER_FORMATS)
    message = f"decisions are read from {DECISIONS_FILE} only; this file is not read."
    hint = f"Save it as {DECISIONS_FILE}."
    return [
        Finding(Level.WARNING, "stray-file", message, Place(f"{shown}/{name}"), None, hint)
        for name in names
        if (folder / name).is_file()
    ]
