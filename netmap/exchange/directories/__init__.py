"""Directories of services: Open Referral (HSDS 3, Open Referral UK) and Outpost, both ways.

JSON pages and tabular packages come down to one nested form (:mod:`feed`), from which organisations
and activities are drafted; the same form is written from a register. Names of people are in every
directory and are never taken. What becomes of a draft is for :mod:`netmap.exchange.intake`.

Readers are :mod:`pages` (JSON), :mod:`tables` (tabular packages) and :mod:`outpost`; writers are
:mod:`hsds_package` and :mod:`oruk_page`.

    >>> from netmap.exchange.directories import pages
    >>> draft = pages.read(Path("feed"), "feed", vocabularies)
"""

from netmap.exchange.directories import hsds_package, oruk_page, outpost, pages, tables

__all__ = ["hsds_package", "oruk_page", "outpost", "pages", "tables"]
