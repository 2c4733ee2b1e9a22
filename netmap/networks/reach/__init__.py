"""Reach: how far people of each area are from activities, and how much there is for them.

Arrays in and arrays out in :mod:`~netmap.networks.reach.catchments`; which activities people of
each area of a register can get to in :mod:`~netmap.networks.reach.within`; the rows that
``netmap reach`` prints in :mod:`~netmap.networks.reach.rows`.
"""

from netmap.networks.reach.catchments import Pairs, decay_weights, supply_per_1000
from netmap.networks.reach.counting import Ground
from netmap.networks.reach.layers import (
    count_within,
    nearest_by_layer,
    nearest_km,
    pairs_within,
    supply_by_layer,
)
from netmap.networks.reach.rows import (
    Reached,
    ReachRow,
    is_specific,
    people_once,
    reach,
    supply_for_all,
    usable_by,
    work_out,
)
from netmap.networks.reach.within import (
    WithinReach,
    belonging,
    catchments_km,
    in_reach,
    projected,
)

__all__ = [
    "Ground",
    "Pairs",
    "ReachRow",
    "Reached",
    "WithinReach",
    "belonging",
    "catchments_km",
    "count_within",
    "decay_weights",
    "in_reach",
    "is_specific",
    "nearest_by_layer",
    "nearest_km",
    "pairs_within",
    "people_once",
    "projected",
    "reach",
    "supply_by_layer",
    "supply_for_all",
    "supply_per_1000",
    "usable_by",
    "work_out",
]
