"""Spreadsheets as people keep them: what their headings mean, and their rows as a draft.

A file is opened by :mod:`netmap.exchange.grids`; what netmap makes of its headings is proposed,
agreed on once, and remembered. What becomes of the draft is for :mod:`netmap.exchange.intake`.

    >>> book = book_of(Path("groups.xlsx"), "groups.xlsx")
    >>> proposal = propose(book, vocabularies)
    >>> mapping = decide(proposal, accepted=ask)
    >>> draft = read(book, proposal, mapping, vocabularies)
"""

from netmap.exchange.spreadsheets.known import How
from netmap.exchange.spreadsheets.mapping import Mapping, SheetMapping
from netmap.exchange.spreadsheets.mapping_files import from_toml, to_toml
from netmap.exchange.spreadsheets.matching import HeadingMatch
from netmap.exchange.spreadsheets.proposal import Proposal, SheetProposal, answered, decide
from netmap.exchange.spreadsheets.proposing import propose
from netmap.exchange.spreadsheets.reading import read

__all__ = [
    "HeadingMatch",
    "How",
    "Mapping",
    "Proposal",
    "SheetMapping",
    "SheetProposal",
    "answered",
    "decide",
    "from_toml",
    "propose",
    "read",
    "to_toml",
]
