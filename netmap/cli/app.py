"""The program that commands are added to, and the options they share.

The commands are in modules of their own, and in order in :mod:`netmap.cli.commands`.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from netmap import __version__

if TYPE_CHECKING:
    from netmap.build.workplace import Workplace

app = typer.Typer(
    name="netmap",
    help="Map a peer support network, find the gaps in coverage, keep everyone's calendar right.",
    epilog="Example: netmap build",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
events = typer.Typer(
    help="Plan events, list what is on, write calendar feeds.",
    epilog="Example: netmap events list",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Form(StrEnum):
    """How an answer is printed."""

    TEXT = "text"
    JSON = "json"


class Seen(StrEnum):
    """Who an answer is for."""

    PUBLIC = "public"
    PARTNERS = "partners"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Call:
    """What stands before every command: which workspace, and which day it is.

    `named` tells whether the day was named, and so stays the same however long a command runs.
    """

    root: Path
    as_of: date
    named: bool = True

    def now(self) -> "Call":
        """Give the call as it would be now: another day may have begun."""
        return self if self.named else replace(self, as_of=date.today())  # noqa: DTZ011  # as below

    def open(self, audience: Seen = Seen.STAFF) -> "Workplace":
        """Open the workspace for an audience."""
        from netmap.build.workplace import open_for  # noqa: PLC0415
        from netmap.privacy import Audience  # noqa: PLC0415

        return open_for(self.root, self.as_of, Audience(audience.value))


Network = Annotated[
    str | None, typer.Argument(help="A network; all of them where left out.", show_default=False)
]
Format = Annotated[Form, typer.Option("--format", help="Print text for people, or JSON.")]
ForStaff = Annotated[Seen, typer.Option("--audience", help="Show what this audience may see.")]


def _version(wanted: bool) -> None:  # noqa: FBT001  # typer calls it so
    if wanted:
        typer.echo(f"netmap {__version__}")
        raise typer.Exit


def day_of(text: str) -> date:
    """Read a day given on the command line.

    Raises:
        typer.BadParameter: It is none.
    """
    from netmap.times import parse_date  # noqa: PLC0415

    day = parse_date(text)
    if day is None:
        raise typer.BadParameter(
            f"'{text}' is not a date; write it as 2026-03-31; today unless named."
        )
    return day


@app.callback()
def _shared(
    context: typer.Context,
    workspace: Annotated[
        Path,
        typer.Option(
            metavar="DIR",
            help="The folder with netmap.toml; this one unless named.",
            show_default=False,
        ),
    ] = Path(),
    as_of: Annotated[
        date | None,
        typer.Option(
            parser=day_of,
            metavar="DATE",
            help="Work as if it were this day, as 2026-03-31; today unless named.",
            show_default=False,
        ),
    ] = None,
    debug: Annotated[  # noqa: ARG001, FBT002  # read where errors are handled
        bool, typer.Option("--debug", help="Show the details of a fault in netmap.")
    ] = False,
    version: Annotated[  # noqa: ARG001, FBT002  # handled by its callback
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    # The only clock in netmap: everything below is told what day it is.
    today = date.today()  # noqa: DTZ011  # the user's own day is meant
    context.obj = Call(workspace, as_of or today, named=as_of is not None)
