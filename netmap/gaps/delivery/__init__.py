"""Rules about how support is offered: approaches, room, how often people meet, ways in."""

from netmap.gaps.delivery import approaches, capacity, contact, missing  # noqa: F401  # importing registers the rules
