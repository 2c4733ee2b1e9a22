"""The command that sets two workspaces or reports side by side: compare."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from netmap.cli.app import Call, Form, Format, Seen, app, day_of
from netmap.cli.levels import AtLeast, fail_if, level_and_above

if TYPE_CHECKING:
    from netmap.build.comparing import Comparison
    from netmap.gaps.comparing import Compared

_WHAT = "a workspace, a copy of one, a built site, or a gaps.json"


@app.command(epilog="Example: netmap compare ../snapshot-2026-08 . --network side-by-side")
def compare(
    context: typer.Context,
    before: Annotated[Path, typer.Argument(help=f"The earlier: {_WHAT}.", show_default=False)],
    after: Annotated[Path, typer.Argument(help="The later: the same.", show_default=False)],
    network: Annotated[
        str | None, typer.Option(metavar="NETWORK", help="Only this network.", show_default=False)
    ] = None,
    before_on: Annotated[
        date | None,
        typer.Option(
            parser=day_of,
            metavar="DATE",
            help="Look at an earlier workspace as of this day; else as of the day of --as-of.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=0, metavar="N", help="In text, at most so many gaps of a kind.")
    ] = 20,
    form: Format = Form.TEXT,
    audience: Annotated[
        Seen | None,
        typer.Option(
            help="Show what this audience may see; that of a built site, else staff.",
            show_default=False,
        ),
    ] = None,
    fail_on: AtLeast = None,
) -> None:
    """Say which gaps opened, closed and changed between two days, and because of what."""
    from netmap.build.comparing import compare_sides  # noqa: PLC0415
    from netmap.gaps.gap import Severity  # noqa: PLC0415
    from netmap.privacy import Audience  # noqa: PLC0415

    failing = level_and_above(fail_on, Severity)
    call: Call = context.obj
    found = compare_sides(
        before,
        after,
        call.as_of,
        before_on=before_on,
        network=network,
        audience=Audience(audience.value) if audience else None,
    )
    _print(found, form, limit)
    fail_if((level for one in found.networks for level in _worse(one)), failing)


def _worse(one: "Compared") -> list[str]:
    """List the levels of the gaps that opened, or became more pressing, and are not settled."""
    from netmap.gaps.gap import Severity  # noqa: PLC0415

    pressed = [
        moved
        for moved in one.changed
        if "severity" in moved.changes
        and Severity(moved.changes["severity"][1]).rank
        < Severity(moved.changes["severity"][0]).rank
    ]
    return [m.gap.severity.value for m in (*one.opened, *pressed) if not m.gap.settled]


def _print(found: "Comparison", form: Form, limit: int) -> None:
    from netmap.cli.compared import show  # noqa: PLC0415
    from netmap.cli.console import print_json  # noqa: PLC0415
    from netmap.gaps.compared_shape import compared_as_json  # noqa: PLC0415

    if form is Form.TEXT:
        show(found, limit)
        return
    document = {
        "before": found.before,
        "after": found.after,
        "networks": [compared_as_json(one) for one in found.networks],
        "only_before": list(found.only_before),
        "only_after": list(found.only_after),
    }
    print_json(document)
