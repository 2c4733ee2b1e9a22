"""Texts inside Jinja templates, where markup and people's words must not mix."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from netmap.language import texts

if TYPE_CHECKING:
    from jinja2 import Environment

EXTENSION = "jinja2.ext.i18n"


def install(environment: "Environment", shown: Callable[[object], object]) -> None:
    """Let a template say texts: ``_``, ``ngettext``, ``pgettext`` and ``{% trans %}``.

    A text that has tags is markup, and values in it are escaped; one without is escaped like any
    other word. Blanks around and line ends in ``{% trans %}`` do not count.

    Args:
        environment: With the extension of :data:`EXTENSION`.
        shown: Prepares a value for print.
    """

    def said(english: str, text: str, values: dict[str, object]) -> str:
        if not values:
            whole = text % ()
            return Markup(whole) if "<" in english else whole  # noqa: S704  # as below
        ready = {name: shown(value) for name, value in values.items()}
        if "<" in english:
            return Markup(text) % ready  # noqa: S704  # checked to have the tags of the English
        if any(hasattr(value, "__html__") for value in ready.values()):
            return escape(text) % ready
        return text % ready

    def gettext(text: str, /, **values: object) -> str:
        return said(text, texts.current().one(text), values)

    def pgettext(context: str, text: str, /, **values: object) -> str:
        return said(text, texts.current().within(context, text), values)

    def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
        found = texts.current()
        written = texts.with_thousands(f"{count:,}", found)
        return said(many, found.counted(one, many, count), {**values, "count": written})

    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals |= {
        "_": gettext,
        "gettext": gettext,
        "ngettext": ngettext,
        "pgettext": pgettext,
    }
