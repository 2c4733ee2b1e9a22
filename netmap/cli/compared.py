"""A comparison as text that people can read: what moved, and because of what."""

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from netmap.cli.console import out, print_title
from netmap.gaps import RULES
from netmap.language import _

if TYPE_CHECKING:
    from netmap.build.comparing import Comparison
    from netmap.gaps.comparing import Compared, Moved
    from netmap.networks.changes import Change

_ONE = {
    "organisations": "organisation",
    "activities": "activity",
    "ties": "tie",
    "areas": "area",
    "populations": "population",
    "enquiries": "enquiry",
    "targets": "target",
    "shares": "share",
}
_HOW = {"added": "added", "removed": "taken out", "changed": "changed"}


def show(found: "Comparison", limit: int) -> None:
    """Print a comparison, one network after another."""
    console = out()
    console.print(f"Before: {found.before}. After: {found.after}.")
    for names, side in ((found.only_before, "before"), (found.only_after, "after")):
        if names:
            console.print(f"Only {side}, so not compared: {', '.join(names)}.")
    for one in found.networks:
        console.print()
        print_title(console, one.network, note=_days(one))
        console.print(f"{_tally(one)}{_because(one)}")
        _section(console, "CLOSED", one.closed, limit, one)
        _section(console, "OPENED", one.opened, limit, one)
        _section(console, "CHANGED", one.changed, limit, one)
        _section(console, "NO LONGER CHECKED, so nobody knows", one.no_longer_checked, limit, one)
        _section(console, "NOT CHECKED BEFORE", one.newly_checked, limit, one)


def _days(one: "Compared") -> str:
    if one.before == one.after:
        return f"Both as of {one.after}."
    return f"As of {one.before} and {one.after}."


def _tally(one: "Compared") -> str:
    n = one.counts
    said = [
        f"{n['closed']:,} {'gap' if n['closed'] == 1 else 'gaps'} closed",
        f"{n['opened']:,} opened",
        f"{n['changed']:,} changed",
        f"{n['unchanged']:,} as before",
    ]
    said += [f"{n['no_longer_checked']:,} no longer checked"] * bool(n["no_longer_checked"])
    said += [f"{n['newly_checked']:,} not checked before"] * bool(n["newly_checked"])
    return ", ".join(said)


def _because(one: "Compared") -> str:
    """Say what differs on the whole; nothing where nothing moved."""
    if one.rows is None:
        return ". Rows cannot be compared: one side has the gaps alone."
    said = [
        f"{n:,} {_ONE[table] if n == 1 else table} {_HOW[how]}"
        for table, counts in one.rows.items()
        for how, n in counts.items()
        if n
    ]
    said += [f"{len(one.settings)} settings differ"] if len(one.settings) > 1 else []
    said += ["1 setting differs"] if len(one.settings) == 1 else []
    said += ["the day is another"] if one.before != one.after else []
    return f". What differs: {'; '.join(said)}." if said else ". The registers do not differ."


def _section(
    console: Console, title: str, those: "tuple[Moved, ...]", limit: int, one: "Compared"
) -> None:
    if not those:
        return
    console.print()
    console.print(Text(f"{title} ({len(those):,})", style="bold"))
    for moved in those[:limit]:
        _show(console, moved, one)
    if len(those) > limit:
        more = f"  and {len(those) - limit:,} more; --limit shows more, --format json all."
        console.print(Text(more, style="dim"))


def _show(console: Console, moved: "Moved", one: "Compared") -> None:
    gap = moved.gap
    title = _(RULES[gap.rule].title) if gap.rule in RULES else gap.rule
    people = f"  {gap.people:,} people" if isinstance(gap.people, int) else ""
    head = Text(f"  {title}", style="bold").append(f"  {gap.severity.value}{people}", style="dim")
    console.print(head)
    changed = ", ".join(
        f"{key} from {_cell(was)} to {_cell(now)}" for key, (was, now) in moved.changes.items()
    )
    _line(console, gap.message)
    if changed:
        _line(console, f"Changed: {changed}.")
    if moved.note:
        _line(console, f"Note: {moved.note}")
    for reason in _reasons(moved.why, one):
        _line(console, reason)
    console.print(Padding(Text(gap.id, style="dim"), (0, 0, 0, 4), expand=False))


def _line(console: Console, text: str) -> None:
    console.print(Padding(Text(text), (0, 0, 0, 4), expand=False))


def _reasons(why: "tuple[Change, ...]", one: "Compared") -> Iterable[str]:
    """Say the reasons, the cells of one row in one line."""
    if not why and one.rows is not None:
        yield "Because of: no row about it differs; it follows from others, or from the sessions."
    for (table, key), cells in groupby(why, key=lambda c: (c.table, c.key)):
        yield f"Because of: {_reason(table, key, list(cells), sure=one.rows is not None)}"


def _reason(table: str, key: str, cells: "list[Change]", *, sure: bool) -> str:
    first = cells[0]
    if table == "day":
        alone = "the day alone" if sure else "perhaps the day"
        return f"{alone}: {first.before}, and now {first.after}"
    if table not in _ONE:
        return f"{table}, {key} was {_cell(first.before)}, is {_cell(first.after)}"
    place = " ".join(p for p in (first.file or table, f"row {first.row}" if first.row else "") if p)
    called = first.after or first.before
    if first.change != "changed":
        name = f" ({called})" if called and called != key else ""
        return f"{place}: {key}{name} {_HOW[first.change]}"
    said = "; ".join(f"{c.column} was {_cell(c.before)}, is {_cell(c.after)}" for c in cells)
    return f"{place}, {key}: {said}"


def _cell(value: object) -> str:
    return "empty" if value is None else str(value)
