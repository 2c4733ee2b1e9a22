"""The command that says how far people are from activities: reach."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netmap.cli.answers import answer_each
from netmap.cli.app import Call, Form, Format, ForStaff, Network, Seen, app

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.networks.reach import ReachRow
    from netmap.networks.register import Register


@dataclass(frozen=True, slots=True)
class _Reached:
    """How far the people of each area of a network are from what a community may use."""

    network: str
    community: str | None
    rows: "list[ReachRow]"


@app.command(epilog="Example: netmap reach side-by-side --community bame")
def reach(
    context: typer.Context,
    network: Network = None,
    community: Annotated[
        str | None, typer.Option(help="Count what members of this community may use.")
    ] = None,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
) -> None:
    """Show how far people of each area are from activities."""
    from netmap.build import names  # noqa: PLC0415
    from netmap.networks.reach import reach as work_out  # noqa: PLC0415

    call: Call = context.obj
    place = call.open(audience)
    code = names.community(place, community) if community else None

    def answer(register: "Register") -> _Reached:
        rows = work_out(register, place.vocabularies["community"], code)
        return _Reached(register.name, code, list(rows))

    answer_each(place, network, form, answer, _as_json, _show)


def _as_json(reached: _Reached) -> dict[str, Any]:
    return asdict(reached)


def _show(console: "Console", register: "Register", reached: _Reached) -> None:
    from netmap.cli.console import print_table  # noqa: PLC0415

    rows = [asdict(row) for row in reached.rows]
    columns = [c for c in rows[0] if c != "area"] if rows else []
    shown = [c for c in columns if any(row[c] is not None for row in rows)]
    print_table(
        console,
        ["area", *(c.replace("_", " ") for c in shown)],
        [[register.areas.name(row["area"]), *(row[c] for c in shown)] for row in rows],
        numbers=len(shown),
    )
