"""Rules about where activities are: rural reach, settlements, transport, networks, online."""

from netmap.gaps.location import networks, rural, settlements  # noqa: F401  # importing registers the rules
