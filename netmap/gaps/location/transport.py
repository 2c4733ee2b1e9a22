"""The rule about venues that no public transport goes to."""

from collections.abc import Sequence

from netmap.gaps.context import listed, number, provision_confidence
from netmap.gaps.gap import Gap
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.areas import plain
from netmap.networks.models import Activity
from netmap.places import RURAL_CLASSES


@rule(
    "no-public-transport",
    N_("Venues that cannot be reached by public transport, in rural areas first"),
    "location",
    "medium",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:6159-6186]: that people can come by public "
        "transport is among what facilitators look for in a venue."
    ),
    prompt=N_(
        "Ask those who come how they get there, and those who do not whether lifts, fares paid "
        "or another room would help."
    ),
)
def no_public_transport(check: Check) -> Said:
    """Report venues that are recorded as out of reach of buses and trains."""
    context = check.context
    there = [a for a in context.register.provision if not a.remote and not a.aggregate]
    if not there:
        yield check.unchecked(
            _("No activity that meets in person is recorded by name."),
            "activities.public_transport",
        )
        return
    venues: dict[tuple[str | None, str], list[Activity]] = {}
    for activity in there:
        if activity.public_transport is False:
            area = context.register.area_of(activity)
            venue = plain(activity.venue) if activity.venue else f"at {activity.id}"
            venues.setdefault((area, venue), []).append(activity)
    for place, meeting in venues.items():
        yield _gap(check, place[0], meeting)
    unknown = [a for a in there if a.public_transport is None]
    if unknown:
        rural = sum(_rural(context, context.register.area_of(a)) for a in unknown)
        yield check.unchecked(
            ngettext(
                "Whether public transport goes there is not recorded for %(unknown)s of %(count)s "
                "activity in person, %(rural)s of them in rural areas.",
                "Whether public transport goes there is not recorded for %(unknown)s of %(count)s "
                "activities in person, %(rural)s of them in rural areas.",
                len(there),
                unknown=number(len(unknown)),
                rural=number(rural),
            ),
            "activities.public_transport",
        )


def _gap(check: Check, area: str | None, meeting: Sequence[Activity]) -> Gap:
    context = check.context
    names = listed(a.name for a in meeting)
    rural = _rural(context, area)
    gap = check.gap(
        _said(meeting[0], context.name(area) if area else ""),
        area=area,
        subject=meeting[0].id,
        value=len(meeting),
        threshold=0,
        unit=pgettext("unit", "activities"),
        evidence=(
            _("What meets there: %(names)s.", names=names),
            _class(context, area),
            _help(meeting),
        ),
        confidence=provision_confidence(meeting),
    )
    # A rural area's people have nowhere else to go, and come first; how many of a town's people
    # one venue concerns nobody knows.
    return gap if rural else gap._replace(people=None)


def _said(activity: Activity, area: str) -> str:
    if activity.venue and area:
        return _(
            "%(venue)s in %(area)s is recorded as out of reach of public transport.",
            venue=activity.venue,
            area=area,
        )
    if activity.venue:
        return _("%(venue)s is recorded as out of reach of public transport.", venue=activity.venue)
    if area:
        return _(
            "The place where %(activity)s meets in %(area)s is recorded as out of reach of public "
            "transport.",
            activity=activity.name,
            area=area,
        )
    return _(
        "The place where %(activity)s meets is recorded as out of reach of public transport.",
        activity=activity.name,
    )


def _class_of(context: Context, area: str | None) -> str | None:
    areas = context.register.areas
    line = context.places_above(area) if area and area in areas else ()
    return next((c for one in line if (c := areas[one].rural_urban)), None)


def _rural(context: Context, area: str | None) -> bool:
    return _class_of(context, area) in RURAL_CLASSES


def _class(context: Context, area: str | None) -> str:
    found = _class_of(context, area)
    if found is None:
        return _("No rural/urban class is recorded.")
    return _("Rural/urban class: %(kind)s.", kind=context.vocabularies["rural_urban"].label(found))


def _help(meeting: Sequence[Activity]) -> str:
    helped = [a.name for a in meeting if a.travel_help]
    if helped:
        return _("Help with travel is offered by: %(names)s.", names=listed(helped))
    if any(a.travel_help is None for a in meeting):
        return _("Whether help with travel is offered is not recorded.")
    return _("No help with travel is offered.")
