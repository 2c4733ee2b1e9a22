"""Grants as funders publish them in the 360Giving standard, as ``funds`` ties between bodies.

Each grant to an organisation makes its funder, its recipient and a tie between them. Grants to
people are set aside unread: netmap keeps no personal data. What becomes of the draft, and whether
a recipient is already in the register, is for :mod:`netmap.exchange.intake`.

    >>> from netmap.exchange.grants import read
    >>> draft = read(Path("grants.xlsx"), "grants.xlsx", vocabularies)
"""

from netmap.exchange.grants.reading import read, recognises

__all__ = ["read", "recognises"]
