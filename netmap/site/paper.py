"""What of a place is printed: two sides of A4 hold so much, and its page has the rest.

Lists are printed three columns to a side, or as rows as wide as the side. What a row takes is
reckoned from its words, in millimetres of a side; the style sheet cuts what is longer than the
most lines given here. So the sheet holds for any font that is not much wider than the usual ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, ClassVar, Final

from netmap.networks.models import Activity, Enquiry
from netmap.site.atlas import Atlas, grouped

if TYPE_CHECKING:
    from netmap.site.place import PlaceView

# The first gaps of a place: in sight on a screen, and on paper where they fit.
MOST_GAPS: Final = 9
# Two sides between their margins; and what headings, figures, notes and the foot take of them.
SIDES_MM: Final = 540
FRAME_MM: Final = 186
# A line is 3 mm high and a third of a side wide, so it takes one millimetre of the side.
LETTERS: Final = 40
GAP_MM: Final = 0.8
_ROW_MM: Final = 4
# So much of a side for each list.
_ROOM_MM: Final = {
    "gaps": 60,
    "rates": 44,
    "sessions": 24,
    "organisations": 48,
    "groups": 36,
    "communities": 15,
    "enquiries": 15,
    "children": 24,
    "serving": 15,
    "networks": 9,
}
# Lists that get more where something is left over.
_SPARE: Final = ("sessions", "children", "enquiries", "serving", "networks", "communities")
_DISTANCES_MM: Final = 40
_MIX_MM: Final = 34


@dataclass(frozen=True, slots=True)
class Part:
    """What of one list is printed.

    Attributes:
        kept: The places in the list, from 0, of what is printed.
        more: How many more there are on the page.
    """

    kept: frozenset[int] = frozenset()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """What of every list of a place is printed; lists as :class:`PlaceView` has them.

    ``first_gaps`` is how many gaps are in sight on a screen; the others are folded.
    """

    gaps: Part = Part()
    rates: Part = Part()
    activities: Part = Part()
    serving: Part = Part()
    networks: Part = Part()
    sessions: Part = Part()
    organisations: Part = Part()
    groups: Part = Part()
    communities: Part = Part()
    enquiries: Part = Part()
    children: Part = Part()
    first_gaps: ClassVar[int] = MOST_GAPS


def paper(atlas: Atlas, place: "PlaceView") -> Paper:
    """Choose what of a place is printed.

    Of activities, one of every organisation comes before a second of any.
    """
    mm: dict[str, list[float]] = {
        "gaps": [lines(card.gap.message, most=6) + 1 + GAP_MM for card in place.gaps[:MOST_GAPS]],
        "rates": [_ROW_MM for _ in place.rates],
        "sessions": [lines(one.title, most=3) + 2 for one in place.sessions],
        "organisations": [(lines(one.name, most=2) + 2.4) * 1.5 for one in place.organisations],
        "groups": [_ROW_MM for _ in place.groups],
        "communities": [2.5 for _ in place.communities],
        "enquiries": [_enquiry_mm(atlas, one) for one in place.enquiries],
        "children": [_ROW_MM for _ in place.children],
        "serving": [_activity_mm(atlas, one) for one in place.serving],
        "networks": [lines(one.name, most=2) + 2 for one in place.networks],
    }
    order: dict[str, Iterable[int]] = {
        "rates": sorted(range(len(place.rates)), key=lambda i: not place.rates[i].strong),
        "serving": by_turns(place.serving),
    }
    parts = {
        name: part(mm[name], room, order.get(name, range(len(mm[name]))))
        for name, room in _ROOM_MM.items()
    }
    mm["activities"] = [_activity_mm(atlas, one) for one in place.activities]
    order["activities"] = by_turns(place.activities)
    used = {name: _taken(mm[name], one) for name, one in parts.items()}
    left = SIDES_MM - FRAME_MM - sum(used.values())
    # Who is here and who lives here stand side by side.
    left += min(used["organisations"], used["groups"])
    left -= _DISTANCES_MM * bool(place.distances) + _MIX_MM * bool(place.mixes)
    # What is left over is the activities', then that of any list that was cut.
    for name in ("activities", *_SPARE):
        had = used.get(name, 0)
        parts[name] = part(mm[name], had + left, order.get(name, range(len(mm[name]))))
        left -= _taken(mm[name], parts[name]) - had
    parts["gaps"] = replace(parts["gaps"], more=len(place.gaps) - len(parts["gaps"].kept))
    return Paper(**parts)


def part(mm: Sequence[float], room_mm: float, order: Iterable[int]) -> Part:
    """Keep what comes first for as long as there is room.

    Args:
        mm: What each row of a list takes.
        room_mm: What there is.
        order: The places in the list, what matters most first.
    """
    kept: list[int] = []
    for one in order:
        if mm[one] > room_mm:
            break
        room_mm -= mm[one]
        kept.append(one)
    return Part(frozenset(kept), len(mm) - len(kept))


def _taken(mm: Sequence[float], kept: Part) -> float:
    return sum(mm[one] for one in kept.kept)


def by_turns(activities: Sequence[Activity]) -> list[int]:
    """Order activities so that every organisation has one before any has two.

    What has no organisation counts as if it were of one.
    """
    those = grouped(range(len(activities)), lambda i: (activities[i].organisation,))
    turns = zip_longest(*those.values())
    return [one for one in chain.from_iterable(turns) if one is not None]


def lines(words: str, most: int, letters: int = LETTERS) -> int:
    """Reckon how many lines of so many letters words take."""
    return min(most, max(1, -(-len(words) // letters)))


def packed(parts: Iterable[str | None]) -> int:
    """Reckon how many lines parts take that share one where they fit, and are cut at its end."""
    taken, left = 0, 0
    for letters in (len(one) + 2 for one in parts if one):
        if letters > left:
            taken, left = taken + 1, LETTERS
        left -= letters
    return taken


def _activity_mm(atlas: Atlas, one: Activity) -> float:
    organisation = atlas.register.organisation.get(one.organisation or "")
    terms = atlas.site.vocabularies["community"]
    communities = ", ".join(map(terms.label, one.communities))
    parts = (
        organisation.name if organisation else None,
        communities,
        one.venue or "a place",
        one.schedule,
        one.phone or one.email,
    )
    return lines(one.name, most=2) + packed(parts) + GAP_MM


def _enquiry_mm(atlas: Atlas, one: Enquiry) -> float:
    when = " ".join(filter(None, ("1 September 2026,", one.by, one.how)))
    parts = (atlas.areas.name(one.area), "nobody has asked", when, one.answer, one.words)
    return 1 + packed(parts) + GAP_MM
