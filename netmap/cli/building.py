"""The commands that draw and write: map and build."""

from pathlib import Path
from typing import Annotated

import typer

from netmap.cli.app import Call, Seen, app

Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="The folder to build; site/ in the workspace.", show_default=False
    ),
]
Offline = Annotated[
    bool, typer.Option("--offline", help="Put every script and style inside the page.")
]


@app.command("map", epilog="Example: netmap map side-by-side --output map.html --offline")
def draw_map(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")],
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="MAP or NETWORK", help="May be left out where there is one.", show_default=False
        ),
    ] = None,
    audience: Annotated[Seen, typer.Option(help="Who the page is for.")] = Seen.PUBLIC,
    offline: Offline = False,  # noqa: FBT002  # a flag
) -> None:
    """Draw one map as a page of its own."""
    from netmap.build.drawing import draw  # noqa: PLC0415
    from netmap.cli.console import aside, print_findings  # noqa: PLC0415
    from netmap.workspace import write_atomically  # noqa: PLC0415

    page, findings = draw(context.obj.open(audience), name, offline=offline)
    print_findings(aside(), findings)
    write_atomically(output, page)
    aside().print(f"Wrote {output} ({len(page) / 1000:,.0f} kB), for {audience.value}.")


@app.command(epilog="Example: netmap build --audience public")
def build(
    context: typer.Context,
    output: Output = None,
    audience: Annotated[Seen, typer.Option(help="Who the site is for.")] = Seen.PUBLIC,
    offline: Offline = False,  # noqa: FBT002
    no_record: Annotated[  # noqa: FBT002
        bool, typer.Option("--no-record", help="A trial: do not note what subscribers were told.")
    ] = False,
    withdraw: Annotated[  # noqa: FBT002
        bool, typer.Option("--withdraw", help="Let many published sessions be cancelled at once.")
    ] = False,
) -> None:
    """Build the site: maps, pages, data, feeds and a manifest."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    from netmap.build.whole_site import build_site  # noqa: PLC0415
    from netmap.cli.console import aside, out, print_findings  # noqa: PLC0415

    call: Call = context.obj
    target = output or call.root / "site"
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=aside(),
        transient=True,
        disable=not aside().is_terminal,
    )
    with bar:
        task = bar.add_task("Reading", total=None)
        built = build_site(
            call.open(audience),
            target,
            offline=offline,
            record=not no_record,
            withdraw=withdraw,
            progress=lambda stage: bar.update(task, description=stage),
        )
    console = out()
    console.print(
        f"Built {target.as_posix()} for {audience.value}: {_counted(built.pages, 'page')}, "
        f"{_counted(built.maps, 'map')}, {_counted(built.feeds, 'feed')}, "
        f"{_counted(built.data, 'data file')}, from {_counted(built.networks, 'network')} and "
        f"{_counted(built.sessions, 'session')}."
    )
    if built.problems:
        console.print(
            f"{_counted(built.problems, 'problem')} in the files; see what with: netmap check"
        )
    print_findings(console, built.crowded)
    console.print()
    console.print("The largest gaps (prompts for discussion, not verdicts):")
    for number, gap in enumerate(built.largest, start=1):
        console.print(f"  {number}. {gap.severity.value:<6}  {gap.message}")
    if not built.largest:
        console.print("  none found; see what could not be checked on the gaps pages.")
    console.print()
    console.print(f"Open {(target / 'index.html').as_posix()} in a browser.")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
