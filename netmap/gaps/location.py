"""Rules about where activities are: rural reach, main settlements, networks that cover an area."""

from netmap.gaps.context import listed, plural, provision_confidence, weakest
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.networks.models import Activity
from netmap.networks.reach import nearest_km, projected
from netmap.networks.summary import weight
from netmap.places import RURAL_CLASSES


@rule(
    "rural-out-of-reach",
    "A rural area with no face-to-face activity within rural reach",
    "location",
    "high",
    evidence="Side by Side evaluation, 2017 [003:9481-9482]: people may have to travel long "
    "distances to the nearest peer support.",
    settings=("rural_km", "detour"),
    prompt="Ask a body that already covers the area, or bring a session to it; see whether travel "
    "help would do.",
)
def rural_out_of_reach(check: Check) -> Said:
    """Report rural areas from which nothing can be reached in person."""
    context = check.context
    areas = context.register.areas
    rural = [
        a.code
        for a in areas
        if a.rural_urban in RURAL_CLASSES
        and not any(areas[below].rural_urban for below in areas.descendants(a.code))
    ]
    if not any(a.rural_urban for a in areas):
        yield check.unchecked("No area has a rural/urban class.", "areas.rural_urban")
        return
    out = [code for code in rural if not context.within_reach.get(code)]
    if out and not context.register.surveyed("activities"):
        yield check.not_surveyed("activities")
        return
    for code, km in zip(out, _nearest(context, out), strict=True):
        if areas[code].point is None:
            yield check.unchecked(
                f"{areas.name(code)} has no point to measure from.", "areas.latitude", area=code
            )
            continue
        nearest = None if km == float("inf") else round(km, 1)
        said = f"the nearest is {nearest:g} km away" if nearest is not None else "none is recorded"
        label = context.vocabularies["rural_urban"].label(areas[code].rural_urban or "")
        yield check.gap(
            f"No face-to-face activity was found within rural reach of {areas.name(code)}; {said}.",
            area=code,
            value=nearest,
            threshold=context.register.settings.reach.rural_km,
            unit="km",
            evidence=(
                f"Rural/urban class: {label}.",
                f"Straight-line distance times {context.register.settings.reach.detour:g}.",
            ),
            confidence=weakest([areas[code]]),
        )


def _nearest(context: Context, codes: list[str]) -> list[float]:
    there = [a for a in context.register.provision if not a.remote and not a.aggregate]
    from_m, to_m = projected(context.register, codes, there)
    return [
        float(km) for km in nearest_km(from_m, to_m, detour=context.register.settings.reach.detour)
    ]


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


@rule(
    "area-without-network",
    "An area that no network, alliance or advisory body covers",
    "location",
    "medium",
    evidence="West Yorkshire and Harrogate scoping report, 2020 [001:373-386]: nine networks were "
    "engaged with; none is for Calderdale or for the city of Bradford.",
    prompt="Ask neighbouring networks whether they could include the area, or who meets there "
    "already.",
)
def area_without_network(check: Check) -> Said:
    """Report the highest areas that no network names, in whole or in part."""
    context = check.context
    areas = context.register.areas
    networks = context.register.networks
    if not context.register.surveyed("networks"):
        yield check.not_surveyed("networks")
        return
    if not areas.top:
        yield check.unchecked("No areas are recorded.", "areas")
    covered = {code for network in networks for code in network.serves}
    for code in sorted(_uncovered(context, areas.top, covered)):
        parent = areas[code].parent
        beside = sorted(set(areas.children.get(parent or "", ())) & covered)
        are = "is" if len(beside) == 1 else "are"
        aside = f" {listed(map(areas.name, beside))} {are} covered." if beside else ""
        yield check.gap(
            f"No network, alliance or meeting was found that covers {areas.name(code)}.{aside}",
            area=code,
            value=0,
            threshold=1,
            unit="networks",
            evidence=(
                f"Recorded: {listed((n.name for n in networks), 12)}.",
                _unspecific(networks),
            ),
            confidence=provision_confidence(networks),
        )


def _unspecific(networks: tuple[Activity, ...]) -> str:
    wide = [n.name for n in networks if not n.serves]
    if not wide:
        return "Each names the areas it covers."
    return f"These name no area, and cover none in particular: {listed(wide)}."


def _uncovered(context: Context, codes: tuple[str, ...], covered: set[str]) -> list[str]:
    """Walk down: an area none of which is covered counts once; one partly covered by its parts."""
    areas = context.register.areas
    found: list[str] = []
    for code in codes:
        if code in covered:
            continue
        if set(areas.descendants(code)) & covered:
            found += _uncovered(context, areas.children.get(code, ()), covered)
        else:
            found.append(code)
    return found
