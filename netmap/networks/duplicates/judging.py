"""Whether two organisations may be one body, and why.

The rules, in order: one charity or company number is a strong match, or with another name and
postcode a branch; different numbers of one register are a veto; a name at least 90 % alike, or
initials, count with something that supports them; the very same name counts where the place does
not speak against it. Names that differ in whom they are for, in a number or in a place are never
one body's. A name alone is never enough.
"""

from netmap.networks.duplicates.differences import Difference
from netmap.networks.duplicates.evidence import (
    ALIKE,
    Names,
    Support,
    best_names,
    postcodes_differ,
    same_place,
    supporting,
)
from netmap.networks.duplicates.identifiers import (
    Identifier,
    conflict_in_words,
    conflicts,
    linked_apart,
    shared,
)
from netmap.networks.duplicates.pair import Likely, Pair
from netmap.networks.duplicates.reasons import against, name_reason, place_reason
from netmap.networks.duplicates.traits import Traits
from netmap.networks.duplicates.words import Words


def judge(one: Traits, other: Traits, words: Words) -> Pair | None:
    """Say whether two organisations may be one body.

    Args:
        one: The one that comes first.
        other: The other.
        words: The telling words of the register.

    Returns:
        The pair with its reasons, or None where there is too little to go by.
    """
    number = shared(one.identifiers, other.identifiers)
    differing = conflicts(one.identifiers, other.identifiers)
    if differing and not number:
        return None
    names = best_names(one, other, words)
    support = supporting(one, other)
    if number:
        likely = _by_number(one, other, names)
        reasons = [number.shared_in_words, *name_reason(names), *support.words]
        cautions = [conflict_in_words(register) for register in differing]
        return _pair(
            one, other, 100, likely, [*reasons, *cautions, *against(one, other, words)], number
        )
    if not _enough(one, other, names, support, words):
        return None
    likely = _by_name(one, other, names, support, words)
    reasons = [
        *name_reason(names),
        *support.words,
        *place_reason(one, other, names, support, words),
    ]
    return _pair(one, other, names.compared.score, likely, [*reasons, *against(one, other, words)])


def _pair(
    one: Traits,
    other: Traits,
    score: int,
    likely: Likely,
    reasons: list[str],
    number: Identifier | None = None,
) -> Pair:
    said = tuple(dict.fromkeys(reasons))
    return Pair(one.id, other.id, score, likely, said, str(number) if number else None)


def _enough(one: Traits, other: Traits, names: Names, support: Support, words: Words) -> bool:
    """Tell whether names and what supports them are enough to ask somebody."""
    kind = names.compared.difference
    if kind is Difference.CONTRAST:
        return False
    if kind is Difference.BRANCH:
        return bool(support.words) or (names.exact and same_place(one, other, words) is not False)
    if kind is Difference.ACRONYM:
        return bool(support.words)
    if names.compared.score < ALIKE:
        # "Mencap - Otley" beside "Mencap": a place nobody told us of, if it is at another address.
        tail = kind is Difference.LONGER and names.compared.tail_only
        return tail and bool(support.words) and postcodes_differ(one, other)
    if kind is Difference.OTHER_WORDS and not names.exact:
        return support.close
    if support.words:
        return True
    an_own_name = names.one is one.name or names.other is other.name
    return names.exact and an_own_name and same_place(one, other, words) is not False


def _by_number(one: Traits, other: Traits, names: Names) -> Likely:
    if linked_apart(one.identifiers, other.identifiers):
        return "branch"
    if names.same:
        return "same"
    telling = names.compared.difference in {Difference.BRANCH, Difference.CONTRAST}
    return "branch" if telling or postcodes_differ(one, other) else "same"


def _by_name(one: Traits, other: Traits, names: Names, support: Support, words: Words) -> Likely:
    if names.compared.difference is Difference.BRANCH:
        return "branch"
    if not postcodes_differ(one, other):
        elsewhere = same_place(one, other, words) is False
        return "branch" if elsewhere and not support.close else "same"
    # The same body may have moved within its area; two addresses far apart are two premises.
    near = same_place(one, other, words) is True
    return "same" if near and support.words and not names.compared.tail_only else "branch"
