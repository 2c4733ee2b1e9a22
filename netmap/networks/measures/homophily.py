"""Whether alike tie with alike: organisations of one sector, or for one community."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import comb

from netmap.networks.graph import ties_only
from netmap.networks.measures.serving import communities_of, with_wider
from netmap.networks.register import Register
from netmap.vocabulary import Vocabulary

Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Mixing:
    """How often those of one group tie with each other and with the rest.

    Attributes:
        key: The group: a sector or a community.
        organisations: How many are in it.
        within: Tied pairs of which both are in it.
        across: Tied pairs of which one is.
        ei_index: (across - within) / (across + within): -1 where all ties stay within, 1 where
            all lead out (Krackhardt and Stern 1988); None without ties.
    """

    key: str
    organisations: int
    within: int
    across: int
    ei_index: float | None


@dataclass(frozen=True, slots=True)
class Homophily:
    """Whether alike tie with alike, by one trait.

    Only organisations whose trait is known count, and the tied pairs among them.

    Attributes:
        by: ``sector`` or ``community``. By community, two are alike that share one at least.
        organisations: How many have a known trait.
        within: Tied pairs of alike.
        across: Tied pairs of unlike.
        left_out: Tied pairs with an end whose trait is not known.
        ei_index: As for a group, over all pairs.
        share_within: Share of the tied pairs that are of alike, 0 to 1; None without any.
        expected_within: The share of alike among all pairs, tied or not: what ties made without
            regard to the trait would come to.
        assortativity: Newman's coefficient (2003, eq. 2), 1 where all ties are of alike, 0 where
            they are as often as the ends' number of ties makes likely; None where it has no value
            (all of one kind, no ties) and by community, where kinds overlap.
        groups: Each group, by key.
    """

    by: str
    organisations: int
    within: int
    across: int
    left_out: int
    ei_index: float | None
    share_within: float | None
    expected_within: float | None
    assortativity: float | None
    groups: tuple[Mixing, ...]


def homophily(
    register: Register, communities: Vocabulary | None = None
) -> tuple[Homophily, Homophily]:
    """Ask by sector and by community whether alike tie with alike.

    Args:
        register: The network.
        communities: With it, one that is for a narrower community is for the wider ones too.

    Returns:
        By sector, then by community: those an organisation serves or is led by; one that is open
        to anyone and led by none is for none in particular, and left out.
    """
    pairs = list(ties_only(register).edges)
    sectors = {one.id: frozenset({one.sector}) for one in register.organisations if one.sector}
    served = {
        one: with_wider({*those.led_by, *those.serves}, communities)
        for one, those in communities_of(register).items()
    }
    named = {one: codes for one, codes in served.items() if codes}
    return (
        _mixed("sector", sectors, pairs, assortativity(sectors, pairs)),
        _mixed("community", named, pairs, None),
    )


def assortativity(kind: Mapping[str, frozenset[str]], pairs: Iterable[Ends]) -> float | None:
    """Work out Newman's coefficient for kinds of which each organisation has one.

    Source: M. E. J. Newman, Mixing patterns in networks, Physical Review E 67 (2003), eq. 2.
    """
    known = [(kind[a], kind[b]) for a, b in pairs if a in kind and b in kind]
    ends = Counter(one for pair in known for one in pair)
    if len(ends) < 2:  # noqa: PLR2004  # of one kind all ties are of alike, whatever they are
        return None
    chance = sum((many / (2 * len(known))) ** 2 for many in ends.values())
    alike = sum(a == b for a, b in known) / len(known)
    return round((alike - chance) / (1 - chance), 6)


def ei_index(within: int, across: int) -> float | None:
    """Set ties across against ties within, from -1 to 1 (Krackhardt and Stern 1988)."""
    return round((across - within) / (across + within), 6) if across + within else None


def _mixed(
    by: str,
    kinds: Mapping[str, frozenset[str]],
    pairs: list[Ends],
    coefficient: float | None,
) -> Homophily:
    known = [(kinds[a], kinds[b]) for a, b in pairs if a in kinds and b in kinds]
    within = sum(not one.isdisjoint(other) for one, other in known)
    across = len(known) - within
    return Homophily(
        by=by,
        organisations=len(kinds),
        within=within,
        across=across,
        left_out=len(pairs) - len(known),
        ei_index=ei_index(within, across),
        share_within=round(within / len(known), 6) if known else None,
        expected_within=_alike_at_all(kinds),
        assortativity=coefficient,
        groups=tuple(_groups(kinds, known)),
    )


def _alike_at_all(kinds: Mapping[str, frozenset[str]]) -> float | None:
    """Give the share of all pairs that are alike, counting those of equal kinds together."""
    if len(kinds) < 2:  # noqa: PLR2004  # one is no pair
        return None
    many = Counter(kinds.values())
    those = sorted(many, key=sorted)
    alike = sum(comb(many[one], 2) for one in those if one)
    alike += sum(
        many[one] * many[other]
        for at, one in enumerate(those)
        for other in those[at + 1 :]
        if not one.isdisjoint(other)
    )
    return round(alike / comb(len(kinds), 2), 6)


def _groups(
    kinds: Mapping[str, frozenset[str]], known: list[tuple[frozenset[str], frozenset[str]]]
) -> list[Mixing]:
    size = Counter(key for keys in kinds.values() for key in keys)
    within, across = Counter[str](), Counter[str]()
    for one, other in known:
        within.update(one & other)
        across.update(one ^ other)
    return [
        Mixing(key, size[key], within[key], across[key], ei_index(within[key], across[key]))
        for key in sorted(size)
    ]
