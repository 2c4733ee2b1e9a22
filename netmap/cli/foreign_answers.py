"""What became of somebody's calendar, in words and as JSON."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from netmap.cli.console import STYLES, print_table, print_title
from netmap.findings import Finding, Level, in_order
from netmap.times import Span

if TYPE_CHECKING:
    from netmap.build.foreign_calendars import Coming
    from netmap.events import Taking

_ROWS_SHOWN = 30
_PLACES = 12
_EXAMPLES = {Level.ERROR.value: 20, Level.WARNING.value: 20, Level.NOTICE.value: 2}
_DAY = "%a %d %b %Y"


def coming_as_json(coming: "Coming", written: str | None) -> dict[str, Any]:
    """Give what was taken, left alone and mended, each with its place."""
    return {
        "file": coming.file.name,
        "programme": coming.programme.name if coming.programme else None,
        "busy": coming.taking is None,
        "hub": coming.hub,
        "taken": _sessions_as_json(coming.taking) if coming.taking else _spans(coming.spans),
        "left_alone": [_finding_as_json(one) for one in coming.left_alone],
        "repairs": [_finding_as_json(one) for one in coming.found.repairs],
        "written": written,
    }


def _spans(spans: Sequence[Span]) -> list[dict[str, Any]]:
    return [{"starts": s.starts.isoformat(), "ends": s.ends.isoformat()} for s in spans]


def _sessions_as_json(taking: "Taking") -> list[dict[str, Any]]:
    return [
        {
            "uid": one.session.uid,
            "change": one.change,
            "starts": one.session.starts.isoformat(),
            "ends": one.session.ends.isoformat() if one.session.ends else None,
            "kind": one.session.kind,
            "title": one.session.title,
            "venue": one.session.venue,
            "status": one.session.status,
        }
        for one in taking.taken
    ]


def _finding_as_json(one: Finding) -> dict[str, Any]:
    return {
        "level": one.level.value,
        "code": one.code,
        "file": one.place.file,
        "line": one.place.row,
        "property": one.place.column,
        "value": one.value,
        "message": one.message,
        "hint": one.hint,
    }


def print_coming(console: Console, coming: "Coming", written: str | None, *, preview: bool) -> None:
    """Say what was taken, what was not, what was mended, and what to do next."""
    first, last = coming.window.starts, coming.window.ends - timedelta(days=1)
    count = coming.found.events
    between = f"between {first:%d %B %Y} and {last:%d %B %Y}"
    print_title(
        console,
        f"{coming.file.name}: {count:,} event{'' if count == 1 else 's'}",
        note=f"looked at {between}",
    )
    console.print()
    if coming.taking:
        _print_sessions(console, coming.taking)
    else:
        _print_busy(console, coming)
    _print_notes(console, "Left alone", coming.left_alone)
    _print_notes(console, "Understood all the same, or mended", coming.found.repairs)
    console.print()
    _print_end(console, coming, written, preview=preview)


def _print_sessions(console: Console, taking: "Taking") -> None:
    rows = [one for one in taking.taken if one.change != "unchanged"]
    if rows:
        print_table(
            console,
            ["", "when", "kind", "title", "venue", "status"],
            [
                [
                    one.change,
                    _days(one.session.span) if one.session.all_day else _when(one.session.span),
                    one.session.kind,
                    one.session.title,
                    one.session.venue,
                    one.session.status or "tentative",
                ]
                for one in rows[:_ROWS_SHOWN]
            ],
        )
        _print_more(console, len(rows))
    same = len(taking.taken) - len(rows)
    if same:
        console.print(f"{same:,} already in the programme, and unchanged.")


def _print_busy(console: Console, coming: "Coming") -> None:
    whose = coming.hub or "every hub"
    if not coming.spans:
        console.print("Nobody is busy in that time.")
        return
    print_table(
        console, [f"busy, for {whose}"], [[_when(one)] for one in coming.spans[:_ROWS_SHOWN]]
    )
    _print_more(console, len(coming.spans))


def _print_more(console: Console, number: int) -> None:
    if number > _ROWS_SHOWN:
        console.print(f"and {number - _ROWS_SHOWN:,} more")


def _when(span: Span) -> str:
    same = span.starts.date() == span.ends.date()
    ends = f"{span.ends:%H:%M}" if same else f"{span.ends:{_DAY} %H:%M}"
    return f"{span.starts:{_DAY} %H:%M} - {ends}"


def _days(span: Span) -> str:
    last = span.ends - timedelta(days=1)
    ends = "" if last.date() <= span.starts.date() else f" - {last:{_DAY}}"
    return f"{span.starts:{_DAY}}{ends}"


def _print_notes(console: Console, title: str, findings: Sequence[Finding]) -> None:
    """Print findings, worst first: of each kind the first in words, and where the rest are."""
    kinds: dict[tuple[int, str], list[Finding]] = {}
    for one in in_order(findings):
        kinds.setdefault((one.level.rank, one.code), []).append(one)
    if not kinds:
        return
    console.print()
    console.print(Text(title, style="bold"))
    for group in kinds.values():
        level = group[0].level.value
        # Of what only needs knowing one example will do; what to look at is said in full.
        shown = group[: _EXAMPLES[level]]
        for one in shown:
            line = Text(f"{level}  ", style=STYLES[level])
            line.append(f"line {one.place.row}: " if one.place.row else "", style="bold")
            line.append(f"{one.message[:1].upper()}{one.message[1:]}")
            console.print(Padding(line, (0, 0, 0, 2), expand=False))
        if len(group) > len(shown):
            lines = [str(one.place.row) for one in group[len(shown) :] if one.place.row]
            where = ", ".join(lines[:_PLACES]) + (" ..." if len(lines) > _PLACES else "")
            more = f"and {len(group) - len(shown):,} more like it, on lines {where}"
            console.print(Padding(Text(more, style="dim"), (0, 0, 0, 10), expand=False))


def _print_end(console: Console, coming: "Coming", written: str | None, *, preview: bool) -> None:
    if preview:
        console.print("This was a preview: nothing was written.")
        return
    if written is None:
        console.print("Nothing to change.")
        return
    if coming.taking is None:
        count = len(coming.spans)
        console.print(
            f"Wrote {written}: {count:,} busy time{'' if count == 1 else 's'}, and nothing else of "
            "that calendar."
        )
        _print_when(console, coming)
        return
    changes = [one.change for one in coming.taking.taken]
    said = [f"{changes.count(what)} {what}" for what in ("new", "updated") if what in changes]
    console.print(f"Wrote {written}: {', '.join(said)}.")
    if any(one.change == "new" and not one.session.audience for one in coming.taking.taken):
        console.print("Only staff see them until you write public or partners in their audience.")


def _print_when(console: Console, coming: "Coming") -> None:
    """Say which programmes keep clear of these times, and how the others can."""
    if coming.kept_clear:
        console.print(f"Kept clear of when planning: {', '.join(coming.kept_clear)}.")
    for name, patterns in coming.others.items():
        said = ", ".join(json.dumps(one) for one in (*patterns, "events/external/*.ics"))
        console.print(f"{name} does not look at it yet; in events/{name}.toml write, below [when]:")
        console.print(f"    busy = [{said}]")
