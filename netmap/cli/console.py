"""From findings, tables and gaps to text on a terminal, or one JSON document.

Nothing from a register is taken for markup, and colour never carries meaning alone.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from netmap.findings import Finding, Level, in_order
from netmap.gaps.gap import Severity

_READABLE = 4_000_000  # characters
_WIDE = 160  # for a pipe, where nobody knows the width
STYLES = {
    Level.ERROR.value: "bold red",
    Level.WARNING.value: "yellow",
    Level.NOTICE.value: "cyan",
    Severity.HIGH.value: "bold red",
    Severity.MEDIUM.value: "yellow",
    Severity.LOW.value: "cyan",
    Severity.INFO.value: "dim",
}


def out() -> Console:
    """Make the console that answers go to."""
    return _console(stderr=False)


def aside() -> Console:
    """Make the console that messages and progress go to."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _WIDE
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


def print_json(document: Any) -> None:  # whatever JSON can hold
    """Print one JSON document and nothing else; one too long to read comes without indents."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    text = json.dumps(document, ensure_ascii=plain, allow_nan=False)
    if len(text) < _READABLE:
        text = json.dumps(document, ensure_ascii=plain, indent=2, allow_nan=False)
    sys.stdout.write(text + "\n")


def print_title(console: Console, title: str, *, note: str = "") -> None:
    """Print a heading, and a quieter line below it."""
    console.print(Text(title, style="bold"))
    if note:
        console.print(Text(note, style="dim"))


def print_table(
    console: Console, columns: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: int = 0
) -> None:
    """Print rows in columns; the last `numbers` columns are set right."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for index, column in enumerate(columns):
        right = index >= len(columns) - numbers
        table.add_column(Text(column), justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_shown(cell)) for cell in row))
    console.print(table)


def _shown(cell: object) -> str:
    match cell:
        case None:
            return "-"
        case bool():
            return "yes" if cell else "no"
        case int():
            return f"{cell:,}"
        case float():
            return f"{cell:,.4g}" if abs(cell) < 1 else f"{cell:,.1f}"
        case _:
            return str(cell)


def print_findings(console: Console, findings: Iterable[Finding]) -> None:
    """Print findings grouped by problem: how many, then every place."""
    groups: dict[tuple[Level, str], list[Finding]] = {}
    for finding in in_order(findings):
        groups.setdefault((finding.level, finding.code), []).append(finding)
    for (level, code), group in groups.items():
        title = Text(f"{level.value}  ", style=STYLES[level.value])
        console.print(title.append(f"{code.replace('-', ' ')} ({len(group)})", style="bold"))
        for finding in group:
            console.print(Padding(Text(str(finding)), (0, 0, 0, 2), expand=False))
