"""Official statistics by area as they are published: who lives there, how rural, how deprived.

Tables are told by what is in them (codes such as ``E01010568``, and what stands beside them) rather
than by their headings, which change with every release. They add to areas the register has; the
areas themselves come from a boundary file (:mod:`netmap.exchange.statistics.boundaries`). A code
that the register lacks is left over, and said: most often the years of the boundaries differ.
"""

from netmap.exchange.statistics.reading import KINDS, read, told

__all__ = ["KINDS", "read", "told"]
