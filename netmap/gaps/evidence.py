"""What a finding about a community rests on, in sentences.

Who lives there, who asked, what there is within reach; which findings are made is for
:mod:`netmap.gaps.coverage`.
"""

from netmap.gaps.context import listed, named, plural, weakest, weakest_of
from netmap.gaps.known import Known, State
from netmap.gaps.pairs import nothing_known
from netmap.gaps.states import Context
from netmap.networks.models import Enquiry
from netmap.places import distance_class
from netmap.privacy import SUPPRESSED

_SHOWN = 6


def _who(context: Context, known: Known) -> str:
    """Say how many of a community live there, or that nothing is known about it."""
    if known.share is None and known.people is None:
        words = "Nothing is known about who lives there"
        if nothing_known(context, known.area):
            return f"{words}."
        return f"{words} by this measure: how many are {context.label(known.community)}."
    share = "" if known.share is None else f"{known.share:.1%} of residents"
    if known.people is None:
        return f"{share}; no head-count is recorded."
    if known.people == SUPPRESSED:
        return f"{share}; the head-count is too small to show."
    head_count = f"{known.people:,} people"
    return f"{head_count}, {share}." if share else f"{head_count}; their share is not recorded."


def _asked(context: Context, enquiry: Enquiry) -> str:
    organisation = context.register.organisation.get(enquiry.by or "")
    who = organisation.name if organisation else enquiry.by
    when = f" on {enquiry.asked_on.isoformat()}" if enquiry.asked_on else " (date not recorded)"
    by = f" by {who}" if who else ""
    how = f", {enquiry.how}" if enquiry.how else ""
    quoted = (enquiry.words or "").strip('"“”')
    words = f": “{quoted}”" if quoted else ""
    source = f" Source: {enquiry.source}." if enquiry.source else ""
    return f"Asked{by}{when}{how}{words}.{source}"


def _reach(context: Context, area: str) -> str:
    """Say how far "within reach" is for an area, and why."""
    settings = context.register.settings.reach
    rural_urban = context.register.areas[area].rural_urban
    rural = distance_class(rural_urban) == "rural"
    if context.register.travel is not None:
        km = f"{settings.rural_minutes if rural else settings.urban_minutes:g} minutes"
        way = "by the travel times supplied"
    else:
        km = f"{settings.rural_km if rural else settings.urban_km:g} km"
        way = f"by straight line times {settings.detour:g}"
    if rural_urban is None:
        return f"Within reach means {km}, as in towns, {way}; no rural/urban class is recorded."
    label = context.vocabularies["rural_urban"].label(rural_urban)
    return f"Within reach means {km} ({label}), {way}."


def evidence_of(context: Context, known: Known) -> tuple[str, ...]:
    """Say what a finding about a community rests on, one sentence each."""
    said = [_who(context, known)]
    row = context.register.population.get(known.area)
    if row is not None and known.share is not None and row.source:
        said.append(f"Population: {row.source}.")
    if known.enquiry:
        said.append(_asked(context, known.enquiry))
    anyone, lapsed, aggregates = known.open, known.lapsed, known.aggregates
    names = f": {named(anyone)}" if anyone else ""
    said.append(f"{plural(len(anyone), 'open activity', 'open activities')} within reach{names}.")
    if lapsed:
        shown = [f"{a.name} ({a.verified_on})" for a in lapsed[:_SHOWN]]
        more = len(lapsed) - len(shown)
        names = ", ".join(shown) + (f" and {more} more" if more else "")
        said.append(f"Last verified too long ago to count: {names}.")
    if aggregates:
        total = sum(a.count or 1 for a in aggregates)
        said.append(
            f"{plural(total, 'activity', 'activities')} known only as a total; for whom is not "
            "recorded."
        )
    if known.remote:
        said.append(f"Online or by telephone, as partial cover: {named(known.remote)}.")
    if known.below:
        names = listed(context.label(c) for c in known.below)
        said.append(f"The same holds for: {names}.")
    said.append(_reach(context, known.area))
    return tuple(said)


def confidence_of(context: Context, known: Known) -> str:
    """Name the weakest confidence of the rows that decided, and of the count of who lives there."""
    row = context.register.population.get(known.area)
    counted = (row,) if row is not None and known.share is not None else ()
    asked = (known.enquiry,) if known.enquiry else ()
    match known.state:
        case State.OPEN_ONLY:
            sure = context.least_sure(known.open)
        case State.OUT_OF_DATE:
            sure = context.least_sure(known.lapsed)
        case _:
            sure = "stated"
    return weakest_of((weakest((*asked, *counted)), sure))
