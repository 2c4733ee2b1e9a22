"""The command that starts a workspace: init."""

from pathlib import Path
from typing import Annotated

import typer

from netmap.cli.app import app


@app.command(epilog="Example: netmap init my-network --example")
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    example: Annotated[  # noqa: FBT002  # a flag
        bool, typer.Option("--example", help="Add a small network of invented data to look at.")
    ] = False,
) -> None:
    """Start a new workspace, with headings and a README in each folder."""
    from netmap.build.starting import start_workspace  # noqa: PLC0415

    written = start_workspace(folder, example=example)
    typer.echo(f"Started {folder} with {len(written)} files. Next:")
    typer.echo(f"  netmap --workspace {folder} check")
    typer.echo(f"  netmap --workspace {folder} build")
