"""How sure: whether a place is still chosen when the settings are others that could as well be.

The grid is that of :mod:`netmap.networks.alternatives`, as far as it changes who is within reach.
Under each alternative places are chosen anew, greedily and by exchanges.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.alternatives import GRID, Alternative
from netmap.networks.covering import Cover, pick
from netmap.networks.register import Register
from netmap.networks.suggestions.ground import Ground
from netmap.networks.sureness import sureness_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Sites = NDArray[np.int64]

REACH_GRID: tuple[Alternative, ...] = tuple(
    one for one in GRID if one.keys & {"urban_km", "rural_km", "detour"}
)
# Of a place's people, what another must reach too to do in its stead.
SAME_PEOPLE = 0.8


def stands(
    ground: Ground,
    register: Register,
    cover: Cover,
    sites: "Sites",
    asked: int,
    progress: Callable[[str], None] = lambda _stage: None,
) -> "NDArray[np.float64]":
    """Say under which share of the alternatives each place is chosen again.

    A place is also chosen again where one in the same area is, or one that reaches at least four
    in five of the same people.

    Args:
        ground: Areas and candidates.
        register: Under the settings of the network.
        cover: What each candidate covers under these.
        sites: The places chosen under these.
        asked: How many were asked for.
        progress: Told which alternative is looked at.

    Returns:
        Shares, 0 to 1, float64, in the order of `sites`.
    """
    again = np.zeros(len(sites))
    for alternative in REACH_GRID if len(sites) else ():
        progress(f"How sure: {alternative.words}")
        other = replace(register, settings=alternative.of(register.settings))
        found = pick(ground.cover(other, ground.covered_now(other)).merged(), asked)
        again += [_still(ground, cover, site, found) for site in sites.tolist()]
    return again / len(REACH_GRID)


def _still(ground: Ground, cover: Cover, site: int, found: "Sites") -> bool:
    """Tell whether a place, or one that does in its stead, is among others."""
    area = ground.candidates[site].area
    if site in found or (area and any(ground.candidates[n].area == area for n in found.tolist())):
        return True
    own = cover.rows(np.array([site]))
    left = np.zeros(len(cover.weight))
    left[own] = cover.weight[own]
    shared = cover.sees[found] @ left
    return bool((shared >= SAME_PEOPLE * left.sum()).any())


def in_tiers(
    cover: Cover, sites: "Sites", shares: "NDArray[np.float64]"
) -> "list[tuple[int, float, NDArray[np.int64]]]":
    """Put places in order: the surest tier first, within it whoever adds most to those before.

    Args:
        cover: What each candidate covers.
        sites: The chosen places.
        shares: Under which share of the alternatives each is chosen again.

    Returns:
        The place, its share, and the areas it covers that none before it does.
    """
    left = cover.weight.copy()
    waiting: dict[int, float] = dict(zip(sites.tolist(), shares.tolist(), strict=True))
    rows = {site: cover.rows(np.array([site])) for site in waiting}
    ordered = []
    while waiting:
        site = min(
            waiting, key=lambda n: (sureness_of(waiting[n]).rank, -float(left[rows[n]].sum()), n)
        )
        newly = rows[site][left[rows[site]] > 0]
        ordered.append((site, waiting.pop(site), newly))
        left[newly] = 0
    return ordered
