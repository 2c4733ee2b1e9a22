"""What the site is made from, as values: everything a page may show, and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from netmap.gaps.gap import Report
from netmap.networks.measures import Measures
from netmap.networks.register import Register
from netmap.networks.summary import Summary
from netmap.privacy import Audience
from netmap.vocabulary import Vocabularies
from netmap.workspace import WorkspaceSettings

FeedKind = Literal["programme", "hub", "area", "kind", "community", "activities"]


@dataclass(frozen=True, slots=True)
class NetworkView:
    """One network, worked out.

    Attributes:
        register: As the audience may see it.
        report: Its gaps, from that same register.
        summary: Its figures by area.
        measures: Its ties in figures.
    """

    register: Register
    report: Report
    summary: Summary
    measures: Measures

    @property
    def name(self) -> str:
        """The network's folder."""
        return self.register.name

    @property
    def title(self) -> str:
        """The network's title."""
        return self.register.title


@dataclass(frozen=True, slots=True)
class MapView:
    """One map page.

    Attributes:
        name: The map's name.
        title: What it shows.
        network: The network it is of.
        path: Where its page is, from the site's root, forward slashes.
    """

    name: str
    title: str
    network: str
    path: str


@dataclass(frozen=True, slots=True)
class FeedView:
    """One feed.

    Attributes:
        path: Its path from the site's root.
        title: What it gathers is called.
        kind: What it gathers by.
        subject: The id or code of the hub, area, kind, community or network; empty where unknown.
        coming: How many of its events are to come and not cancelled; None where nobody counted.
        invented: Whether all of them are invented.
    """

    path: str
    title: str
    kind: FeedKind
    subject: str = ""
    coming: int | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True)
class SessionView:
    """One session, as its audience may see it.

    Attributes:
        uid: Its identity.
        programme: The programme's name.
        programme_title: What people see.
        network: The network it is for.
        hub: The hub's id, or None for the whole network.
        hub_name: The hub's name, or empty.
        kind: ``networking``, ``skills`` and so on.
        kind_label: What people see.
        theme: What it is about, or empty.
        title: Its title.
        starts: Local start, naive.
        ends: Local end, naive.
        time_zone: The zone of both.
        place: The venue's name, or empty.
        area: The area's code, or None.
        area_name: The area's name, or empty.
        online_url: Where to join, or None.
        status: ``tentative``, ``confirmed`` or ``cancelled``.
        illustrative: Whether it is invented.
        closes: Ids of the gaps it answers.
        feeds: Paths of the feeds it is in.
        date_uid: The identity of this one date of a series; empty where it is the session's.
        all_day: Whether it lasts whole days; it then ends at the midnight after the last.
    """

    uid: str
    programme: str
    programme_title: str
    network: str
    hub: str | None
    hub_name: str
    kind: str
    kind_label: str
    theme: str
    title: str
    starts: datetime
    ends: datetime
    time_zone: str
    place: str = ""
    area: str | None = None
    area_name: str = ""
    online_url: str | None = None
    status: str = "tentative"
    illustrative: bool = False
    closes: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    date_uid: str = ""
    all_day: bool = False

    @property
    def cancelled(self) -> bool:
        """Tell whether it will not be held."""
        return self.status == "cancelled"


@dataclass(frozen=True, slots=True)
class SiteInput:
    """Everything the site is made from.

    Attributes:
        settings: What ``netmap.toml`` says.
        vocabularies: The controlled terms with the workspace's labels.
        audience: Who the site is for.
        as_of: The day of the run.
        version: netmap's version.
        networks: The networks, in order.
        maps: The map pages, in order.
        sessions: The sessions, in any order.
        feeds: The feeds, in order.
        news: What changed for subscribers, as RSS; empty where nothing is told.
        dates: The dates of the feeds as a table; empty likewise.
        linked_data: The events as JSON-LD, escaped for a script element; empty likewise.
        last_day: The first day that is no longer in the feeds' window; None for no end.
    """

    settings: WorkspaceSettings
    vocabularies: Vocabularies
    audience: Audience
    as_of: date
    version: str
    networks: tuple[NetworkView, ...]
    maps: tuple[MapView, ...] = ()
    sessions: tuple[SessionView, ...] = ()
    feeds: tuple[FeedView, ...] = ()
    news: bytes = b""
    dates: bytes = b""
    linked_data: str = ""
    last_day: date | None = None

    def in_order(self) -> tuple[SessionView, ...]:
        """List the sessions by start, then hub, then identity."""
        return tuple(sorted(self.sessions, key=lambda s: (s.starts, s.hub_name, s.uid)))

    def upcoming(self) -> tuple[SessionView, ...]:
        """List the sessions still to come that are not cancelled, soonest first."""
        return tuple(
            s for s in self.in_order() if s.starts.date() >= self.as_of and not s.cancelled
        )
