"""What was found in a table of travel times, in words."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netmap.build.travel import TravelTaken


def travel_in_words(found: "TravelTaken") -> tuple[str, ...]:
    """Say what was matched, how much has no way, and what the network has then."""
    sources, areas = found.sources
    destinations, activities = found.destinations
    share = found.no_way / found.pairs if found.pairs else 0.0
    replaced = f", {found.replaced:,} of them in the place of older ones" if found.replaced else ""
    matched = (
        f"{areas:,} of {sources:,} sources are areas of the network, "
        f"{activities:,} of {destinations:,} destinations are activities."
    )
    times = (
        f"{found.pairs:,} travel times between them{replaced}; {found.no_way:,} ({share:.1%}) say "
        "that there is no way."
    )
    after = f"With what the network had, {found.after:,} travel times that have a way."
    return matched, times, after
