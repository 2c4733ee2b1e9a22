"""Cells as people type them, written as a register holds them: taken, mended, warned or refused.

Each module understands one kind of cell and knows nothing of files; :func:`mend` chooses between
them by the column's type in :mod:`netmap.networks.models`. Which column a cell stands in, and what
becomes of its row, is for others.

    >>> mend("activities", "postcode", "RH106AD", None, spot, vocabularies).value
    'RH10 6AD'
"""

from netmap.exchange.spreadsheets.mending.mending import mend
from netmap.exchange.spreadsheets.mending.outcomes import Mended

__all__ = ["Mended", "mend"]
