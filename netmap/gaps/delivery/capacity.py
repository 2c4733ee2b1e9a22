"""The rule about activities that have no room for all who want to come."""

from netmap.gaps.context import plural
from netmap.gaps.gap import Gap
from netmap.gaps.individual import about
from netmap.gaps.rules import Check, Said, rule
from netmap.networks.models import Activity
from netmap.networks.people import protected
from netmap.privacy import Audience


@rule(
    "over-capacity",
    "A waiting list, or more people than the room holds",
    "delivery",
    "high",
    evidence="West Yorkshire and Harrogate scoping report, 2020 [001:1228-1230]: high demand and "
    "waiting lists; Side by Side evaluation, 2017 [003:8978-8983]: twelve people, and room for "
    "eight.",
    prompt="Ask whether another session, a larger room or a second group nearby would help; that "
    "people wait shows that they want to come.",
)
def over_capacity(check: Check) -> Said:
    """Report activities that people wait for; totals too, where they say so."""
    rows = check.context.register.provision
    for activity in rows:
        if activity.waiting_list:
            yield _waiting(check, activity, activity.waiting_list)
    unknown = [a for a in rows if a.waiting_list is None]
    needs = "activities.waiting_list"
    if not rows:
        yield check.unchecked("No activities are recorded.", needs)
    elif unknown:
        yield check.unchecked(
            f"Whether people wait is not recorded in {len(unknown):,} of "
            f"{plural(len(rows), 'row')} of activities. How many come is in no column: a room that "
            "is too small shows by its waiting list only.",
            needs,
        )


def _waiting(check: Check, activity: Activity, waiting: int) -> Gap:
    register = check.context.register
    shown = protected(register, waiting)
    if isinstance(shown, int):
        about_ = "" if register.audience is Audience.STAFF else "About "
        who = f"{about_}{plural(shown, 'person', 'people')} {'is' if shown == 1 else 'are'}"
    else:
        who = "Some people, too few to say how many, are"
    room = f", which has room for {activity.capacity:,}" if activity.capacity else ""
    return about(
        check,
        activity,
        f"{who} waiting for {activity.name}{room}.",
        value=shown if isinstance(shown, int) else None,
        threshold=0,
        unit="people waiting",
        evidence=(
            f"Room for {activity.capacity:,} is recorded."
            if activity.capacity
            else "How many there is room for is not recorded.",
        ),
    )
