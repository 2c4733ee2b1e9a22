"""The command that says how far people are from activities: reach."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netmap.cli.answers import answer_each
from netmap.cli.app import Call, Form, Format, ForStaff, Network, Seen, app

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.networks.reach import ReachRow
    from netmap.networks.reach.distribution import Distribution
    from netmap.networks.register import Register

_IN_FULL, _NEEDIEST = 60, 30
_MINUTES = ("nearest_minutes", "nearest_specific_minutes")


class By(StrEnum):
    """What people are grouped by."""

    COMMUNITY = "community"
    DEPRIVATION = "deprivation"
    RURAL_URBAN = "rural_urban"


@dataclass(frozen=True, slots=True)
class _Reached:
    """How far the people of each area of a network are from what a community may use.

    `limit` is how many areas are wanted; None where nobody said.
    """

    network: str
    community: str | None
    rows: "list[ReachRow]"
    timed: bool
    limit: int | None
    across: "list[Distribution]"


@app.command(
    epilog="Example: netmap reach side-by-side --community bame. "
    "Are we reaching those with most need: netmap reach side-by-side --by deprivation"
)
def reach(
    context: typer.Context,
    network: Network = None,
    community: Annotated[
        str | None, typer.Option(help="Count what members of this community may use.")
    ] = None,
    by: Annotated[
        By | None,
        typer.Option(help="Sum up people by community, deprivation decile or rural/urban class."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="At most so many areas, those with most people out of reach first.",
        ),
    ] = None,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
) -> None:
    """Show how far people of each area are from activities."""
    from netmap.build import names  # noqa: PLC0415
    from netmap.cli import distribution  # noqa: PLC0415
    from netmap.networks.reach import reach as work_out  # noqa: PLC0415
    from netmap.networks.reach.distribution import distribution as work_out_across  # noqa: PLC0415

    if by is By.COMMUNITY and community:
        raise typer.BadParameter("--by community goes through all; leave --community out.")
    call: Call = context.obj
    place = call.open(audience)
    code = names.community(place, community) if community else None

    def across(register: "Register", one: By) -> "Distribution":
        return work_out_across(register, place.vocabularies, one.value, code)

    if by is not None:
        answer_each(
            place,
            network,
            form,
            lambda register: (register.name, across(register, by)),
            distribution.as_json,
            distribution.show,
        )
        return

    def answer(register: "Register") -> _Reached:
        rows = list(work_out(register, place.vocabularies["community"], code))
        many = form is Form.TEXT and len(rows) > _IN_FULL
        groups = [across(register, one) for one in By if not (one is By.COMMUNITY and code)]
        timed = register.travel is not None
        return _Reached(register.name, code, rows, timed, limit, groups if many else [])

    answer_each(place, network, form, answer, _as_json, _show)


def _as_json(reached: _Reached) -> dict[str, Any]:
    rows = reached.rows if reached.limit is None else _neediest(reached.rows, reached.limit)
    shaped = [asdict(row) for row in rows]
    estimated = any(row["people_from"] for row in shaped)
    left_out = (*(() if reached.timed else _MINUTES), *(() if estimated else ("people_from",)))
    for row in shaped:
        for column in left_out:
            del row[column]
    return {"network": reached.network, "community": reached.community, "rows": shaped}


def _neediest(rows: "list[ReachRow]", limit: int) -> "list[ReachRow]":
    """Choose areas with nothing within reach, most people first, then those farthest away."""

    def need(row: "ReachRow") -> tuple[bool, int, float, str]:
        people = row.people if isinstance(row.people, int) else 0
        km = float("inf") if row.nearest_km is None else row.nearest_km
        nothing = row.within_reach == 0
        return not nothing, -people if nothing else 0, -km, row.area

    return sorted(rows, key=need)[:limit]


def _show(console: "Console", register: "Register", reached: _Reached) -> None:
    from netmap.cli import distribution  # noqa: PLC0415
    from netmap.cli.console import print_table, print_title  # noqa: PLC0415

    chosen = reached.rows
    for found in reached.across:
        distribution.show(console, register, (reached.network, found))
        console.print()
    if reached.across or reached.limit is not None:
        chosen = _neediest(chosen, reached.limit or _NEEDIEST)
        title = f"{len(chosen):,} of {len(reached.rows):,} areas"
        note = (
            "nothing within reach and most people first, then the farthest; "
            "all of them: --format json, more of them: --limit"
        )
        print_title(console, title, note=note)
    rows = [asdict(row) for row in chosen]
    columns = [c for c in rows[0] if c != "area"] if rows else []
    shown = [c for c in columns if any(row[c] is not None for row in rows)]
    print_table(
        console,
        ["area", *(c.replace("_", " ") for c in shown)],
        [[register.areas.name(row["area"]), *(row[c] for c in shown)] for row in rows],
        numbers=len(shown),
    )
