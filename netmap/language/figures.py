"""How numbers and days are written in the language in force."""

from datetime import date
from typing import TYPE_CHECKING

from netmap.language.texts import current, with_thousands
from netmap.times import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from babel import Locale


def number(value: float, decimals: int | None = None) -> str:
    """Write a number, thousands apart.

    Args:
        value: The number.
        decimals: How many to write; as many as it has, and none of a whole number, unless said.
    """
    if decimals is not None:
        written = f"{value:,.{decimals}f}"
    else:
        written = f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
    return with_thousands(written, current())


def day(when: date) -> str:
    """Write a day, as ``22 November 2026``."""
    texts = current()
    if texts.english:
        return texts.shaped(f"{when.day} {MONTHS[when.month - 1]} {when.year}")
    from babel.dates import format_date  # noqa: PLC0415  # only other languages need it

    return format_date(when, "long", locale_of(texts.language))


def weekday(when: date) -> str:
    """Write a day with its weekday and no year, as ``Sunday 22 November``."""
    texts = current()
    if texts.english:
        return texts.shaped(f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}")
    from babel.dates import format_date  # noqa: PLC0415

    locale = locale_of(texts.language)
    skeletons = locale.datetime_skeletons
    pattern = skeletons.get("MMMMEEEEd") or f"EEEE {skeletons.get('MMMMd') or 'd MMMM'}"
    return format_date(when, str(pattern), locale)


def month(when: date) -> str:
    """Write a month, as ``November 2026``."""
    texts = current()
    if texts.english:
        return texts.shaped(f"{MONTHS[when.month - 1]} {when.year}")
    from babel.dates import format_skeleton  # noqa: PLC0415

    return format_skeleton("yMMMM", when, locale=locale_of(texts.language))


def weekday_names() -> tuple[str, ...]:
    """Name the days of the week, Monday first."""
    texts = current()
    if texts.english:
        return tuple(texts.shaped(name) for name in WEEKDAYS)
    names = locale_of(texts.language).days["stand-alone"]["wide"]
    return tuple(str(names[at]) for at in range(len(WEEKDAYS)))


def short_weekday(when: date) -> str:
    """Write a weekday in a few letters, as ``Sun``."""
    texts = current()
    if texts.english:
        return texts.shaped(WEEKDAYS[when.weekday()][:3])
    return str(locale_of(texts.language).days["format"]["abbreviated"][when.weekday()])


def language_name(code: str, english: str | None) -> str | None:
    """Name a language; its English name where the language in force has none for it.

    Args:
        code: BCP 47, without region and script.
        english: Its English name, where one is known.
    """
    texts = current()
    if texts.english:
        return english and texts.shaped(english)
    return locale_of(texts.language).languages.get(code) or english


def is_language(tag: str) -> bool:
    """Tell whether the days and numbers of a language are known."""
    from babel import UnknownLocaleError  # noqa: PLC0415

    try:
        locale_of(tag)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def locale_of(language: str) -> "Locale":
    """Find what CLDR knows of a language.

    Raises:
        babel.UnknownLocaleError: Nothing.
        ValueError: It is no BCP 47 tag.
    """
    from babel import Locale  # noqa: PLC0415  # only other languages need it

    return Locale.parse(language, sep="-")
