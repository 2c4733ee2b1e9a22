"""Whether alike tie with alike, said in words."""

from typing import TYPE_CHECKING

from netmap.gaps.context import plural

if TYPE_CHECKING:
    from netmap.networks.measures import Homophily, Mixing
    from netmap.vocabulary import Vocabularies

# Fewer ties than this show no habit; a share this near to the expected one is as good as equal.
_FEW = 10
_NEAR = 0.1
_LEAST = 0.005
_KNOWN = {"sector": "have a known sector", "community": "are for a community that is known"}
_ALIKE = {"sector": "are of one sector", "community": "share a community"}


def mixing_in_words(one: "Homophily", words: "Vocabularies", organisations: int) -> str:
    """Say for one trait whether alike tie with alike, set against chance, and the figures.

    Args:
        one: The trait.
        words: The vocabularies.
        organisations: How many the network has.
    """
    label = words[one.by].label
    pairs = one.within + one.across
    if one.share_within is None or one.expected_within is None:
        return (
            f"By {one.by}: {one.organisations} of {plural(organisations, 'organisation')} "
            f"{_KNOWN[one.by]}; no tie joins two of these."
        )
    left = f" {plural(one.left_out, 'tied pair')} with an end not known." if one.left_out else ""
    if one.expected_within == 1:
        what = f"are all {label(one.groups[0].key)}" if len(one.groups) == 1 else "are all alike"
        return (
            f"By {one.by}: {one.organisations} of {plural(organisations, 'organisation')} "
            f"{_KNOWN[one.by]}, and these {what}: nothing to compare.{left}"
        )
    return (
        f"By {one.by}: {_verdict(one)}. {one.within} of {plural(pairs, 'tied pair')} "
        f"({percent(one.share_within)}) {_ALIKE[one.by]}; of all pairs, tied or not, "
        f"it is {percent(one.expected_within)}{_figures(one)}.{left}{_inward_groups(one, words)}"
    )


def _verdict(one: "Homophily") -> str:
    if one.within + one.across < _FEW:
        return f"too few ties to tell (under {_FEW})"
    more = (one.share_within or 0) - (one.expected_within or 0)
    if abs(more) < _NEAR:
        return "about as often as by chance"
    return "yes, more often than by chance" if more > 0 else "no, less often than by chance"


def _figures(one: "Homophily") -> str:
    figures = [f"E-I index {one.ei_index:.2f}"] if one.ei_index is not None else []
    if one.assortativity is not None:
        figures.append(f"assortativity {one.assortativity:.2f}")
    return f" ({', '.join(figures)})" if figures else ""


def _inward_groups(one: "Homophily", words: "Vocabularies") -> str:
    """Name the groups that tie among themselves alone."""
    label = words[one.by].label
    inward = [group for group in one.groups if _inward(group)]
    if not inward:
        return ""
    names = ", ".join(f"{label(group.key)} ({plural(group.within, 'tie')})" for group in inward)
    return f" Tied among themselves alone: {names}."


def _inward(group: "Mixing") -> bool:
    return group.within > 0 and group.across == 0


def percent(share: float) -> str:
    """Write a share as people do; what is little is not nothing."""
    return "less than 1%" if 0 < share < _LEAST else f"{share:.0%}"
