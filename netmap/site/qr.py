"""QR codes for posters: an address as the outline of its dark squares.

Drawn as one path of an inline SVG, so that the page needs no other file and no style of its own.
"""

from dataclasses import dataclass

import segno

# The quiet zone that readers need around a code, in squares.
_BORDER = 4


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code: its width and height in squares, and the path of what is dark."""

    size: int
    path: str


def qr_code(address: str) -> QrCode:
    """Make the code of an address; it can still be read where a sixth of it is dirty.

    Returns:
        The squares of one row that lie together are one piece of the path. The same address gives
        the same code.
    """
    # Kept at "M" whatever the size allows, so that a poster looks alike on every machine.
    matrix = segno.make_qr(address, error="m", boost_error=False).matrix
    pieces: list[str] = []
    for y, row in enumerate(matrix, start=_BORDER):
        start = None
        for x, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                width = x - start
                pieces.append(f"M{start + _BORDER},{y}h{width}v1h-{width}z")
                start = None
    return QrCode(len(matrix) + 2 * _BORDER, "".join(pieces))
