"""Model a peer support network as a geographic graph, and keep what is said of it honest.

The rooms are described in ``docs/decisions.md``; start with :mod:`netmap.networks` from Python,
or with ``netmap --help`` from a terminal.
"""

__version__ = "0.1.0"
