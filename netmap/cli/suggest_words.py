"""Suggested places in words: where, for how many people, who could help, and how sure."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from netmap.gaps.context import listed, plural
from netmap.privacy import SUPPRESSED

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.networks.register import Register
    from netmap.networks.suggestions import Site, Suggestion
    from netmap.vocabulary import Vocabulary

_HOW = (
    "How it works: so many places are chosen together that as many people as can be get an "
    "activity for them within reach (maximal covering location); people who have one now are not "
    "counted again. An area is reached as a whole, so the smaller the areas, the truer the answer."
)
_PROMPT = (
    "A prompt for discussion, not a decision: ask people of the community, and those who could "
    "help, before anything is planned."
)


def show(
    console: "Console", register: "Register", found: "Suggestion", communities: "Vocabulary"
) -> None:
    """Print one network's suggestion.

    Args:
        console: Where to.
        register: The network.
        found: The suggestion.
        communities: The communities' names.
    """
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    labels = {one.community: communities.label(one.community) for one in found.whom}
    for line in _opening(found, labels):
        console.print(line)
    for number, site in enumerate(found.sites, start=1):
        console.print()
        head = Text(f"{number}. {_where(register, site)}", style="bold")
        console.print(head.append(f"  [{site.sureness.value}]", style="dim"))
        for step, line in _about(register, found, site):
            console.print(Padding(Text(line), (0, 0, 0, step), expand=False))
    console.print()
    for line in _below(register, found, labels, communities):
        console.print(line)


def _opening(found: "Suggestion", labels: dict[str, str]) -> Iterator[str]:
    if found.measure != "people":
        yield f"For: {', '.join(labels.values())}."
        shown = ", or too small to show," if found.suppressed else ""
        weighed = "most residents" if found.measure == "residents" else "most areas"
        yield (
            f"How many of them live here is not known{shown} of any place (it takes counts, or "
            "shares with a total, in populations.csv). So the places below are those that bring "
            f"something for them within reach of {weighed} where nothing for them is within reach "
            "now; how many of them live there nobody can say."
        )
    for one in found.whom if found.measure == "people" else ():
        yield _shares(found, one.community, labels)
    yield _how_many(found)


def _shares(found: "Suggestion", community: str, labels: dict[str, str]) -> str:
    one = next(each for each in found.whom if each.community == community)
    label = labels[community]
    if one.covered_before is None or one.covered_after is None:
        return f"{label}: no number of people is known, so they are not counted."
    people = "too few to show" if one.people == SUPPRESSED else f"{one.people:,} people"
    counting = f", each counting {one.weight:g}" if one.weight != 1 else ""
    said = f"{label} ({people}{counting}): {one.covered_before:.0%} have an activity for them"
    if not found.sites:
        return f"{said} within reach now."
    return f"{said} within reach now; with what follows it would be {one.covered_after:.0%}."


def _how_many(found: "Suggestion") -> str:
    areas, needing = found.areas
    if not found.candidates:
        return "There is no place to choose from."
    if not needing:
        return "Everywhere something for them is within reach already: no new place is suggested."
    if not found.sites:
        return "No place to choose from would reach anybody who has nothing for them now."
    fewer = len(found.sites) < found.asked
    more = " More would reach nobody else." if fewer else ""
    return (
        f"In {needing:,} of {plural(areas, 'area')} nothing for them is within reach now. "
        f"{plural(len(found.sites), 'place')} chosen out of {found.candidates:,}, surest first."
        f"{more}"
    )


def _where(register: "Register", site: "Site") -> str:
    """Name a place and the areas around it."""
    areas = register.areas
    if site.area is None or site.area not in areas:
        return site.name
    said = site.name
    for code in (site.area, *areas.ancestors(site.area)[-1:]):
        said += "" if areas.name(code) in said else f", {areas.name(code)}"
    return said


def _about(register: "Register", found: "Suggestion", site: "Site") -> Iterator[tuple[int, str]]:
    """Say whom a place would reach and who could help."""
    areas = f"in {plural(site.areas, 'area')}"
    if found.measure == "people":
        number = site.newly_covered
        few = "Few people more" if number == SUPPRESSED else f"{number:,} more people"
        yield 3, f"{few} with something for them within reach, {areas}."
    elif site.residents is not None:
        yield 3, f"Something for them within reach of {site.residents:,} more residents, {areas}."
    else:
        yield 3, f"Something for them within reach of {plural(site.areas, 'more area')}."
    if not site.helpers:
        yield 3, "Who could help: nobody is recorded who serves the community or is in the area."
        return
    yield 3, "Who could help:"
    for one in site.helpers:
        yield 5, f"{register.organisation[one.organisation].name}: {one.why}."


def _below(
    register: "Register", found: "Suggestion", labels: dict[str, str], communities: "Vocabulary"
) -> Iterator[str]:
    """Say how sure the answer is, what it rests on, and how it came about."""
    if found.sites:
        yield _proof(found)
        yield (
            f"How sure: chosen again with {'; '.join(found.grid)}. A place is firm where it, or "
            "one that reaches nearly the same people, is chosen under all of these, likely under "
            "two in three, else it depends on the settings."
        )
    yield from _numbers(found)
    nested = [
        f"{labels[one]} are counted among {labels[other]} too"
        for one in labels
        for other in labels
        if other in communities.ancestors(one)
    ]
    if len(labels) > 1:
        both = "; ".join(nested) or "whoever is of several communities counts in each"
        yield f"Several communities: {both}."
    if found.timed:
        yield (
            "What is within reach now is told by travel times; of new places nobody has any, so "
            "they are measured by the straight line, times the detour."
        )
    yield _HOW
    yield _PROMPT
    if register.protection and found.measure == "people":
        yield register.protection


def _proof(found: "Suggestion") -> str:
    if found.optimal:
        return "No other choice of as many places reaches more (proved)."
    return (
        f"No other choice of as many places can reach more than {found.bound_gap:.1%} beyond "
        "this; whether any does was not proved in the time given (--time-limit)."
    )


def _numbers(found: "Suggestion") -> Iterator[str]:
    """Say of which areas the number of people is not known."""
    if found.measure != "people":
        return
    said = [
        (found.unknown, "not known"),
        (found.suppressed, "too small to show"),
        (found.estimated, "estimated, by the share of the area above"),
    ]
    known = [f"of {plural(n, 'area')} {how}" for n, how in said if n]
    if known:
        yield f"The number of people is {listed(known)}; whom nobody counted is in no figure here."
