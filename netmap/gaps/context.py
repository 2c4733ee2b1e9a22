"""What every rule may look at: one register, worked out once.

Nothing here decides what is a gap. Costly answers (who reaches what, the rates) are worked out on
first use and kept for the rules that follow.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from netmap.gaps.gap import SessionFact
from netmap.gaps.provision import Chosen, Provision, Traits, provision_for, traits_of
from netmap.language import current, ngettext, pgettext
from netmap.language import number as figure
from netmap.language.texts import with_thousands
from netmap.networks import people, summary
from netmap.networks.models import Activity, Enquiry, Organisation, Record, Tie
from netmap.networks.reach import WithinReach, belonging, in_reach, people_once, projected
from netmap.networks.register import Register
from netmap.times import add_months
from netmap.vocabulary import Vocabularies, Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netmap.gaps.provision import Truths

_WEAKEST_LAST = ("stated", "inferred", "approximate", "illustrative")
_DOUBT = {confidence: n for n, confidence in enumerate(_WEAKEST_LAST)}
_NOT_SAID = frozenset({"at", "extra", "faulted"})

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Facts:
    """One network, for one audience, on one day.

    Attributes:
        register: The register as the audience may see it.
        vocabularies: The controlled terms.
        sessions: The sessions of the network's programmes; None where it has no programme.
    """

    register: Register
    vocabularies: Vocabularies
    sessions: tuple[SessionFact, ...] | None = None

    @cached_property
    def communities(self) -> Vocabulary:
        """The communities and their parents."""
        return self.vocabularies["community"]

    @cached_property
    def bases(self) -> frozenset[str]:
        """The terms that are bases for shares, which no finding is about."""
        return frozenset(slug for slug, term in self.communities.terms.items() if term.base)

    @property
    def day(self) -> date:
        """The day that staleness, funding and due dates count to."""
        return self.register.day

    @cached_property
    def stale_before(self) -> date:
        """What was last looked at before this day is out of date."""
        return add_months(self.day, -self.register.settings.gaps.stale_months)

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """The ties that have not ended."""
        return self.register.current_ties

    @cached_property
    def enquiries(self) -> Mapping[tuple[str, str], tuple[Enquiry, ...]]:
        """The enquiries about each area (or every area) and community."""
        made: dict[tuple[str, str], list[Enquiry]] = {}
        for enquiry in self.register.enquiries:
            made.setdefault((enquiry.area, enquiry.community), []).append(enquiry)
        return {pair: tuple(rows) for pair, rows in made.items()}

    @cached_property
    def lowest(self) -> tuple[str, ...]:
        """The areas that count each person once, in code order."""
        return people.lowest(self.register)

    @cached_property
    def asked_about(self) -> frozenset[str]:
        """The areas that any enquiry is about."""
        return frozenset(area for area, _ in self.enquiries)

    @cached_property
    def asked_places(self) -> dict[str, tuple[str, ...]]:
        """The areas whose enquiries may answer for each area, kept by those who look them up."""
        return {}

    @cached_property
    def answers(self) -> dict[tuple[tuple[str, ...], str], Enquiry | None]:
        """The enquiries that were found to answer, kept by those who look them up."""
        return {}

    def places_above(self, area: str) -> tuple[str, ...]:
        """Name an area and those above it, nearest first."""
        return (area, *self.register.areas.ancestors(area))

    @cached_property
    def remote(self) -> tuple[Activity, ...]:
        """The current activities that people take part in without going anywhere."""
        return tuple(a for a in self.register.provision if a.remote)

    @cached_property
    def remote_for(self) -> dict[str, Any]:
        """The remote activities each community may use, kept by those who look them up."""
        return {}

    @cached_property
    def aggregates(self) -> "Truths":
        """Which activities of :attr:`within_reach` keep only totals."""
        return np.array([a.aggregate for a in self.within_reach.activities], dtype=bool)

    @cached_property
    def within_reach(self) -> WithinReach:
        """The current activities, in person, that people of each area can get to."""
        return in_reach(self.register, self.register.provision, self.points, self.belonging)

    @cached_property
    def points(self) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
        """Where the areas and the activities in person are, metres; see ``reach.projected``."""
        there = [a for a in self.register.provision if not a.remote]
        return projected(self.register, self.codes, there)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The areas of :attr:`within_reach`, in code order."""
        return tuple(area.code for area in self.register.areas if not area.anonymised)

    @cached_property
    def belonging(self) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
        """Which activities are in which areas, or serve them; see ``reach.belonging``."""
        there = [a for a in self.register.provision if not a.remote]
        return belonging(self.register, self.codes, there)

    @cached_property
    def residents(self) -> "NDArray[np.float64]":
        """The residents of each area of :attr:`within_reach`, shape (areas, 1); NaN if unknown."""
        found = [self.population(code) for code in self.codes]
        return np.array([np.nan if n is None else n for n in found], dtype=float).reshape(-1, 1)

    @cached_property
    def residents_once(self) -> "NDArray[np.float64]":
        """:attr:`residents`, each person in the smallest area that counts them."""
        return people_once(self.register, self.codes, self.residents)

    @cached_property
    def lists(self) -> dict[str, Any]:
        """What the activities of :attr:`within_reach` list, kept by those who look it up."""
        return {}

    @cached_property
    def traits(self) -> Traits:
        """For whom the activities of :attr:`within_reach` are, in their order."""
        return traits_of(self, self.within_reach.activities)

    @cached_property
    def _provision(self) -> dict[str, Provision]:
        return {}

    def provision_for(self, community: str) -> Provision:
        """Tell which activities of :attr:`within_reach` are for a community, or open to it."""
        if community not in self._provision:
            self._provision[community] = provision_for(self.traits, self.kin(community))
        return self._provision[community]

    @cached_property
    def _kin(self) -> dict[str, frozenset[str]]:
        return {}

    def kin(self, community: str) -> frozenset[str]:
        """Name a community with all above and below it."""
        if community not in self._kin:
            known = self.communities
            line = (community, *known.ancestors(community), *known.descendants(community))
            self._kin[community] = frozenset(line)
        return self._kin[community]

    @cached_property
    def organisations_at(self) -> Mapping[str, tuple[Organisation, ...]]:
        """The organisations based in each area, by id; those below it are not among them."""
        found: dict[str, list[Organisation]] = {}
        for one in self.register.organisations:
            if one.area:
                found.setdefault(one.area, []).append(one)
        return {code: tuple(there) for code, there in found.items()}

    @cached_property
    def _askable(self) -> dict[tuple[tuple[str, ...], str], tuple[str, ...]]:
        return {}

    def askable(self, area: str, community: str) -> tuple[str, ...]:
        """Name whom to ask: hubs of an area, of those above and below it, then who is led by them.

        Who is led by the community, or one above or below it, comes after the hubs.
        """
        line = sorted(self.register.areas.line(area) & self.organisations_at.keys())
        key = tuple(line), community
        if key not in self._askable:
            here = [one for code in line for one in self.organisations_at[code]]
            hubs = [one.name for one in here if "hub" in one.roles]
            led = [one.name for one in here if self.kin(community).intersection(one.led_by)]
            self._askable[key] = tuple(dict.fromkeys([*hubs, *led]))
        return self._askable[key]

    @cached_property
    def counted(self) -> Mapping[str, int]:
        """How many activities each area has, with those below it."""
        return summary.activities_in(self.register)

    @cached_property
    def total(self) -> summary.SummaryRow:
        """The whole network in figures."""
        return summary.total(self.register)

    @cached_property
    def _answers(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for session in self.sessions or ():
            for gap in session.closes if session.status != "cancelled" else ():
                found.setdefault(gap, []).append(session.uid)
        return {gap: tuple(sorted(uids)) for gap, uids in found.items()}

    def answering(self, gap: str) -> tuple[str, ...]:
        """Name the sessions that answer a gap."""
        return self._answers.get(gap, ())

    def population(self, area: str) -> int | None:
        """Count the residents of an area."""
        if area not in self._populations:
            self._populations[area] = summary.population_of(self.register, area)
        return self._populations[area]

    @cached_property
    def _populations(self) -> dict[str, int | None]:
        return {}

    def lapsed(self, row: Activity) -> bool:
        """Tell whether an activity was last verified too long ago; never verified is not lapsed."""
        return row.verified_on is not None and row.verified_on < self.stale_before

    @staticmethod
    def doubt(row: Activity) -> int:
        """Say how weak the confidence of provision is, from nought for stated."""
        return _DOUBT[provision_confidence((row,))]

    def least_sure(self, chosen: Chosen) -> str:
        """Name the weakest confidence of some provision within reach; stated where none is."""
        doubts = self.traits.doubt[chosen.numbers]
        return _WEAKEST_LAST[int(doubts.max())] if len(doubts) else _WEAKEST_LAST[0]

    def label(self, community: str) -> str:
        """Say a community in the words people see."""
        return self.communities.label(community)

    def name(self, area: str) -> str:
        """Say an area's name."""
        return self.register.areas.name(area)

    @cached_property
    def _activities_at(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for n, activity in enumerate(self.register.provision):
            found.setdefault(self.register.area_of(activity) or "", []).append(n)
        return {code: tuple(numbers) for code, numbers in found.items()}

    def activities_in(self, area: str) -> tuple[Activity, ...]:
        """List the provision recorded in an area or below it; remote activities too."""
        inside = (area, *self.register.areas.descendants(area))
        numbers = sorted(n for code in inside for n in self._activities_at.get(code, ()))
        return tuple(self.register.provision[n] for n in numbers)


def in_steady_order(register: Register) -> Register:
    """Put the rows of a register in an order of their own, so that their order in files is moot."""
    return replace(
        register,
        organisations=tuple(sorted(register.organisations, key=lambda one: one.id)),
        activities=tuple(sorted(register.activities, key=lambda one: one.id)),
        ties=_by_content(register.ties),
        enquiries=_by_content(register.enquiries),
        targets=_by_content(register.targets),
        shares=_by_content(register.shares),
    )


def _by_content(rows: tuple[R, ...]) -> tuple[R, ...]:
    """Sort rows without an id by what they say, whatever row they stand in."""
    return tuple(
        sorted(rows, key=lambda row: [str(cell) for name, cell in row if name not in _NOT_SAID])
    )


def provision_confidence(rows: Iterable[Record]) -> str:
    """Name the weakest confidence of provision; one whose status is unknown is at best inferred."""
    rows = list(rows)
    said = weakest(rows)
    doubtful = any(isinstance(row, Activity) and not _surely_current(row) for row in rows)
    return "inferred" if doubtful and said == "stated" else said


def _surely_current(activity: Activity) -> bool:
    return activity.status != "unknown" and "status" not in activity.faulted


def weakest(rows: Iterable[Record]) -> str:
    """Name the weakest confidence among the rows a finding rests on; stated where there is none."""
    return weakest_of(row.confidence or "stated" for row in rows)


def weakest_of(confidences: Iterable[str]) -> str:
    """Name the weakest of several confidences; stated where there is none."""
    return max(confidences, key=_DOUBT.__getitem__, default="stated")


def number(value: float) -> str:
    """Write a number as people do: ``6.7``, ``29``, ``2,470,000``."""
    return figure(round(value) if float(value).is_integer() else round(value, 6))


def measured(value: float, digits: int = 6) -> str:
    """Write a measure with so many digits that count: ``1.3``, ``0.042``."""
    return with_thousands(f"{value:.{digits}g}", current())


def per_cent(share: float, decimals: int = 0) -> str:
    """Write a share of one, 0 to 1, as per cent, without the sign."""
    return figure(share * 100, decimals)


def plural(count: float, one: str, many: str | None = None) -> str:
    """Write a count with its noun: ``1 group``, ``2 groups``, ``1,200 groups``."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def listed(names: Iterable[str], most: int = 6) -> str:
    """Write names one after another, the first few of many."""
    all_names = list(names)
    return joined(all_names[:most], len(all_names))


def named(rows: Sequence[Activity], most: int = 6) -> str:
    """Write the names of activities one after another, the first few of many."""
    return joined([one.name for one in rows[:most]], len(rows))


def joined(shown: Sequence[str], of: int) -> str:
    """Write the names that are shown of so many."""
    more = of - len(shown)
    names = pgettext("between names", ", ").join(shown)
    if not more:
        return names
    return ngettext(
        "%(names)s and %(count)s more", "%(names)s and %(count)s more", more, names=names
    )
