"""Areas and places on one ground: who has something for them now, who would be reached from where.

People are covered where a current activity in person for their community, or for one above it, is
within reach. A new place covers the areas in whose catchment it lies, and the area it is in with
those above, as an activity there would.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.covering import Cover
from netmap.networks.reach import catchments_km, in_reach, is_specific, pairs_within
from netmap.networks.register import Register
from netmap.networks.suggestions.candidates import Candidate
from netmap.networks.suggestions.demand import Demand
from netmap.places import to_metres
from netmap.vocabulary import Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Covered = Mapping[str, NDArray[np.bool_]]


@dataclass(frozen=True, eq=False)
class Ground:
    """Areas and candidates, projected together.

    Attributes:
        demand: Who lives in which area.
        vocabulary: The communities and their parents.
        candidates: The places, in the order of `places_m`.
        areas_m: One point per area, metric CRS, metres, shape (n, 2); NaN where unknown.
        places_m: One point per candidate, same CRS, shape (m, 2).
        inside: Pairs of areas and the candidates in them or below them, int64, shape (pairs, 2).
    """

    demand: Demand
    vocabulary: Vocabulary
    candidates: tuple[Candidate, ...]
    areas_m: "NDArray[np.float64]"
    places_m: "NDArray[np.float64]"
    inside: "NDArray[np.int64]"

    def covered_now(self, register: Register) -> "Covered":
        """Tell, by community, of which areas people have something for them within reach."""
        meant = {
            community: [
                one
                for one in register.provision
                if not one.aggregate and is_specific(one, community, self.vocabulary)
            ]
            for community in self.demand.weight
        }
        each = list({one.id: one for some in meant.values() for one in some}.values())
        within = in_reach(register, each)
        rows = within.rows_of(self.demand.codes)
        found = {}
        for community, some in meant.items():
            ids = {one.id for one in some}
            fits = np.array([one.id in ids for one in within.activities], dtype=bool)
            found[community] = within.counting(fits)[rows] > 0
        return found

    def cover(self, register: Register, covered: "Covered") -> Cover:
        """Say who would be reached from where, of those who have nothing for them now."""
        weight = self.demand.weighed({c: ~some for c, some in covered.items()})
        needing = np.flatnonzero(weight > 0)
        pairs = pairs_within(
            self.areas_m[needing],
            self.places_m,
            catchments_km(register, [self.demand.codes[n] for n in needing.tolist()]),
            detour=register.settings.reach.detour,
        )
        return Cover.of(
            np.concatenate([needing[pairs.area], self.inside[:, 0]]),
            np.concatenate([pairs.activity, self.inside[:, 1]]),
            weight,
            len(self.candidates),
        )


def lay_out(
    register: Register, vocabulary: Vocabulary, demand: Demand, candidates: Sequence[Candidate]
) -> Ground:
    """Project areas and candidates together.

    Candidates are put in the order in which one of equals is preferred: the one in the area with
    most people, then by id.
    """
    everybody = dict.fromkeys(demand.weight, np.ones(len(demand.codes), dtype=bool))
    people = dict(zip(demand.codes, demand.weighed(everybody).tolist(), strict=True))
    ordered = sorted(candidates, key=lambda one: (-people.get(one.area or "", 0.0), one.id))
    nowhere = (np.nan, np.nan)
    degrees = [register.areas[code].point or nowhere for code in demand.codes]
    degrees += [(one.longitude, one.latitude) for one in ordered]
    metres = to_metres(np.array(degrees, dtype=np.float64).reshape(-1, 2))
    row = {code: n for n, code in enumerate(demand.codes)}
    inside = [
        (row[code], n)
        for n, one in enumerate(ordered)
        if one.area in register.areas and one.area
        for code in (one.area, *register.areas.ancestors(one.area))
        if code in row
    ]
    split = len(demand.codes)
    pairs = np.array(inside, dtype=np.int64).reshape(-1, 2)
    return Ground(demand, vocabulary, tuple(ordered), metres[:split], metres[split:], pairs)
