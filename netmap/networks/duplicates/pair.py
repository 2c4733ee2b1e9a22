"""Two rows that may be one body's, and why anybody would think so."""

from dataclasses import dataclass
from typing import Literal

Likely = Literal["same", "branch"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows of one table that somebody should look at.

    Attributes:
        first: The id of the row that comes first in the register; an activity's with
            ``activities/`` before it.
        second: The id of the other.
        score: How alike, 0 to 100; 100 where an identifier is shared.
        likely: What it looks like: one body twice, or a body and a part of it.
        reasons: What agrees, then what does not, in plain words.
        identifier: The charity or company number both have, if that is why.
    """

    first: str
    second: str
    score: int
    likely: Likely
    reasons: tuple[str, ...]
    identifier: str | None = None

    @property
    def order(self) -> tuple[int, str, str]:
        """What pairs are sorted by: the most alike first, then ids."""
        return -self.score, self.first, self.second
