"""Rules about the register itself: does it add up, is it fresh, how sure is it?"""

from collections.abc import Sequence
from datetime import date

from netmap.gaps.context import listed, number, plural, weakest
from netmap.gaps.gap import Gap
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.networks.checks import whole_of
from netmap.networks.models import Activity, Organisation, Population, Record
from netmap.networks.summary import reconcile
from netmap.privacy import Audience

_SPECIFYING = (
    "approach",
    "focus",
    "topics",
    "facilitation",
    "leadership",
    "membership",
    "schedule",
    "funding",
    "planned_contacts",
)


@rule(
    "totals-disagree",
    "A stated total is not the sum of its parts",
    "records",
    "high",
    evidence="West Yorkshire and Harrogate scoping report, 2020 [001:464]: 602 activities are "
    "stated; the six places add up to 491.",
    prompt="Ask who compiled the figures which parts are missing; until then quote both.",
)
def totals_disagree(check: Check) -> Said:
    """Report each stated total beside what was counted."""
    register = check.context.register
    stated = register.settings.stated_totals
    if not stated:
        yield check.unchecked("No totals are stated.", "network.toml [stated_totals]")
        return
    found = {one.what: one for one in reconcile(register)}
    for what in stated:
        if what not in found:
            yield check.unchecked(
                f"The stated total '{what}' could not be counted.",
                f"network.toml [stated_totals] {what}.of",
                subject=what,
            )
        elif not found[what].agrees:
            one, words = found[what], _words(check, what)
            yield check.gap(
                f"The source states {number(one.stated)} {words}; the rows add up to "
                f"{number(one.counted)}, {number(one.difference)} apart.",
                subject=what,
                value=one.counted,
                threshold=one.stated,
                unit=words,
                evidence=(f"Source: {register.settings.source or 'not recorded'}.",),
            )


def _words(check: Check, what: str) -> str:
    """Say what a stated total is of, with the community's label where it is of one."""
    total = check.context.register.settings.stated_totals[what]
    words = (total.of or what).replace("_", " ")
    return (
        f"{words} for {check.context.label(total.community)} people" if total.community else words
    )


@rule(
    "shares-disagree",
    "Percentages that do not add up to 100",
    "records",
    "low",
    evidence="Side by Side evaluation, 2017, Table 3.1 [003:1901-2005]: rows add up to 99.8 to "
    "100.3, within rounding.",
    settings=("share_tolerance",),
    prompt="Check the row against its source.",
)
def shares_disagree(check: Check) -> Said:
    """Report population rows and stated shares that do not make a whole."""
    context = check.context
    register = context.register
    groups: dict[tuple[str, str], list[Record]] = {}
    sums: dict[tuple[str, str], tuple[float, float]] = {}
    for row in register.populations:
        made = whole_of(row) if _as_printed(register.audience, row) else None
        if made:
            sums[row.area, "population"], groups[row.area, "population"] = made, [row]
    for share in register.shares:
        key = (share.area, share.dimension)
        groups.setdefault(key, []).append(share)
        sums[key] = (round(sums.get(key, (0.0, 100.0))[0] + share.percent, 6), 100.0)
    for (area, what), (added, whole) in sorted(sums.items()):
        rows = groups[area, what]
        # One share alone is a part that somebody mentioned, not a whole.
        lone = what != "population" and len(rows) == 1 and added < whole
        if lone or abs(added - whole) <= check.settings.share_tolerance + 1e-9:
            continue
        yield check.gap(
            f"The {what} percentages of {context.name(area)} add up to {number(added)}, "
            f"not {number(whole)}.",
            area=area,
            subject=what,
            value=added,
            threshold=whole,
            unit="percent",
            evidence=(f"Source: {rows[0].source or 'not recorded'}.",),
            confidence=weakest(rows),
        )
    if not sums:
        yield check.unchecked(
            "No percentages are recorded.", "populations.measure", "shares.percent"
        )


def _as_printed(audience: Audience, row: Population) -> bool:
    """Tell percentages as the source has them from those worked out of protected counts."""
    return row.measure == "percent" and (row.total is None or audience is Audience.STAFF)


def _still_stale(context: Context, gaps: Sequence[Gap]) -> list[bool]:
    oldest: dict[tuple[str, str], date] = {}
    rows: list[Organisation | Activity] = [
        *context.register.organisations,
        *context.register.activities,
    ]
    for row in rows:
        if row.verified_on is not None:
            key = row.area or "", row.id
            oldest[key] = min(oldest.get(key, row.verified_on), row.verified_on)
    return [oldest[gap.area or "", gap.subject or ""] < context.stale_before for gap in gaps]


@rule(
    "stale-record",
    "Not verified for too long",
    "records",
    "medium",
    evidence="West Yorkshire and Harrogate scoping report, 2020 [001:428-429]: the status of the "
    "activities was not known in full.",
    settings=("stale_months",),
    hold=_still_stale,
    prompt="Ring or write, then note today's date in verified_on.",
)
def stale_record(check: Check) -> Said:
    """Report rows that nobody has looked at for long."""
    context = check.context
    tables: dict[str, Sequence[Organisation | Activity]] = {
        "organisations": context.register.organisations,
        "activities": context.register.activities,
    }
    for table, rows in tables.items():
        undated = [row for row in rows if row.verified_on is None]
        if undated:
            yield check.unchecked(
                f"{len(undated)} of {plural(len(rows), 'row')} in {table} have no date of last "
                "check.",
                f"{table}.verified_on",
            )
        if not rows:
            yield check.unchecked(f"No {table} are recorded.", table)
    # An organisation and its only activity may go by one id; then the older stands for both.
    stale: dict[tuple[str, str], list[Organisation | Activity]] = {}
    for row in (row for rows in tables.values() for row in rows):
        if row.verified_on is not None and row.verified_on < context.stale_before:
            stale.setdefault((row.area or "", row.id), []).append(row)
    for found in stale.values():
        yield _stale(check, sorted(found, key=lambda row: row.verified_on or context.day))


def _stale(check: Check, rows: list[Organisation | Activity]) -> Gap:
    context, oldest = check.context, rows[0]
    checked = oldest.verified_on or context.day
    months = (context.day.year - checked.year) * 12 + context.day.month - checked.month
    return check.gap(
        f"{oldest.name} was last checked on {checked.isoformat()}, {plural(months, 'month')} "
        "before the day this register describes.",
        area=oldest.area,
        subject=oldest.id,
        value=months,
        threshold=check.settings.stale_months,
        unit="months",
        evidence=tuple(
            f"{'Organisation' if isinstance(row, Organisation) else 'Activity'}: {row.name}, "
            f"verified on {row.verified_on}."
            for row in rows
        ),
        confidence=weakest(rows),
    )


@rule(
    "under-specified",
    "Too few of the fields that say what an activity is",
    "records",
    "medium",
    evidence="Trickey, 2016 [002:412-426]: the cycle of under-specification needs breaking.",
    settings=("under_specified_fields",),
    prompt="Fill in what you know with the people who run it; blank fields make activities look "
    "alike.",
)
def under_specified(check: Check) -> Said:
    """Report individually recorded activities of which little is known."""
    context = check.context
    rows = [a for a in context.register.provision if not a.aggregate]
    if not rows:
        yield check.unchecked("No activity is recorded by name.", "activities")
    for activity in rows:
        given = [f for f in _SPECIFYING if getattr(activity, f) not in {None, ()}]
        if len(given) < check.settings.under_specified_fields:
            missing = listed((f.replace("_", " ") for f in _SPECIFYING if f not in given), 9)
            yield check.gap(
                f"{activity.name} has {len(given)} of {len(_SPECIFYING)} fields that say what it "
                f"is; not recorded: {missing}.",
                area=context.register.area_of(activity),
                subject=activity.id,
                value=len(given),
                threshold=check.settings.under_specified_fields,
                unit="fields",
                confidence=weakest([activity]),
            )


@rule(
    "uncertain-attribution",
    "Findings and measures that rest on rows marked inferred or approximate",
    "records",
    "info",
    evidence="COPES advisory network slides [000:84-116]: which organisation advised on which "
    "topic is partly a matter of layout.",
    prompt="Ask those who know, and change the row to stated.",
)
def uncertain_attribution(check: Check) -> Said:
    """Report, table by table, how much is not certain."""
    register = check.context.register
    tables: dict[str, Sequence[Record]] = {
        "organisations": register.organisations,
        "activities": register.activities,
        "ties": register.ties,
        "areas": tuple(register.areas),
        "populations": register.populations,
        "enquiries": register.enquiries,
        "targets": register.targets,
        "shares": register.shares,
    }
    if not any(tables.values()):
        yield check.unchecked("The register has no rows.", *(f"{t}.confidence" for t in tables))
    for table, rows in tables.items():
        unsure = [row for row in rows if row.uncertain]
        if unsure:
            kinds = listed(
                f"{n} {kind}"
                for kind in ("inferred", "approximate")
                if (n := sum(row.confidence == kind for row in unsure))
            )
            yield check.gap(
                f"{len(unsure)} of {plural(len(rows), 'row')} in {table} are not certain "
                f"({kinds}); what rests on them is no surer.",
                subject=table,
                value=len(unsure),
                threshold=0,
                unit="rows",
                confidence=weakest(unsure),
            )
