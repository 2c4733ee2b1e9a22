"""The command that lists every problem in the files: check."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from netmap.cli.app import Call, Form, Format, ForStaff, Seen, app
from netmap.cli.levels import AtLeast, fail_if, level_and_above
from netmap.cli.problems import problems_as_json, seen_by
from netmap.findings import Finding, Level, counts

if TYPE_CHECKING:
    from netmap.build.workplace import Workplace


@app.command(epilog="Example: netmap check side-by-side --fail-on error")
def check(
    context: typer.Context,
    networks: Annotated[
        list[str] | None,
        typer.Argument(help="Networks; all of them where left out.", show_default=False),
    ] = None,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
    fail_on: AtLeast = None,
) -> None:
    """List every problem in the files: where, and what to try."""
    from netmap.cli.console import print_json  # noqa: PLC0415

    failing = level_and_above(fail_on, Level)
    call: Call = context.obj
    place = call.open()
    findings = seen_by(audience, place.check(networks or ()))
    if form is Form.JSON:
        print_json(problems_as_json(call.root, findings))
    else:
        _show(place, networks or place.workspace.networks(), findings)
    fail_if((one.level for one in findings), failing)


def _show(place: "Workplace", networks: Iterable[str], findings: list[Finding]) -> None:
    from netmap.cli.console import out, print_findings, print_title  # noqa: PLC0415

    console = out()
    for name in networks:
        print_title(console, name, note=place.read_in_words(name))
    print_findings(console, findings)
    tally = counts(findings)
    console.print(
        f"{tally['error']} errors, {tally['warning']} warnings, {tally['notice']} notices."
        if findings
        else "No problems found."
    )
