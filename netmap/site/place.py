"""The place-based view: who, what, for whom, what is missing and what is planned in one area."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from netmap.gaps.gap import Severity
from netmap.language import N_, _, ngettext, number
from netmap.networks import people
from netmap.networks.models import (
    CENSUS_GROUPS,
    EVERYWHERE,
    Activity,
    Area,
    Enquiry,
    Organisation,
    Population,
    Share,
)
from netmap.networks.reach import is_specific
from netmap.networks.summary import SummaryRow, weight
from netmap.privacy import SUPPRESSED, Protected
from netmap.site.atlas import Atlas, GapCard
from netmap.site.figures import Bar, rate_bars
from netmap.site.inputs import SessionView
from netmap.site.paper import Paper, paper
from netmap.site.pictures import Distances, Scale, Strip, distances, scales
from netmap.site.words import percent

MOST_BARS = 30
# Rules that find people with nothing they can get to, or nothing for them.
WITHOUT = frozenset({"community-without-provision", "rural-out-of-reach", "online-only"})
# What a source may state shares of.
_STATED = {
    "approach": N_("Approach, share as the source gives it"),
    "sector": N_("Sector, share as the source gives it"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One community of an area beside what is meant for it.

    Attributes:
        code: The community.
        label: What people call it.
        people: Head-count; ``*`` where suppressed.
        percent: Share of residents in per cent; ``*`` where suppressed.
        activities: How many of the activities listed here are meant for it or a wider community.
    """

    code: str
    label: str
    people: Protected
    percent: float | str | None
    activities: int


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares of one dimension: what they are of, the bars, and where they come from."""

    title: str
    bars: tuple[Bar, ...]
    source: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One area with all below it.

    Attributes:
        area: The area.
        figures: Its figures.
        whole: The whole network's.
        rates: Bars for it and the areas beside it.
        strips: Where it stands among the areas beside it.
        distances: How far its residents are from activities; None where that cannot be told.
        gaps: What is missing: people who have nothing, then the report's order, then what is
            settled or for information.
        organisations: Who is there.
        activities: What is offered there.
        networks: Networks and meetings there, or that say they cover it.
        serving: Activities elsewhere that say they cover it.
        communities: Label and number of activities meant for that community.
        open: How many activities are open to anyone.
        unknown: How many are in totals of which nothing more is known.
        enquiries: What was asked about it.
        mixes: How activities are delivered.
        population: Its population row, or None.
        groups: Who lives there.
        suppressed: Whether any count is suppressed.
        sessions: What is planned there.
        children: The figures of the areas directly below it.
        above: The areas above it, highest first.
        protected: Whether more is counted than may be listed.
        paper: What of it is printed.
    """

    area: Area
    figures: SummaryRow
    whole: SummaryRow
    rates: tuple[Bar, ...]
    strips: tuple[Strip, ...]
    distances: Distances | None
    gaps: tuple[GapCard, ...]
    organisations: tuple[Organisation, ...]
    activities: tuple[Activity, ...]
    networks: tuple[Activity, ...]
    serving: tuple[Activity, ...]
    communities: tuple[tuple[str, int], ...]
    open: int
    unknown: int
    enquiries: tuple[Enquiry, ...]
    mixes: tuple[Mix, ...]
    population: Population | None
    groups: tuple[Group, ...]
    suppressed: bool
    sessions: tuple[SessionView, ...]
    children: tuple[SummaryRow, ...]
    above: tuple[str, ...]
    protected: bool
    paper: Paper = field(default_factory=Paper)


# The scales of the areas with one parent, which all their pages share.
Among = dict[str, tuple[Scale, ...]]


def place_view(atlas: Atlas, code: str, among: Among | None = None) -> PlaceView:
    """Put together what one area's page shows.

    Args:
        atlas: The network.
        code: The area.
        among: What earlier pages worked out of the areas with one parent; added to.
    """
    kept = {} if among is None else among
    parent = atlas.areas[code].parent or ""
    if parent not in kept:
        kept[parent] = scales(atlas, _siblings(atlas, code))
    register, areas = atlas.register, atlas.areas
    below = (code, *areas.descendants(code))
    line = (*below, *areas.ancestors(code))
    provision = _sorted(a for one in below for a in atlas.provision_in.get(one, ()))
    here = {activity.id for activity in provision}
    row = register.population.get(code)
    groups = _groups(atlas, row, provision)
    whole = atlas.view.summary.total
    view = PlaceView(
        area=areas[code],
        figures=atlas.figures[code],
        whole=whole,
        rates=tuple(rate_bars(_beside(atlas, code), whole.activities_per_100k, code)),
        strips=tuple(strip for one in kept[parent] for strip in [one.strip(code)] if strip),
        distances=distances(atlas, below),
        gaps=tuple(sorted(atlas.cards_in(below), key=_pressing)),
        organisations=tuple(
            sorted(
                (o for one in below for o in atlas.organisations_in.get(one, ())),
                key=lambda o: (o.name.casefold(), o.id),
            )
        ),
        activities=provision,
        networks=_sorted(a for one in line for a in atlas.meetings_for.get(one, ())),
        serving=_sorted(a for one in line for a in atlas.serving.get(one, ()) if a.id not in here),
        communities=_communities(atlas, provision),
        open=sum(weight(a) for a in provision if a.open),
        unknown=sum(weight(a) for a in provision if not a.communities_known),
        enquiries=tuple(
            sorted(
                (e for one in (*line, EVERYWHERE) for e in atlas.enquiries_for.get(one, ())),
                key=lambda e: (e.area != code, e.area, e.community, str(e.asked_on)),
            )
        ),
        mixes=_mixes(atlas, code, provision),
        population=row,
        groups=groups,
        suppressed=any(group.people == SUPPRESSED for group in groups),
        sessions=tuple(one for one in atlas.coming if one.area in below),
        children=tuple(
            sorted(
                (atlas.figures[c] for c in areas.children.get(code, ()) if c in atlas.figures),
                key=lambda r: (r.label, r.key),
            )
        ),
        above=tuple(reversed(areas.ancestors(code))),
        protected=any(hidden.area == code and hidden.count for hidden in register.hidden),
    )
    return replace(view, paper=paper(atlas, view))


def _pressing(card: GapCard) -> tuple[bool, bool]:
    gap = card.gap
    return gap.settled or gap.severity is Severity.INFO, gap.rule not in WITHOUT


def _beside(atlas: Atlas, code: str) -> list[SummaryRow]:
    """List an area with those beside it; alone where they are too many to compare by eye."""
    siblings = _siblings(atlas, code)
    codes = siblings if len(siblings) <= MOST_BARS else (code,)
    return [atlas.figures[one] for one in codes if one in atlas.figures]


def _siblings(atlas: Atlas, code: str) -> tuple[str, ...]:
    return atlas.areas.children.get(atlas.areas[code].parent or "", atlas.areas.top)


def _sorted(activities: Iterable[Activity]) -> tuple[Activity, ...]:
    """Order activities, each once: totals first, then by name."""
    once = {activity.id: activity for activity in activities}.values()
    return tuple(sorted(once, key=lambda a: (not a.aggregate, a.name.casefold(), a.id)))


def _communities(atlas: Atlas, activities: Iterable[Activity]) -> tuple[tuple[str, int], ...]:
    counts = Counter(c for a in activities for c in a.communities if not a.aggregate)
    labels = atlas.site.vocabularies["community"]
    return tuple(sorted((labels.label(code), n) for code, n in counts.items()))


def _groups(
    atlas: Atlas, row: Population | None, activities: tuple[Activity, ...]
) -> tuple[Group, ...]:
    if row is None:
        return ()
    labels = atlas.site.vocabularies["community"]
    named_for = [a for a in activities if not a.aggregate and a.communities]
    named = {*row.groups, *row.suppressed}
    codes = [c for c in CENSUS_GROUPS if c in named]
    codes += sorted(named - set(codes), key=lambda c: (labels.label(c), c))
    return tuple(
        Group(
            code,
            labels.label(code),
            people.count(row, code),
            _percent(row, code),
            sum(is_specific(a, code, labels) for a in named_for),
        )
        for code in codes
    )


def _percent(row: Population, code: str) -> float | str | None:
    if code in row.suppressed:
        return SUPPRESSED
    share = people.share(row, code)
    return None if share is None else round(share * 100, 1)


def _mixes(atlas: Atlas, code: str, activities: tuple[Activity, ...]) -> tuple[Mix, ...]:
    found = [_stated_mix(atlas, code, dimension) for dimension in _STATED]
    return tuple(mix for mix in (*found, _counted_mix(atlas, activities)) if mix)


def _stated_mix(atlas: Atlas, code: str, dimension: str) -> Mix | None:
    rows = [s for s in atlas.shares_of.get(code, ()) if s.dimension == dimension]
    labels = atlas.site.vocabularies[dimension]
    bars = [
        Bar(
            labels.label(row.key),
            _share(atlas, row),
            row.percent,
        )
        for row in sorted(rows, key=lambda r: (-r.percent, r.key))
    ]
    source = "; ".join(dict.fromkeys(row.source for row in rows if row.source))
    return Mix(_(_STATED[dimension]), tuple(bars), source) if bars else None


def _share(atlas: Atlas, row: Share) -> str:
    said = percent(row.percent)
    if not row.uncertain and not row.illustrative:
        return said
    confidence = atlas.site.vocabularies["confidence"].label(row.confidence or "").lower()
    return _("%(share)s (%(confidence)s)", share=said, confidence=confidence)


def _counted_mix(atlas: Atlas, activities: tuple[Activity, ...]) -> Mix | None:
    labels = atlas.site.vocabularies["approach"]
    counts: Counter[str] = Counter()
    for activity in activities:
        if activity.approach:
            counts[labels.label(activity.approach)] += weight(activity)
    counts = +counts
    whole = sum(map(weight, activities))
    bars = tuple(
        Bar(
            label,
            _("%(part)s of %(whole)s", part=number(n), whole=number(whole)),
            round(n / whole * 100, 2),
        )
        for label, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    missing = whole - sum(counts.values())
    said = ngettext(
        "Approach is not recorded for %(count)s activity.",
        "Approach is not recorded for %(count)s activities.",
        missing,
    )
    title = _("Approach, of the activities listed")
    return Mix(title, bars, said if missing else "") if bars else None
