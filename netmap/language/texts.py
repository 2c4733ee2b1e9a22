"""The catalogue in force: every text people read, in the workspace's language and its own words.

English is in the code, as gettext has it: a text stands where it is used, and is its own name in
the catalogue. Texts are taken from the catalogue when they are needed, never when a module is
loaded; what has to stand in a module's data is marked with :func:`N_` and taken later.
"""

import gettext as catalogues
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

ENGLISH_LANGUAGE: Final = "en-GB"


@dataclass(frozen=True)
class Texts:
    """A catalogue.

    Attributes:
        language: BCP 47.
        right_to_left: Whether the language is written from right to left.
        own: The workspace's own words, by the English text; they go before any translation.
        translations: What the language has for the English texts.
        thousands: What stands between thousands.
        decimals: What stands before decimals.
    """

    language: str = ENGLISH_LANGUAGE
    right_to_left: bool = False
    own: Mapping[str, str] = field(default_factory=dict)
    translations: catalogues.NullTranslations = field(default_factory=catalogues.NullTranslations)
    thousands: str = ","
    decimals: str = "."

    @property
    def as_written(self) -> bool:
        """Tell whether every text is as it stands in the code."""
        return (
            type(self) is Texts
            and not self.own
            and type(self.translations) is catalogues.NullTranslations
        )

    @property
    def english(self) -> bool:
        """Tell whether days and numbers are written as in English."""
        return self.language.split("-", maxsplit=1)[0] == "en"

    def one(self, text: str) -> str:
        """Find what stands for an English text: the text itself where nothing else does."""
        return self.own.get(text) or self.translations.gettext(text)

    def counted(self, one: str, many: str, count: int) -> str:
        """Find what stands for an English text that goes with a count."""
        own = self.own.get(one if count == 1 else many)
        return own or self.translations.ngettext(one, many, count)

    def within(self, context: str, text: str) -> str:
        """Find what stands for an English text that means different things in different places."""
        return self.own.get(text) or self.translations.pgettext(context, text)

    def shaped(self, written: str) -> str:
        """Give what is not in the catalogue, as a day, its final shape."""
        return written


ENGLISH: Final = Texts()
_current: ContextVar[Texts] = ContextVar("netmap_texts", default=ENGLISH)


def use(texts: Texts) -> None:
    """Let a catalogue be the one in force, from here on and for this thread alone."""
    _current.set(texts)


def current() -> Texts:
    """Give the catalogue in force."""
    return _current.get()


def gettext(text: str, /, **values: object) -> str:
    """Say a text.

    Args:
        text: The English text, with ``%(name)s`` where a value goes and ``%%`` for a per cent sign.
        values: What goes in.
    """
    return _current.get().one(text) % values


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """Say a text that goes with a count; ``%(count)s`` in it is the count, thousands apart."""
    texts = _current.get()
    values.setdefault("count", with_thousands(f"{count:,}", texts))
    return texts.counted(one, many, count) % values


def pgettext(context: str, text: str, /, **values: object) -> str:
    """Say a text that means different things in different places."""
    return _current.get().within(context, text) % values


def N_(text: str) -> str:  # noqa: N802  # the name gettext's tools know
    """Mark an English text of a module's data for the catalogue; it is said later."""
    return text


def with_thousands(english: str, texts: Texts) -> str:
    """Turn a number as English writes it into the language's."""
    if texts.thousands == "," and texts.decimals == ".":
        return english
    return english.translate({ord(","): texts.thousands, ord("."): texts.decimals})


_ = gettext
