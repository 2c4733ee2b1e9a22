"""Every text people read on pages, maps, feeds and in lists of gaps, from one catalogue.

English stands in the code, where gettext has it; ``netmap.pot`` beside this file lists all of it.
A workspace may say any text in its own words (``[texts]`` in ``netmap.toml``) or have all of them
in another language (``texts/<language>.po``). What netmap says on the terminal about files and
commands is English.

Messages are whole sentences with named values, ``_("No group in %(area)s", area=name)``; counts
go through :func:`ngettext`. Who writes a text that must wait marks it with :func:`N_`.
"""

from netmap.language import templates
from netmap.language.figures import (
    day,
    is_language,
    language_name,
    month,
    number,
    short_weekday,
    weekday,
    weekday_names,
)
from netmap.language.loading import english_texts, load, shipped
from netmap.language.scripts import (
    folding,
    in_languages,
    in_other_letters,
    own_script,
    script,
    spoken,
)
from netmap.language.texts import (
    ENGLISH,
    N_,
    Texts,
    _,
    current,
    gettext,
    ngettext,
    pgettext,
    use,
)

__all__ = [
    "ENGLISH",
    "N_",
    "Texts",
    "_",
    "current",
    "day",
    "english_texts",
    "folding",
    "gettext",
    "in_languages",
    "in_other_letters",
    "is_language",
    "language_name",
    "load",
    "month",
    "ngettext",
    "number",
    "own_script",
    "pgettext",
    "script",
    "shipped",
    "short_weekday",
    "spoken",
    "templates",
    "use",
    "weekday",
    "weekday_names",
]
