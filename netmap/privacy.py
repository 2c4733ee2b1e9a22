"""Audiences, what each may see, and small numbers.

These are the rules alone, as pure functions; ``networks.redaction`` applies them to a register
before anything is worked out or drawn for an audience.
"""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum

from netmap.language import _, number

Protected = int | str | None
SUPPRESSED = "*"

# Words of places that must stay hidden. "Refugee" is not among them, nor "City of Sanctuary":
# a false alarm hides a group until someone decides, so the words are chosen narrowly.
_REFUGE = re.compile(
    r"\brefuges?\b|\bsafe[\s-]?houses?\b|\bwomen'?s shelters?\b|\bsanctuary (?:scheme|house)s?\b"
    r"|\b(?:domestic (?:violence|abuse)|dva?|asylum|trafficking)\b.{0,20}\baccommodation\b"
    r"|\baccommodation\b.{0,40}\b(?:fleeing|domestic (?:violence|abuse)|trafficking)\b",
    re.IGNORECASE,
)
# Without one of these none of the above can match; to look for them takes a tenth of the time.
_STEMS = ("refuge", "safe", "shelter", "sanctuary", "accommodat")


class Audience(StrEnum):
    """Who an output is for, narrowest first."""

    PUBLIC = "public"
    PARTNERS = "partners"
    STAFF = "staff"

    @property
    def rank(self) -> int:
        """Nought for the public, who may see least."""
        return _RANKS[self]

    def includes(self, other: "Audience") -> bool:
        """Tell whether this audience may see what is meant for `other`."""
        return self.rank >= other.rank


class Visibility(StrEnum):
    """How hidden a row is, openest first."""

    PUBLIC = "public"
    AREA_ONLY = "area_only"
    WITHHELD = "withheld"

    @property
    def rank(self) -> int:
        """Nought for the openest."""
        return _RANKS[self]


_RANKS: Mapping[StrEnum, int] = {
    one: rank for kind in (Audience, Visibility) for rank, one in enumerate(kind)
}


def narrower(one: Audience, other: Audience) -> Audience:
    """Choose the audience of two that may see less."""
    return min(one, other, key=lambda audience: audience.rank)


def strictest(visibilities: Iterable[Visibility]) -> Visibility:
    """Choose the most hidden; public where there is none."""
    return max(visibilities, key=lambda v: v.rank, default=Visibility.PUBLIC)


def looks_like_refuge(texts: Iterable[str]) -> bool:
    """Tell whether any of these words suggest a refuge or safe house."""
    return any(_may_be_refuge(text) and _REFUGE.search(text) for text in texts)


def _may_be_refuge(text: str) -> bool:
    folded = text.casefold()
    return any(stem in folded for stem in _STEMS)


def protect_count(
    count: float | None, audience: Audience, *, suppress_at_most: int, round_to: int
) -> Protected:
    """Protect one head-count of people.

    Returns:
        The whole number for staff; for others `*` where it is small, else the nearest multiple of
        `round_to`, halves upwards; None where the count is unknown.
    """
    if count is None or audience is Audience.STAFF:
        return None if count is None else round(count)
    rounded = int((count + round_to / 2) // round_to) * round_to
    # Suppressed is never shown as nought, whatever the limits are.
    return rounded if count > suppress_at_most and rounded else SUPPRESSED


def protect_row(
    counts: Mapping[str, float | None],
    audience: Audience,
    *,
    suppress_at_most: int,
    round_to: int,
) -> dict[str, Protected]:
    """Protect a row of head-counts that add up to a total which is shown.

    Where one cell is suppressed, the next smallest is too, or the total would give it away.
    """
    protected = {
        key: protect_count(n, audience, suppress_at_most=suppress_at_most, round_to=round_to)
        for key, n in counts.items()
    }
    small = {key for key, shown in protected.items() if shown == SUPPRESSED}
    for key in to_suppress_beside(counts, small):
        protected[key] = SUPPRESSED
    return protected


def to_suppress_beside(
    counts: Mapping[str, float | None], suppressed: AbstractSet[str]
) -> tuple[str, ...]:
    """Choose the smallest that is shown beside a single one suppressed; none beside several."""
    if len(suppressed & counts.keys()) != 1:
        return ()
    shown = [(n, key) for key, n in counts.items() if n is not None and key not in suppressed]
    return (min(shown)[1],) if shown else ()


def rule_in_words(*, suppress_at_most: int, round_to: int) -> str:
    """Say under a table how its head-counts are protected."""
    return _(
        "Counts of people of %(most)s or fewer are shown as %(mark)s, and so is the next smallest "
        "of the same row; others are rounded to the nearest %(multiple)s. %(mark)s never means "
        "none.",
        most=number(suppress_at_most),
        multiple=number(round_to),
        mark=SUPPRESSED,
    )
