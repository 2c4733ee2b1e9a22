"""The command that puts a programme on days and venues: events plan."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netmap.cli.app import Call, Form, Format, events

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.build.planning import Planned
    from netmap.events import Plan
    from netmap.events.models import Session
    from netmap.events.placing.board import Score


@events.command(epilog="Example: netmap events plan capacity-building --preview --explain")
def plan(
    context: typer.Context,
    programme: Annotated[str, typer.Argument(help="The programme to plan.")],
    preview: Annotated[bool, typer.Option("--preview", help="Write nothing.")] = False,  # noqa: FBT002
    explain: Annotated[  # noqa: FBT002
        bool, typer.Option("--explain", help="Say why each session is where it is.")
    ] = False,
    seconds: Annotated[
        float | None,
        typer.Option(
            min=0,
            show_default=False,
            help="How long to look for something better and prove it, with OR-Tools "
            "(community-netmap[schedule]); 0: not at all.",
        ),
    ] = None,
    form: Format = Form.TEXT,
) -> None:
    """Put a programme on days and venues; locked, past and published sessions stay."""
    from netmap.build.planning import plan_programme  # noqa: PLC0415
    from netmap.cli.console import aside, out, print_findings, print_json  # noqa: PLC0415

    call: Call = context.obj
    with _following() as progress:
        done = plan_programme(
            call.open(), programme, preview=preview, seconds=seconds, progress=progress
        )
    print_findings(aside(), done.findings)
    if form is Form.JSON:
        print_json(_as_json(programme, done.plan))
    else:
        _show(out(), done, explain=explain)


def _as_json(programme: str, found: "Plan") -> dict[str, Any]:
    return {
        "programme": programme,
        "optimal": found.optimal,
        "sessions": [_session(one, found.why.get(one.uid, ())) for one in found.sessions],
        "unmet": list(found.unmet),
        "kept": found.kept,
        "moved": found.moved,
        "cancelled": found.cancelled,
        "cost": found.cost,
        "bound": found.bound,
        "method": found.method,
    }


def _session(one: "Session", why: tuple[str, ...]) -> dict[str, Any]:
    return {
        "uid": one.uid,
        "hub": one.hub,
        "kind": one.kind,
        "theme": one.theme,
        "starts": one.starts.isoformat(),
        "ends": one.ends.isoformat() if one.ends else None,
        "venue": one.venue,
        "why": list(why),
    }


def _show(console: "Console", done: "Planned", *, explain: bool) -> None:
    from netmap.cli.console import print_title  # noqa: PLC0415

    found = done.plan
    print_title(console, done.programme.title)
    if explain:
        _show_reasons(console, done)
    else:
        _show_sessions(console, found)
    console.print(
        f"{len(found.sessions)} sessions: {found.kept} kept, {found.moved} moved, "
        f"{found.cancelled} cancelled."
    )
    if found.kept < len(found.sessions):
        console.print(_how_good(found))
    for wish in found.unmet:
        console.print(f"Not met: {wish}")
    console.print(f"Wrote {done.written}." if done.written else "Nothing was written.")


def _how_good(found: "Plan") -> str:
    """Say what the schedule gives up, and how far it may be from the best."""
    from netmap.events.placing import exact  # noqa: PLC0415

    gives_up = f"It gives up as much as {found.cost:.0f} weeks off an even spread would cost"
    if found.optimal:
        return f"{gives_up} (found by {found.method}); no schedule gives up less (proved)."
    worst = 100 * (found.cost - found.bound) / found.cost if found.cost else 0.0
    return (
        f"{gives_up} (found by {found.method}); no schedule can give up less than "
        f"{found.bound:.0f}, so it is at most {worst:.0f} % worse than the best."
        + ("" if exact.is_there() else " To look further, install community-netmap[schedule].")
    )


@contextmanager
def _following() -> "Iterator[Callable[[str, Score], None]]":
    """Follow the search on a terminal, silently in a pipe."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    from netmap.cli.console import aside  # noqa: PLC0415

    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(
        *columns, console=aside(), transient=True, disable=not aside().is_terminal
    ) as bar:
        task = bar.add_task("Reading")

        def follow(what: str, score: "Score") -> None:
            left = f", {score.unplaced} without a place" if score.unplaced else ""
            said = f"{what.capitalize()}: gives up {score.cost:.1f}{left}"
            bar.update(task, description=said)

        yield follow


def _show_reasons(console: "Console", done: "Planned") -> None:
    for one in done.plan.sessions:
        console.print(f"{one.starts:%a %d %b %Y %H:%M}  {done.programme.title_of(one)}")
        for reason in done.plan.why.get(one.uid, ()):
            console.print(f"    {reason}")


def _show_sessions(console: "Console", found: "Plan") -> None:
    from netmap.cli.console import print_table  # noqa: PLC0415

    print_table(
        console,
        ["when", "hub", "what", "venue", "status"],
        [
            [
                f"{one.starts:%a %d %b %Y %H:%M}",
                one.hub,
                f"{one.kind}: {one.theme}" if one.theme else one.kind,
                one.venue,
                one.status,
            ]
            for one in found.sessions
        ],
    )
