"""Activities of one organisation that are probably one, written down twice."""

from collections.abc import Sequence

from netmap.language import _
from netmap.networks.duplicates.decisions import Decisions, activity_key
from netmap.networks.duplicates.names import name_of
from netmap.networks.duplicates.pair import Pair
from netmap.networks.duplicates.words import tokens
from netmap.networks.models import Activity

_SAME = 100


def find_activities(
    activities: Sequence[Activity], decided: Decisions | None = None
) -> tuple[Pair, ...]:
    """Find activities of one organisation with the same name, place, time and people.

    Args:
        activities: The rows, in the register's order.
        decided: What people decided; such pairs are left out, in either order.

    Returns:
        The pairs by id. Each row is paired with the first of its kind only. Totals (``count``
        above 1) and activities of no recorded organisation are left out.
    """
    known = decided or Decisions()
    first: dict[tuple[object, ...], Activity] = {}
    pairs = []
    for one in activities:
        if one.organisation is None or one.aggregate:
            continue
        before = first.setdefault(_kind_of(one), one)
        if before is one or before.id == one.id:
            continue
        keys = activity_key(before.id), activity_key(one.id)
        if not known.settled(*keys):
            pairs.append(Pair(*keys, _SAME, "same", _reasons(one)))
    return tuple(sorted(pairs, key=lambda pair: pair.order))


def _kind_of(one: Activity) -> tuple[object, ...]:
    name = name_of(one.name)
    return (
        one.organisation,
        name.ordered,
        name.aside,
        one.area,
        one.postcode,
        tokens(one.venue or ""),
        tokens(one.schedule or ""),
        frozenset(one.communities),
        frozenset(one.topics),
        one.approach,
    )


def _reasons(one: Activity) -> tuple[str, ...]:
    where = one.venue or one.postcode or one.area
    return (
        _("the same organisation and name"),
        _("the same place %(place)s", place=where) if where else _("neither says where it is"),
        _("the same time %(time)s", time=one.schedule)
        if one.schedule
        else _("neither says when it is"),
    )
