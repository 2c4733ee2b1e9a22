"""Which candidate sites would cover which areas, as a sparse matrix with a weight for each area.

Areas that the same candidates cover are one to any solver; they are merged before it begins.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SEED = 1974


@dataclass(frozen=True, eq=False)
class Cover:
    """What each candidate would cover.

    Attributes:
        weight: What covering each area is worth, float64, shape (areas,), nowhere negative.
        seen_by: Which candidates cover each area, a CSR array of ones, shape (areas, candidates).
    """

    weight: "NDArray[np.float64]"
    seen_by: Any

    @classmethod
    def of(
        cls,
        area: "NDArray[np.int64]",
        candidate: "NDArray[np.int64]",
        weight: "NDArray[np.float64]",
        candidates: int,
    ) -> "Cover":
        """Make it from pairs; a pair that stands there twice counts once.

        Args:
            area: The area of each pair.
            candidate: The candidate that covers it.
            weight: What covering each area is worth.
            candidates: How many candidates there are.
        """
        from scipy import sparse  # noqa: PLC0415  # only those who place sites wait for it

        shape = (len(weight), candidates)
        pairs = area.astype(np.int32), candidate.astype(np.int32)  # half of what there is to read
        seen_by = sparse.csr_array((np.ones(len(area)), pairs), shape=shape)
        seen_by.data[:] = 1.0  # pairs that stand there twice were added up
        return cls(weight, seen_by)

    @cached_property
    def sees(self) -> Any:
        """Which areas each candidate covers, CSR, shape (candidates, areas)."""
        return self.seen_by.T.tocsr()

    @property
    def candidates(self) -> int:
        """How many candidates there are."""
        return int(self.seen_by.shape[1])

    @cached_property
    def whole(self) -> bool:
        """Tell whether all weights are whole numbers, so that a better answer is better by one."""
        return bool((self.weight == np.floor(self.weight)).all())

    @property
    def least_better(self) -> float:
        """By how much a better answer is better at the least."""
        return 1.0 if self.whole else max(float(self.weight.sum()), 1.0) * 1e-9

    def covered(self, sites: "NDArray[np.int64]") -> "NDArray[np.bool_]":
        """Tell which areas some candidates cover together."""
        mask = np.zeros(len(self.weight), dtype=bool)
        mask[self.sees[sites].indices] = True
        return mask

    def value(self, sites: "NDArray[np.int64]") -> float:
        """Add up what is covered by some candidates."""
        return float(self.weight[self.covered(sites)].sum())

    def rows(self, chosen: "NDArray[np.int64]") -> "NDArray[np.int64]":
        """List, for some candidates one after the other, the areas they cover."""
        found: NDArray[np.int64] = self.sees[chosen].indices
        return found

    def only(self, candidates: "NDArray[np.int64]", areas: "NDArray[np.bool_]") -> "Cover":
        """Keep some candidates, in the order given, and some areas; merge what is then alike."""
        return Cover(self.weight[areas], self.seen_by[areas][:, candidates].tocsr()).merged()

    def merged(self) -> "Cover":
        """Merge areas that the same candidates cover, and leave out what no choice can change.

        Returns:
            The same candidates; areas in the order in which the first of each kind stood.
        """
        matters = (np.diff(self.seen_by.indptr) > 0) & (self.weight > 0)
        if not matters.any():
            return Cover(self.weight[:0], self.seen_by[:0])
        matrix, weight = self.seen_by[matters], self.weight[matters]
        # Two random words for each candidate; areas with equal sums have equal candidates.
        words = np.random.default_rng(_SEED).integers(
            0, 2**64, (2, self.candidates), dtype=np.uint64
        )
        sums = np.add.reduceat(words[:, matrix.indices], matrix.indptr[:-1], axis=1)
        _, first, kind = np.unique(sums, axis=1, return_index=True, return_inverse=True)
        order = np.argsort(first, kind="stable")
        worth = np.bincount(kind.ravel(), weights=weight, minlength=len(first))
        return Cover(worth[order].astype(np.float64), matrix[first[order]])
