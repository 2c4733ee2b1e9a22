"""What the coverage rules could not check, because nobody wrote it down."""

from netmap.gaps.context import listed
from netmap.gaps.enquiries import was_asked
from netmap.gaps.known import Known
from netmap.gaps.pairs import nothing_known
from netmap.gaps.rules import Check, Said
from netmap.language import _, ngettext

_WHO_LIVES_THERE = "populations.bame (or white, asian, black, mixed, other_ethnic)"


def unknown_shares(check: Check) -> Said:
    """Name the areas of which nothing is known about who lives there."""
    context = check.context
    areas = context.register.areas
    asked = context.areas_told
    unknown: dict[str, list[str]] = {}
    for code in context.lowest:
        if nothing_known(context, code):
            unknown.setdefault(areas.top_of(code), []).append(code)
    for top, codes in unknown.items():
        inside = {code for one in codes for code in (one, *areas.descendants(one))}
        names = listed(map(areas.name, codes))
        said = (
            _(
                "The shares of communities in %(names)s are not recorded, so only the pairs "
                "somebody enquired about could be looked at.",
                names=names,
            )
            if inside & asked
            else _(
                "The shares of communities in %(names)s are not recorded, so no community could "
                "be looked at.",
                names=names,
            )
        )
        yield check.unchecked(said, _WHO_LIVES_THERE, area=top)
    yield from no_areas(check)


def part_covered(check: Check) -> Said:
    """Name the communities below a parent that what was found for the parent is not for."""
    context = check.context
    groups: dict[tuple[str, str, tuple[str, ...]], list[Known]] = {}
    for known in context.part_covered:
        top = context.register.areas.top_of(known.area)
        groups.setdefault((top, known.community, known.uncovered), []).append(known)
    for (top, community, uncovered), group in groups.items():
        found = listed(dict.fromkeys(a.name for known in group for a in known.specific))
        names = listed(context.label(c) for c in uncovered)
        where = listed(context.name(known.area) for known in group)
        yield check.unchecked(
            _(
                "What was found for %(community)s residents of %(areas)s (%(activities)s) is not "
                "for all of them; nothing is recorded about: %(names)s.",
                community=context.label(community),
                areas=where,
                activities=found,
                names=names,
            ),
            *(f"populations.{c}" for c in uncovered),
            area=top if len(group) > 1 else group[0].area,
            subject=community,
        )


def no_areas(check: Check) -> Said:
    """Say that there is nowhere to look."""
    if not check.context.register.areas.top:
        yield check.unchecked(_("No areas are recorded."), "areas")


def in_how_many(check: Check) -> Said:
    """Say once for how many areas nothing is known about who lives there."""
    context = check.context
    unknown = [code for code in context.lowest if nothing_known(context, code)]
    if unknown:
        yield check.unchecked(
            ngettext(
                "The shares of communities are not recorded for %(count)s area (%(names)s), so "
                "only pairs somebody enquired about could be looked at there.",
                "The shares of communities are not recorded for %(count)s areas (%(names)s), so "
                "only pairs somebody enquired about could be looked at there.",
                len(unknown),
                names=listed(map(context.name, unknown)),
            ),
            _WHO_LIVES_THERE,
        )
    yield from no_areas(check)


def undated(check: Check) -> Said:
    """Say how many rows have no date by which they could be too old."""
    register = check.context.register
    enquiries = sum(was_asked(e) and e.asked_on is None for e in register.enquiries)
    activities = sum(a.verified_on is None and not a.aggregate for a in register.provision)
    columns = {"enquiries.asked_on": enquiries, "activities.verified_on": activities}
    if enquiries or activities:
        yield check.unchecked(
            _undated(enquiries, activities), *(column for column, n in columns.items() if n)
        )


def _undated(enquiries: int, activities: int) -> str:
    if not activities:
        return ngettext(
            "No date is recorded for %(count)s enquiry; what has none counts as current.",
            "No date is recorded for %(count)s enquiries; what has none counts as current.",
            enquiries,
        )
    if not enquiries:
        return ngettext(
            "No date is recorded for %(count)s activity; what has none counts as current.",
            "No date is recorded for %(count)s activities; what has none counts as current.",
            activities,
        )
    return ngettext(
        "No date is recorded for %(enquiries)s and %(count)s activity; what has none counts as "
        "current.",
        "No date is recorded for %(enquiries)s and %(count)s activities; what has none counts as "
        "current.",
        activities,
        enquiries=ngettext("%(count)s enquiry", "%(count)s enquiries", enquiries),
    )
