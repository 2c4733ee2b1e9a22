"""Counts and rates: what each area, sector or community has, and what does not add up.

An activity counts for as many as its ``count``; one that is ``part_of`` a total adds nothing.
Networks and meetings of organisations are no provision and are not counted as activities.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from netmap.language import _
from netmap.networks.areas import plain
from netmap.networks.models import Activity, Organisation, StatedTotal
from netmap.networks.register import Register
from netmap.vocabulary import Vocabularies

By = Literal["area", "sector", "role", "approach", "topic", "community", "funding", "rural_urban"]
NOT_RECORDED = "not_recorded"
OPEN = "open"


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line: activities, organisations, residents, and activities per 100,000 residents."""

    key: str
    label: str
    activities: int
    organisations: int
    population: int | None
    activities_per_100k: float | None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A stated total beside the sum of its parts."""

    what: str
    stated: float
    counted: float
    difference: float
    agrees: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """A network in figures."""

    network: str
    by: str
    rows: tuple[SummaryRow, ...]
    total: SummaryRow
    reconciliation: tuple[Reconciled, ...]


def weight(activity: Activity) -> int:
    """Say how many activities a row adds to a sum."""
    return 0 if activity.part_of else activity.count or 1


def per_100k(activities: int, population: float | None) -> float | None:
    """Work out activities per 100,000 residents, to one decimal; None where unknown."""
    return round(activities / population * 100_000, 1) if population else None


def population_of(register: Register, code: str) -> int | None:
    """Count the residents of an area: its own row, else the sum of its children, never both.

    Returns:
        None where the area has no head-count and not all of its children have one.
    """
    own = register.population.get(code)
    if own is not None and own.total is not None:
        return round(own.total)
    below = [population_of(register, child) for child in register.areas.children.get(code, ())]
    known = [n for n in below if n is not None]
    return sum(known) if known and len(known) == len(below) else None


def activities_in(register: Register) -> Counter[str]:
    """Count the activities of every area with those of all areas below it."""
    counted: Counter[str] = Counter()
    for activity in register.provision:
        code = register.area_of(activity)
        if code:
            for one in (code, *register.areas.ancestors(code)):
                counted[one] += weight(activity)
    for hidden in register.hidden:
        counted[hidden.area] += hidden.count
    return counted


def summarise(
    register: Register, vocabularies: Vocabularies, by: By = "area", level: str | None = None
) -> Summary:
    """Count a network's activities and organisations by one thing.

    Args:
        register: The network.
        vocabularies: For labels.
        by: What to count by. By area there is one row for each area without a parent, those below
            rolled up into it.
        level: By area, the kind of area to have rows for instead.

    Returns:
        Rows in order of label, the total of the network, and its stated totals reconciled. A row
        that belongs to several keys counts in each, and once in the total.
    """
    rows = _by_area(register, level) if by == "area" else _by_term(register, vocabularies, by)
    return Summary(register.name, by, tuple(rows), total(register), reconcile(register))


def total(register: Register) -> SummaryRow:
    """Sum the whole network up."""
    activities = sum(map(weight, register.provision)) + sum(h.count for h in register.hidden)
    known = [population_of(register, code) for code in register.areas.top]
    residents = [n for n in known if n is not None]
    # The sum of some areas is not the whole network's.
    population = sum(residents) if residents and len(residents) == len(known) else None
    return SummaryRow(
        "total",
        _("Whole network"),
        activities,
        len(register.organisations),
        population,
        per_100k(activities, population),
    )


def _by_area(register: Register, level: str | None) -> Iterable[SummaryRow]:
    codes = [a.code for a in register.areas if a.kind == level] if level else register.areas.top
    activities = activities_in(register)
    organisations = Counter(
        code
        for one in register.organisations
        if one.area
        for code in (one.area, *register.areas.ancestors(one.area))
    )
    rows = [
        SummaryRow(
            code,
            register.areas.name(code),
            activities[code],
            organisations[code],
            population,
            per_100k(activities[code], population),
        )
        for code in codes
        for population in [population_of(register, code)]
    ]
    return sorted(rows, key=lambda row: (row.label, row.key))


def _sectors(_: Register, one: Organisation | None) -> Iterable[str]:
    return (one.sector,) if one and one.sector else ()


def _roles(one: Organisation | None) -> Iterable[str]:
    return one.roles if one else ()


def _rural_urban(register: Register, code: str | None) -> Iterable[str]:
    lines = (code, *register.areas.ancestors(code)) if code in register.areas and code else ()
    return [c for one in lines if (c := register.areas[one].rural_urban)][:1]


_Keys = Callable[[Register, Activity], Iterable[str]]
_ACTIVITY_KEYS: dict[str, _Keys] = {
    "approach": lambda _, a: (a.approach,) if a.approach else (),
    "topic": lambda _, a: a.topics,
    "community": lambda _, a: a.communities or ((OPEN,) if a.communities_known else ()),
    "funding": lambda _, a: (a.funding,) if a.funding else (),
    "sector": lambda r, a: _sectors(r, r.organisation.get(a.organisation or "")),
    "role": lambda r, a: _roles(r.organisation.get(a.organisation or "")),
    "rural_urban": lambda r, a: _rural_urban(r, r.area_of(a)),
}
_ORGANISATION_KEYS: dict[str, Callable[[Register, Organisation], Iterable[str]]] = {
    "sector": _sectors,
    "role": lambda _, o: _roles(o),
    "rural_urban": lambda r, o: _rural_urban(r, o.area),
    "community": lambda _, o: o.led_by,
}


def _by_term(register: Register, vocabularies: Vocabularies, by: By) -> Iterable[SummaryRow]:
    activities: Counter[str] = Counter()
    organisations: Counter[str] = Counter()
    for activity in register.provision:
        for key in tuple(_ACTIVITY_KEYS[by](register, activity)) or (NOT_RECORDED,):
            activities[key] += weight(activity)
    keys_of = _ORGANISATION_KEYS.get(by)
    for one in register.organisations if keys_of else ():
        for key in tuple(keys_of(register, one) if keys_of else ()) or (NOT_RECORDED,):
            organisations[key] += 1
    labels = {NOT_RECORDED: _("Not recorded"), OPEN: _("Open to anyone")}
    rows = [
        SummaryRow(
            key,
            labels.get(key) or vocabularies[by].label(key),
            activities[key],
            organisations[key],
            None,
            None,
        )
        for key in {*activities, *organisations}
    ]
    return sorted(rows, key=lambda row: (row.key == NOT_RECORDED, row.label, row.key))


def reconcile(register: Register) -> tuple[Reconciled, ...]:
    """Put each stated total beside the sum of its parts, in the order ``network.toml`` has them."""
    return tuple(
        Reconciled(
            what,
            stated.value,
            counted,
            abs(counted - stated.value),
            abs(counted - stated.value) <= stated.within,
        )
        for what, stated in register.settings.stated_totals.items()
        if (counted := count_stated(register, what, stated)) is not None
    )


def count_stated(register: Register, what: str, stated: StatedTotal) -> float | None:
    """Count what a stated total is about; None where its name says nothing that can be counted."""
    match stated.of or plain(what):
        case "activities":
            return sum(
                weight(a)
                for a in register.provision
                if (not stated.community or stated.community in a.communities)
                and (not stated.approach or stated.approach == a.approach)
            ) + (
                0 if stated.community or stated.approach else sum(h.count for h in register.hidden)
            )
        case "organisations":
            return sum(
                not stated.role or stated.role in one.roles for one in register.organisations
            )
        case "areas":
            return len(register.areas.top)
        case "ties":
            return len(register.ties)
        case "population":
            return total(register).population
        case _:
            return None
