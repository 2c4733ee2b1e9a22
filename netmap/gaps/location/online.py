"""The rule about areas whose people have only online or telephone activities."""

from collections.abc import Iterator

import numpy as np

from netmap.gaps.context import listed, measured, named, provision_confidence, weakest, weakest_of
from netmap.gaps.remote import remote_by_area
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.models import Activity


@rule(
    "online-only",
    N_("Only online or telephone activities within reach"),
    "location",
    "medium",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:9042-9043]: what is online is open only to those "
        "who are at ease with a computer."
    ),
    settings=("urban_km", "rural_km", "detour"),
    prompt=N_(
        "Online support is partial cover: ask who cannot use it or would rather meet, and "
        "whether a session nearby would be welcome."
    ),
)
def online_only(check: Check) -> Said:
    """Report the highest areas where nothing in person can be reached, and something remote can."""
    context = check.context
    provision = context.register.provision
    if not provision or not any(a.approach for a in provision):
        needs = "activities.approach" if provision else "activities"
        yield check.unchecked(_("No activity is recorded as online or in person."), needs)
        return
    remote = remote_by_area(context, (a for a in context.remote if not _in_person_too(a)))
    whole, looked_at = _areas_as_a_whole(context), _looked_at(context)
    unplaced, as_a_whole = [], []
    sure: dict[int, str] = {}
    for code in _without(context):
        used = remote.reaching(code)
        if not used:
            continue
        if context.register.areas[code].point is None:
            unplaced.append(code)
        elif whole & {*context.register.areas.ancestors(code)}:
            as_a_whole.append(code)
        elif not context.register.surveyed("activities"):
            yield check.not_surveyed("activities")
            return
        else:
            # Most areas have the same ones: they are judged once.
            if id(used) not in sure:
                sure[id(used)] = provision_confidence(used)
            yield check.gap(
                _(
                    "Nothing in person was found within reach of %(area)s; online or by telephone "
                    "there is: %(names)s.",
                    area=context.name(code),
                    names=named(used),
                ),
                area=code,
                value=0,
                threshold=1,
                unit=pgettext("unit", "activities in person"),
                evidence=looked_at,
                confidence=weakest_of((sure[id(used)], weakest((context.register.areas[code],)))),
            )
    if unplaced:
        yield check.unchecked(
            _(
                "No activity in person is recorded in %(names)s, and there is no point to measure "
                "from.",
                names=listed(map(context.name, unplaced)),
            ),
            "areas.latitude",
        )
    if as_a_whole:
        yield check.unchecked(
            _(
                "What meets in person is recorded for a larger area as a whole; it may meet in "
                "%(names)s.",
                names=listed(map(context.name, as_a_whole)),
            ),
            "activities.area",
        )


def _in_person_too(activity: Activity) -> bool:
    return bool({*activity.other_approaches} - {"online", "telephone"})


def _without(context: Context) -> Iterator[str]:
    """Walk down: an area counts once where nothing in person reaches it or any area below it."""
    areas, within = context.register.areas, context.within_reach
    counts = within.counting(np.ones(len(within.activities), dtype=bool))
    near = {code for code, count in zip(within.codes, counts, strict=True) if count}
    for activity in filter(_in_person_too, context.remote):
        for code in filter(None, (context.register.area_of(activity), *activity.serves)):
            near |= areas.line(code)
    above = {high for code in near for high in areas.ancestors(code)}
    hidden = {one.area for one in context.register.hidden}
    waiting = [code for code in reversed(areas.top) if code not in hidden]
    while waiting:
        code = waiting.pop()
        below = areas.children.get(code, ())
        if code not in near and code not in above and (areas[code].point or not below):
            yield code
        else:
            waiting.extend(reversed(below))


def _areas_as_a_whole(context: Context) -> frozenset[str | None]:
    """Name the areas with activities of which nobody knows where in them they meet."""
    there = context.within_reach.activities
    return frozenset(context.register.area_of(a) for a in there if not a.point)


def _looked_at(context: Context) -> tuple[str, ...]:
    register, there = context.register, context.within_reach.activities
    nowhere = [a for a in there if not (a.serves or register.area_of(a) or register.point_of(a))]
    settings = register.settings.reach
    said = (
        ngettext(
            "Looked at: %(count)s activity in person in the network.",
            "Looked at: %(count)s activities in person in the network.",
            len(there),
        ),
        _(
            "Within reach: %(urban)s km in towns, %(rural)s km in rural areas, by straight line "
            "times %(detour)s.",
            urban=measured(settings.urban_km),
            rural=measured(settings.rural_km),
            detour=measured(settings.detour),
        ),
    )
    if not nowhere:
        return said
    names = listed(a.name for a in nowhere)
    return (*said, _("Where these meet is not recorded: %(names)s.", names=names))
