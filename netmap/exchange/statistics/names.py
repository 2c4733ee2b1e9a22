"""Which column names the areas whose codes stand in another."""

import re

from netmap.exchange.statistics.codes import is_code
from netmap.exchange.statistics.frame import Frame

_CODE_WORDS = re.compile(r"(?:code|cd|mnemonic)(?=[\s()\d]*$)|\bcode\b", re.IGNORECASE)


def name_column(frame: Frame, code: int) -> int | None:
    """Find the column with the names for a column of codes.

    The heading that says ``name`` or ``nm`` where the other says ``code`` or ``cd`` (or nothing, as
    ``geography`` beside ``geography code``) comes first, then a neighbour that holds words.
    """
    heading = frame.headings[code]
    for word in ("name", "nm", ""):
        wanted = _plain(_CODE_WORDS.sub(word, heading))
        for column, other in enumerate(frame.headings):
            if column != code and wanted and _plain(other) == wanted:
                return column
    for column in (code + 1, code - 1):
        if 0 <= column < len(frame.headings) and _is_words(frame, column):
            return column
    return None


def _plain(heading: str) -> str:
    return re.sub(r"[\W_]+", "", heading.casefold())


def _is_words(frame: Frame, column: int) -> bool:
    cells = [cell for cell in frame.column(column)[:50] if cell]
    named = "name" in frame.headings[column].casefold()
    return named and bool(cells) and not any(is_code(c) or c.isdigit() for c in cells)
