"""Which column names the areas whose codes stand in another."""

import re
from collections.abc import Sequence

from netmap.exchange.statistics.codes import is_code
from netmap.exchange.statistics.frame import Frame

_CODE_WORDS = re.compile(r"(?:code|cd|mnemonic)(?=[\s()\d]*$)|\bcode\b", re.IGNORECASE)


def name_column(frame: Frame, code: int) -> int | None:
    """Find the column with the names for a column of codes.

    The heading that says ``name`` or ``nm`` where the other says ``code`` or ``cd`` (or nothing, as
    ``geography`` beside ``geography code``) comes first, then a neighbour that holds words.
    """
    named = name_heading(frame.headings[code], frame.headings)
    if named is not None:
        return frame.headings.index(named)
    for column in (code + 1, code - 1):
        if 0 <= column < len(frame.headings) and _is_words(frame, column):
            return column
    return None


def name_heading(code: str, headings: Sequence[str]) -> str | None:
    """Find the heading of the names for a heading of codes: ``LAD24NM`` for ``LAD24CD``."""
    for word in ("name", "nm", ""):
        wanted = _plain(_CODE_WORDS.sub(word, code))
        for heading in headings:
            if heading != code and wanted and _plain(heading) == wanted:
                return heading
    return None


def _plain(heading: str) -> str:
    return re.sub(r"[\W_]+", "", heading.casefold())


def _is_words(frame: Frame, column: int) -> bool:
    cells = [cell for cell in frame.column(column)[:50] if cell]
    named = "name" in frame.headings[column].casefold()
    return named and bool(cells) and not any(is_code(c) or c.isdigit() for c in cells)
