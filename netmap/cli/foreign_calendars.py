"""The command that takes other people's calendars in: events import."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from netmap.cli.app import Call, Form, Format, Seen, events

if TYPE_CHECKING:
    from netmap.build.foreign_calendars import Coming
    from netmap.build.workplace import Workplace


@events.command(
    "import", epilog="Example: netmap events import leeds-mind.ics --busy --hub leeds-mind"
)
def import_calendar(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The calendar, an .ics file.", show_default=False)
    ],
    into: Annotated[
        str | None,
        typer.Option(
            metavar="PROGRAMME",
            help="The programme; the only one there is, unless named.",
            show_default=False,
        ),
    ] = None,
    busy: Annotated[  # noqa: FBT002  # a flag
        bool,
        typer.Option("--busy", help="Keep only when its people are busy, and nothing of what."),
    ] = False,
    hub: Annotated[
        str | None,
        typer.Option(metavar="HUB", help="Whose calendar it is, a hub's id.", show_default=False),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="What kind of events they are, as training; by their categories unless named.",
            show_default=False,
        ),
    ] = None,
    audience: Annotated[
        Seen | None,
        typer.Option(help="Who may see the sessions; staff unless named.", show_default=False),
    ] = None,
    preview: Annotated[  # noqa: FBT002
        bool, typer.Option("--preview", help="Show what would happen; write nothing.")
    ] = False,
    yes: Annotated[  # noqa: FBT002
        bool, typer.Option("--yes", "-y", help="Do not ask; leave out what is not clear.")
    ] = False,
    form: Format = Form.TEXT,
) -> None:
    """Take somebody else's calendar in, as sessions or as busy time.

    Names and addresses of people are never kept, and of what is private only the time. Importing
    a newer copy adds what is new, and leaves alone what people have edited.
    """
    from netmap.build import foreign_calendars  # noqa: PLC0415
    from netmap.cli.console import out, print_json  # noqa: PLC0415
    from netmap.cli.foreign_answers import coming_as_json, print_coming  # noqa: PLC0415

    call: Call = context.obj
    place = call.open()
    if busy:
        _refuse_with_busy(kind, audience)
        programme = foreign_calendars.programme_for(place, into) if into else None
        coming = foreign_calendars.prepare_busy(place, file, programme, hub)
    else:
        may_ask = not yes and form is Form.TEXT and sys.stdin.isatty() and sys.stderr.isatty()
        coming = _sessions(place, file, into, kind, hub, audience, may_ask=may_ask)
    written = None if preview else foreign_calendars.carry_out(coming)
    if form is Form.JSON:
        print_json(coming_as_json(coming, written))
    else:
        print_coming(out(), coming, written, preview=preview)


def _refuse_with_busy(kind: str | None, audience: Seen | None) -> None:
    for name, value in (("--kind", kind), ("--audience", audience)):
        if value is not None:
            raise typer.BadParameter("busy time has no kind and no audience.", param_hint=name)


def _sessions(
    place: "Workplace",
    file: Path,
    into: str | None,
    kind: str | None,
    hub: str | None,
    audience: Seen | None,
    *,
    may_ask: bool,
) -> "Coming":
    """Work out the sessions; where somebody can be asked, ask for a kind that nobody says."""
    from netmap.build import foreign_calendars  # noqa: PLC0415
    from netmap.privacy import Audience  # noqa: PLC0415

    programme = foreign_calendars.programme_for(place, into)
    if programme is None:
        known = ", ".join(place.workspace.programmes())
        why = f"name one of these: {known}." if known else "there is no programme in events/ yet."
        raise typer.BadParameter(f"{why} For busy time alone, give --busy.", param_hint="--into")
    seen = Audience(audience.value) if audience else None

    def prepare(otherwise: str | None) -> "Coming":
        return foreign_calendars.prepare_sessions(
            place, file, programme, kind=kind, otherwise=otherwise, hub=hub, audience=seen
        )

    coming = prepare(None)
    without = coming.taking.kindless if coming.taking else 0
    if without and may_ask:
        said = "one date does" if without == 1 else f"{without:,} dates do"
        question = f"{said[:1].upper()}{said[1:]} not say of what kind. Which? (Enter: leave out)"
        answer = typer.prompt(question, default="", show_default=False, err=True).strip()
        coming = prepare(answer) if answer else coming
    return coming
