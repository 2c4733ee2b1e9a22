"""Which sheets are read: those people see, unless their name says ``(ignore)``."""

from netmap.exchange.draft import Note, Outcome, Spot

_IGNORE = "(ignore)"


def ignored(title: str) -> bool:
    """Tell whether a sheet's name asks for it to be left alone."""
    return _IGNORE in title.casefold()


def not_read(shown: str, title: str, *, hidden: bool) -> Note:
    """Word that a sheet is not read, and how to have it read."""
    why = "is hidden" if hidden else f"has {_IGNORE} in its name"
    message = f"the sheet '{title}' {why} and is not read."
    hint = "Show it in the spreadsheet program if it should be." if hidden else ""
    return Note(Outcome.WARNED, "hidden-sheet", message, Spot(shown, title), hint=hint)
