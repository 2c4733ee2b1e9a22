"""Rules about money: what ends soon, and what lasts too briefly to build on."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from netmap.gaps.context import number
from netmap.gaps.gap import Gap
from netmap.gaps.individual import about
from netmap.gaps.rules import Check, Said, rule
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.duplicates.names import name_of
from netmap.networks.models import Activity
from netmap.times import add_months

_ENDLESS = frozenset({"unfunded", "self_funded"})
_OVER = frozenset({"paused", "closed"})
_Key = tuple[str, str, str]


@rule(
    "funding-ending",
    N_("Funding ends soon, or has ended, and nothing follows"),
    "money",
    "high",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:741-742]: grant-funded projects operated to the "
        "end of September 2016; [003:11924-11925]: the money is not going to last forever."
    ),
    settings=("funding_days",),
    prompt=N_(
        "Ask who could fund it next, and what would go on without money; a row of the same name "
        "and organisation with later funding settles this."
    ),
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
    yield from _not_recorded(
        check,
        N_("When funding ends is not recorded in any of %(rows)s."),
        N_("When funding ends is not recorded in %(some)s of %(rows)s."),
        unknown,
        "activities.funding_ends",
    )


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
    whose = one.name
    if one.aggregate and one.count:
        whose = _("%(name)s (a total of %(number)s)", name=one.name, number=number(one.count))
    return about(
        check,
        one,
        _ends(whose, ends, days),
        value=days,
        threshold=check.settings.funding_days,
        unit=pgettext("unit", "days"),
        evidence=(_kind(check, one), _("Looked for: a row of the same name with later funding.")),
    )


def _ends(whose: str, ends: date, days: int) -> str:
    """Say when funding ends, so many days after the day of the register; below nought before."""
    if days == 0:
        return _(
            "The recorded funding of %(activity)s ends on %(ends)s, on the day this register "
            "describes; nothing that follows was found.",
            activity=whose,
            ends=ends,
        )
    if days > 0:
        return ngettext(
            "The recorded funding of %(activity)s ends on %(ends)s, %(count)s day after the day "
            "this register describes; nothing that follows was found.",
            "The recorded funding of %(activity)s ends on %(ends)s, %(count)s days after the day "
            "this register describes; nothing that follows was found.",
            days,
            activity=whose,
            ends=ends,
        )
    return ngettext(
        "The recorded funding of %(activity)s ended on %(ends)s, %(count)s day before the day "
        "this register describes; nothing that follows was found.",
        "The recorded funding of %(activity)s ended on %(ends)s, %(count)s days before the day "
        "this register describes; nothing that follows was found.",
        -days,
        activity=whose,
        ends=ends,
    )


def _kind(check: Check, one: Activity) -> str:
    if one.funding is None:
        return _("Which kind of funding is not recorded.")
    kind = check.context.vocabularies["funding"].label(one.funding).lower()
    return _("Funding: %(kind)s.", kind=kind)


def _not_recorded(
    check: Check, of_any: str, of_some: str, unknown: list[Activity], *needs: str
) -> Said:
    """Say what is not recorded: one message where all rows lack it, another where some do."""
    rows = check.context.register.provision
    of = ngettext("%(count)s row of activities", "%(count)s rows of activities", len(rows))
    if not rows:
        yield check.unchecked(_("No activities are recorded."), *needs)
    elif len(unknown) == len(rows):
        yield check.unchecked(_(of_any, rows=of), *needs)
    elif unknown:
        yield check.unchecked(_(of_some, some=number(len(unknown)), rows=of), *needs)


@rule(
    "funding-short",
    N_("Funded for a short time"),
    "money",
    "medium",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:12543]: building trust takes longer than a year; "
        "[003:13292-13295]: contracts run from year to year."
    ),
    settings=("funding_months",),
    prompt=N_(
        "Talk with funders about longer terms: trust takes time, and so does "
        "looking for the next grant."
    ),
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
                ngettext(
                    "%(activity)s is funded from %(starts)s to %(ends)s, %(count)s whole month; "
                    "%(wanted)s are looked for.",
                    "%(activity)s is funded from %(starts)s to %(ends)s, %(count)s whole months; "
                    "%(wanted)s are looked for.",
                    months,
                    activity=one.name,
                    starts=starts,
                    ends=ends,
                    wanted=number(wanted),
                ),
                value=months,
                threshold=wanted,
                unit=pgettext("unit", "months"),
                evidence=(_kind(check, one),),
            )
    lacking = [a for a in unknown if a.funding not in _ENDLESS]
    needs = ("activities.funding_starts", "activities.funding_ends")
    yield from _not_recorded(
        check,
        N_("For how long funding lasts is not recorded in any of %(rows)s."),
        N_("For how long funding lasts is not recorded in %(some)s of %(rows)s."),
        lacking,
        *needs,
    )


def _whole_months(starts: date, ends: date) -> int:
    """Count whole months, the last day included: 1 April to 31 March are twelve."""
    after = ends + timedelta(days=1)
    months = (after.year - starts.year) * 12 + after.month - starts.month
    return months if add_months(starts, months) <= after else months - 1
