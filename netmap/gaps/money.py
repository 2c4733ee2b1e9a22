"""Rules about money: what ends soon, and what lasts too briefly to build on."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from netmap.gaps.context import plural
from netmap.gaps.gap import Gap
from netmap.gaps.individual import about
from netmap.gaps.rules import Check, Said, rule
from netmap.networks.duplicates.names import name_of
from netmap.networks.models import Activity
from netmap.times import add_months

_ENDLESS = frozenset({"unfunded", "self_funded"})
_OVER = frozenset({"paused", "closed"})
_Key = tuple[str, str, str]


@rule(
    "funding-ending",
    "Funding ends soon, or has ended, and nothing follows",
    "money",
    "high",
    evidence="Side by Side evaluation, 2017 [003:741-742]: grant-funded projects operated to the "
    "end of September 2016; [003:11924-11925]: the money is not going to last forever.",
    settings=("funding_days",),
    prompt="Ask who could fund it next, and what would go on without money; a row of the same name "
    "and organisation with later funding settles this.",
)
def funding_ending(check: Check) -> Said:
    """Report current activities whose funding ends within some days, or has ended."""
    context = check.context
    rows = context.register.provision
    last = context.day + timedelta(days=check.settings.funding_days)
    later = _by_name(context.register.activities)
    for one in rows:
        if one.funding_ends and one.funding_ends <= last and not _follows(one, later):
            yield _ending(check, one, one.funding_ends)
    unknown = [a for a in rows if a.funding_ends is None and a.funding not in _ENDLESS]
    yield from _not_recorded(check, "When funding ends", unknown, "activities.funding_ends")


def _by_name(activities: Iterable[Activity]) -> Mapping[_Key, list[Activity]]:
    found: dict[_Key, list[Activity]] = {}
    for one in activities:
        if one.status not in _OVER:
            found.setdefault(_key(one), []).append(one)
    return found


def _key(one: Activity) -> _Key:
    """Say what two rows of one activity have in common; brackets may tell grants apart."""
    place = "" if one.organisation else one.area or ""
    return one.organisation or "", name_of(one.name).ordered, place


def _follows(one: Activity, later: Mapping[_Key, list[Activity]]) -> bool:
    """Tell whether another row of the activity is funded for longer, or without an end."""
    ends = one.funding_ends or date.max
    return any(
        other.funding_ends > ends if other.funding_ends else other.funding is not None
        for other in later.get(_key(one), ())
        if other.id != one.id
    )


def _ending(check: Check, one: Activity, ends: date) -> Gap:
    days = (ends - check.context.day).days
    when = f"ends on {ends}" if days >= 0 else f"ended on {ends}"
    away = f"{plural(abs(days), 'day')} {'after' if days > 0 else 'before'}" if days else "on"
    total = f" (a total of {one.count:,})" if one.aggregate and one.count else ""
    return about(
        check,
        one,
        f"The recorded funding of {one.name}{total} {when}, {away} the day this register "
        "describes; nothing that follows was found.",
        value=days,
        threshold=check.settings.funding_days,
        unit="days",
        evidence=(_kind(check, one), "Looked for: a row of the same name with later funding."),
    )


def _kind(check: Check, one: Activity) -> str:
    if one.funding is None:
        return "Which kind of funding is not recorded."
    return f"Funding: {check.context.vocabularies['funding'].label(one.funding).lower()}."


def _not_recorded(check: Check, what: str, unknown: list[Activity], *needs: str) -> Said:
    rows = check.context.register.provision
    if not rows:
        yield check.unchecked("No activities are recorded.", *needs)
    elif unknown:
        some = "any" if len(unknown) == len(rows) else f"{len(unknown):,}"
        yield check.unchecked(
            f"{what} is not recorded in {some} of {plural(len(rows), 'row')} of activities.",
            *needs,
        )


@rule(
    "funding-short",
    "Funded for a short time",
    "money",
    "medium",
    evidence="Side by Side evaluation, 2017 [003:12543]: building trust takes longer than a year; "
    "[003:13292-13295]: contracts run from year to year.",
    settings=("funding_months",),
    prompt="Talk with funders about longer terms: trust takes time, and so does "
    "looking for the next grant.",
)
def funding_short(check: Check) -> Said:
    """Report activities whose funding, not over yet, lasts fewer months than is looked for."""
    context = check.context
    rows = context.register.provision
    wanted = check.settings.funding_months
    unknown = []
    for one in rows:
        starts, ends = one.funding_starts, one.funding_ends
        if starts is None or ends is None or ends < starts:
            unknown.append(one)
        elif ends >= context.day and (months := _whole_months(starts, ends)) < wanted:
            yield about(
                check,
                one,
                f"{one.name} is funded from {starts} to {ends}, {plural(months, 'whole month')}; "
                f"{wanted} are looked for.",
                value=months,
                threshold=wanted,
                unit="months",
                evidence=(_kind(check, one),),
            )
    lacking = [a for a in unknown if a.funding not in _ENDLESS]
    needs = ("activities.funding_starts", "activities.funding_ends")
    yield from _not_recorded(check, "For how long funding lasts", lacking, *needs)


def _whole_months(starts: date, ends: date) -> int:
    """Count whole months, the last day included: 1 April to 31 March are twelve."""
    after = ends + timedelta(days=1)
    months = (after.year - starts.year) * 12 + after.month - starts.month
    return months if add_months(starts, months) <= after else months - 1
