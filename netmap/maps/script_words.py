"""The words that the page's scripts write: said here, and handed over in the page's data.

Where a script counts, ``%(count)s`` and the other values are still to be put in; a count has a
text for one and another for many.
"""

from collections.abc import Callable

from netmap.language import _, current, ngettext
from netmap.maps.cards import HEADED

Words = dict[str, str | list[str]]
# As scripts know two forms only: one that is used for most numbers where a language has several.
_MANY = 1000


def script_words(*, large: bool) -> Words:
    """Say all that scripts may have to write.

    Args:
        large: Whether there is anything to draw from columns.
    """
    return {**_of_every_map(), **(_of_large_maps() if large else {})}


def _kept(*names: str) -> dict[str, str]:
    """Leave the places of values as they are."""
    return {name: f"%({name})s" for name in names}


def _both(say: Callable[[int], str]) -> list[str]:
    """Say what goes with one, and with many."""
    return [say(1), say(_MANY)]


def _of_every_map() -> Words:
    return {
        "thousands": current().thousands,
        "decimals": current().decimals,
        "map": _(
            "Map. Arrow keys move it, plus and minus zoom. Everything on it is also in the tables "
            "below."
        ),
        "everything": _("Show everything"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "close": _("Close popup"),
        "m": _("%(number)s m", **_kept("number")),
        "km": _("%(number)s km", **_kept("number")),
        "ft": _("%(number)s ft", **_kept("number")),
        "mi": _("%(number)s mi", **_kept("number")),
        "no_place": _("No place recorded"),
        "marker": _("%(kind)s: %(name)s", **_kept("kind", "name")),
        "badge": _("%(kind)s: %(name)s, %(text)s", **_kept("kind", "name", "text")),
        "flagged": _("%(text)s (%(flags)s)", **_kept("text", "flags")),
        "shown": _("%(layer)s shown", **_kept("layer")),
        "hidden": _("%(layer)s hidden", **_kept("layer")),
        "chosen": _both(
            lambda n: ngettext("%(count)s chosen", "%(count)s chosen", n, **_kept("count"))
        ),
        "part": _("%(count)s of %(all)s", **_kept("count", "all")),
        "matching": _both(
            lambda n: ngettext(
                "%(count)s of %(all)s rows match",
                "%(count)s of %(all)s rows match",
                n,
                **_kept("count", "all"),
            )
        ),
        "all_shown": _("Everything is shown"),
        "find_found": _("%(count)s found.", **_kept("count")),
        "find_more": _(
            "%(count)s found, the first %(listed)s are listed.", **_kept("count", "listed")
        ),
        "find_nothing": _("Nothing found."),
        "find_cleared": _("Filters that hid %(name)s were cleared.", **_kept("name")),
    }


def _of_large_maps() -> Words:
    return {
        "too_old": _("This browser is too old to draw the map."),
        "in_view": _both(
            lambda n: ngettext("%(count)s in view", "%(count)s in view", n, **_kept("count"))
        ),
        "more": _both(
            lambda n: ngettext(
                "and %(count)s more: narrow the map down, or see the table",
                "and %(count)s more: narrow the map down, or see the table",
                n,
                **_kept("count"),
            )
        ),
        "at_place": _both(
            lambda n: ngettext(
                "%(count)s at this place", "%(count)s at this place", n, **_kept("count")
            )
        ),
        "here": _both(
            lambda n: ngettext(
                "%(count)s here: %(kinds)s",
                "%(count)s here: %(kinds)s",
                n,
                **_kept("count", "kinds"),
            )
        ),
        "of_kind": _("%(count)s %(kind)s", **_kept("count", "kind")),
        "others": _both(
            lambda n: ngettext("%(count)s others", "%(count)s others", n, **_kept("count"))
        ),
        "thousand": _("%(number)sk", **_kept("number")),
        "bundle_part": _(
            "%(source)s to %(target)s: %(count)s of %(all)s ties",
            **_kept("source", "target", "count", "all"),
        ),
        "between": _("Between"),
        "more_ties": _both(
            lambda n: ngettext(
                "and %(count)s more tie, in the table",
                "and %(count)s more ties, in the table",
                n,
                **_kept("count"),
            )
        ),
        "drawn_ties": _(
            "%(count)s of %(all)s ties are on the lines drawn here, the strongest first. Zoom in "
            "or narrow the map down for others; the table lists all.",
            **_kept("count", "all"),
        ),
        "table": _("%(layer)s, table", **_kept("layer")),
        "name": _("Name"),
        "notes": _("Notes"),
        "headed": _(HEADED, **_kept("heading", "text")),
        "previous": _("Previous"),
        "next": _("Next"),
        "range": _("%(first)s to %(last)s of %(all)s", **_kept("first", "last", "all")),
        "none_found": _("None found"),
    }
