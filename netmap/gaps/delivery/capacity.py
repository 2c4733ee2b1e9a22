"""The rule about activities that have no room for all who want to come."""

from netmap.gaps.context import number
from netmap.gaps.gap import Gap
from netmap.gaps.individual import about
from netmap.gaps.rules import Check, Said, rule
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.models import Activity
from netmap.networks.people import protected
from netmap.privacy import Audience, Protected


@rule(
    "over-capacity",
    N_("A waiting list, or more people than the room holds"),
    "delivery",
    "high",
    evidence=N_(
        "West Yorkshire and Harrogate scoping report, 2020 [001:1228-1230]: high demand and "
        "waiting lists; Side by Side evaluation, 2017 [003:8978-8983]: twelve people, and room for "
        "eight."
    ),
    prompt=N_(
        "Ask whether another session, a larger room or a second group nearby would help; that "
        "people wait shows that they want to come."
    ),
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
        yield check.unchecked(_("No activities are recorded."), needs)
    elif unknown:
        yield check.unchecked(
            ngettext(
                "Whether people wait is not recorded in %(unknown)s of %(count)s row of "
                "activities. How many come is in no column: a room that is too small shows by its "
                "waiting list only.",
                "Whether people wait is not recorded in %(unknown)s of %(count)s rows of "
                "activities. How many come is in no column: a room that is too small shows by its "
                "waiting list only.",
                len(rows),
                unknown=number(len(unknown)),
            ),
            needs,
        )


def _waiting(check: Check, activity: Activity, waiting: int) -> Gap:
    register = check.context.register
    shown = protected(register, waiting)
    exact = register.audience is Audience.STAFF
    say = _waiting_with_room if activity.capacity else _waiting_only
    return about(
        check,
        activity,
        say(activity, shown, exact=exact),
        value=shown if isinstance(shown, int) else None,
        threshold=0,
        unit=pgettext("unit", "people waiting"),
        evidence=(
            _("Room for %(people)s is recorded.", people=number(activity.capacity))
            if activity.capacity
            else _("How many there is room for is not recorded."),
        ),
    )


def _waiting_with_room(activity: Activity, waiting: Protected, *, exact: bool) -> str:
    name, room = activity.name, number(activity.capacity or 0)
    if not isinstance(waiting, int):
        return _(
            "Some people, too few to say how many, are waiting for %(activity)s, which has room "
            "for %(room)s.",
            activity=name,
            room=room,
        )
    if exact:
        return ngettext(
            "%(count)s person is waiting for %(activity)s, which has room for %(room)s.",
            "%(count)s people are waiting for %(activity)s, which has room for %(room)s.",
            waiting,
            activity=name,
            room=room,
        )
    return ngettext(
        "About %(count)s person is waiting for %(activity)s, which has room for %(room)s.",
        "About %(count)s people are waiting for %(activity)s, which has room for %(room)s.",
        waiting,
        activity=name,
        room=room,
    )


def _waiting_only(activity: Activity, waiting: Protected, *, exact: bool) -> str:
    name = activity.name
    if not isinstance(waiting, int):
        return _(
            "Some people, too few to say how many, are waiting for %(activity)s.", activity=name
        )
    if exact:
        return ngettext(
            "%(count)s person is waiting for %(activity)s.",
            "%(count)s people are waiting for %(activity)s.",
            waiting,
            activity=name,
        )
    return ngettext(
        "About %(count)s person is waiting for %(activity)s.",
        "About %(count)s people are waiting for %(activity)s.",
        waiting,
        activity=name,
    )
