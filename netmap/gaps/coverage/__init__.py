"""Rules about who has nothing, or too little: coverage by community, type and rate."""

from netmap.gaps.coverage import communities, community_types, rates  # noqa: F401  # importing registers the rules
