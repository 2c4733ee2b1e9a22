"""The commands about what is on: events list, events check, events feed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netmap.cli.app import Call, Form, Format, ForStaff, Seen, events
from netmap.cli.levels import AtLeast, fail_if, level_and_above
from netmap.cli.problems import problems_as_json, seen_by
from netmap.findings import Level

if TYPE_CHECKING:
    from netmap.build.workplace import Workplace
    from netmap.events import SessionView

Programme = Annotated[
    str | None,
    typer.Argument(help="A programme; all of them where left out.", show_default=False),
]
Hub = Annotated[str | None, typer.Option(metavar="HUB", help="Only this hub's.")]
Area = Annotated[
    str | None, typer.Option(metavar="AREA", help="Only in this area and those below it.")
]
Kind = Annotated[str | None, typer.Option(metavar="KIND", help="Only this kind, as networking.")]
Community = Annotated[
    str | None, typer.Option(metavar="COMMUNITY", help="Only for this community.")
]


@events.command("list", epilog="Example: netmap events list --hub leeds-mind")
def list_(
    context: typer.Context,
    programme: Programme = None,
    hub: Hub = None,
    area: Area = None,
    kind: Kind = None,
    community: Community = None,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
) -> None:
    """List what is on from today, soonest first."""
    from netmap.cli.console import print_json  # noqa: PLC0415

    call: Call = context.obj
    place = call.open(audience)
    views = place.upcoming(programme, _wanted(place, hub, area, kind, community))
    if form is Form.JSON:
        print_json({"sessions": [_as_json(one) for one in views]})
    else:
        _show(views)


def _show(views: "list[SessionView]") -> None:
    from netmap.cli.console import out, print_table  # noqa: PLC0415

    console = out()
    print_table(
        console,
        ["when", "what", "where", "status"],
        [
            [
                f"{one.starts:%a %d %b %Y}{'' if one.all_day else f'{one.starts: %H:%M}'}",
                one.title,
                one.venue or one.area_name,
                one.status,
            ]
            for one in views
        ],
    )
    console.print(f"{len(views)} sessions.")


def _as_json(one: "SessionView") -> dict[str, Any]:
    return {
        "uid": one.uid,
        "programme": one.programme,
        "hub": one.hub,
        "kind": one.kind,
        "title": one.title,
        "starts": one.starts.isoformat(),
        "ends": one.ends.isoformat() if one.ends else None,
        "all_day": one.all_day,
        "time_zone": one.zone,
        "venue": one.venue or None,
        "area": one.area,
        "status": one.status,
        "illustrative": one.illustrative,
    }


def _wanted(
    place: "Workplace",
    hub: str | None,
    area: str | None,
    kind: str | None,
    community: str | None,
) -> dict[str, str | None]:
    """Gather the filters of a feed, names resolved.

    Raises:
        UnknownNameError: A name is not known.
    """
    from netmap.build import names  # noqa: PLC0415

    return {
        "hub": names.hub(place, hub) if hub else None,
        "area": names.area(place, area) if area else None,
        "kind": names.event_kind(place, kind) if kind else None,
        "community": names.community(place, community) if community else None,
    }


@events.command("check", epilog="Example: netmap events check --fail-on warning")
def check_(
    context: typer.Context,
    programme: Programme = None,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
    fail_on: AtLeast = None,
) -> None:
    """Look for clashes, missing sequence and targets not met."""
    from netmap.cli.console import out, print_findings, print_json  # noqa: PLC0415

    failing = level_and_above(fail_on, Level)
    call: Call = context.obj
    findings = seen_by(audience, call.open().check_events(programme))
    if form is Form.JSON:
        print_json(problems_as_json(call.root, findings))
    else:
        console = out()
        print_findings(console, findings)
        if not findings:
            console.print("No problems found.")
    fail_if((one.level for one in findings), failing)


@events.command(epilog="Example: netmap events feed --hub leeds-mind --output leeds.ics")
def feed(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="The calendar file to write.")],
    programme: Programme = None,
    hub: Hub = None,
    area: Area = None,
    kind: Kind = None,
    community: Community = None,
    audience: Annotated[Seen, typer.Option(help="Who the feed is for.")] = Seen.PUBLIC,
    no_cancelled: Annotated[  # noqa: FBT002  # a flag
        bool, typer.Option("--no-cancelled", help="Leave out what was cancelled.")
    ] = False,
    alarm: Annotated[
        int | None,
        typer.Option(
            metavar="MINUTES",
            min=0,
            max=28 * 24 * 60,
            help="Ring so long before each start; many calendars ignore it.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write one calendar feed that people can subscribe to."""
    from netmap.cli.console import aside, print_findings  # noqa: PLC0415
    from netmap.events import check_feeds  # noqa: PLC0415
    from netmap.workspace import write_atomically  # noqa: PLC0415

    call: Call = context.obj
    place = call.open(audience)
    wanted = _wanted(place, hub, area, kind, community)
    content = place.feed(programme, wanted, tombstones=not no_cancelled, alarm_minutes=alarm)
    write_atomically(output, content)
    print_findings(aside(), check_feeds({output.name: content}))
    count = content.count(b"BEGIN:VEVENT")
    aside().print(f"Wrote {output} with {count} events, for {audience.value}.")
