"""Rules about the register itself: does it add up, is it fresh, how sure is it?"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from netmap.gaps.context import listed, number, weakest
from netmap.gaps.gap import Gap
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.checks import whole_of
from netmap.networks.models import Activity, Organisation, Population, Record
from netmap.networks.summary import reconcile
from netmap.privacy import Audience

_SPECIFYING: Final = {
    "approach": N_("approach"),
    "focus": N_("focus"),
    "topics": N_("topics"),
    "facilitation": N_("facilitation"),
    "leadership": N_("leadership"),
    "membership": N_("membership"),
    "schedule": N_("schedule"),
    "funding": N_("funding"),
    "planned_contacts": N_("planned contacts"),
}
_TABLES: Final = {
    "organisations": N_("organisations"),
    "activities": N_("activities"),
    "ties": N_("ties"),
    "areas": N_("areas"),
    "populations": N_("populations"),
    "enquiries": N_("enquiries"),
    "targets": N_("targets"),
    "shares": N_("shares"),
}
# What can be counted, and so stated.
_COUNTED: Final = {
    **{table: _TABLES[table] for table in ("organisations", "activities", "ties", "areas")},
    "population": N_("population"),
}
_OUT_OF_WHOLE: Final = {
    "population": N_("The population percentages of %(area)s add up to %(sum)s, not %(whole)s."),
    "approach": N_("The approach percentages of %(area)s add up to %(sum)s, not %(whole)s."),
    "sector": N_("The sector percentages of %(area)s add up to %(sum)s, not %(whole)s."),
}


@rule(
    "totals-disagree",
    N_("A stated total is not the sum of its parts"),
    "records",
    "high",
    evidence=N_(
        "West Yorkshire and Harrogate scoping report, 2020 [001:464]: 602 activities are "
        "stated; the six places add up to 491."
    ),
    prompt=N_("Ask who compiled the figures which parts are missing; until then quote both."),
)
def totals_disagree(check: Check) -> Said:
    """Report each stated total beside what was counted."""
    register = check.context.register
    stated = register.settings.stated_totals
    if not stated:
        yield check.unchecked(_("No totals are stated."), "network.toml [stated_totals]")
        return
    found = {one.what: one for one in reconcile(register)}
    for what in stated:
        if what not in found:
            yield check.unchecked(
                _("The stated total '%(total)s' could not be counted.", total=what),
                f"network.toml [stated_totals] {what}.of",
                subject=what,
            )
        elif not found[what].agrees:
            one, words = found[what], _words(check, what)
            yield check.gap(
                _(
                    "The source states %(stated)s %(what)s; the rows add up to %(counted)s, "
                    "%(difference)s apart.",
                    stated=number(one.stated),
                    what=words,
                    counted=number(one.counted),
                    difference=number(one.difference),
                ),
                subject=what,
                value=one.counted,
                threshold=one.stated,
                unit=words,
                evidence=(source_said(register.settings.source),),
            )


def _words(check: Check, what: str) -> str:
    """Say what a stated total is of, with the community's label where it is of one."""
    total = check.context.register.settings.stated_totals[what]
    code = total.of or what
    words = _(_COUNTED[code]) if code in _COUNTED else code.replace("_", " ")
    if not total.community:
        return words
    label = check.context.label(total.community)
    return _("%(what)s for %(community)s people", what=words, community=label)


def source_said(source: str | None) -> str:
    """Say where figures are from, or that this is not recorded."""
    return _("Source: %(source)s.", source=source) if source else _("Source: not recorded.")


@rule(
    "shares-disagree",
    N_("Percentages that do not add up to 100"),
    "records",
    "low",
    evidence=N_(
        "Side by Side evaluation, 2017, Table 3.1 [003:1901-2005]: rows add up to 99.8 to "
        "100.3, within rounding."
    ),
    settings=("share_tolerance",),
    prompt=N_("Check the row against its source."),
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
            _(
                _OUT_OF_WHOLE[what],
                area=context.name(area),
                sum=number(added),
                whole=number(whole),
            ),
            area=area,
            subject=what,
            value=added,
            threshold=whole,
            unit=pgettext("unit", "percent"),
            evidence=(source_said(rows[0].source),),
            confidence=weakest(rows),
        )
    if not sums:
        yield check.unchecked(
            _("No percentages are recorded."), "populations.measure", "shares.percent"
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
    N_("Not verified for too long"),
    "records",
    "medium",
    evidence=N_(
        "West Yorkshire and Harrogate scoping report, 2020 [001:428-429]: the status of the "
        "activities was not known in full."
    ),
    settings=("stale_months",),
    hold=_still_stale,
    prompt=N_("Ring or write, then note today's date in verified_on."),
)
def stale_record(check: Check) -> Said:
    """Report rows that nobody has looked at for long."""
    context = check.context
    tables: dict[str, Sequence[Organisation | Activity]] = {
        "organisations": context.register.organisations,
        "activities": context.register.activities,
    }
    nothing = {
        "organisations": N_("No organisations are recorded."),
        "activities": N_("No activities are recorded."),
    }
    for table, rows in tables.items():
        undated = sum(row.verified_on is None for row in rows)
        if undated:
            said = ngettext(
                "%(undated)s of %(count)s row in %(table)s have no date of last check.",
                "%(undated)s of %(count)s rows in %(table)s have no date of last check.",
                len(rows),
                undated=number(undated),
                table=_(_TABLES[table]),
            )
            yield check.unchecked(said, f"{table}.verified_on")
        if not rows:
            yield check.unchecked(_(nothing[table]), table)
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
        ngettext(
            "%(name)s was last checked on %(checked)s, %(count)s month before the day this "
            "register describes.",
            "%(name)s was last checked on %(checked)s, %(count)s months before the day this "
            "register describes.",
            months,
            name=oldest.name,
            checked=checked.isoformat(),
        ),
        area=oldest.area,
        subject=oldest.id,
        value=months,
        threshold=check.settings.stale_months,
        unit=pgettext("unit", "months"),
        evidence=tuple(_verified(row) for row in rows),
        confidence=weakest(rows),
    )


def _verified(row: Organisation | Activity) -> str:
    if isinstance(row, Organisation):
        return _("Organisation: %(name)s, verified on %(day)s.", name=row.name, day=row.verified_on)
    return _("Activity: %(name)s, verified on %(day)s.", name=row.name, day=row.verified_on)


@rule(
    "under-specified",
    N_("Too few of the fields that say what an activity is"),
    "records",
    "medium",
    evidence=N_("Trickey, 2016 [002:412-426]: the cycle of under-specification needs breaking."),
    settings=("under_specified_fields",),
    prompt=N_(
        "Fill in what you know with the people who run it; blank fields make activities look alike."
    ),
)
def under_specified(check: Check) -> Said:
    """Report individually recorded activities of which little is known."""
    context = check.context
    rows = [a for a in context.register.provision if not a.aggregate]
    if not rows:
        yield check.unchecked(_("No activity is recorded by name."), "activities")
    for activity in rows:
        given = [f for f in _SPECIFYING if getattr(activity, f) not in {None, ()}]
        if len(given) < check.settings.under_specified_fields:
            missing = listed((_(words) for f, words in _SPECIFYING.items() if f not in given), 9)
            yield check.gap(
                _(
                    "%(activity)s has %(given)s of %(fields)s fields that say what it is; not "
                    "recorded: %(missing)s.",
                    activity=activity.name,
                    given=number(len(given)),
                    fields=number(len(_SPECIFYING)),
                    missing=missing,
                ),
                area=context.register.area_of(activity),
                subject=activity.id,
                value=len(given),
                threshold=check.settings.under_specified_fields,
                unit=pgettext("unit", "fields"),
                confidence=weakest([activity]),
            )


@rule(
    "uncertain-attribution",
    N_("Findings and measures that rest on rows marked inferred or approximate"),
    "records",
    "info",
    evidence=N_(
        "COPES advisory network slides [000:84-116]: which organisation advised on which "
        "topic is partly a matter of layout."
    ),
    prompt=N_("Ask those who know, and change the row to stated."),
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
        yield check.unchecked(_("The register has no rows."), *(f"{t}.confidence" for t in tables))
    for table, rows in tables.items():
        unsure = [row for row in rows if row.uncertain]
        if unsure:
            kinds = listed(
                _(words, number=number(n))
                for kind, words in (
                    ("inferred", N_("%(number)s inferred")),
                    ("approximate", N_("%(number)s approximate")),
                )
                if (n := sum(row.confidence == kind for row in unsure))
            )
            yield check.gap(
                ngettext(
                    "%(unsure)s of %(count)s row in %(table)s are not certain (%(kinds)s); what "
                    "rests on them is no surer.",
                    "%(unsure)s of %(count)s rows in %(table)s are not certain (%(kinds)s); what "
                    "rests on them is no surer.",
                    len(rows),
                    unsure=number(len(unsure)),
                    table=_(_TABLES[table]),
                    kinds=kinds,
                ),
                subject=table,
                value=len(unsure),
                threshold=0,
                unit=pgettext("unit", "rows"),
                confidence=weakest(unsure),
            )
