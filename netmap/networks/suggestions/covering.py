"""Maximal covering location: so many sites, as many people covered as can be.

Source: Church and ReVelle (1974). Areas that would be covered from the same candidates are one row
of the problem, however many they are.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.reach.layers import pairs_within

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

_SEED = 20  # of the random words that stand for sets of candidates


@dataclass(frozen=True, eq=False)
class Covering:
    """Who would be covered from where.

    Attributes:
        weights: People of each row, float64, shape (rows,).
        covers: Whether a candidate covers a row, float64 nought or one, shape (candidates, rows).
        row: The row of each area, int64; -1 where no candidate covers it or nobody needs it.
    """

    weights: "NDArray[np.float64]"
    covers: "csr_array"
    row: "NDArray[np.int64]"

    def covered(self, chosen: "NDArray[np.int64]") -> "NDArray[np.bool_]":
        """Tell which rows are covered from some candidates."""
        found = np.zeros(len(self.weights), dtype=bool)
        for site in chosen:
            found[self.rows_of(int(site))] = True
        return found

    def rows_of(self, site: int) -> "NDArray[np.int32]":
        """List the rows that one candidate covers."""
        begins = self.covers.indptr
        rows: NDArray[np.int32] = self.covers.indices[begins[site] : begins[site + 1]]
        return rows

    def people(self, chosen: "NDArray[np.int64]") -> float:
        """Count the people covered from some candidates."""
        return float(self.weights[self.covered(chosen)].sum())


def covering_of(
    areas: "NDArray[np.float64]",
    candidates: "NDArray[np.float64]",
    people: "NDArray[np.float64]",
    catchment_km: "NDArray[np.float64]",
    *,
    detour: float,
) -> Covering:
    """Set the problem up.

    Args:
        areas: One point per area, metric CRS, metres, shape (n, 2); NaN where unknown.
        candidates: One point per candidate, same CRS, shape (m, 2).
        people: Who is not covered yet, shape (n,); nought and NaN for nobody.
        catchment_km: How far the people of each area can travel.
        detour: Road distance over straight-line distance.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415  # only suggestions need it

    needing = np.flatnonzero(np.nan_to_num(people) > 0)
    pairs = pairs_within(areas[needing], candidates, catchment_km[needing], detour=detour)
    # Sets of candidates are told apart by the sum of two random words for each.
    words = np.random.default_rng(_SEED).integers(
        0, 1 << 62, (max(len(candidates), 1), 2), dtype=np.int64
    )
    keys = np.zeros((len(needing), 2), dtype=np.int64)
    np.add.at(keys, pairs.area, words[pairs.activity])
    reached = np.zeros(len(needing), dtype=bool)
    reached[pairs.area] = True
    _, first, row = np.unique(keys[reached], axis=0, return_index=True, return_inverse=True)
    row = row.reshape(-1)
    merged = np.full(len(needing), -1, dtype=np.int64)
    merged[reached] = row
    weights = np.bincount(row, weights=people[needing][reached], minlength=len(first))
    one_of_each = np.zeros(len(needing), dtype=bool)
    one_of_each[np.flatnonzero(reached)[first]] = True
    kept = one_of_each[pairs.area]
    at = (pairs.activity[kept], merged[pairs.area[kept]])
    covers = csr_array(
        (np.ones(len(at[0])), at), shape=(len(candidates), len(first)), dtype=np.float64
    )
    covers.sort_indices()
    rows = np.full(len(areas), -1, dtype=np.int64)
    rows[needing] = merged
    return Covering(weights, covers, rows)
