"""The commands about events: plan, list, check, feed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netmap.cli.app import Call, Form, Format, ForStaff, Seen, events
from netmap.cli.looking import AtLeast, level_and_above

if TYPE_CHECKING:
    from netmap.build import Workplace

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


@events.command(epilog="Example: netmap events plan capacity-building --preview --explain")
def plan(
    context: typer.Context,
    programme: Annotated[str, typer.Argument(help="The programme to plan.")],
    preview: Annotated[bool, typer.Option("--preview", help="Write nothing.")] = False,  # noqa: FBT002
    explain: Annotated[  # noqa: FBT002
        bool, typer.Option("--explain", help="Say why each session is where it is.")
    ] = False,
    form: Format = Form.TEXT,
) -> None:
    """Put a programme on days and venues; locked, past and published sessions stay."""
    from netmap.build import plan_programme  # noqa: PLC0415
    from netmap.cli.console import (  # noqa: PLC0415
        aside,
        out,
        print_findings,
        print_json,
        print_table,
        print_title,
    )

    done = plan_programme(context.obj.open(), programme, preview=preview)
    print_findings(aside(), done.findings)
    found = done.plan
    if form is Form.JSON:
        print_json(
            {
                "programme": programme,
                "optimal": found.optimal,
                "sessions": [
                    {
                        "uid": one.uid,
                        "hub": one.hub,
                        "kind": one.kind,
                        "theme": one.theme,
                        "starts": one.starts.isoformat(),
                        "ends": one.ends.isoformat() if one.ends else None,
                        "venue": one.venue,
                        "why": list(found.why.get(one.uid, ())),
                    }
                    for one in found.sessions
                ],
                "unmet": list(found.unmet),
                "kept": found.kept,
                "moved": found.moved,
                "cancelled": found.cancelled,
            }
        )
        return
    console = out()
    print_title(console, done.programme.title)
    if explain:
        for one in found.sessions:
            console.print(f"{one.starts:%a %d %b %Y %H:%M}  {done.programme.title_of(one)}")
            for reason in found.why.get(one.uid, ()):
                console.print(f"    {reason}")
    else:
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
    console.print(
        f"{len(found.sessions)} sessions: {found.kept} kept, {found.moved} moved, "
        f"{found.cancelled} cancelled."
    )
    for wish in found.unmet:
        console.print(f"Not met: {wish}")
    console.print(f"Wrote {done.written}." if done.written else "Nothing was written.")


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
    from netmap.cli.console import out, print_json, print_table  # noqa: PLC0415

    place = context.obj.open(audience)
    views = place.upcoming(programme, _wanted(place, hub, area, kind, community))
    if form is Form.JSON:
        print_json({"sessions": [_session(one) for one in views]})
        return
    console = out()
    print_table(
        console,
        ["when", "what", "where", "status"],
        [
            [
                f"{one.starts:%a %d %b %Y %H:%M}",
                one.title,
                one.venue or one.area_name,
                one.status,
            ]
            for one in views
        ],
    )
    console.print(f"{len(views)} sessions.")


def _session(one: Any) -> dict[str, Any]:
    return {
        "uid": one.uid,
        "programme": one.programme,
        "hub": one.hub,
        "kind": one.kind,
        "title": one.title,
        "starts": one.starts.isoformat(),
        "ends": one.ends.isoformat() if one.ends else None,
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
    return {
        "hub": place.hub(hub) if hub else None,
        "area": place.area(area) if area else None,
        "kind": place.event_kind(kind) if kind else None,
        "community": place.community(community) if community else None,
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
    from netmap.cli.looking import finding_as_json  # noqa: PLC0415
    from netmap.findings import Level, counts, in_order, without_cells  # noqa: PLC0415

    failing = level_and_above(fail_on, [level.value for level in Level])
    call: Call = context.obj
    findings = in_order(call.open().check_events(programme))
    if audience is not Seen.STAFF:
        findings = [without_cells(one) for one in findings]
    if form is Form.JSON:
        print_json(
            {
                "workspace": call.root.as_posix(),
                "counts": counts(findings),
                "findings": [finding_as_json(one) for one in findings],
            }
        )
    else:
        console = out()
        print_findings(console, findings)
        if not findings:
            console.print("No problems found.")
    if any(one.level.value in failing for one in findings):
        raise typer.Exit(1)


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
) -> None:
    """Write one calendar feed that people can subscribe to."""
    from netmap.cli.console import aside  # noqa: PLC0415
    from netmap.workspace import write_atomically  # noqa: PLC0415

    place = context.obj.open(audience)
    content = place.feed(programme, _wanted(place, hub, area, kind, community))
    write_atomically(output, content)
    count = content.count(b"BEGIN:VEVENT")
    aside().print(f"Wrote {output} with {count} events, for {audience.value}.")
