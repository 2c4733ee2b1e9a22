"""The command that says where to go next: suggest."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netmap.cli.answers import answer_each
from netmap.cli.app import Call, Form, Format, ForStaff, Network, Seen, app
from netmap.cli.stages import Timings, stages

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.networks.register import Register
    from netmap.networks.suggestions import Site, Suggestion


@dataclass(frozen=True, slots=True)
class _Weight:
    """A community, and how much one person of it counts."""

    community: str
    weight: float


def _weight(text: str) -> _Weight:
    name, _, number = text.partition("=")
    try:
        weight = float(number) if number else 1.0
    except ValueError:
        weight = 0.0
    if not 0 < weight < float("inf"):
        raise typer.BadParameter(f"'{text}' should be a community, or as bame=2 with a weight.")
    return _Weight(name, weight)


@app.command(
    epilog="Example: netmap suggest side-by-side --community bame --sites 3. "
    "Two communities, one counting double: --community bame --community refugee=2"
)
def suggest(  # each is an option of the design
    context: typer.Context,
    community: Annotated[
        list[_Weight],
        typer.Option(
            parser=_weight,
            metavar="COMMUNITY[=WEIGHT]",
            help="Whom the activities are for; may be repeated, with weights as refugee=2.",
        ),
    ],
    network: Network = None,
    sites: Annotated[int, typer.Option(min=1, metavar="N", help="How many new activities.")] = 3,
    candidates: Annotated[
        str,
        typer.Option(
            metavar="areas|venues|FILE",
            help="Where they could be: the points of areas, the venues in events/venues.csv, or a "
            "CSV or Parquet file with id, name, latitude, longitude and, if known, area.",
        ),
    ] = "areas",
    time_limit: Annotated[
        float,
        typer.Option(
            min=0, metavar="SECONDS", help="How long to try to prove that no choice is better."
        ),
    ] = 30,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
    timings: Timings = False,  # noqa: FBT002
) -> None:
    """Suggest where new activities would reach most people who have none, and who could help."""
    from netmap.build import names  # noqa: PLC0415
    from netmap.build.suggesting import suggest_sites  # noqa: PLC0415
    from netmap.cli.console import aside, print_findings  # noqa: PLC0415
    from netmap.cli.suggest_words import show as in_words  # noqa: PLC0415

    call: Call = context.obj
    place = call.open(audience)
    wanted = {names.community(place, one.community): one.weight for one in community}

    def answer(register: "Register") -> "Suggestion":
        found, findings = suggest_sites(
            place,
            register,
            wanted,
            sites,
            where=candidates,
            seconds=time_limit,
            progress=followed.begin,
        )
        print_findings(aside(), findings)
        return found

    def show(console: "Console", register: "Register", found: "Suggestion") -> None:
        in_words(console, register, found, place.vocabularies["community"])

    with stages(say=timings) as followed:
        followed.begin("Reading")
        answer_each(place, network, form, answer, _as_json, show)


def _as_json(found: "Suggestion") -> dict[str, Any]:
    """Shape a suggestion: what the design names first, in its order, then the rest."""
    from netmap.networks.suggestions import METHOD  # noqa: PLC0415

    areas, needing = found.areas
    return {
        "network": found.network,
        "community": "+".join(one.community for one in found.whom),
        "method": METHOD,
        "optimal": found.optimal,
        "bound_gap": found.bound_gap,
        "covered_before": found.covered_before,
        "covered_after": found.covered_after,
        "sites": [_site_as_json(one) for one in found.sites],
        "people": found.whom[0].people if len(found.whom) == 1 else None,
        "communities": [asdict(one) for one in found.whom],
        "measure": found.measure.value,
        "areas": areas,
        "areas_without": needing,
        "areas_unknown": found.unknown,
        "areas_suppressed": found.suppressed,
        "areas_estimated": found.estimated,
        "candidates": found.candidates,
        "grid": list(found.grid),
    }


def _site_as_json(site: "Site") -> dict[str, Any]:
    return {
        "area": site.area,
        "name": site.name,
        "newly_covered": site.newly_covered,
        "helpers": [asdict(one) for one in site.helpers],
        "stands": site.stands,
        "sureness": site.sureness.value,
        "areas": site.areas,
        "residents": site.residents,
    }
