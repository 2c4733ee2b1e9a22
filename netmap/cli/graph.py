"""The command that scores the network of ties: graph."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netmap.cli.answers import answer_each
from netmap.cli.app import Call, Form, Format, ForStaff, Network, Seen, app

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.networks.measures import Measures, Member, Without
    from netmap.networks.register import Register

_COLUMNS = ("organisation", "id", "tied to", "betweenness", "only bridge", "core", "part")
_NUMBERS = 5


@dataclass(frozen=True, slots=True)
class _Scored:
    """A network's measures, and what is left of it without one organisation."""

    network: str
    measures: "Measures"
    gone: "Without | None"


@app.command(epilog="Example: netmap graph side-by-side --without mind")
def graph(
    context: typer.Context,
    network: Network = None,
    without: Annotated[
        str | None,
        typer.Option(metavar="ORG", help="Show what breaks if this organisation leaves."),
    ] = None,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
) -> None:
    """Score the network of ties, and each member's place in it."""
    from netmap.networks import measures  # noqa: PLC0415

    call: Call = context.obj

    def answer(register: "Register") -> _Scored:
        gone = measures.without(register, without) if without else None
        return _Scored(register.name, measures.measure(register), gone)

    answer_each(call.open(audience), network, form, answer, _as_json, _show)


def _as_json(scored: _Scored) -> dict[str, Any]:
    gone = asdict(scored.gone) if scored.gone else None
    return {"network": scored.network, **asdict(scored.measures), "without": gone}


def _show(console: "Console", register: "Register", scored: _Scored) -> None:
    from netmap.cli.console import print_table  # noqa: PLC0415

    found = scored.measures
    names = {one.id: one.name for one in register.organisations}
    console.print(
        f"{found.organisations} organisations, {found.ties} ties, "
        f"{found.components} separate parts; density {found.density:.2f}, "
        f"reciprocity {found.reciprocity:.2f}."
    )
    print_table(console, _COLUMNS, [_row(names[m.id], m) for m in found.members], numbers=_NUMBERS)
    if scored.gone:
        lost = ", ".join(names[one] for one in scored.gone.cut_off) or "nobody"
        console.print(
            f"Without {names[scored.gone.removed]} there are {scored.gone.components} separate "
            f"parts; cut off from the largest: {lost}."
        )


def _row(name: str, member: "Member") -> list[object]:
    return [
        name,
        member.id,
        member.degree,
        f"{member.betweenness:.2f}",
        member.bridge,
        member.core,
        member.component + 1,
    ]
