"""How two names differ, beyond how alike their letters are.

A score alone is not safe: "Women's Health Matters" is 95 % of "Men's Health Matters", and a branch
is as like its parent as a misspelling is. So the words are paired off first, and what is left over
on either side says what kind of difference it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from netmap.networks.duplicates.names import Name, initials
from netmap.networks.duplicates.words import Kind, Mark, Words

_SHORT_WORD = 4
_LONG_WORD = 8
_LEAST_SHARED = 60  # below this two names are different altogether, and no contrast of one kind
ACRONYM_SCORE = 90


class Difference(StrEnum):
    """What kind of difference there is between two names."""

    NONE = "none"
    SPELLING = "spelling"
    ACRONYM = "acronym"
    LONGER = "longer"
    OTHER_WORDS = "other words"
    BRANCH = "branch"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two names compared.

    Attributes:
        difference: What kind of difference there is.
        score: How alike they are, 0 to 100.
        tail_only: All that differs stands in brackets, after a dash or after a comma.
        words: The telling words of which only one name has each.
    """

    difference: Difference
    score: int
    tail_only: bool = False
    words: tuple[str, ...] = ()


def compare(one: Name, other: Name, words: Words) -> Compared:
    """Compare two names.

    Args:
        one: A name.
        other: A name.
        words: The telling words of the register.
    """
    left, right = (*one.words, *one.aside), (*other.words, *other.aside)
    if one.joined == other.joined and one.aside == other.aside:
        return Compared(Difference.NONE, 100)
    if one.joined in other.initials or other.joined in one.initials:
        return Compared(Difference.ACRONYM, ACRONYM_SCORE)
    here, there, slips = _left_over(left, right, words)
    shared = len(left) > len(here)
    if not here and not there:
        return Compared(Difference.SPELLING if slips else Difference.NONE, _score(one, other))
    if shared and _is_acronym(left, here, right, there):
        return Compared(Difference.ACRONYM, ACRONYM_SCORE)
    score = _score(one, other)
    telling = _telling(left, here, right, words), _telling(right, there, left, words)
    named = tuple(mark.concept for marks in telling for mark in marks)
    tail_only = _in_tail(one, here) and _in_tail(other, there)
    if any(telling):
        branch = shared and _is_branch(here, there, telling, tail_only=tail_only)
        contrast = shared or score >= _LEAST_SHARED
        if branch:
            return Compared(Difference.BRANCH, _set_score(one, other), tail_only, named)
        if contrast:
            return Compared(Difference.CONTRAST, score, tail_only, named)
    if tail_only and here and there:
        return Compared(Difference.CONTRAST, score, tail_only, (*one.aside, *other.aside))
    kind = Difference.OTHER_WORDS if here and there else Difference.LONGER
    return Compared(kind, score, tail_only, named)


def _left_over(
    left: Sequence[str], right: Sequence[str], words: Words
) -> tuple[list[int], list[int], int]:
    """Pair words off: the same ones, then slips of the finger.

    Returns:
        The positions left over on each side, and how many slips there were.
    """
    there = list(range(len(right)))
    here = []
    for at, word in enumerate(left):
        same = next((n for n in there if right[n] == word), None)
        if same is None:
            here.append(at)
        else:
            there.remove(same)
    kept = []
    slips = 0
    for at in here:
        near = next((n for n in there if _slip(left[at], right[n], words)), None)
        if near is None:
            kept.append(at)
        else:
            there.remove(near)
            slips += 1
    return kept, there, slips


def _slip(one: str, other: str, words: Words) -> bool:
    """Tell whether one word is probably the other, misspelt or in the plural."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # only needed once names are near

    if one[0] != other[0] or min(len(one), len(other)) < _SHORT_WORD:
        return False
    meaning = words.concept(one), words.concept(other)
    if None not in meaning and meaning[0] != meaning[1]:
        return False
    if any(c.isdigit() for c in one + other):
        return False
    allowed = 2 if min(len(one), len(other)) >= _LONG_WORD else 1
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _is_acronym(
    left: Sequence[str], here: Sequence[int], right: Sequence[str], there: Sequence[int]
) -> bool:
    """Tell whether what is left over of one name are the initials of what is left of the other."""
    ours, theirs = [left[n] for n in here], [right[n] for n in there]
    if len(ours) == 1 and len(theirs) > 1:
        return ours[0] in initials(theirs)
    return len(theirs) == 1 and len(ours) > 1 and theirs[0] in initials(ours)


def _telling(
    name: Sequence[str], left_over: Sequence[int], other: Sequence[str], words: Words
) -> list[Mark]:
    """Find the telling words that only this name has, among those left over."""
    known = {mark.concept for mark in words.marks(other)}
    return [
        mark
        for mark in words.marks(name)
        if mark.concept not in known and set(mark.at) & set(left_over)
    ]


def _is_branch(
    here: Sequence[int],
    there: Sequence[int],
    telling: tuple[list[Mark], list[Mark]],
    *,
    tail_only: bool,
) -> bool:
    """Tell whether one name is the other with a place or a part added, and nothing else."""
    if here and there:
        return False
    marks = telling[0] or telling[1]
    kinds = {mark.kind for mark in marks}
    if kinds & {Kind.WHO, Kind.NUMBER}:
        return False
    covered = {n for mark in marks for n in mark.at}
    return tail_only or Kind.BRANCH in kinds or set(here or there) <= covered


def _in_tail(name: Name, left_over: Sequence[int]) -> bool:
    """Tell whether what is left over of a name stands in brackets or after a dash."""
    starts = len(name.words) - name.tail
    return all(n >= starts for n in left_over)


def _score(one: Name, other: Name) -> int:
    from rapidfuzz import fuzz  # noqa: PLC0415

    return int(fuzz.ratio(one.ordered, other.ordered))


def _set_score(one: Name, other: Name) -> int:
    """Score what two names have in common, however much one of them adds."""
    from rapidfuzz import fuzz  # noqa: PLC0415

    return int(fuzz.token_set_ratio(one.ordered, other.ordered))
