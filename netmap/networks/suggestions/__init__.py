"""Suggestions: where new activities would reach most people who have none, and who could help.

Who has nothing for them is counted in :mod:`~netmap.networks.suggestions.demand`; from where they
would be reached is in :mod:`~netmap.networks.suggestions.ground`; places are chosen by
:mod:`netmap.networks.covering`, and :mod:`~netmap.networks.suggestions.suggesting` does one after
the other.
"""

from netmap.networks.suggestions.answer import METHOD, Site, Suggestion, Whom
from netmap.networks.suggestions.candidates import Candidate, area_points
from netmap.networks.suggestions.demand import Measure
from netmap.networks.suggestions.suggesting import suggest
from netmap.networks.suggestions.supporters import Supporter

__all__ = [
    "METHOD",
    "Candidate",
    "Measure",
    "Site",
    "Suggestion",
    "Supporter",
    "Whom",
    "area_points",
    "suggest",
]
