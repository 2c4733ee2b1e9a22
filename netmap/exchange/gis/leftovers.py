"""Properties that no column of a register is for: kept as columns of people's own, within reason.

The tags of a map can be hundreds, most of them on a few features: what few features have goes
together into one column.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from netmap.exchange.draft import Note, Outcome, Spot

_MOST = 40
TOGETHER = "other tags"


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Which of people's own columns a file gets.

    Attributes:
        alone: Headings that get a column each.
        together: How many share one.
    """

    alone: frozenset[str]
    together: int

    def cells(self, said: Mapping[str, str]) -> dict[str, str]:
        """Give the cells of one feature."""
        kept = {name: text for name, text in said.items() if name in self.alone}
        rest = "; ".join(f"{k}={v}" for k, v in sorted(said.items()) if k not in self.alone)
        return {**kept, **({TOGETHER: rest} if rest else {})}

    def notes(self, file: str) -> Iterator[Note]:
        """Say once for a file that properties were put together."""
        if self.together:
            message = (
                f"{self.together} properties that few features have are together in the column"
                f" '{TOGETHER}'."
            )
            yield Note(Outcome.MENDED, "many-properties", message, Spot(file))


def leftovers(every: Sequence[Mapping[str, str]]) -> Leftovers:
    """Choose the columns: those that most features have, the alphabet where they are as common.

    Args:
        every: What is left of each feature, heading to text.
    """
    used = Counter(name for said in every for name in said)
    common = sorted(used, key=lambda name: (-used[name], name))
    alone = frozenset(common[:_MOST])
    return Leftovers(alone, len(common) - len(alone))
