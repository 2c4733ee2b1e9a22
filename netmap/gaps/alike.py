"""The rule about rows that look like one body or one activity, written down twice."""

from netmap.gaps.context import weakest
from netmap.gaps.gap import Gap
from netmap.gaps.rules import Check, Said, rule
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.duplicates import Pair, activity_id, find, find_activities
from netmap.networks.models import Activity, Organisation
from netmap.privacy import Audience

_CERTAIN = 100
_ONE_BODY = N_("%(first)s and %(second)s look like one body: %(reasons)s.")
_BRANCH = N_("%(first)s and %(second)s look like a body and its branch: %(reasons)s.")
_ONE_ACTIVITY = N_("%(first)s and %(second)s look like one activity: %(reasons)s.")


@rule(
    "possible-duplicate",
    N_("Two rows that look like one body or one activity"),
    "records",
    "medium",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:2658]: thirty logs had been handed in twice; "
        "[003:13011]: a commissioner asks for services that are not duplicated."
    ),
    prompt=N_(
        "Look at both and decide with netmap duplicates: the same, different, or a branch; what "
        "was decided is not asked again."
    ),
)
def possible_duplicate(check: Check) -> Said:
    """Report the pairs nobody has decided on; to staff, who alone can."""
    register = check.context.register
    if register.audience is not Audience.STAFF:
        yield check.unchecked(
            _("Rows that may be one are looked for among what staff see."), _("a wider audience")
        )
        return
    if not register.organisations and not register.activities:
        yield check.unchecked(_("No organisations are recorded."), "organisations", "activities")
        return
    decided = register.decided.resolved(register.organisation, register.activity)
    vocabularies = check.context.vocabularies
    for pair in find(register.organisations, decided, vocabularies, register.areas):
        first, second = (register.organisation[key] for key in (pair.first, pair.second))
        alike = _ONE_BODY if pair.likely == "same" else _BRANCH
        yield _gap(check, pair, first, second, alike)
    for pair in find_activities(register.activities, decided):
        one, other = (
            register.activity[activity_id(key) or key] for key in (pair.first, pair.second)
        )
        yield _gap(check, pair, one, other, _ONE_ACTIVITY)
    left_out = [a for a in register.activities if a.organisation is None or a.aggregate]
    if left_out:
        yield check.unchecked(
            ngettext(
                "%(count)s activity of no recorded organisation, or known as totals only, could "
                "not be compared.",
                "%(count)s activities of no recorded organisation, or known as totals only, could "
                "not be compared.",
                len(left_out),
            ),
            "activities.organisation",
        )


def _gap(
    check: Check,
    pair: Pair,
    first: Organisation | Activity,
    second: Organisation | Activity,
    alike: str,
) -> Gap:
    # An organisation and its only activity may go by one id.
    table = "activities " if isinstance(first, Activity) else ""
    return check.gap(
        _(
            alike,
            first=first.name,
            second=second.name,
            reasons=pgettext("between names", ", ").join(pair.reasons),
        ),
        subject=f"{table}{first.id}>{second.id}",
        value=pair.score,
        threshold=_CERTAIN,
        unit=pgettext("unit", "likeness, where 100 is the same"),
        evidence=tuple(
            _("%(file)s, row %(row)s.", file=row.at.file, row=row.at.row) for row in (first, second)
        ),
        confidence=weakest([first, second]),
    )
