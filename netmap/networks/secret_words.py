"""Taking many secret words out of texts, in a time that does not grow with the number of words.

A pattern of ten thousand words would be tried, word by word, at each letter. Here a text is taken
apart into pieces, and from each piece on it is looked up how far what stands there is how a secret
word begins; only what is a secret word then meets the pattern of that word.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

# A run of letters and digits, or one sign; spaces are between pieces, never in one.
_PIECE = re.compile(r"\w+|[^\w\s]")
# Patterns take these for an i, and casefold does not.
_DOTS = str.maketrans({"\u0130": "i", "\u0131": "i"})


class SecretWords:
    """Words to be taken out of texts, however they are spaced or capitalised."""

    def __init__(self, words: Sequence[str], instead: str) -> None:
        """Prepare to look words up.

        Args:
            words: The words; where several begin at one place, the first of them is taken.
            instead: What stands in their place.
        """
        self._instead = instead
        self._begun: set[str] = set()
        self._whole: dict[str, list[tuple[int, str]]] = {}
        self._clean: dict[str, str] = {}
        for rank, word in enumerate(words):
            begun = ""
            for piece in _folded_pieces(word):
                begun += piece
                self._begun.add(begun)
            self._whole.setdefault(begun, []).append((rank, word))

    def out_of(self, text: str) -> str:
        """Take the words out of a text."""
        if text not in self._clean:
            self._clean[text] = self._cleaned(text)
        return self._clean[text]

    def _cleaned(self, text: str) -> str:
        folded = _folded_pieces(text)
        if self._begun.isdisjoint(folded):
            return text
        pieces = list(_PIECE.finditer(text))
        parts: list[str] = []
        done = 0
        for at, begun in enumerate(folded):
            start = pieces[at].start()
            if begun not in self._begun or start < done:
                continue
            end = self._end(text, start, folded, at)
            if end is not None:
                parts += [text[done:start], self._instead]
                done = end
        return "".join([*parts, text[done:]]) if parts else text

    def _end(self, text: str, start: int, folded: Sequence[str], at: int) -> int | None:
        """Find where the secret word ends that starts at a piece; None where none does."""
        found: list[tuple[int, str]] = []
        begun = folded[at]
        while begun in self._begun:
            found += self._whole.get(begun, ())
            at += 1
            if at == len(folded):
                break
            begun += folded[at]
        matches = (_pattern(word).match(text, start) for _, word in sorted(found))
        return next((match.end() for match in matches if match), None)


def _folded_pieces(text: str) -> list[str]:
    if text.isascii():
        return _PIECE.findall(text.lower())
    # Folded first, a letter could become two and a piece another.
    return [piece.translate(_DOTS).casefold() for piece in _PIECE.findall(text)]


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    # However it is spaced: LS1 1UR is LS11UR.
    spaced = re.sub(r"(?:\\\s)+", r"\\s*", re.escape(word))
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)
