"""Which enquiry answers for a community in an area."""

from datetime import date

from netmap.gaps.context import Facts
from netmap.networks.models import EVERYWHERE, Enquiry


def enquiry_for(context: Facts, area: str, community: str) -> Enquiry | None:
    """Find the latest enquiry that answers for a community in an area.

    The nearest counts: its own, then one about a parent community, then one about a parent area,
    then one about every area. A row that says nobody asked goes before an enquiry further off.
    """
    places = asked_places(context, area)
    if (places, community) not in context.answers:
        context.answers[places, community] = _nearest(context, places, community)
    return context.answers[places, community]


def asked_places(context: Facts, area: str) -> tuple[str, ...]:
    """Name an area, those above it and everywhere, as far as there are enquiries about them."""
    if area not in context.asked_places:
        line = (*context.places_above(area), EVERYWHERE)
        context.asked_places[area] = tuple(one for one in line if one in context.asked_about)
    return context.asked_places[area]


def _nearest(context: Facts, places: tuple[str, ...], community: str) -> Enquiry | None:
    for one in places:
        for other in (community, *context.communities.ancestors(community)):
            made = context.enquiries.get((one, other))
            if made is None:
                continue
            asked = [enquiry for enquiry in made if was_asked(enquiry)]
            if asked:
                # Of two answers of one day, the one that found more.
                return max(asked, key=lambda e: (e.asked_on or date.min, e.answer or ""))
            if any(enquiry.asked is False for enquiry in made):
                return None
    return None


def was_asked(enquiry: Enquiry) -> bool:
    """Tell whether somebody looked; an answer without a yes counts as asked."""
    return enquiry.asked if enquiry.asked is not None else enquiry.answer is not None
