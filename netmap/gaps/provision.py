"""Which recorded activities are for a community, open to it, or too old to count."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from netmap.networks.models import Activity

if TYPE_CHECKING:
    from netmap.gaps.context import Facts

    Truths = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Traits:
    """What the engine has to know of activities, one entry for each, in their order.

    Attributes:
        known: Whether an empty ``communities`` means open to anyone.
        open: Whether anyone may come.
        lapsed: Whether it was last verified too long ago to count.
        doubt: How weak its confidence is, from nought for stated; see ``context.sure``.
        named: Which of `names` it has.
        names: The distinct lists of communities.
    """

    known: "Truths"
    open: "Truths"
    lapsed: "Truths"
    doubt: "np.ndarray[tuple[int], np.dtype[np.int8]]"
    named: "np.ndarray[tuple[int], np.dtype[np.intp]]"
    names: tuple[frozenset[str], ...]

    def naming(self, communities: frozenset[str]) -> "Truths":
        """Tell which activities are for any of these communities."""
        meant = np.array([bool(communities & one) for one in self.names], dtype=bool)
        return self.known & meant[self.named] if len(self.named) else self.known


@dataclass(frozen=True, slots=True, eq=False)
class Chosen(Sequence[Activity]):
    """Some activities of a list, in its order, without taking them out before they are wanted.

    Attributes:
        among: The whole list.
        numbers: Indices of those chosen.
    """

    among: tuple[Activity, ...] = ()
    numbers: "np.ndarray[tuple[int], np.dtype[np.integer[Any]]]" = field(
        default_factory=lambda: np.empty(0, dtype=np.int32)
    )

    def __len__(self) -> int:
        """Count those chosen."""
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Activity: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Activity, ...]: ...
    def __getitem__(self, at: int | slice) -> Activity | tuple[Activity, ...]:
        """Take out one, or several."""
        if isinstance(at, slice):
            return tuple(self.among[i] for i in self.numbers[at])
        return self.among[int(self.numbers[at])]


@dataclass(frozen=True, slots=True)
class Provision:
    """What there is for one community, whoever can get to it: one truth for each activity.

    Attributes:
        specific: Current ones for it.
        lapsed: Those for it that are out of date.
        open: Current ones that anyone may come to.
        lapsed_open: Open ones that are out of date.
        out_of_date: Both kinds that are.
    """

    specific: "Truths"
    lapsed: "Truths"
    open: "Truths"
    lapsed_open: "Truths"
    out_of_date: "Truths"


def traits_of(context: "Facts", activities: tuple[Activity, ...]) -> Traits:
    """Read off the activities what decides for whom they are."""
    names = {
        one: n for n, one in enumerate(dict.fromkeys(frozenset(a.communities) for a in activities))
    }
    return Traits(
        np.array([a.communities_known for a in activities], dtype=bool),
        np.array([a.open for a in activities], dtype=bool),
        np.array([context.lapsed(a) for a in activities], dtype=bool),
        np.array([context.doubt(a) for a in activities], dtype=np.int8),
        np.array([names[frozenset(a.communities)] for a in activities], dtype=np.intp),
        tuple(names),
    )


def provision_for(traits: Traits, related: frozenset[str]) -> Provision:
    """Tell for each activity whether it is for a community, or open to it.

    Args:
        traits: Of the activities.
        related: The community with all above and below it.
    """
    meant = traits.naming(related)
    anyone = traits.open & ~meant
    lapsed = traits.lapsed
    return Provision(
        meant & ~lapsed,
        meant & lapsed,
        anyone & ~lapsed,
        anyone & lapsed,
        (meant | anyone) & lapsed,
    )
