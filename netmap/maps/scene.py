"""Everything a layer is made from, as one value."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from netmap.gaps import RULES
from netmap.gaps.gap import Gap
from netmap.language import pgettext
from netmap.maps.cards import (
    APPROXIMATE,
    APPROXIMATE_POSITION,
    ILLUSTRATIVE,
    INFERRED,
    NO_PLACE,
    LonLat,
)
from netmap.maps.outlines import Outlines, outlines
from netmap.maps.sessions import MapSession
from netmap.maps.settings import MapSettings
from netmap.maps.words import Say, clean, plainly
from netmap.networks.graph import ties_only
from netmap.networks.measures import Losses, losses
from netmap.networks.models import Activity, Area, Organisation, Record, Tie
from netmap.networks.register import Register
from netmap.networks.summary import activities_in
from netmap.vocabulary import Vocabularies

_MOST_ASIDES = 12
_NEWS = 2
# Beyond, things are drawn on canvases, and a few at the side would say nothing of the others.
MOST_ELEMENTS = 400


@dataclass(frozen=True)
class Scene:
    """What a map is drawn from; the register is already as its audience may see it.

    Attributes:
        settings: What to show.
        register: The network.
        vocabularies: The words people see.
        gaps: What was found, most pressing first.
        sessions: What is on.
        reach_km: Area code to kilometres to the nearest activity; None where there is none.
    """

    settings: MapSettings
    register: Register
    vocabularies: Vocabularies
    gaps: tuple[Gap, ...] = ()
    sessions: tuple[MapSession, ...] = ()
    reach_km: Mapping[str, float | None] = field(default_factory=dict)

    @cached_property
    def say(self) -> Say:
        """Say the texts of this map."""
        return Say()

    @cached_property
    def tie_ends(self) -> tuple[str, str]:
        """Say what the two ends of a tie are called."""
        return pgettext("tie", "From"), pgettext("tie", "To")

    @cached_property
    def area_number(self) -> Mapping[str, int]:
        """Number the areas, for ids that hold nothing of the register."""
        return {area.code: index for index, area in enumerate(self.register.areas)}

    @cached_property
    def organisation_number(self) -> Mapping[str, int]:
        """Number the organisations, for ids that hold nothing of the register."""
        return {one.id: index for index, one in enumerate(self.register.organisations)}

    @cached_property
    def activities_in(self) -> Mapping[str, int]:
        """Count the activities of every area with those of all areas below it."""
        return activities_in(self.register)

    @cached_property
    def area_points(self) -> Mapping[str, LonLat]:
        """Find a point for every place: its own, else one inside its boundary."""
        frame = self.register.boundaries
        inside = frame.geometry.representative_point() if frame is not None else {}
        found: dict[str, LonLat] = {}
        for area in self.register.areas:
            if area.anonymised:
                continue
            if area.point is not None:
                found[area.code] = area.point
            elif area.code in inside and not inside[area.code].is_empty:
                found[area.code] = (float(inside[area.code].x), float(inside[area.code].y))
        return found

    @cached_property
    def middles(self) -> Mapping[str, LonLat]:
        """Find a point for every area that has one, or areas below it that have: their middle."""
        found = dict(self.area_points)
        below: dict[str, list[LonLat]] = {}
        for code, point in self.area_points.items():
            for high in self.register.areas.ancestors(code):
                below.setdefault(high, []).append(point)
        for code, points in below.items():
            x, y = zip(*points, strict=True)
            found.setdefault(code, (sum(x) / len(x), sum(y) / len(y)))
        return found

    @cached_property
    def outlines(self) -> Outlines:
        """Simplify the boundaries, once for all layers."""
        return outlines(self.register.boundaries, self.register.areas, MOST_ELEMENTS)

    @cached_property
    def losses(self) -> Mapping[str, int]:
        """Count whom each organisation, if it left, would cut off from the largest part.

        One that hangs on by a single tie is no news; two or more are.
        """
        found = self._losses.organisations if self._losses else ()
        return {loss.removed: loss.cut_off for loss in found if loss.cut_off >= _NEWS}

    @cached_property
    def bridges(self) -> Mapping[frozenset[str], int]:
        """Count whom the loss of all ties between two organisations would cut off, likewise."""
        found = self._losses.ties if self._losses else ()
        return {
            frozenset((loss.one, loss.other)): loss.cut_off
            for loss in found
            if loss.cut_off >= _NEWS
        }

    @cached_property
    def _losses(self) -> Losses | None:
        if "ties" not in self.settings.layers:
            return None
        return losses(ties_only(self.register))

    def point_of(self, one: Activity | Organisation) -> LonLat | None:
        """Find where something is drawn: where the register says, else inside its area."""
        found = self.register.point_of(one)
        if found is None and isinstance(one, Activity):
            return self.area_points.get(self.register.area_of(one) or _covered(one) or "")
        return found or self.area_points.get(one.area or "")

    @cached_property
    def shown_gaps(self) -> tuple[Gap, ...]:
        """The gaps of the map's community and of those within it, and those of nobody's."""
        wanted = self.settings.community
        if not wanted:
            return self.gaps
        line = {wanted, *self.vocabularies["community"].descendants(wanted)}
        return tuple(gap for gap in self.gaps if gap.community is None or gap.community in line)

    @cached_property
    def gaps_by_area(self) -> Mapping[str, tuple[Gap, ...]]:
        """The gaps that are shown, by the area they are about; nothing for no one place.

        What is said of a record is no gap in a place: it is left to the table.
        """
        found: dict[str, list[Gap]] = {}
        for gap in self.shown_gaps:
            rule = RULES.get(gap.rule)
            about = "" if rule and rule.family == "records" else gap.area or ""
            found.setdefault(about, []).append(gap)
        return {area: tuple(gaps) for area, gaps in found.items()}

    @cached_property
    def asides(self) -> tuple[str, ...]:
        """Name the organisations without a place that are tied to one with a place.

        They stand at the side of the map, most ties first, twelve at most; where there are very
        many organisations, none does.
        """
        if len(self.register.organisations) > MOST_ELEMENTS:
            return ()
        known = self.register.organisation
        placed = {one: self.point_of(row) is not None for one, row in known.items()}
        wanted = {"ties", "organisations"}
        ties: Counter[str] = Counter()
        for tie in self.register.ties if wanted <= {*self.settings.layers} else ():
            ends = tie.source_organisation, tie.target_organisation
            for one, other in (ends, ends[::-1]):
                if placed.get(one) is False and placed.get(other):
                    ties[one] += 1
        return tuple(sorted(ties, key=lambda one: (-ties[one], one))[:_MOST_ASIDES])

    def label(self, vocabulary: str, slug: str | None) -> str:
        """Say what people see for a term; words made of the slug where it is not known."""
        if not slug:
            return ""
        terms = self.vocabularies.get(vocabulary)
        return plainly(slug) if terms is None or slug not in terms else clean(terms.label(slug))

    def labels(self, vocabulary: str, slugs: tuple[str, ...]) -> str:
        """Say several terms, with commas."""
        return ", ".join(self.label(vocabulary, slug) for slug in slugs)

    def area_name(self, code: str | None) -> str:
        """Name an area; nothing where there is none."""
        return clean(self.register.areas.name(code)) if code else ""

    def organisation_name(self, one: str | None) -> str:
        """Name an organisation; nothing where there is none."""
        found = self.register.organisation.get(one or "")
        return clean(found.name) if found else clean(one)

    def flags(self, row: Record, *, placed: bool = True) -> tuple[str, ...]:
        """Name what to be careful about in a row, in texts that are still to be said."""
        found = [ILLUSTRATIVE] if row.illustrative else []
        if row.confidence == "inferred":
            found.append(INFERRED)
        if not placed:
            found.append(NO_PLACE)
        elif isinstance(row, Organisation | Activity):
            found += [APPROXIMATE_POSITION] if self.register.approximate(row) else []
        elif isinstance(row, Area) and row.confidence in {"approximate", "illustrative"}:
            found.append(APPROXIMATE_POSITION)
        elif isinstance(row, Tie) and row.confidence == "approximate":
            found.append(APPROXIMATE)
        return tuple(found)


def _covered(one: Activity) -> str | None:
    """Name the one area a network covers: it is drawn there where no place is recorded."""
    return one.serves[0] if one.is_network and len(one.serves) == 1 else None
