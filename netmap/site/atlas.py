"""One network with everything its pages look up: where each place's page is, each gap's card."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from netmap.gaps import RULES
from netmap.gaps.gap import Gap, Unchecked
from netmap.language import _
from netmap.networks.areas import Areas
from netmap.networks.models import Activity, Enquiry, Organisation, Share
from netmap.networks.reach import Reached, people_once, work_out
from netmap.networks.register import Register
from netmap.networks.spoken import spoken_names
from netmap.networks.summary import SummaryRow
from netmap.site import paths, words
from netmap.site.figures import area_figures
from netmap.site.inputs import FeedKind, FeedView, MapView, NetworkView, SessionView, SiteInput

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class GapCard:
    """A gap as a page shows it.

    Attributes:
        gap: The gap.
        spot: Where it stands in full.
        rule: The rule's title.
        place: The page of its area, or None.
        sessions: The sessions that answer it, soonest first.
    """

    gap: Gap
    spot: str
    rule: str
    place: str | None
    sessions: tuple[SessionView, ...]


T = TypeVar("T")


def grouped(
    things: Iterable[T], keys: Callable[[T], Iterable[str | None]]
) -> Mapping[str | None, list[T]]:
    """Put things under each of their keys, in the order given."""
    found: dict[str | None, list[T]] = {}
    for one in things:
        for key in keys(one):
            found.setdefault(key, []).append(one)
    return found


@dataclass(frozen=True)
class Atlas:
    """One network of the site."""

    site: SiteInput
    view: NetworkView

    @property
    def register(self) -> Register:
        """The register, as the audience may see it."""
        return self.view.register

    @property
    def areas(self) -> Areas:
        """Its areas."""
        return self.view.register.areas

    @property
    def name(self) -> str:
        """The network's folder."""
        return self.view.name

    @property
    def title(self) -> str:
        """The network's title."""
        return self.view.title

    @cached_property
    def figures(self) -> dict[str, SummaryRow]:
        """The figures of every area, by code."""
        return area_figures(self.register)

    @cached_property
    def place_pages(self) -> dict[str, str]:
        """The page of every place without a parent and of those directly below it, by code."""
        codes = [
            code for top in self.areas.top for code in (top, *self.areas.children.get(top, ()))
        ]
        folder = paths.places_folder(self.name)
        return {code: f"{folder}/{name}.html" for code, name in paths.file_names(codes).items()}

    @cached_property
    def briefings(self) -> dict[str, str]:
        """The briefing of every place without a parent, by code."""
        folder = paths.briefings_folder(self.name)
        codes = [code for code in self.areas.top if not self.areas[code].anonymised]
        return {code: f"{folder}/{name}.html" for code, name in paths.file_names(codes).items()}

    @cached_property
    def reached(self) -> Reached:
        """How far everybody is from activities, area by area."""
        return work_out(self.register, self.site.vocabularies["community"], [None])

    @cached_property
    def row_of(self) -> dict[str, int]:
        """In which row of :attr:`reached` an area stands."""
        return {code: n for n, code in enumerate(self.reached.codes)}

    @cached_property
    def residents(self) -> "NDArray[np.float64]":
        """Residents in the rows of :attr:`reached`, each in the smallest area; NaN unknown."""
        counted = [
            [n if isinstance(n, int) else np.nan for n in row] for row in self.reached.people
        ]
        heads = np.array(counted, dtype=np.float64).reshape(len(counted), 1)
        once: NDArray[np.float64] = people_once(self.register, self.reached.codes, heads)[:, 0]
        return once

    @cached_property
    def unchecked_in(self) -> Mapping[str | None, list[Unchecked]]:
        """What could not be checked, by the code of its area; under None what has none."""
        return grouped(self.view.report.could_not_check, lambda one: [one.area])

    @cached_property
    def maps(self) -> tuple[MapView, ...]:
        """Its map pages."""
        return tuple(one for one in self.site.maps if one.network == self.name)

    @cached_property
    def sessions(self) -> tuple[SessionView, ...]:
        """Its sessions, soonest first."""
        return tuple(one for one in self.site.in_order() if one.network == self.name)

    @cached_property
    def coming(self) -> tuple[SessionView, ...]:
        """Its sessions still to come that are not cancelled, soonest first."""
        return tuple(one for one in self.site.upcoming() if one.network == self.name)

    @cached_property
    def cards(self) -> tuple[GapCard, ...]:
        """Its gaps, in the report's order."""
        page = paths.gaps_page(self.name)
        return tuple(
            GapCard(
                gap,
                f"{page}#{paths.anchor(gap.id)}",
                _(RULES[gap.rule].title) if gap.rule in RULES else words.spaced(gap.rule),
                self.place_pages.get(gap.area or ""),
                tuple(s for s in self.sessions if s.uid in gap.planned or gap.id in s.closes),
            )
            for gap in self.view.report.gaps
        )

    @cached_property
    def card(self) -> dict[str, GapCard]:
        """Its gaps by id."""
        return {card.gap.id: card for card in self.cards}

    @cached_property
    def _feeds(self) -> dict[tuple[FeedKind, str], FeedView]:
        return {(one.kind, one.subject): one for one in self.site.feeds if one.subject}

    def feed_of(self, kind: FeedKind, subject: str) -> FeedView | None:
        """Find the feed of a hub by its id, of an area by its code, of a network by its name."""
        return self._feeds.get((kind, subject))

    def cards_in(self, codes: Iterable[str]) -> tuple[GapCard, ...]:
        """List the gaps of some areas, in the report's order."""
        found = [pair for code in codes for pair in self._numbered_cards.get(code, ())]
        return tuple(card for _, card in sorted(found, key=lambda pair: pair[0]))

    @cached_property
    def _numbered_cards(self) -> Mapping[str | None, list[tuple[int, GapCard]]]:
        return grouped(enumerate(self.cards), lambda pair: [pair[1].gap.area])

    @cached_property
    def organisations_in(self) -> Mapping[str | None, list[Organisation]]:
        """Organisations by the code of their own area."""
        return grouped(self.register.organisations, lambda one: [one.area])

    @cached_property
    def provision_in(self) -> Mapping[str | None, list[Activity]]:
        """What is offered to people, by the code of its own area."""
        return grouped(self.register.provision, lambda one: [self.register.area_of(one)])

    @cached_property
    def serving(self) -> Mapping[str | None, list[Activity]]:
        """What is offered to people, by the codes it says it covers."""
        return grouped(self.register.provision, lambda one: one.serves)

    @cached_property
    def meetings_for(self) -> Mapping[str | None, list[Activity]]:
        """Networks and meetings, by the code of their own area and those they say they cover."""
        return grouped(
            self.register.networks, lambda one: {self.register.area_of(one), *one.serves}
        )

    @cached_property
    def enquiries_for(self) -> Mapping[str | None, list[Enquiry]]:
        """Enquiries by area, ``*`` for every area."""
        return grouped(self.register.enquiries, lambda one: [one.area])

    @cached_property
    def shares_of(self) -> Mapping[str | None, list[Share]]:
        """Stated shares by area."""
        return grouped(self.register.shares, lambda one: [one.area])

    def subject_in_words(self, subject: str) -> str:
        """Say what a finding is about: ids by their names, a measure by its label."""
        measures = self.site.vocabularies["measure"]
        said = []
        for word in subject.split():
            one = self.register.organisation.get(word) or self.register.activity.get(word)
            said.append(one.name if one else measures.label(word))
        return ", ".join(said)

    @cached_property
    def spoken(self) -> Mapping[str, str] | None:
        """In which language names in other letters are; None where none is."""
        return spoken_names(self.register)

    def page_of(self, code: str | None) -> str | None:
        """Find the page on which an area is to be read: its own, or that of an area above it."""
        if code is None or code not in self.areas:
            return None
        lines = (code, *self.areas.ancestors(code))
        return next((self.place_pages[one] for one in lines if one in self.place_pages), None)


def spoken(atlases: Iterable[Atlas]) -> dict[str, str]:
    """Gather in which language names in other letters are."""
    return {part: tag for atlas in atlases for part, tag in (atlas.spoken or {}).items()}
