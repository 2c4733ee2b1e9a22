"""Questions about a network of ties, answered: who holds it together, and what would break.

:func:`measure` scores a whole network; :func:`without` takes one organisation away,
:func:`losses` all of them, and all ties, in turn. What two libraries can count is in
:mod:`~netmap.networks.measures.counting`. Nothing here judges: what is a gap is for
:mod:`netmap.gaps`.
"""

from netmap.networks.measures.counting import Counts, count
from netmap.networks.measures.islands import Without, islands, without
from netmap.networks.measures.losses import Losses, TieLoss, VertexLoss, losses
from netmap.networks.measures.naming import organisation_called
from netmap.networks.measures.scores import Measures, Member, measure, reciprocity

__all__ = [
    "Counts",
    "Losses",
    "Measures",
    "Member",
    "TieLoss",
    "VertexLoss",
    "Without",
    "count",
    "islands",
    "losses",
    "measure",
    "organisation_called",
    "reciprocity",
    "without",
]
