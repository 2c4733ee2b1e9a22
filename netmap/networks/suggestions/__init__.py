"""Suggestions: where new activities would reach most people who have none, and who could help.

The model is maximal covering location: :mod:`~netmap.networks.suggestions.covering` says who would
be covered from where, :mod:`~netmap.networks.suggestions.choosing` finds a good choice of sites at
once and a bound, :mod:`~netmap.networks.suggestions.proving` the best one where there is time, and
:mod:`~netmap.networks.suggestions.sites` puts a register through it.
"""

from netmap.networks.suggestions.candidates import Candidate, area_points
from netmap.networks.suggestions.sites import Site, Suggestion, suggest

__all__ = ["Candidate", "Site", "Suggestion", "area_points", "suggest"]
