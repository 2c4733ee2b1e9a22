"""The pseudo-locale ``en-XA``: English with every letter changed.

What is not in the catalogue is seen at once. CLDR keeps the tag for this.
"""

import re
from typing import Final

from netmap.language.texts import Texts

PSEUDO_LANGUAGE: Final = "en-XA"
_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CHANGED = "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýž"
_LETTERS = str.maketrans(_PLAIN, _CHANGED)
# A value's place, a tag or an entity is not text.
_KEPT = re.compile(r"(%\(\w+\)\w|%%|<[^>]*>|&\w+;)")


def changed(text: str) -> str:
    """Change every letter of a text, and none of what is not text in it."""
    return "".join(
        part if at % 2 else part.translate(_LETTERS) for at, part in enumerate(_KEPT.split(text))
    )


class PseudoTexts(Texts):
    """A catalogue that has something for every text."""

    def one(self, text: str) -> str:
        """Change a text."""
        return changed(text)

    def counted(self, one: str, many: str, count: int) -> str:
        """Change the text that goes with a count."""
        return changed(one if count == 1 else many)

    def within(self, context: str, text: str) -> str:  # noqa: ARG002  # a change needs no context
        """Change a text."""
        return changed(text)

    def shaped(self, written: str) -> str:
        """Change a day."""
        return changed(written)
