"""The postcode table people supply once: where each postcode is, without asking a service.

The directories of the Office for National Statistics, Code-Point Open, or any plain table with
postcodes and coordinates are understood (:mod:`~netmap.networks.postcodes.headings`), read in
blocks and kept beside the table in a sorted Parquet file of netmap's own
(:mod:`~netmap.networks.postcodes.keeping`), from which :class:`PostcodeTable` looks up only what
is asked for. Which rows of a register get a point from it is for :mod:`netmap.networks.locating`.
"""

from netmap.networks.postcodes.mending import look_alikes
from netmap.networks.postcodes.naming import named_table
from netmap.networks.postcodes.places import Places, State
from netmap.networks.postcodes.table import PostcodeTable, open_table

__all__ = ["Places", "PostcodeTable", "State", "look_alikes", "named_table", "open_table"]
