"""Rules about where activities are: rural reach, settlements, transport, networks, online."""

from netmap.gaps.location import networks, online, rural, settlements, transport  # noqa: F401  # importing registers the rules
