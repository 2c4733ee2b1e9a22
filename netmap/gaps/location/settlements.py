"""The rule about areas whose activities all meet in one settlement."""

from netmap.gaps.context import listed, plural, provision_confidence
from netmap.gaps.rules import Check, Said, rule
from netmap.networks.summary import weight


@rule(
    "all-in-main-settlement",
    "Every activity of an area meets in its largest settlement",
    "location",
    "medium",
    evidence="West Yorkshire and Harrogate scoping report, 2020 [001:528]: most of Calderdale's "
    "services are located in Halifax.",
    prompt="Ask people of the smaller places how they get there, and whether a session nearer to "
    "them would be used.",
)
def all_in_main_settlement(check: Check) -> Said:
    """Report areas whose activities all meet in one settlement."""
    context = check.context
    areas = context.register.areas
    with_main = [a for a in areas if a.main_settlement]
    if not with_main:
        yield check.unchecked("No area has a main settlement.", "areas.main_settlement")
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
                f"No activities are recorded in {area.name}.", "activities.area", area=area.code
            )
        elif unplaced:
            rows = sum(a.count or 1 for a in unplaced)
            yield check.unchecked(
                f"{plural(rows, 'activity', 'activities')} of {area.name} are recorded for the "
                "area as a whole, not for a settlement in it.",
                "activities.area",
                area=area.code,
            )
        elif not context.register.surveyed("activities"):
            yield check.not_surveyed("activities")
        elif together > 1:
            yield check.gap(
                f"All {plural(together, 'activity', 'activities')} recorded in {area.name} meet "
                f"in {areas.name(main)}.",
                area=area.code,
                value=together,
                threshold=together,
                unit="activities",
                evidence=(f"Looked at: {listed(a.name for a in here)}.",),
                confidence=provision_confidence(here),
            )
