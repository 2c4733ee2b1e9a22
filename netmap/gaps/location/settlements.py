"""The rule about areas whose activities all meet in one settlement."""

from netmap.gaps.context import listed, provision_confidence
from netmap.gaps.rules import Check, Said, rule
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.summary import weight


@rule(
    "all-in-main-settlement",
    N_("Every activity of an area meets in its largest settlement"),
    "location",
    "medium",
    evidence=N_(
        "West Yorkshire and Harrogate scoping report, 2020 [001:528]: most of Calderdale's "
        "services are located in Halifax."
    ),
    prompt=N_(
        "Ask people of the smaller places how they get there, and whether a session nearer to "
        "them would be used."
    ),
)
def all_in_main_settlement(check: Check) -> Said:
    """Report areas whose activities all meet in one settlement."""
    context = check.context
    areas = context.register.areas
    with_main = [a for a in areas if a.main_settlement]
    if not with_main:
        yield check.unchecked(_("No area has a main settlement."), "areas.main_settlement")
        return
    for area in with_main:
        main = area.main_settlement or ""
        here = [a for a in context.activities_in(area.code) if not a.remote]
        inside = {main, *areas.descendants(main)}
        elsewhere = [a for a in here if context.register.area_of(a) not in {*inside, area.code}]
        unplaced = [a for a in here if context.register.area_of(a) == area.code]
        together = sum(map(weight, here))
        if elsewhere:
            continue
        if not here:
            yield check.unchecked(
                _("No activities are recorded in %(area)s.", area=area.name),
                "activities.area",
                area=area.code,
            )
        elif unplaced:
            yield check.unchecked(
                ngettext(
                    "%(count)s activity of %(area)s is recorded for the area as a whole, not for "
                    "a settlement in it.",
                    "%(count)s activities of %(area)s are recorded for the area as a whole, not "
                    "for a settlement in it.",
                    sum(a.count or 1 for a in unplaced),
                    area=area.name,
                ),
                "activities.area",
                area=area.code,
            )
        elif not context.register.surveyed("activities"):
            yield check.not_surveyed("activities")
        elif together > 1:
            yield check.gap(
                ngettext(
                    "The %(count)s activity recorded in %(area)s meets in %(settlement)s.",
                    "All %(count)s activities recorded in %(area)s meet in %(settlement)s.",
                    together,
                    area=area.name,
                    settlement=areas.name(main),
                ),
                area=area.code,
                value=together,
                threshold=together,
                unit=pgettext("unit", "activities"),
                evidence=(_("Looked at: %(names)s.", names=listed(a.name for a in here)),),
                confidence=provision_confidence(here),
            )
