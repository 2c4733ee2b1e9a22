"""The rule about topics that comparable areas have activities on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.gaps.context import listed, number, provision_confidence
from netmap.gaps.coverage.lists import Lists, kept
from netmap.gaps.gap import Gap
from netmap.gaps.remote import remote_by_area
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.models import Activity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = np.ndarray[tuple[int], np.dtype[np.int64]]
    Truths = np.ndarray[tuple[int], np.dtype[np.bool_]]

_SHARE = 0.5  # of its peers that have a topic
_PEERS = 2  # what one neighbour alone has is no pattern
_FEWEST = 3  # of one or two activities, most topics are missing everywhere
_LOOKED_FOR = N_(
    "Looked for: topics that at least half of the other areas have, and at least %(fewest)s of "
    "them."
)


@dataclass(frozen=True, slots=True)
class _Level:
    """The areas that are compared, and how many activities each has within reach.

    Attributes:
        codes: The areas, in code order.
        named: Activities recorded one by one.
        enough: Whether there are enough to expect several topics.
        told: Whether all of them say what they are about.
        compared: Whether any of them does.
    """

    codes: tuple[str, ...]
    named: "Counts"
    enough: "Truths"
    told: "Truths"
    compared: "Truths"

    @property
    def peers(self) -> int:
        """How many other areas an area is compared with."""
        return int(self.compared.sum()) - 1


def _still_missing(context: Context, gaps: Sequence[Gap]) -> list[bool]:
    within = context.within_reach
    listed_by = kept(context, "topics", _topics)
    topics = sorted({gap.subject or "" for gap in gaps})
    near = dict(zip(topics, within.having([listed_by.any_of([t]) for t in topics]), strict=True))
    return [not near[gap.subject or ""][within.row[gap.area or ""]] for gap in gaps]


def _topics(activity: Activity) -> tuple[str, ...]:
    return activity.topics


@rule(
    "topic-missing",
    N_("An area with activities but none on a topic its peers have"),
    "coverage",
    "medium",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:12902-12903]: a commissioner names autism as a "
        "large gap; West Yorkshire and Harrogate scoping report, 2020 [001:405-409]: categories of "
        "shared experience."
    ),
    settings=("urban_km", "rural_km", "detour"),
    hold=_still_missing,
    prompt=N_(
        "Ask whether people of the area would use an activity on it, and learn from the areas "
        "that have one; not every topic needs a group everywhere."
    ),
)
def topic_missing(check: Check) -> Said:
    """Report topics that half of the other areas have within reach, and an area has not."""
    context = check.context
    topics = kept(context, "topics", _topics)
    codes = _codes(context)
    level = _level(context, codes, topics)
    if level.peers < _PEERS:
        yield check.unchecked(
            ngettext(
                "Too few areas to compare: %(count)s area with an activity that says what it is "
                "about.",
                "Too few areas to compare: %(count)s areas with an activity that says what it is "
                "about.",
                level.peers + 1,
            ),
            "activities.topics",
            "areas",
        )
        return
    unsure = [codes[n] for n in np.flatnonzero(level.enough & ~level.told)]
    if unsure:
        yield check.unchecked(
            ngettext(
                "Not every activity says what it is about, and totals do not tell all, within "
                "reach of %(count)s area: %(names)s.",
                "Not every activity says what it is about, and totals do not tell all, within "
                "reach of %(count)s areas: %(names)s.",
                len(unsure),
                names=listed(map(context.name, unsure)),
            ),
            "activities.topics",
        )
    full = level.enough & level.told
    for topic in topics.words if full.any() else ():
        having = _near(context, codes, topics.any_of([topic])) > 0
        if having.sum() < max(_PEERS, level.peers * _SHARE) or not (full & ~having).any():
            continue
        if not context.register.surveyed("activities"):
            yield check.not_surveyed("activities")
            return
        yield from _gaps(check, level, topic, having, np.flatnonzero(full & ~having))


def _codes(context: Context) -> tuple[str, ...]:
    """Take the highest areas of which there are several."""
    areas = context.register.areas
    codes = areas.top
    while len(codes) == 1:
        codes = areas.children.get(codes[0], ())
    return tuple(code for code in codes if code in context.within_reach.row)


def _near(context: Context, codes: Sequence[str], chosen: "Truths") -> "Counts":
    rows = np.array([context.within_reach.row[code] for code in codes], dtype=np.intp)
    found: Counts = context.within_reach.counting(chosen)[rows]
    return found


def _level(context: Context, codes: tuple[str, ...], topics: Lists) -> _Level:
    there = context.within_reach.activities
    partly = np.array(["topics" in a.faulted for a in there], dtype=bool)
    untold = topics.empty | context.aggregates | partly
    named = _near(context, codes, ~context.aggregates)
    return _Level(
        codes,
        named,
        (named >= _FEWEST) | (_near(context, codes, context.aggregates) > 0),
        _near(context, codes, untold) == 0,
        _near(context, codes, ~topics.empty) > 0,
    )


def _gaps(
    check: Check, level: _Level, topic: str, having: "Truths", lacking: "NDArray[np.intp]"
) -> Said:
    context = check.context
    label = context.vocabularies["topic"].label(topic)
    with_it = [context.name(level.codes[n]) for n in np.flatnonzero(having)]
    remote = remote_by_area(context, (a for a in context.remote if topic in a.topics))
    for n in lacking:
        area = level.codes[n]
        near, afar = context.within_reach[area], remote.reaching(area)
        said = [
            _("Looked at: %(names)s.", names=listed(a.name for a in near)),
            _("With an activity on it within reach: %(names)s.", names=listed(with_it)),
            _(_LOOKED_FOR, fewest=_PEERS),
        ]
        if afar:
            names = listed(a.name for a in afar)
            said.append(_("Online or by telephone, as partial cover: %(names)s.", names=names))
        yield check.gap(
            ngettext(
                "None of the %(activities)s activities within reach of %(area)s is on the topic "
                "%(topic)s; %(having)s of %(count)s other area have one.",
                "None of the %(activities)s activities within reach of %(area)s is on the topic "
                "%(topic)s; %(having)s of %(count)s other areas have one.",
                level.peers,
                activities=number(int(level.named[n])),
                area=context.name(area),
                topic=label,
                having=number(len(with_it)),
            ),
            area=area,
            subject=topic,
            value=0,
            threshold=1,
            unit=pgettext("unit", "activities on the topic"),
            evidence=tuple(said),
            confidence=provision_confidence(near),
        )
