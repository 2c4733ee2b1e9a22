"""What every tie joins, so that ties, their lines and their rows follow the filters alike.

A tie has no terms of its own to be narrowed down by: it is shown where both its ends are.
"""

from collections.abc import Sequence
from typing import Any

from netmap.maps.cards import Layer, Row
from netmap.maps.facets import Facet, numbered
from netmap.maps.tie_bundles import BUNDLE


def joins(layers: Sequence[Layer], facets: Sequence[Facet]) -> dict[str, Any] | None:
    """Number the terms of the ends of all ties, in the order of their table.

    Args:
        layers: All layers, with their tables.
        facets: By what the map can be narrowed down.

    Returns:
        ``of``, the different sets of terms; ``from`` and ``to``, which of them each tie's ends
        have; ``line``, on which bundle each is, -1 where it is on none. None where no tie is.
    """
    rows = next((one.table.rows for one in layers if any(r.ends for r in one.table.rows)), ())
    if not rows:
        return None
    tags = {card: found for layer in layers for card, found in layer.tags.items()}
    known: dict[tuple[int, ...], int] = {(): 0}
    codes = {
        card: known.setdefault(numbered(facets, tags.get(card, {})), len(known))
        for card in dict.fromkeys(end for row in rows for end in row.ends)
    }
    return {
        "of": list(known),
        "from": [codes[row.ends[0]] if row.ends else 0 for row in rows],
        "to": [codes[row.ends[-1]] if row.ends else 0 for row in rows],
        "line": [_line(row) for row in rows],
    }


def _line(row: Row) -> int:
    return int(row.card.removeprefix(BUNDLE)) if row.card.startswith(BUNDLE) else -1
