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
from netmap.gaps.decisions import in_words
from netmap.gaps.gap import Gap, Report, Severity

_WIDE = 160  # for a pipe, where nobody knows the width
_STYLES = {
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
    """Print one JSON document and nothing else."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    sys.stdout.write(json.dumps(document, ensure_ascii=plain, indent=2, allow_nan=False) + "\n")


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
        title = Text(f"{level.value}  ", style=_STYLES[level.value])
        console.print(title.append(f"{code.replace('-', ' ')} ({len(group)})", style="bold"))
        for finding in group:
            console.print(Padding(Text(str(finding)), (0, 0, 0, 2), expand=False))


def print_gaps(console: Console, gaps: Sequence[Gap], label: "dict[str, str]") -> None:
    """Print gaps under their severity, each with what to do next, and last those settled."""
    shown: Severity | None = None
    for gap in (one for one in gaps if not one.settled):
        if gap.severity is not shown:
            shown = gap.severity
            console.print()
            console.print(Text(shown.value.upper(), style=_STYLES[shown.value]))
        print_gap(console, gap, label)
    settled = [one for one in gaps if one.settled]
    if settled:
        console.print()
        console.print(Text("DECIDED", style="bold"))
    for gap in settled:
        print_gap(console, gap, label)


def print_gap(console: Console, gap: Gap, label: "dict[str, str]") -> None:
    """Print one gap: its rule, what was found, how many people, what next."""
    people = f"  {gap.people:,} people" if isinstance(gap.people, int) else ""
    people = "  * people (too few to show)" if gap.people == "*" else people
    head = Text(f"  {label.get(gap.rule, gap.rule)}", style="dim" if gap.settled else "bold")
    grade = f"  {gap.severity.value}" if gap.settled else ""
    console.print(head.append(grade + people, style="dim"))
    sure = "" if gap.confidence == "stated" else f" ({gap.confidence})"
    console.print(Padding(Text(gap.message + sure), (0, 0, 0, 4), expand=False))
    if gap.decision:
        made = Text(f"Decided: {in_words(gap.decision)}")
        console.print(Padding(made, (0, 0, 0, 4), expand=False))
    if gap.planned:
        console.print(
            Padding(Text(f"Planned: {', '.join(gap.planned)}"), (0, 0, 0, 4), expand=False)
        )
    if gap.prompt:
        console.print(Padding(Text(f"Next: {gap.prompt}", style="dim"), (0, 0, 0, 4), expand=False))
    # What --decide asks for.
    console.print(Padding(Text(gap.id, style="dim"), (0, 0, 0, 4), expand=False))


def print_unchecked(console: Console, report: Report) -> None:
    """Print what could not be checked, rule by rule."""
    groups: dict[str, list[str]] = {}
    needs: dict[str, dict[str, None]] = {}
    for one in report.could_not_check:
        groups.setdefault(one.rule, []).append(one.message)
        needs.setdefault(one.rule, {}).update(dict.fromkeys(one.needs))
    if groups:
        console.print()
        console.print(Text("COULD NOT BE CHECKED", style="bold"))
    for rule, messages in groups.items():
        console.print(Text(f"  {rule} ({len(messages)})", style="bold"))
        for message in messages[:3]:
            console.print(Padding(Text(message), (0, 0, 0, 4), expand=False))
        if len(messages) > 3:  # noqa: PLR2004  # three show the kind
            more = f"and {len(messages) - 3} more; --format json lists them all."
            console.print(Padding(Text(more, style="dim"), (0, 0, 0, 4), expand=False))
        if needs[rule]:
            needed = Text(f"Needs: {', '.join(needs[rule])}", style="dim")
            console.print(Padding(needed, (0, 0, 0, 4), expand=False))
