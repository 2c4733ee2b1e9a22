"""What the coverage rules could not check, because nobody wrote it down."""

from netmap.gaps.context import listed, plural
from netmap.gaps.enquiries import was_asked
from netmap.gaps.known import Known
from netmap.gaps.pairs import lowest, nothing_known
from netmap.gaps.rules import Check, Said

_WHO_LIVES_THERE = "populations.bame (or white, asian, black, mixed, other_ethnic)"


def unknown_shares(check: Check) -> Said:
    """Name the areas of which nothing is known about who lives there."""
    context = check.context
    areas = context.register.areas
    asked = context.areas_told
    unknown: dict[str, list[str]] = {}
    for code in lowest(context):
        if nothing_known(context, code):
            unknown.setdefault(areas.top_of(code), []).append(code)
    for top, codes in unknown.items():
        inside = {code for one in codes for code in (one, *areas.descendants(one))}
        only = "only the pairs somebody enquired about" if inside & asked else "no community"
        yield check.unchecked(
            f"The shares of communities in {listed(map(areas.name, codes))} are not recorded, so "
            f"{only} could be looked at.",
            _WHO_LIVES_THERE,
            area=top,
        )
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
            f"What was found for {context.label(community)} residents of {where} ({found}) is not "
            f"for all of them; nothing is recorded about: {names}.",
            *(f"populations.{c}" for c in uncovered),
            area=top if len(group) > 1 else group[0].area,
            subject=community,
        )


def no_areas(check: Check) -> Said:
    """Say that there is nowhere to look."""
    if not check.context.register.areas.top:
        yield check.unchecked("No areas are recorded.", "areas")


def in_how_many(check: Check) -> Said:
    """Say once for how many areas nothing is known about who lives there."""
    context = check.context
    unknown = [code for code in lowest(context) if nothing_known(context, code)]
    if unknown:
        yield check.unchecked(
            f"The shares of communities are not recorded for {plural(len(unknown), 'area')} "
            f"({listed(map(context.name, unknown))}), so only pairs somebody enquired about could "
            "be looked at there.",
            _WHO_LIVES_THERE,
        )
    yield from no_areas(check)


def undated(check: Check) -> Said:
    """Say how many rows have no date by which they could be too old."""
    register = check.context.register
    enquiries = sum(was_asked(e) and e.asked_on is None for e in register.enquiries)
    activities = sum(a.verified_on is None and not a.aggregate for a in register.provision)
    said = {
        "enquiries.asked_on": plural(enquiries, "enquiry", "enquiries") if enquiries else "",
        "activities.verified_on": plural(activities, "activity", "activities")
        if activities
        else "",
    }
    if any(said.values()):
        yield check.unchecked(
            f"No date is recorded for {' and '.join(filter(None, said.values()))}; what has none "
            "counts as current.",
            *(column for column, words in said.items() if words),
        )
