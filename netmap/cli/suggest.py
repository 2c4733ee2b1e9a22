"""The command that says where to go next: suggest."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netmap.cli.answers import answer_each
from netmap.cli.app import Call, Form, Format, ForStaff, Network, Seen, app
from netmap.cli.stages import stages

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.build.workplace import Workplace
    from netmap.networks.register import Register
    from netmap.networks.suggestions import Site, Suggestion

_HOW = (
    "How: maximal covering location. People count as covered where an activity in person for their "
    "community, or for a parent of it, is within reach; sites are chosen together so that most "
    "people are newly covered. A prompt for discussion: talk with people of the community first."
)


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
    "Two communities: --community bame --community refugee=2"
)
def suggest(
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
            help="Where they could be: points of areas, venues of programmes, or a CSV file with "
            "name, latitude and longitude.",
        ),
    ] = "areas",
    time_limit: Annotated[
        float,
        typer.Option(min=0, metavar="SECONDS", help="How long to prove that none is better."),
    ] = 30,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
) -> None:
    """Suggest where new activities would reach most people who have none, and who could help."""
    from netmap.build import names  # noqa: PLC0415
    from netmap.build.suggesting import suggest_sites  # noqa: PLC0415
    from netmap.cli.console import aside, print_findings  # noqa: PLC0415

    call: Call = context.obj
    place = call.open(audience)
    wanted = {names.community(place, one.community): one.weight for one in community}

    def answer(register: "Register") -> "Suggestion":
        found, findings = suggest_sites(
            place,
            register,
            wanted,
            sites,
            candidates=candidates,
            seconds=time_limit,
            progress=followed.begin,
        )
        print_findings(aside(), findings)
        return found

    def show(console: "Console", register: "Register", found: "Suggestion") -> None:
        _show(console, place, register, found)

    def as_json(found: "Suggestion") -> dict[str, Any]:
        return _as_json(place, found)

    with stages(say=False) as followed:
        answer_each(place, network, form, answer, as_json, show)


def _as_json(place: "Workplace", found: "Suggestion") -> dict[str, Any]:
    from netmap.networks.suggestions.sites import METHOD  # noqa: PLC0415

    names = list(found.communities)
    considered, offered = found.candidates
    return {
        "network": found.network,
        "community": names[0] if len(names) == 1 else None,
        "method": METHOD,
        "optimal": found.optimal,
        "bound_gap": found.bound_gap,
        "covered_before": found.covered_before,
        "covered_after": found.covered_after,
        "sites": [_site_as_json(one) for one in found.sites],
        "communities": dict(found.communities),
        "people": round(found.people),
        "areas_unknown": found.unknown,
        "areas_estimated": found.estimated,
        "candidates": {"considered": considered, "offered": offered},
        "alternatives": list(found.alternatives),
        "audience": place.audience.value,
    }


def _site_as_json(site: "Site") -> dict[str, Any]:
    newly = site.newly_covered
    return {
        "area": site.area,
        "name": site.name,
        "newly_covered": round(newly) if isinstance(newly, int | float) else newly,
        "helpers": [{"organisation": one.organisation, "why": one.why} for one in site.helpers],
        "stands": site.stands,
        "sureness": _sure(site),
    }


def _sure(site: "Site") -> str:
    from netmap.gaps.gap import sureness_of  # noqa: PLC0415

    return sureness_of(site.stands).value


def _show(
    console: "Console", place: "Workplace", register: "Register", found: "Suggestion"
) -> None:
    vocabulary = place.vocabularies["community"]
    whom = " and ".join(
        vocabulary.label(one) + (f" (each counting {weight:g})" if weight != 1 else "")
        for one, weight in found.communities.items()
    )
    if found.covered_before is None or found.covered_after is None:
        console.print(
            f"How many {whom} people live in these areas is not recorded, so no place can be "
            "suggested. Fill in populations.csv first."
        )
        return
    console.print(
        f"For {whom} people: {found.covered_before:.0%} have an activity of their own within reach "
        f"now; with {len(found.sites)} more it would be {found.covered_after:.0%}."
    )
    if not found.sites:
        console.print("No place would newly cover anybody.")
    for number, site in enumerate(found.sites, start=1):
        _show_site(console, register, number, site)
    console.print()
    console.print(_proof(found))
    if found.unknown:
        console.print(
            f"The number of people of {found.unknown} areas is not known or too small to show; "
            "nobody there was counted."
        )
    if found.estimated:
        console.print(
            f"The number of people of {found.estimated} areas is estimated by the share of an area "
            "above."
        )
    console.print(
        f"How sure: looked at again with {'; '.join(found.alternatives)}. Firm places are chosen "
        "every time, or one beside them; likely ones two times in three."
    )
    console.print(_HOW)


def _show_site(console: "Console", register: "Register", number: int, site: "Site") -> None:
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    inside = register.areas.ancestors(site.area)
    where = f", {register.areas.name(inside[-1])}" if inside else ""
    newly = site.newly_covered
    people = f"{newly:,.0f}" if isinstance(newly, int | float) else str(newly)
    head = Text(f"{number}. {site.name}{where}", style="bold")
    console.print()
    console.print(head.append(f"  {people} people newly covered  {_sure(site)}", style="dim"))
    for one in site.helpers:
        name = register.organisation[one.organisation].name
        console.print(Padding(Text(f"{name}: {one.why}."), (0, 0, 0, 3), expand=False))
    if not site.helpers:
        said = "Nobody is recorded who serves the community or is in the area."
        console.print(Padding(Text(said), (0, 0, 0, 3), expand=False))


def _proof(found: "Suggestion") -> str:
    considered, offered = found.candidates
    places = (
        f"{offered:,} places"
        if considered == offered
        else (f"the {considered:,} places with most people in need around them, of {offered:,}")
    )
    if found.optimal:
        return f"Looked at {places}. No other choice of as many covers more people (proved)."
    return (
        f"Looked at {places}. No other choice of as many can cover more than "
        f"{found.bound_gap:.1%} more."
    )
