"""Reach across communities, deprivation deciles, and rural and urban classes.

Each person is counted once, in the smallest area that counts them; whom nobody has counted are in
no figure, and it is said of how many areas.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from netmap.language import _, number
from netmap.networks.people import communities_of
from netmap.networks.reach.groups import Group, Spread, rounded
from netmap.networks.reach.inequality import concentration_index
from netmap.networks.reach.rows import is_specific, work_out
from netmap.networks.reach.travel import nearest_minutes
from netmap.networks.register import Register
from netmap.networks.summary import NOT_RECORDED
from netmap.places import RURAL_CLASSES
from netmap.vocabulary import Vocabularies, Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

Across = Literal["community", "deprivation", "rural_urban"]
EVERYBODY = "everybody"
_DECILES = range(1, 11)
_MOST, _LEAST = 2, 9  # the deciles of the first and the last fifth


@dataclass(frozen=True, slots=True)
class Distribution:
    """Reach across groups of people.

    Attributes:
        by: What they are grouped by.
        community: Whose reach it is; None for everybody's.
        rows: The groups, in order: everybody first, the most deprived first, the most urban first.
        need: Those with most need: the two most deprived deciles together, or the rural classes;
            None by community.
        others: The two least deprived deciles, or the urban classes.
        concentration_index: Of kilometres by deprivation: above nought where the most deprived have
            the shorter ways; None where no decile is known.
        areas_left_out: In how many areas people are not counted, or are too few to show.
    """

    by: Across
    community: str | None
    rows: tuple[Group, ...]
    need: Group | None
    others: Group | None
    concentration_index: float | None
    areas_left_out: int


def distribution(
    register: Register, vocabularies: Vocabularies, by: Across, community: str | None = None
) -> Distribution:
    """Work out reach across groups of people.

    Args:
        register: The network, as its audience may see it.
        vocabularies: The communities and their parents, and labels.
        by: What to group people by. By community, each is measured to what its members may use.
        community: Whose reach; everybody's where None. By community it has no meaning.
    """
    named = [None, *_communities(register)] if by == "community" else [community]
    spreads = _spreads(register, vocabularies["community"], named)
    first = spreads[0]
    codes = [area.code for area in register.areas if not area.anonymised]
    deciles = np.array([register.areas[c].deprivation_decile or np.nan for c in codes], dtype=float)
    need = others = None
    unknown = _("Not recorded")
    if by == "community":
        terms = vocabularies["community"]
        everywhere = np.ones(len(codes), dtype=bool)
        rows = [
            one.group(
                register, key, terms.label(key) if one.community else _("Everybody"), everywhere
            )
            for one in spreads
            for key in [one.community or EVERYBODY]
        ]
    elif by == "deprivation":
        rows = [first.group(register, str(n), _decile(n), deciles == n) for n in _DECILES]
        rows.append(first.group(register, NOT_RECORDED, unknown, np.isnan(deciles)))
        need = first.group(register, "most", "the most deprived fifth", deciles <= _MOST)
        others = first.group(register, "least", "the least deprived fifth", deciles >= _LEAST)
    else:
        terms = vocabularies["rural_urban"]
        classes = np.array(
            [register.areas[c].rural_urban or NOT_RECORDED for c in codes], dtype=str
        )
        rows = [first.group(register, c, terms.label(c), classes == c) for c in terms]
        rows.append(first.group(register, NOT_RECORDED, unknown, classes == NOT_RECORDED))
        rural = np.isin(classes, list(RURAL_CLASSES))
        need = first.group(register, "rural", "rural areas", rural)
        others = first.group(register, "urban", "urban areas", ~rural & (classes != NOT_RECORDED))
    return Distribution(
        by,
        None if by == "community" else community,
        tuple(row for row in rows if row.people is not None or row.key == EVERYBODY),
        need,
        others,
        rounded(concentration_index(first.km, first.people, deciles), 3),
        int(np.isnan(first.people).sum()),
    )


def _communities(register: Register) -> list[str]:
    """List the communities that any population row counts, in order."""
    return sorted({one for row in register.populations for one in communities_of(row)})


def _decile(n: int) -> str:
    if n == min(_DECILES):
        return _("Decile %(number)s (most deprived)", number=number(n))
    if n == max(_DECILES):
        return _("Decile %(number)s (least deprived)", number=number(n))
    return _("Decile %(number)s", number=number(n))


def _spreads(
    register: Register, terms: Vocabulary, communities: Sequence[str | None]
) -> list[Spread]:
    """Work out reach for several communities, area by area, each person counted once."""
    found = work_out(register, terms, communities)
    placed = np.array([register.areas[code].point is not None for code in found.codes], dtype=bool)
    heads = np.array(
        [[n if isinstance(n, int) else np.nan for n in row] for row in found.people],
        dtype=np.float64,
    ).reshape(len(found.codes), len(communities))
    once = _counted_once(register, found.codes, heads)
    return [
        Spread(
            community,
            once[:, n],
            np.where(placed | np.isfinite(found.nearest_km[:, n]), found.nearest_km[:, n], np.nan),
            _minutes(register, terms, found.codes, community),
            found.within[:, n],
            found.supply_per_1000[:, n],
        )
        for n, community in enumerate(communities)
    ]


def _counted_once(
    register: Register, codes: Sequence[str], heads: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """Count each person in the smallest area that counts them: an area less those below it."""
    index = {code: n for n, code in enumerate(codes)}
    left = heads.copy()
    for n, code in enumerate(codes):
        parent = index.get(register.areas[code].parent or "")
        if parent is not None:
            left[parent] -= np.nan_to_num(heads[n])
    once: NDArray[np.float64] = np.maximum(left, 0)
    return once


def _minutes(
    register: Register, terms: Vocabulary, codes: Sequence[str], community: str | None
) -> "NDArray[np.float64]":
    """Find how long people travel; NaN where the travel times say nothing of their area."""
    if register.travel is None:
        return np.full(len(codes), np.nan)
    usable = [
        a.id
        for a in register.provision
        if not a.remote
        and (community is None or a.open or (is_specific(a, community, terms) and not a.aggregate))
    ]
    told = np.isin(np.array(codes, dtype=str), np.array(register.travel.areas, dtype=str))
    found = nearest_minutes(register.travel, codes, usable)
    minutes: NDArray[np.float64] = np.where(told, found, np.nan)
    return minutes
