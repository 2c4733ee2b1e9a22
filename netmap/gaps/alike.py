"""The rule about rows that look like one body or one activity, written down twice."""

from netmap.gaps.context import plural, weakest
from netmap.gaps.gap import Gap
from netmap.gaps.rules import Check, Said, rule
from netmap.networks.duplicates import Pair, activity_id, find, find_activities
from netmap.networks.models import Activity, Organisation
from netmap.privacy import Audience

_CERTAIN = 100


@rule(
    "possible-duplicate",
    "Two rows that look like one body or one activity",
    "records",
    "medium",
    evidence="Side by Side evaluation, 2017 [003:2658]: thirty logs had been handed in twice; "
    "[003:13011]: a commissioner asks for services that are not duplicated.",
    prompt="Look at both and decide with netmap duplicates: the same, different, or a branch; what "
    "was decided is not asked again.",
)
def possible_duplicate(check: Check) -> Said:
    """Report the pairs nobody has decided on; to staff, who alone can."""
    register = check.context.register
    if register.audience is not Audience.STAFF:
        yield check.unchecked(
            "Rows that may be one are looked for among what staff see.", "a wider audience"
        )
        return
    if not register.organisations and not register.activities:
        yield check.unchecked("No organisations are recorded.", "organisations", "activities")
        return
    decided = register.decided.resolved(register.organisation, register.activity)
    vocabularies = check.context.vocabularies
    for pair in find(register.organisations, decided, vocabularies, register.areas):
        first, second = (register.organisation[key] for key in (pair.first, pair.second))
        what = "one body" if pair.likely == "same" else "a body and its branch"
        yield _gap(check, pair, first, second, what)
    for pair in find_activities(register.activities, decided):
        one, other = (
            register.activity[activity_id(key) or key] for key in (pair.first, pair.second)
        )
        yield _gap(check, pair, one, other, "one activity")
    left_out = [a for a in register.activities if a.organisation is None or a.aggregate]
    if left_out:
        yield check.unchecked(
            f"{plural(len(left_out), 'activity', 'activities')} of no recorded organisation, or "
            "known as totals only, could not be compared.",
            "activities.organisation",
        )


def _gap(
    check: Check,
    pair: Pair,
    first: Organisation | Activity,
    second: Organisation | Activity,
    what: str,
) -> Gap:
    # An organisation and its only activity may go by one id.
    table = "activities " if isinstance(first, Activity) else ""
    return check.gap(
        f"{first.name} and {second.name} look like {what}: {', '.join(pair.reasons)}.",
        subject=f"{table}{first.id}>{second.id}",
        value=pair.score,
        threshold=_CERTAIN,
        unit="likeness, where 100 is the same",
        evidence=tuple(f"{row.at.file}, row {row.at.row}." for row in (first, second)),
        confidence=weakest([first, second]),
    )
