"""A plain picture of a network: its areas, organisations and ties as one inline SVG.

Points are drawn as they lie, north up, without a map underneath; the table beside the picture says
the same in words.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from netmap.language import _, ngettext
from netmap.networks.register import Point, Register
from netmap.networks.summary import activities_in

WIDTH, MARGIN = 560, 58
_LEAST_HEIGHT, _MOST_HEIGHT = 220, 360
_PER_ROOT = 8.0
_LARGEST, _SMALLEST = 24.0, 6.0
_FEWEST, _MOST = 3, 1500
_LINE = 15.0
_LETTER = 6.9

XY = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Disc:
    """One area: its place and radius in the picture, its label and where that stands."""

    x: float
    y: float
    radius: float
    label: str
    at: XY | None
    anchor: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A picture, in units of its view box.

    Attributes:
        width: Of the view box.
        height: Of the view box.
        shapes: Boundaries, as SVG path data.
        ties: Lines between organisations, both ends.
        discs: The areas at the top, largest first, as large as they have activities.
        dots: The organisations.
        words: What it shows.
    """

    width: int
    height: int
    shapes: tuple[str, ...]
    ties: tuple[tuple[XY, XY], ...]
    discs: tuple[Disc, ...]
    dots: tuple[XY, ...]
    words: str


class _Sheet:
    """Puts longitude and latitude (degrees WGS 84) onto the picture, true at its middle."""

    def __init__(self, points: Sequence[Point]) -> None:
        lon, lat = np.asarray(points, dtype=float).T
        self.west, self.north = float(lon.min()), float(lat.max())
        self.squeeze = math.cos(math.radians(float(lat.mean())))
        wide = (float(lon.max()) - self.west) * self.squeeze
        tall = self.north - float(lat.min())
        fits = (WIDTH - 2 * MARGIN) / wide if wide else math.inf
        room = _MOST_HEIGHT - 2 * MARGIN
        self.scale = min(fits, room / tall if tall else math.inf)
        if math.isinf(self.scale):
            self.scale = 0.0
        self.height = max(_LEAST_HEIGHT, round(tall * self.scale) + 2 * MARGIN)
        self.left = (WIDTH - wide * self.scale) / 2
        self.top = (self.height - tall * self.scale) / 2

    def put(self, point: Point) -> XY:
        x = self.left + (point[0] - self.west) * self.squeeze * self.scale
        y = self.top + (self.north - point[1]) * self.scale
        return round(x, 1), round(y, 1)


def overview(register: Register) -> Overview | None:
    """Draw a network.

    Returns:
        The picture; None where so few places are recorded that it would show nothing.
    """
    placed = {o.id: p for o in register.organisations if (p := register.point_of(o))}
    areas = [register.areas[code] for code in register.areas.top]
    outlines = _outlines(register)
    points = [*placed.values(), *(a.point for a in areas if a.point), *_corners(outlines)]
    if not outlines and len(set(points)) < _FEWEST:
        return None
    sheet = _Sheet(points)
    lines = _lines(register, placed, sheet)
    return Overview(
        WIDTH,
        sheet.height,
        tuple(_path(sheet, shape) for shape in outlines),
        lines,
        _discs(register, sheet),
        tuple(sorted({sheet.put(p) for p in placed.values()}))[:_MOST],
        _words(register, len(placed), ties=bool(lines)),
    )


def _words(register: Register, placed: int, *, ties: bool) -> str:
    drawn = {
        "network": register.title,
        "places": ngettext("%(count)s place", "%(count)s places", len(register.areas.top)),
        "organisations": ngettext("%(count)s organisation", "%(count)s organisations", placed),
    }
    if ties:
        said = _(
            "%(network)s, north up: %(places)s, %(organisations)s and the ties between them.",
            **drawn,
        )
    else:
        said = _("%(network)s, north up: %(places)s, %(organisations)s.", **drawn)
    missing = len(register.organisations) - placed
    if not missing:
        return said
    rest = ngettext(
        "%(count)s organisation without a recorded place not drawn.",
        "%(count)s organisations without a recorded place not drawn.",
        missing,
    )
    return f"{said} {rest}"


def _outlines(register: Register) -> "list[shapely.Geometry]":
    if register.boundaries is None:
        return []
    codes = [code for code in register.areas.top if code in register.boundaries.index]
    found = [register.boundaries.geometry.loc[code] for code in codes]
    return [shape.simplify(0.005) for shape in found if shape is not None and not shape.is_empty]


def _corners(shapes: "Iterable[shapely.Geometry]") -> list[Point]:
    return [p for s in shapes for w, so, e, n in [s.bounds] for p in ((w, so), (e, n))]


def _path(sheet: _Sheet, shape: "shapely.Geometry") -> str:
    parts = []
    for ring in shapely.get_rings(shape).tolist():
        corners = (sheet.put((x, y)) for x, y in shapely.get_coordinates(ring))
        parts.append("M" + "L".join(f"{x} {y}" for x, y in corners) + "Z")
    return "".join(parts)


def _lines(
    register: Register, placed: dict[str, Point], sheet: _Sheet
) -> tuple[tuple[XY, XY], ...]:
    found = set()
    for tie in register.ties:
        ends = [placed.get(tie.source_organisation), placed.get(tie.target_organisation)]
        one, other = (sheet.put(end) if end else None for end in ends)
        if one and other and one != other:
            found.add((min(one, other), max(one, other)))
    return tuple(sorted(found))[:_MOST]


def _discs(register: Register, sheet: _Sheet) -> tuple[Disc, ...]:
    activities = activities_in(register)
    tops = [(activities[code], register.areas[code]) for code in register.areas.top]
    most = max([n for n, _ in tops] + [1])
    sized = sorted(
        (
            (_radius(n, most), area.name, sheet.put(area.point))
            for n, area in tops
            if area.point is not None
        ),
        key=lambda disc: (-disc[0], disc[1], disc[2]),
    )
    taken = [_box_round(xy, radius) for radius, _, xy in sized]
    return tuple(_labelled(radius, name, xy, taken) for radius, name, xy in sized)


def _radius(activities: int, most: int) -> float:
    # A network of single activities has small circles, not large ones.
    per_root = min(_PER_ROOT, _LARGEST / math.sqrt(most))
    return round(max(_SMALLEST, per_root * math.sqrt(activities)), 1)


def _box_round(xy: XY, radius: float) -> Box:
    return xy[0] - radius, xy[1] - radius, xy[0] + radius, xy[1] + radius


def _labelled(radius: float, name: str, xy: XY, taken: list[Box]) -> Disc:
    """Put a label to the right, left, below or above, wherever nothing stands yet."""
    (x, y), wide, off = xy, len(name) * _LETTER, radius + 5
    choices = (
        ("start", (x + off, y + 4), (x + off, y - 10, x + off + wide, y + 6)),
        ("end", (x - off, y + 4), (x - off - wide, y - 10, x - off, y + 6)),
        ("middle", (x, y + off + 10), (x - wide / 2, y + off - 2, x + wide / 2, y + off + 13)),
        ("middle", (x, y - off - 1), (x - wide / 2, y - off - _LINE, x + wide / 2, y - off + 1)),
    )
    for anchor, at, box in choices:
        inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0
        if inside and not any(_meet(box, other) for other in taken):
            taken.append(box)
            return Disc(x, y, radius, name, (round(at[0], 1), round(at[1], 1)), anchor)
    return Disc(x, y, radius, name, None, "middle")


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
