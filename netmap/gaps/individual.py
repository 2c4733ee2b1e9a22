"""What rules about single activities share: which they look at, and how they say what they found.

A row that stands for several activities (``count`` above 1) is no single activity; it is told of
once, by number. One that is ``part_of`` such a total is an activity like any other.
"""

from collections.abc import Collection

from netmap.gaps.context import Facts, number, provision_confidence
from netmap.gaps.gap import Gap, Severity
from netmap.gaps.rules import Check, Said
from netmap.language import _, ngettext
from netmap.networks.models import Activity


def by_name(context: Facts) -> list[Activity]:
    """List the current activities that are recorded one by one."""
    return [a for a in context.register.provision if not a.aggregate]


def about(
    check: Check,
    activity: Activity,
    message: str,
    *,
    value: float | None,
    threshold: float,
    unit: str,
    evidence: tuple[str, ...] = (),
    severity: Severity | None = None,
) -> Gap:
    """Make a finding about one activity. How many people it concerns, nobody knows."""
    found = check.gap(
        message,
        area=check.context.register.area_of(activity),
        subject=activity.id,
        value=value,
        threshold=threshold,
        unit=unit,
        evidence=evidence,
        confidence=provision_confidence((activity,)),
        severity=severity,
    )
    return found._replace(people=None)


def not_recorded(
    check: Check,
    what: str,
    unknown: Collection[Activity],
    rows: Collection[Activity],
    *needs: str,
) -> Said:
    """Say in one sentence, of however many activities, what could not be looked at.

    Args:
        check: The rule.
        what: What is not recorded, as a sentence begins, in the language in force.
        unknown: The activities of which it is not.
        rows: All that are recorded one by one.
        needs: The columns that would let the rule look.
    """
    totals = sum(a.count or 1 for a in check.context.register.provision if a.aggregate)
    said = []
    if not rows:
        said.append(_("No activity is recorded by name."))
    elif len(unknown) == len(rows):
        said.append(
            ngettext(
                "%(what)s is not recorded for any of %(count)s activity recorded by name.",
                "%(what)s is not recorded for any of %(count)s activities recorded by name.",
                len(rows),
                what=what,
            )
        )
    elif unknown:
        said.append(
            ngettext(
                "%(what)s is not recorded for %(some)s of %(count)s activity recorded by name.",
                "%(what)s is not recorded for %(some)s of %(count)s activities recorded by name.",
                len(rows),
                what=what,
                some=number(len(unknown)),
            )
        )
    if totals:
        said.append(
            ngettext(
                "Totals that stand for %(count)s activity do not tell.",
                "Totals that stand for %(count)s activities do not tell.",
                totals,
            )
        )
    if said:
        yield check.unchecked(" ".join(said), *needs)
