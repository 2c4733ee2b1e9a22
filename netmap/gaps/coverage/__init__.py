"""Rules about who has nothing, or too little: by community, language, topic and rate."""

from netmap.gaps.coverage import (  # noqa: F401  # importing registers the rules
    communities,
    community_types,
    intersections,
    languages,
    leaders,
    rates,
    supply,
    topics,
)
