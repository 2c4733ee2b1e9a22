"""Finding the organisations of a register that may be one body."""

from collections.abc import Iterable, Sequence

from netmap.networks.areas import Areas
from netmap.networks.duplicates.blocks import Index, certain_pairs, likely_pairs
from netmap.networks.duplicates.decisions import Decisions
from netmap.networks.duplicates.evidence import ALIKE
from netmap.networks.duplicates.judging import judge
from netmap.networks.duplicates.names import Name
from netmap.networks.duplicates.pair import Pair
from netmap.networks.duplicates.traits import Traits, traits_of
from netmap.networks.duplicates.words import Words
from netmap.networks.models import Organisation
from netmap.vocabulary import Vocabularies, load

# An abbreviated part, as in "Hamara HLC", leaves no more than this of two names alike.
_WORTH_A_LOOK = 70


def find(
    organisations: Sequence[Organisation],
    decided: Decisions | None = None,
    vocabularies: Vocabularies | None = None,
    areas: Areas | None = None,
) -> tuple[Pair, ...]:
    """Find organisations of one register that may be the same body.

    Args:
        organisations: The rows, in the register's order; of a pair the earlier comes first.
        decided: What people decided; such pairs are left out, in either order.
        vocabularies: The controlled terms of the workspace; the shipped ones where not given.
        areas: The register's areas: their names tell branches apart, and one may lie in another.

    Returns:
        The pairs, the most alike first, then by id. The order of rows changes only which of a pair
        comes first.
    """
    words = Words(vocabularies or load(), areas)
    found = [traits_of(one) for one in organisations]
    certain = certain_pairs(found)
    worth = certain | _alike(found, likely_pairs(found) - certain)
    known = decided or Decisions()
    pairs = (
        judge(found[one], found[other], words)
        for one, other in sorted(worth)
        if not known.settled(found[one].id, found[other].id)
    )
    return tuple(sorted((pair for pair in pairs if pair), key=lambda pair: pair.order))


def match_reasons(
    one: Organisation,
    other: Organisation,
    vocabularies: Vocabularies | Words,
    areas: Areas | None = None,
) -> Pair | None:
    """Say why two organisations may be the same body.

    Args:
        one: The one that comes first.
        other: The other.
        vocabularies: The controlled terms of the workspace; or, for many calls, the
            :class:`Words` made of them once, some milliseconds' work.
        areas: The register's areas, where they are at hand and not in the words already.

    Returns:
        The pair with its reasons, or None where there is too little to go by.
    """
    words = vocabularies if isinstance(vocabularies, Words) else Words(vocabularies, areas)
    return judge(traits_of(one), traits_of(other), words)


def _alike(found: Sequence[Traits], pairs: Iterable[Index]) -> set[Index]:
    """Choose the pairs whose names are near enough to be worth a closer look."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # not every reader looks for duplicates

    worth: set[Index] = set()
    ours: list[str] = []
    theirs: list[str] = []
    pair_at: list[Index] = []
    for pair in sorted(pairs):
        one, other = found[pair[0]], found[pair[1]]
        if _initials_fit(one.names, other.names):
            worth.add(pair)
            continue
        for name in one.names:
            for its in other.names:
                ours.append(name.ordered)
                theirs.append(its.ordered)
                pair_at.append(pair)
    if not pair_at:
        return worth
    whole = process.cpdist(ours, theirs, scorer=fuzz.ratio, score_cutoff=ALIKE)
    parts = process.cpdist(ours, theirs, scorer=fuzz.token_set_ratio, score_cutoff=_WORTH_A_LOOK)
    return worth | {pair_at[at] for at in ((whole > 0) | (parts > 0)).nonzero()[0]}


def _initials_fit(ours: Iterable[Name], theirs: Sequence[Name]) -> bool:
    return any(
        one.joined in other.initials or other.joined in one.initials
        for one in ours
        for other in theirs
    )
