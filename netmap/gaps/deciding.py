"""Which state holds for every community in every area, worked out for all of them at once.

The first that holds: withheld, specific, out of date, none found, open only, not asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from netmap.gaps.context import Facts
from netmap.gaps.enquiries import asked_places, enquiry_for
from netmap.networks.models import Enquiry

if TYPE_CHECKING:
    Codes = np.ndarray[tuple[int, int], np.dtype[np.int8]]
    Truths = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


class State(StrEnum):
    """What is known, first that holds."""

    WITHHELD = "withheld"
    SPECIFIC = "specific"
    OUT_OF_DATE = "out_of_date"
    NONE_FOUND = "none_found"
    OPEN_ONLY = "open_only"
    NOT_ASKED = "not_asked"

    @property
    def code(self) -> int:
        """The number that stands for it in arrays."""
        return _CODES[self]


_CODES = {state: n for n, state in enumerate(State)}
_ANSWERS = {"specific": State.SPECIFIC, "none": State.NONE_FOUND, "open_only": State.OPEN_ONLY}
_NOBODY, _LAPSED, _UNANSWERED = -1, -2, -3


@dataclass(frozen=True, slots=True)
class _Some:
    """Whether any activity of each sort is within reach, shape (areas,)."""

    specific: "Truths"
    lapsed: "Truths"
    open: "Truths"
    lapsed_open: "Truths"


def decide(
    context: Facts,
    areas: Sequence[str],
    communities: Sequence[str],
    answered: "Codes | None" = None,
) -> "Codes":
    """Work out the state of every community in every area.

    Args:
        context: The network.
        areas: The rows.
        communities: The columns.
        answered: What :func:`answers` gives for them, where that was worked out already.

    Returns:
        Codes of :class:`State`, int8, shape (areas, communities).
    """
    if answered is None:
        answered = answers(context, areas, communities)
    codes = np.empty((len(areas), len(communities)), dtype=np.int8)
    tops = [context.register.areas.top_of(area) for area in areas]
    some = _some(context, areas, communities)
    for n, community in enumerate(communities):
        codes[:, n] = _column(context, some[n], community, answered[:, n], tops)
    return codes


def answers(context: Facts, areas: Sequence[str], communities: Sequence[str]) -> "Codes":
    """Look up what the enquiries answered: codes of :class:`State`, or below nought why none."""
    places, place_of = _places(context, areas)
    told = np.array(
        [[_answer(context, place, community) for community in communities] for place in places],
        dtype=np.int8,
    ).reshape(len(places), len(communities))
    return told[place_of]


def _places(
    context: Facts, areas: Sequence[str]
) -> "tuple[list[str], np.ndarray[tuple[int], np.dtype[np.intp]]]":
    """Choose one of all areas that the same enquiries are about, and point each area at it."""
    first: dict[tuple[str, ...], int] = {}
    chosen: list[str] = []
    pointing = np.empty(len(areas), dtype=np.intp)
    for n, area in enumerate(areas):
        key = asked_places(context, area)
        if key not in first:
            first[key] = len(chosen)
            chosen.append(area)
        pointing[n] = first[key]
    return chosen, pointing


def _answer(context: Facts, area: str, community: str) -> int:
    """Say what the enquiry that counts answered: a state, or why it says none."""
    enquiry = enquiry_for(context, area, community)
    if enquiry is None:
        return _NOBODY
    if lapsed(context, enquiry):
        return _LAPSED
    answered = _ANSWERS.get(enquiry.answer or "")
    return answered.code if answered else _UNANSWERED


def lapsed(context: Facts, enquiry: Enquiry) -> bool:
    """Tell whether somebody asked too long ago for the answer to count."""
    return enquiry.asked_on is not None and enquiry.asked_on < context.stale_before


def _column(
    context: Facts,
    some: _Some,
    community: str,
    answers: "np.ndarray[tuple[int], np.dtype[np.int8]]",
    tops: Sequence[str],
) -> "np.ndarray[tuple[int], np.dtype[np.int8]]":
    """Work out the state of one community in every area."""
    related = context.kin(community)
    withheld_at = {h.area for h in context.register.hidden if related & set(h.communities)}
    # It may be open to them, and "none" would be untrue.
    maybe_at = {h.area for h in context.register.hidden if not h.communities}
    withheld, maybe = _among(tops, withheld_at), _among(tops, maybe_at)
    unanswered = answers == _UNANSWERED
    # By what is recorded, where somebody asked and noted no answer.
    choices = [
        (withheld, State.WITHHELD),
        (some.specific, State.SPECIFIC),
        ((answers == _NOBODY) & some.lapsed, State.OUT_OF_DATE),
        (answers == _NOBODY, State.NOT_ASKED),
        (answers == _LAPSED, State.OUT_OF_DATE),
        *((answers == state.code, state) for state in _ANSWERS.values()),
        (unanswered & some.lapsed, State.OUT_OF_DATE),
        (unanswered & some.open, State.OPEN_ONLY),
        (unanswered & maybe, State.WITHHELD),
        (unanswered & some.lapsed_open, State.OUT_OF_DATE),
    ]
    return np.select(
        [holds for holds, _ in choices],
        [np.int8(state.code) for _, state in choices],
        np.int8(State.NONE_FOUND.code),
    ).astype(np.int8)


def _among(tops: Sequence[str], chosen: set[str]) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    if not chosen:
        return np.zeros(len(tops), dtype=bool)
    return np.array([top in chosen for top in tops], dtype=bool)


def _some(context: Facts, areas: Sequence[str], communities: Sequence[str]) -> list[_Some]:
    """Tell for each community in which areas anything of each sort is within reach."""
    within = context.within_reach
    rows = within.rows_of(tuple(areas))
    sorts = [
        sort
        for there in map(context.provision_for, communities)
        for sort in (there.specific, there.lapsed, there.open, there.lapsed_open)
    ]
    having = [np.append(found, False)[rows] for found in within.having(sorts)]
    return [_Some(*having[4 * n : 4 * n + 4]) for n in range(len(communities))]
