"""A programme: what is to be held, where it could be, and the sessions there are.

Values only. Reading makes one (:mod:`netmap.events.reading`), resolving ties it to a register
(:mod:`netmap.events.resolving`), redaction makes a poorer one (:mod:`netmap.events.redaction`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from netmap.events.busy import Busy
from netmap.events.models import Session, Term, Venue
from netmap.events.settings import ProgrammeSettings
from netmap.language import N_, _
from netmap.networks.register import Point
from netmap.privacy import Audience

if TYPE_CHECKING:
    from netmap.events.busy import Busy


@dataclass(frozen=True, slots=True)
class Words:
    """What people see for kinds of events and communities, and what lies above a community."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    communities: Mapping[str, str] = field(default_factory=dict)
    wider: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def kind(self, slug: str) -> str:
        """Say a kind of event as it opens a title."""
        return self.kinds.get(slug, said(slug))

    def community(self, slug: str) -> str:
        """Say a community."""
        return self.communities.get(slug, slug)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a programme knows of its register once resolved.

    Attributes:
        hubs: The names of the hubs by id.
        hub_areas: Their areas.
        areas: The names of the areas by code.
        above: The codes above each area, nearest first.
        title: The network's title.
        disclaimer: What has to stand on every output.
    """

    hubs: Mapping[str, str] = field(default_factory=dict)
    hub_areas: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: str = ""
    disclaimer: str = ""


@dataclass(frozen=True)
class Programme:
    """One programme, as one audience may see it.

    Attributes:
        name: The name of its TOML file, without ending.
        settings: What that file says.
        domain: The part after @ in UIDs.
        venues: The rooms, in file order.
        terms: School terms, in file order.
        sessions: The sessions, in file order.
        aside: The cells of session rows that could not be used; kept when the file is written.
        words: What people see for kinds and communities.
        ground: What the register says of hubs and areas; empty until resolved.
        audience: Who may see this.
        remarks: What planning must say and cannot know, such as venues that could not be read.
        busy: When other people's calendars leave no time.
    """

    name: str
    settings: ProgrammeSettings
    domain: str = "netmap.invalid"
    venues: tuple[Venue, ...] = ()
    terms: tuple[Term, ...] = ()
    sessions: tuple[Session, ...] = ()
    aside: tuple[Mapping[str, str], ...] = ()
    words: Words = Words()
    ground: Ground = Ground()
    audience: Audience = Audience.STAFF
    remarks: tuple[str, ...] = ()
    busy: "tuple[Busy, ...]" = ()

    @property
    def title(self) -> str:
        """Its title, its file's name where it has none."""
        return self.settings.title or self.name

    @property
    def illustrative(self) -> bool:
        """Tell whether the whole programme is invented."""
        return self.settings.confidence == "illustrative"

    @property
    def file(self) -> str:
        """How messages name its sessions."""
        return f"events/{self.name}.csv"

    @property
    def settings_file(self) -> str:
        """How messages name its settings."""
        return f"events/{self.name}.toml"

    @cached_property
    def venue(self) -> Mapping[str, Venue]:
        """Venues by id."""
        return {venue.id: venue for venue in self.venues}

    def venue_of(self, session: Session) -> Venue | None:
        """Find a session's venue, None where it has none or an unknown one."""
        return self.venue.get(session.venue or "")

    def area_of(self, session: Session) -> str | None:
        """Find a session's area: its venue's, else its hub's."""
        venue = self.venue_of(session)
        if venue and venue.area:
            return venue.area
        return self.ground.hub_areas.get(session.hub or "")

    def zone_of(self, session: Session) -> str:
        """Find the time zone of a session's local times."""
        return session.time_zone or self.settings.time_zone

    def point_of(self, session: Session) -> Point | None:
        """Find where a session is, (longitude, latitude) in degrees WGS 84; its venue's alone."""
        venue = self.venue_of(session)
        return venue.point if venue else None

    def title_of(self, session: Session) -> str:
        """Say what a session is called; what is invented says so."""
        title = session.title or title_in_words(self, session.kind, session.theme, session.hub)
        return marked(title) if self.illustrates(session) else title

    def description_of(self, session: Session) -> str:
        """Say what a session's row says of it; what is netmap's own, in the language in force."""
        return (session.description or "").replace(INVENTED, _(INVENTED))

    def illustrates(self, session: Session) -> bool:
        """Tell whether a session is invented."""
        return self.illustrative or session.illustrative


def said(slug: str) -> str:
    """Turn a slug into words, the first with a capital."""
    text = slug.replace("_", " ")
    return text[:1].upper() + text[1:]


def title_in_words(programme: Programme, kind: str, theme: str | None, hub: str | None) -> str:
    """Say what an event is called: ``Skills event: safeguarding (Leeds Mind)``."""
    title = programme.words.kind(kind)
    if theme:
        title = _("%(kind)s: %(theme)s", kind=title, theme=theme.replace("_", " "))
    if not hub:
        return title
    return _("%(event)s (%(hub)s)", event=title, hub=programme.ground.hubs.get(hub, hub))


ILLUSTRATIVE = N_("(illustrative)")
INVENTED = N_("This is an invented example; nothing is held.")


def marked(title: str) -> str:
    """Mark a title as that of an invented example; a mark in English is put into words anew."""
    mark = _(ILLUSTRATIVE)
    if title.endswith(mark):
        return title
    return f"{title.removesuffix(f' {ILLUSTRATIVE}')} {mark}"


def is_marked(title: str) -> bool:
    """Tell whether a title says that it is invented: where only the title is still known."""
    return title.endswith((_(ILLUSTRATIVE), ILLUSTRATIVE))
