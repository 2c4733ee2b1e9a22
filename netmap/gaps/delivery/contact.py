"""Rules about how often people meet, and how they get in."""

from netmap.gaps.context import listed
from netmap.gaps.individual import about, by_name, not_recorded
from netmap.gaps.rules import Check, Said, rule
from netmap.language import N_, _, ngettext, pgettext

_FEWEST_CONTACTS = 5
_STUDIES = N_(
    "Five trials in the UK found no effect; at least three of them were of low intensity."
)
_ONESELF = "self_referral"


@rule(
    "low-intensity",
    N_("Fewer than five planned contacts"),
    "delivery",
    "medium",
    evidence=N_(
        "Trickey, NCT, 2016 [002:162-169]: support of fewer than five contacts tended not to "
        "be effective; face-to-face, ongoing and predictable contacts may be [002:134-137]."
    ),
    prompt=N_(
        "Ask those who come whether they would like to meet more often or for longer; for some "
        "purposes one good talk is all that is wanted."
    ),
)
def low_intensity(check: Check) -> Said:
    """Report activities that plan few contacts with each person."""
    rows = by_name(check.context)
    for activity in rows:
        planned = activity.planned_contacts
        if planned is not None and planned < _FEWEST_CONTACTS:
            yield about(
                check,
                activity,
                ngettext(
                    "%(activity)s plans %(count)s contact; fewer than %(fewest)s are called low "
                    "intensity.",
                    "%(activity)s plans %(count)s contacts; fewer than %(fewest)s are called low "
                    "intensity.",
                    planned,
                    activity=activity.name,
                    fewest=_FEWEST_CONTACTS,
                ),
                value=planned,
                threshold=_FEWEST_CONTACTS,
                unit=pgettext("unit", "contacts"),
                evidence=(_(_STUDIES),),
            )
    unknown = [a for a in rows if a.planned_contacts is None]
    yield from not_recorded(
        check, _("How many contacts are planned"), unknown, rows, "activities.planned_contacts"
    )


@rule(
    "single-access-route",
    N_("No self-referral"),
    "delivery",
    "low",
    evidence=N_(
        "NHS England peer support guide [004:119-121]: direct referral, self-referral and "
        "signposting are ways in; Trickey, NCT, 2016 [002:243]: several points of access."
    ),
    prompt=N_(
        "Ask whether people could also get in touch themselves; a group may have good reason to "
        "meet people first."
    ),
)
def single_access_route(check: Check) -> Said:
    """Report activities that people come to through others only."""
    context = check.context
    rows = by_name(context)
    label = context.vocabularies["access_route"].label
    unknown = [a for a in rows if not a.access_routes]
    for activity in rows:
        if activity.access_routes and _ONESELF not in activity.access_routes:
            routes = listed(label(route).lower() for route in activity.access_routes)
            yield about(
                check,
                activity,
                _(
                    "For %(activity)s no way to refer oneself was found; recorded: %(routes)s.",
                    activity=activity.name,
                    routes=routes,
                ),
                value=0,
                threshold=1,
                unit=pgettext("unit", "ways to refer oneself"),
            )
    yield from not_recorded(
        check, _("How people get in"), unknown, rows, "activities.access_routes"
    )
