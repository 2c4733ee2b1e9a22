"""Which enquiry answers for a community in an area."""

from datetime import date

from netmap.gaps.context import Facts
from netmap.networks.models import EVERYWHERE, Enquiry


def enquiry_for(context: Facts, area: str, community: str) -> Enquiry | None:
    """Find the latest enquiry that answers for a community in an area.

    The nearest counts: its own, then one about a parent community, then one about a parent area,
    then one about every area. A row that says nobody asked goes before an enquiry further off.
    """
    for one in (area, *context.register.areas.ancestors(area), EVERYWHERE):
        for other in (community, *context.communities.ancestors(community)):
            made = context.enquiries.get((one, other), ())
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
