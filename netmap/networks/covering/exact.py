"""The best choice of sites, proved by HiGHS where there is time (Church and ReVelle 1974).

Only sites are whole numbers: an area's cover is continuous, and is whole in the best choice by
itself.
"""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from netmap.networks.covering.cover import Cover

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TURN, _GRACE = 0.1, 5.0


@dataclass(frozen=True, eq=False)
class Exact:
    """What HiGHS found.

    Attributes:
        sites: The best choice it knows, or None where it knows none.
        bound: What no choice can surpass; infinity where it does not know.
        proved: Whether it looked at everything.
    """

    sites: "NDArray[np.int64] | None"
    bound: float
    proved: bool


def prove(cover: Cover, sites: int, seconds: float) -> Exact:
    """Look for the best choice until it is proved or the time is over.

    Args:
        cover: What each candidate covers.
        sites: How many may be chosen.
        seconds: How long to look, at the most.
    """
    areas, candidates = cover.seen_by.shape
    if not areas or not candidates or sites <= 0:
        return Exact(np.empty(0, dtype=np.int64), 0.0, proved=True)
    said = _patiently(_problem(cover, sites, seconds), seconds)
    if said is None:
        return Exact(None, float("inf"), proved=False)
    dual = said.mip_dual_bound
    limit = -float(dual) if dual is not None and np.isfinite(dual) else float("inf")
    found = None
    if said.x is not None:
        found = np.flatnonzero(said.x[areas:] > 0.5).astype(np.int64)  # noqa: PLR2004  # chosen
    return Exact(found, limit, proved=said.status == 0)


def _problem(cover: Cover, sites: int, seconds: float) -> dict[str, Any]:
    from scipy import sparse  # noqa: PLC0415
    from scipy.optimize import Bounds, LinearConstraint  # noqa: PLC0415

    areas, candidates = cover.seen_by.shape
    none = np.zeros(areas)
    return {
        "c": np.concatenate([-cover.weight, np.zeros(candidates)]),
        "integrality": np.concatenate([none, np.ones(candidates)]),
        "bounds": Bounds(0, 1),
        "constraints": [
            LinearConstraint(
                sparse.hstack([sparse.identity(areas), -cover.seen_by], format="csr"), -np.inf, 0
            ),
            LinearConstraint(np.concatenate([none, np.ones(candidates)])[None, :], 0, sites),
        ],
        "options": {"time_limit": seconds, "mip_rel_gap": 0.0},
    }


def _patiently(problem: dict[str, Any], seconds: float) -> Any:
    """Solve beside the main thread, which alone hears that somebody wants to stop.

    Returns:
        What HiGHS says; None where it minds its time limit so late that nobody waits for it.
    """
    from scipy.optimize import milp  # noqa: PLC0415

    said: list[Any] = []
    worker = threading.Thread(target=lambda: said.append(milp(**problem)), daemon=True)
    worker.start()
    waited = 0.0
    while worker.is_alive() and waited < seconds + _GRACE:
        worker.join(_TURN)
        waited += _TURN
    return said[0] if said else None
