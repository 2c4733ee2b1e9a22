"""The command that scores the network of ties and answers questions about it: graph."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from netmap.cli.answers import answer_each
from netmap.cli.app import Call, Form, Format, ForStaff, Network, Seen, app

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.networks.measures import (
        Broker,
        Homophily,
        Introductions,
        Losses,
        Measures,
        Shared,
        Without,
    )
    from netmap.networks.register import Register

By = Literal["activities", "advisers", "venues", "topics"]


@dataclass(frozen=True, slots=True)
class Scored:
    """What there is to say of a network; the last three only where they were asked for."""

    network: str
    measures: "Measures"
    homophily: "tuple[Homophily, ...]"
    bridges: "Losses"
    brokers: "tuple[Broker, ...]"
    without: "Without | None"
    projections: "Shared | None"
    between: "Introductions | None"

    @property
    def asked(self) -> bool:
        """Whether one thing was asked for, rather than the whole."""
        return any((self.without, self.projections, self.between))


@app.command(epilog="Example: netmap graph side-by-side --between suffolk-mind kettering-mind")
def graph(  # each is an option of the design
    context: typer.Context,
    network: Network = None,
    without: Annotated[
        str | None,
        typer.Option(metavar="ORG", help="Show what breaks if this organisation leaves."),
    ] = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="ORG GOAL",
            help="Show who could introduce an organisation to another, or to a community.",
        ),
    ] = None,
    shared: Annotated[
        By | None, typer.Option(help="Show who have these in common, and are not tied.")
    ] = None,
    every: Annotated[  # noqa: FBT002  # a flag
        bool, typer.Option("--all", help="List all of what else is cut short.")
    ] = False,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
) -> None:
    """Say who holds the network together, and who could introduce whom."""
    from netmap.networks import measures  # noqa: PLC0415
    from netmap.networks.graph import ties_only  # noqa: PLC0415

    call: Call = context.obj
    place = call.open(audience)
    communities = place.vocabularies["community"]

    def answer(register: "Register") -> Scored:
        found = measures.measure(register)
        return Scored(
            network=register.name,
            measures=found,
            homophily=measures.homophily(register, communities),
            bridges=measures.losses(ties_only(register)),
            brokers=measures.brokers(register, found),
            without=measures.without(register, without) if without else None,
            projections=measures.shared(register, shared) if shared else None,
            between=measures.between(register, *between, communities) if between else None,
        )

    def show(console: "Console", register: "Register", scored: Scored) -> None:
        from netmap.cli.graph_answers import show_answers  # noqa: PLC0415
        from netmap.cli.graph_words import show_whole  # noqa: PLC0415

        showing = show_answers if scored.asked else show_whole
        showing(console, register, scored, place.vocabularies, every=every)

    answer_each(place, network, form, answer, _as_json, show)


def _as_json(scored: Scored) -> dict[str, Any]:
    """Shape the answers: what the design names first, in its order, then the rest."""
    shaped = asdict(scored)
    measures = shaped.pop("measures")
    sampled = measures.pop("betweenness_sampled")
    without = shaped.pop("without")
    asked = {name: shaped.pop(name) for name in ("projections", "between")}
    return {
        "network": shaped.pop("network"),
        **measures,
        "without": without,
        "betweenness_sampled": sampled,
        **shaped,
        **{name: found for name, found in asked.items() if found is not None},
    }
