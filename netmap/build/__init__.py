"""Whole journeys: check, find gaps, plan, draw, write. They return, and never print.

:func:`open_for` opens a workspace for one audience on one day; everything that is shown is worked
out from the registers it redacts. The journeys are :func:`build_site`, :func:`draw` and
:func:`plan_programme`; :class:`Workplace` answers what the commands that only look ask,
and :mod:`netmap.build.names` looks up the names they were given.
"""

from netmap.build.drawing import draw
from netmap.build.planning import plan_programme
from netmap.build.starting import start_workspace
from netmap.build.whole_site import Built, build_site
from netmap.build.workplace import Workplace, open_for

__all__ = [
    "Built",
    "Workplace",
    "build_site",
    "draw",
    "open_for",
    "plan_programme",
    "start_workspace",
]
