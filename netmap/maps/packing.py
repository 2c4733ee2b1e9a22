"""Many rows as few columns: whole numbers, steps and dictionaries, deflated into inert blocks.

A row costs a browser no object and the page no repeated words: points are whole numbers along a
curve that visits neighbours one after the other, each told as the step from the one before; what
is said often is said once and numbered. What the first picture needs comes apart from all else.
:func:`unpacked` reads it again; so does :file:`static/columns.js`.
"""

import base64
import json
import zlib
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from netmap.maps.cards import Block, Look
from netmap.maps.facets import Facet, numbers
from netmap.maps.topology import topology, written
from netmap.maps.words import all_clean

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A metre, as elsewhere on the page.
_STEPS_PER_DEGREE = 100_000
_LEVEL = 5
# What is drawn.
_DRAWN = frozenset(
    {"size", "placed", "x", "y", "looks", "look", "texts", "radius", "fill", "ends", "ground"}
)


def packed(content: Mapping[str, Any]) -> str:
    """Deflate content into letters that mean nothing to HTML: the same for the same content."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), _LEVEL)).decode("ascii")


def unpacked(text: str) -> dict[str, Any]:
    """Read what :func:`packed` wrote."""
    content: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(text)))
    return content


def columns(block: Block, facets: Sequence[Facet]) -> dict[str, Any]:
    """Lay a block out as columns for JSON.

    Rows with a place come first, along the curve; then those without, in the order given.
    """
    placed = np.isfinite(block.longitudes) & np.isfinite(block.latitudes)
    x, y = on_grid(block.longitudes[placed]), on_grid(block.latitudes[placed])
    along = np.argsort(_curve(x, y), kind="stable")
    order = np.concatenate([np.flatnonzero(placed)[along], np.flatnonzero(~placed)]).tolist()

    def column(values: "Sequence[Hashable]") -> dict[str, Any] | None:
        return coded(list(map(values.__getitem__, order))) if len(values) else None

    known = {facet.key: facet for facet in facets}
    return {
        "size": len(order),
        "placed": int(placed.sum()),
        "x": steps(x[along]),
        "y": steps(y[along]),
        "names": all_clean([block.names[i] for i in order]),
        "looks": [_look(look) for look in block.looks],
        "look": column(block.look),
        "what": column(block.what),
        "flags": column(block.flags),
        "texts": column(block.texts),
        "facts": [[label, column(values)] for label, values in block.facts.items()],
        "items": column(block.items),
        "links": column(block.links),
        "ids": column(block.ids),
        "opens": column(block.opens),
        "radius": column(block.radius),
        "fill": column(block.fills),
        "ends": _ends(block, order),
        "tags": {
            key: column(_numbers(known[key], values))
            for key, values in block.tags.items()
            if key in known
        },
        "ground": None
        if block.quantum is None
        else written(topology([block.shapes[i] for i in order], block.quantum)),
    }


def coded(values: "Sequence[Hashable]") -> dict[str, Any]:
    """Number what is said often; leave a column of ever new things as it is."""
    known = {value: n for n, value in enumerate(dict.fromkeys(values))}
    if len(known) * 2 > len(values):
        return {"all": values}
    if len(known) == 1:
        return {"of": list(known), "times": len(values)}
    return {"of": list(known), "codes": list(map(known.__getitem__, values))}


def decoded(column: Mapping[str, Any]) -> list[Any]:
    """Read what :func:`coded` wrote."""
    if "all" in column:
        return list(column["all"])
    codes = column["codes"] if "codes" in column else [0] * column["times"]
    return [column["of"][code] for code in codes]


def _is_drawn(key: str, block: Mapping[str, Any]) -> bool:
    """Tell whether the first picture needs a column.

    The names of areas may be written on them, and bundles are as wide as there are ties for them.
    """
    return (
        key in _DRAWN
        or (key == "names" and block["fill"] is not None)
        or (key == "ids" and block["ends"] is not None)
    )


def in_two(large: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part the columns of layers: what the first picture needs, and what else there is to say."""

    def those(*, drawn: bool) -> dict[str, Any]:
        return {
            layer: {
                part: {
                    key: column for key, column in block.items() if drawn is _is_drawn(key, block)
                }
                for part, block in parts.items()
            }
            for layer, parts in large.items()
        }

    return those(drawn=True), those(drawn=False)


def on_grid(degrees: "NDArray[np.float64]") -> "NDArray[np.int64]":
    """Round degrees to whole steps of about a metre."""
    return np.rint(degrees * _STEPS_PER_DEGREE).astype(np.int64)


def steps(values: "NDArray[np.int64]") -> list[int]:
    """Tell each number as the step from the one before it, the first as itself."""
    apart: list[int] = np.diff(values, prepend=0).tolist()
    return apart


def _curve(x: "NDArray[np.int64]", y: "NDArray[np.int64]") -> "NDArray[np.uint64]":
    """Number points along a Z curve (Morton 1966), by weaving the bits of both numbers."""
    return _spread(x + 180 * _STEPS_PER_DEGREE) | (
        _spread(y + 180 * _STEPS_PER_DEGREE) << np.uint64(1)
    )


def _spread(values: "NDArray[np.int64]") -> "NDArray[np.uint64]":
    """Put a nought between every two bits of numbers below 2 ** 32."""
    bits = values.astype(np.uint64)
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        bits = (bits | (bits << np.uint64(shift))) & np.uint64(mask)
    return bits


def _ends(block: Block, order: Sequence[int]) -> dict[str, Any] | None:
    if block.ends is None:
        return None
    x, y = (on_grid(one[order]) for one in block.ends)
    return {"x": steps(x), "y": steps(y), "turn": [block.turns[i] for i in order]}


def _numbers(facet: Facet, values: Sequence[tuple[str, ...]]) -> list[tuple[int, ...]]:
    """Number every row's terms, working each combination out once."""
    known = {terms: numbers(facet, terms) for terms in set(values)}
    return [known[terms] for terms in values]


def _look(look: Look) -> dict[str, Any]:
    return {
        "symbol": look.symbol,
        "colour": look.colour,
        "size": look.size_px,
        "dashed": look.dashed,
        "ringed": look.ringed,
    }
