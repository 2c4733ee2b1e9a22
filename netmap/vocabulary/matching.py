"""When two ways of writing something are the same, and when they are nearly the same."""

import unicodedata
from collections.abc import Mapping

# Any two names of three letters are within an edit or two, so shorter ones are never offered.
_SHORTEST = 3
_CHARACTERS_PER_SLIP = 4
_ALIKE = 90


def key(text: str) -> str:
    """Reduce a name to what matters when names are compared.

    Args:
        text: A slug, label, alias or code as somebody wrote it.

    Returns:
        Its letters and digits, in one case, without accents; ``&`` reads as ``and``. Empty where
        the text has neither letter nor digit.
    """
    folded = text.casefold().replace("&", "and")
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
    return "".join(filter(str.isalnum, folded))


def nearest(text: str, names: Mapping[str, str]) -> str | None:
    """Find what somebody probably meant.

    Slips of the finger come first (one in three to seven characters, two in eight, and so on, a
    swap of neighbours being one), then the longest name whose words are all there, whatever their
    order and whatever stands beside them.

    Args:
        text: What was written.
        names: Every name that could have been meant, and the slug it stands for.

    Returns:
        The slug of the nearest name, or nothing where no name is near.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415  only a misspelling needs it
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    written = key(text)
    if len(written) < _SHORTEST:
        return None
    by_key = {key(name): slug for name, slug in names.items() if len(key(name)) >= _SHORTEST}
    slips = max(1, len(written) // _CHARACTERS_PER_SLIP)
    slip = process.extractOne(written, by_key.keys(), scorer=OSA.distance, score_cutoff=slips)
    if slip is not None:
        return by_key[slip[0]]
    words = _words(text)
    # A single word would be "all there" in every longer name that has it.
    if " " not in words:
        return None
    by_words = {_words(name): slug for name, slug in names.items() if len(name) >= _SHORTEST}
    longest_first = sorted(by_words, key=len, reverse=True)
    same = process.extractOne(
        words, longest_first, scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE
    )
    return None if same is None else by_words[same[0]]


def _words(text: str) -> str:
    spaced = "".join(
        character if character.isalnum() else " " for character in text.casefold().replace("'", "")
    )
    return " ".join(spaced.split())
