"""Questions about a network of ties: who holds it together, who is alone, who leads to whom.

:func:`measure` scores a whole network; :func:`without` takes one organisation away,
:func:`losses` all of them, and all ties, in turn; :func:`brokers` says between whom people stand,
:func:`homophily` whether alike tie with alike, :func:`shared` who has things in common, and
:func:`between` who could introduce one to another. What two libraries can count is in
:mod:`~netmap.networks.measures.counting`. Nothing here judges: what is a gap is for
:mod:`netmap.gaps`.
"""

from netmap.networks.measures.brokers import Broker, Linked, brokers
from netmap.networks.measures.counting import Counts, count
from netmap.networks.measures.homophily import Homophily, Mixing, homophily
from netmap.networks.measures.introductions import Door, Introductions, Step, between
from netmap.networks.measures.islands import Without, islands, without
from netmap.networks.measures.losses import Losses, TieLoss, VertexLoss, losses
from netmap.networks.measures.naming import organisation_called
from netmap.networks.measures.scores import Measures, Member, measure, reciprocity
from netmap.networks.measures.sharing import By, InCommon, Pair, Shared, shared

__all__ = [
    "Broker",
    "By",
    "Counts",
    "Door",
    "Homophily",
    "InCommon",
    "Introductions",
    "Linked",
    "Losses",
    "Measures",
    "Member",
    "Mixing",
    "Pair",
    "Shared",
    "Step",
    "TieLoss",
    "VertexLoss",
    "Without",
    "between",
    "brokers",
    "count",
    "homophily",
    "islands",
    "losses",
    "measure",
    "organisation_called",
    "reciprocity",
    "shared",
    "without",
]
