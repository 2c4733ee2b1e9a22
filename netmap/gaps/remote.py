"""What people of an area may use from afar: it reaches those it serves, else everyone.

Online and telephone activities are partial cover. They are told beside a finding, and are in no
distance and no count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from netmap.gaps.context import Facts
from netmap.networks.models import Activity


@dataclass(frozen=True, slots=True)
class Remote:
    """Remote activities by whom they serve.

    Attributes:
        everywhere: Those that name no area.
        served: The others, by each area they name and all above and below it.
    """

    everywhere: tuple[Activity, ...]
    served: Mapping[str, tuple[Activity, ...]]

    def reaching(self, area: str) -> tuple[Activity, ...]:
        """List what the people of an area may use."""
        here = self.served.get(area)
        return (*here, *self.everywhere) if here else self.everywhere


def remote_by_area(context: Facts, activities: Iterable[Activity]) -> Remote:
    """Sort remote activities by whom they serve.

    Args:
        context: The network.
        activities: Some of the remote ones, in their order.
    """
    activities = tuple(activities)
    served: dict[str, list[Activity]] = {}
    for activity in activities:
        lines = (context.register.areas.line(code) for code in activity.serves)
        for code in frozenset().union(*lines):
            served.setdefault(code, []).append(activity)
    return Remote(
        tuple(a for a in activities if not a.serves),
        {code: tuple(found) for code, found in served.items()},
    )
