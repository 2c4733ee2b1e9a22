"""Maximal covering location: so many sites, as many people covered as can be.

Arrays in and arrays out, nothing of registers; :mod:`netmap.networks.suggestions` puts one through
it. The model is that of Church and ReVelle (1974).
"""

from netmap.networks.covering.cover import Cover
from netmap.networks.covering.picking import pick
from netmap.networks.covering.solving import Solution, solve

__all__ = ["Cover", "Solution", "pick", "solve"]
