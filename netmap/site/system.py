"""The system-based view: one network as a whole, with figures that add up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from netmap.language import _
from netmap.networks.measures import Member
from netmap.networks.models import PEOPLE_MEASURES, Activity, Organisation, Target, Tie
from netmap.networks.summary import SummaryRow
from netmap.site.atlas import Atlas
from netmap.site.figures import Bar, rate_bars
from netmap.site.pictures import Distances, Mixes, Strip, distances, mixes, scales

MOST_MEMBERS = 12
MOST_BARS = 40
ADVISES = "advises"


@dataclass(frozen=True, slots=True)
class Remainder:
    """What is in the total and in no area."""

    activities: int
    organisations: int


@dataclass(frozen=True, slots=True)
class TopicView:
    """One topic, and who advises on it."""

    label: str
    advisers: tuple[tuple[Organisation, Tie], ...]
    activities: int


@dataclass(frozen=True, slots=True)
class SystemView:
    """One network.

    Attributes:
        rows: A row for each area without a parent.
        remainder: What has no such area; the rows and this make the total.
        rates: Bars, highest first; of very many only the highest and the lowest.
        bars_left_out: How many between them are not shown.
        strips: Places beside each other, figure by figure.
        mixes: How support is delivered, place by place.
        distances: How far residents are from activities; None where that cannot be told.
        members: Those through whom most ways lead, and all bridges.
        more_bridges: How many bridges are not listed.
        ties: Label of kind and number, most first.
        roles: Label of role and organisations, in the vocabulary's order.
        targets: Name of owner and target, by owner.
        unreached: Those of which it is not recorded what was reached, likewise.
        counts_people: Whether a target counts people.
        topics: Topics with advisers, or that ought to have some.
        networks: Networks and meetings of organisations.
        elsewhere: Activities of no recorded place.
    """

    rows: tuple[SummaryRow, ...]
    remainder: Remainder
    rates: tuple[Bar, ...]
    bars_left_out: int
    strips: tuple[Strip, ...]
    mixes: Mixes | None
    distances: Distances | None
    members: tuple[Member, ...]
    more_bridges: int
    ties: tuple[tuple[str, int], ...]
    roles: tuple[tuple[str, tuple[Organisation, ...]], ...]
    targets: tuple[tuple[str, Target], ...]
    unreached: tuple[tuple[str, Target], ...]
    counts_people: bool
    topics: tuple[TopicView, ...]
    networks: tuple[Activity, ...]
    elsewhere: tuple[Activity, ...]


def system_view(atlas: Atlas) -> SystemView:
    """Put together what a network's page shows."""
    register, summary = atlas.register, atlas.view.summary
    weighty = [m for m in atlas.view.measures.members if m.betweenness > 0 or m.bridge]
    members = tuple(weighty[:MOST_MEMBERS])
    rates = tuple(rate_bars(summary.rows, summary.total.activities_per_100k))
    half = MOST_BARS // 2
    names = atlas.site.vocabularies["tie_kind"]
    targets = _targets(atlas)
    ties = Counter(names.label(tie.kind) for tie in register.ties)
    return SystemView(
        rows=summary.rows,
        remainder=Remainder(
            summary.total.activities - sum(row.activities for row in summary.rows),
            summary.total.organisations - sum(row.organisations for row in summary.rows),
        ),
        rates=rates if len(rates) <= MOST_BARS else (*rates[:half], *rates[-half:]),
        bars_left_out=max(len(rates) - MOST_BARS, 0),
        strips=tuple(one.strip() for one in scales(atlas, atlas.areas.top)),
        mixes=mixes(atlas, atlas.areas.top),
        distances=distances(atlas),
        members=members,
        more_bridges=sum(m.bridge for m in weighty[MOST_MEMBERS:]),
        ties=tuple(sorted(ties.items(), key=lambda pair: (-pair[1], pair[0]))),
        roles=_roles(atlas),
        targets=tuple(pair for pair in targets if _told(pair[1])),
        unreached=tuple(pair for pair in targets if not _told(pair[1])),
        counts_people=any(t.measure in PEOPLE_MEASURES for t in register.targets),
        topics=_topics(atlas),
        networks=_by_name(register.networks),
        elsewhere=_by_name(a for a in register.provision if register.area_of(a) is None),
    )


def _by_name(activities: Iterable[Activity]) -> tuple[Activity, ...]:
    return tuple(sorted(activities, key=lambda a: (a.name.casefold(), a.id)))


def _roles(atlas: Atlas) -> tuple[tuple[str, tuple[Organisation, ...]], ...]:
    labels = atlas.site.vocabularies["role"]
    found = [
        (labels.label(role), tuple(sorted(atlas.register.with_role(role), key=lambda o: o.name)))
        for role in labels
    ]
    none = tuple(o for o in atlas.register.organisations if not o.roles)
    return tuple(
        (label, those) for label, those in (*found, (_("Role not recorded"), none)) if those
    )


def _told(target: Target) -> bool:
    return target.suppressed or target.actual is not None


def _targets(atlas: Atlas) -> tuple[tuple[str, Target], ...]:
    register = atlas.register

    def name(owner: str) -> str:
        known = register.organisation.get(owner)
        return known.name if known else register.areas.name(owner)

    found = [(name(target.owner), target) for target in register.targets]
    return tuple(
        sorted(found, key=lambda pair: (pair[0].casefold(), pair[1].measure, str(pair[1].due)))
    )


def _topics(atlas: Atlas) -> tuple[TopicView, ...]:
    register, labels = atlas.register, atlas.site.vocabularies["topic"]
    advice: dict[str, list[tuple[Organisation, Tie]]] = {
        topic: [] for topic in register.settings.topics.expected
    }
    for tie in register.ties:
        if tie.kind == ADVISES and tie.topic and tie.source_organisation in register.organisation:
            adviser = register.organisation[tie.source_organisation]
            advice.setdefault(tie.topic, []).append((adviser, tie))
    offered = Counter(topic for a in register.provision for topic in set(a.topics))
    found = [
        TopicView(
            labels.label(topic),
            tuple(sorted(those, key=lambda pair: (pair[0].name.casefold(), pair[0].id))),
            offered[topic],
        )
        for topic, those in advice.items()
    ]
    return tuple(sorted(found, key=lambda topic: topic.label))
