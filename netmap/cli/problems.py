"""What a check noticed, as its audience may see it and as JSON."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from netmap.cli.app import Seen
from netmap.findings import Finding, counts, in_order, without_cells


def seen_by(audience: Seen, findings: Iterable[Finding]) -> list[Finding]:
    """Put findings in order, for anybody but staff without what the cells hold."""
    ordered = in_order(findings)
    return ordered if audience is Seen.STAFF else [without_cells(one) for one in ordered]


def problems_as_json(root: Path, findings: Iterable[Finding]) -> dict[str, Any]:
    """Shape the findings about a workspace for JSON."""
    findings = list(findings)
    return {
        "workspace": root.as_posix(),
        "counts": counts(findings),
        "findings": [_finding_as_json(one) for one in findings],
    }


def _finding_as_json(one: Finding) -> dict[str, Any]:
    """Shape a finding for JSON; a sheet is named in the message, the file is the workbook."""
    file, _, sheet = (one.place.file or "").partition(".xlsx#")
    message = f"sheet '{sheet}': {one.message}" if sheet else one.message
    return {
        "level": one.level.value,
        "code": one.code,
        "file": (f"{file}.xlsx" if sheet else one.place.file),
        "row": one.place.row,
        "column": one.place.column,
        "value": one.value,
        "message": message,
        "hint": one.hint,
    }
