"""Which groups are invited to what a hub holds, when they meet themselves, and where they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from netmap.events.meetings import meets, parse_schedule
from netmap.events.models import ASSUMED
from netmap.networks.models import Activity
from netmap.networks.register import Point, Register
from netmap.places import to_metres
from netmap.times import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Ties by which a hub knows a group, and by which a group knows its hub.
_OUT = frozenset(
    {"engages", "hosts", "co_delivers", "trains", "mentors", "supervises", "manages", "funds"}
)
_IN = frozenset({"affiliated_to", "member_of"})
_GROUP = "grassroots_group"


@dataclass(frozen=True)
class Invited:
    """Groups that are invited.

    Attributes:
        groups: Their ids, sorted.
        placed: Those of them that have a place.
        points: Where these are, (longitude, latitude) in degrees WGS 84.
        meetings: For each day the times of their own regular meetings, with the group's id.
    """

    groups: tuple[str, ...] = ()
    placed: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    meetings: Mapping[date, tuple[tuple[Span, str], ...]] = field(default_factory=dict)

    def busy(self, span: Span) -> tuple[frozenset[str], frozenset[str]]:
        """Name the groups that meet at a time, and those that meet on its day at another."""
        on_day = self.meetings.get(span.starts.date(), ())
        then = frozenset(group for own, group in on_day if own.overlaps(span))
        return then, frozenset(group for _, group in on_day) - then


def invited_to(
    register: Register, hubs: Iterable[str], window: tuple[date, date], zone: str
) -> Invited:
    """Find who is invited to what some hubs hold.

    Those a hub is tied to as one that engages, hosts or trains them, or that are affiliated to it;
    where it has no such tie, the grassroots groups in its area.

    Args:
        register: The full register, for staff.
        hubs: The hubs.
        window: The first and last day that matter.
        zone: The zone of times in plain English.
    """
    groups = sorted({group for hub in hubs for group in _groups_of(register, hub)})
    wanted = frozenset(groups)
    own = [a for a in register.activities if a.organisation in wanted and meets(a)]
    points = {
        group: point
        for group in groups
        if (point := register.point_of(register.organisation[group])) is not None
    }
    return Invited(
        tuple(groups),
        tuple(points),
        tuple(points.values()),
        _meetings(own, window, zone),
    )


def _groups_of(register: Register, hub: str) -> set[str]:
    hubs = {one.id for one in register.with_role("hub")}
    tied = {
        tie.target_organisation if tie.source_organisation == hub else tie.source_organisation
        for tie in register.current_ties
        if (tie.source_organisation == hub and tie.kind in _OUT)
        or (tie.target_organisation == hub and tie.kind in _IN)
    }
    found = {one for one in tied if one in register.organisation} - hubs - {hub}
    if found:
        return found
    area = register.organisation[hub].area if hub in register.organisation else None
    line = register.areas.line(area) if area else frozenset()
    return {one.id for one in register.with_role(_GROUP) if one.area in line} - hubs - {hub}


def _meetings(
    activities: Iterable[Activity], window: tuple[date, date], zone: str
) -> dict[date, tuple[tuple[Span, str], ...]]:
    found: dict[date, list[tuple[Span, str]]] = {}
    for activity in activities:
        for span in _spans(activity.schedule or "", window, zone):
            found.setdefault(span.starts.date(), []).append((span, activity.organisation or ""))
    return {day: tuple(sorted(entries)) for day, entries in found.items()}


@lru_cache(maxsize=4096)
def _spans(schedule: str, window: tuple[date, date], zone: str) -> tuple[Span, ...]:
    """List the times of a schedule; many groups meet at the same."""
    meeting = parse_schedule(schedule, zone)
    if meeting is None or meeting.uncertain:
        return ()
    first, last = (datetime.combine(day, time.min) for day in window)
    length = meeting.length or ASSUMED
    return tuple(
        Span(start, start + length) for start in meeting.starts((first, last + timedelta(days=1)))
    )


def kilometres(ones: Sequence[Point | None], others: Sequence[Point]) -> "NDArray[np.float64]":
    """Measure from each of some points to each of others, by the straight line.

    Args:
        ones: (longitude, latitude) in degrees WGS 84; likewise `others`.
        others: The other points.

    Returns:
        Kilometres, shape (ones, others).
    """
    if not ones or not others:
        return np.empty((len(ones), 0))
    metres = to_metres(np.array([*ones, *others], dtype=np.float64))
    here, there = metres[: len(ones)], metres[len(ones) :]
    apart = here[:, None, :] - there[None, :, :]
    found: NDArray[np.float64] = np.hypot(apart[..., 0], apart[..., 1]) / 1000
    return found
