"""Tables for spreadsheets: a register and its gaps as CSV, and the gaps as JSON.

Every cell passes :func:`netmap.tables.write_csv`, which keeps a spreadsheet from running one.
"""

import json
from collections.abc import Mapping

from netmap.exchange.rows import table_columns, table_rows
from netmap.gaps.gap import Report
from netmap.gaps.shape import report_as_json
from netmap.networks.models import TABLES
from netmap.networks.register import Register
from netmap.tables import write_csv

GAP_COLUMNS = (
    "id",
    "rule",
    "severity",
    "state",
    "area",
    "area_name",
    "community",
    "subject",
    "people",
    "value",
    "threshold",
    "unit",
    "message",
    "prompt",
    "evidence",
    "confidence",
    "sureness",
    "planned",
    "decision",
    "decided_by",
    "decided_on",
)


def csv_tables(register: Register) -> Mapping[str, bytes]:
    """Write every table of a register as CSV.

    Args:
        register: As its audience may see it.

    Returns:
        Table name to bytes, in the order of :data:`netmap.networks.models.TABLES`; a table without
        rows has its headings, so that what can be recorded is seen.
    """
    return {
        table: write_csv(table_columns(register, table), table_rows(register, table))
        for table in TABLES
    }


def gaps_csv(report: Report) -> bytes:
    """Write the gaps of a report as CSV, in the report's order; evidence is joined by `;`."""
    rows = []
    for gap in report_as_json(report)["gaps"]:
        area = gap["area"] or {"code": None, "name": None}
        made = gap["decision"] or {}
        rows.append(
            {
                **gap,
                "area": area["code"],
                "area_name": area["name"],
                "decision": made.get("decision"),
                "decided_by": made.get("by"),
                "decided_on": made.get("on"),
            }
        )
    return write_csv(GAP_COLUMNS, rows)


def gaps_json(report: Report) -> bytes:
    """Write a report as ``netmap gaps --format json`` prints it, UTF-8."""
    return f"{json.dumps(report_as_json(report), ensure_ascii=False, indent=1)}\n".encode()
