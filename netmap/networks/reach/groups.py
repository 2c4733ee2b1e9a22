"""The reach of one group of people, out of arrays over areas."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.reach.inequality import gini, weighted_quantile
from netmap.networks.register import Register
from netmap.privacy import SUPPRESSED, Protected, protect_count

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FAR = 0.9


@dataclass(frozen=True, slots=True)
class Group:
    """The reach of one group of people.

    Attributes:
        key: The community, decile or class.
        label: What people call it.
        people: How many are counted, None where nobody; ``*`` where suppressed, and then no
            figure is given.
        median_km: Half of them have no further to their nearest activity; None where it is out of
            all distance, or not known.
        p90_km: Nine tenths have no further.
        within_reach_share: Which part has something within reach, 0 to 1.
        gini_km: How unequal their distances are: 0 where all are alike.
        supply_per_1000: Activities per 1,000 people (E2SFCA), the mean over them.
        median_minutes: Half of them travel no longer; None where there are no travel times.
        p90_minutes: Nine tenths travel no longer.
    """

    key: str
    label: str
    people: Protected
    median_km: float | None = None
    p90_km: float | None = None
    within_reach_share: float | None = None
    gini_km: float | None = None
    supply_per_1000: float | None = None
    median_minutes: float | None = None
    p90_minutes: float | None = None


@dataclass(frozen=True, eq=False)
class Spread:
    """The reach of one community, area by area; all of shape (areas,).

    Attributes:
        community: Whose; None for everybody's.
        people: Each person counted once, in the smallest area that counts them; NaN where not
            known.
        km: To the nearest activity; infinity where there is none, NaN where it is not known.
        minutes: The same by travel times.
        within: How many activities are within reach.
        supply: Activities per 1,000 people; NaN where not known.
    """

    community: str | None
    people: "NDArray[np.float64]"
    km: "NDArray[np.float64]"
    minutes: "NDArray[np.float64]"
    within: "NDArray[np.int64]"
    supply: "NDArray[np.float64]"

    def group(self, register: Register, key: str, label: str, chosen: "NDArray[np.bool_]") -> Group:
        """Sum up the people of some areas.

        Args:
            register: The network, as its audience may see it.
            key: What the group is.
            label: What people call it.
            chosen: Which areas they live in, shape (areas,).
        """
        people = np.where(chosen, np.nan_to_num(self.people), 0.0)
        total = float(people.sum())
        shown = _shown(register, self.community, total)
        if shown in {None, SUPPRESSED}:
            return Group(key, label, shown)
        finite = np.where(np.isfinite(self.km), self.km, np.nan)
        return Group(
            key,
            label,
            shown,
            rounded(weighted_quantile(self.km, people, 0.5), 2),
            rounded(weighted_quantile(self.km, people, _FAR), 2),
            rounded(float(people[self.within > 0].sum()) / total, 3),
            rounded(gini(finite, people), 3),
            rounded(_mean(self.supply, people), 4),
            rounded(weighted_quantile(self.minutes, people, 0.5), 1),
            rounded(weighted_quantile(self.minutes, people, _FAR), 1),
        )


def _shown(register: Register, community: str | None, total: float) -> Protected:
    """Protect a head-count of a community; a sum over few areas may be as small as one of them."""
    if not total:
        return None
    if community is None or register.privacy is None:
        return round(total)
    limits = register.privacy
    return protect_count(
        total,
        register.audience,
        suppress_at_most=limits.suppress_at_most,
        round_to=limits.round_to,
    )


def _mean(values: "NDArray[np.float64]", people: "NDArray[np.float64]") -> float:
    known = np.isfinite(values) & (people > 0)
    return float(np.average(values[known], weights=people[known])) if known.any() else np.nan


def rounded(figure: float, digits: int) -> float | None:
    """Round a figure; None where it is infinite or not known."""
    return round(figure, digits) if np.isfinite(figure) else None
