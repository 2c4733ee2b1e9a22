"""The shapes and colours of a map: different in shape and in colour, so that either is enough.

Kinds are coloured after Okabe and Ito, "Color Universal Design" (2008); areas after ColorBrewer's
five-class PuBu. Shapes are our own, on a grid of 24 by 24.
"""

from collections.abc import Mapping
from math import cos, pi, sin

from netmap.language import N_
from netmap.maps.cards import Look

BLUE, ORANGE, GREEN, PINK = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
SKY, YELLOW, VERMILION, INK, GREY = "#56B4E9", "#F0E442", "#D55E00", "#1d2433", "#7b8494"
PURPLE = "#8a3d82"
# Where dark and white letters are read equally well.
_MIDDLE = 0.18
_SRGB_LINEAR = 0.04045
RAMP = ("#f1eef6", "#bdc9e1", "#74a9cf", "#2b8cbe", "#045a8d")
NO_DATA, NOT_SHOWN, PLAIN = "nm-no-data", "nm-not-shown", "#dfe6ee"


def _polygon(corners: int, outer: float, inner: float = 0, turn: float = 0) -> str:
    steps = corners * 2 if inner else corners
    points = []
    for step in range(steps):
        radius = inner if inner and step % 2 else outer
        angle = 2 * pi * step / steps - pi / 2 + turn
        points.append(f"{12 + radius * cos(angle):.1f} {12 + radius * sin(angle):.1f}")
    return f'<path d="M{"L".join(points)}z"/>'


def _ring(radius: float, extra: str = "") -> str:
    return f'<circle cx="12" cy="12" r="{radius:g}"{extra}/>'


_WHITE = ' fill="#fff" stroke="none"'
_OUTLINE = ' fill="#fff" stroke="currentColor" stroke-width="3"'
_STROKE = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'

# A shape without a fill of its own takes the marker's colour, and the marker's outline.
SYMBOLS: Mapping[str, str] = {
    "circle": _ring(9),
    "hub": _ring(10.5) + _ring(4, _WHITE),
    "square": '<path d="M4 4h16v16H4z"/>',
    "diamond": '<path d="M12 1.5 22.5 12 12 22.5 1.5 12z"/>',
    "triangle": '<path d="M12 2.5 22.5 20.5h-21z"/>',
    "triangle-down": '<path d="M12 21.5 1.5 3.5h21z"/>',
    "star": _polygon(5, 11.5, 5),
    "pentagon": _polygon(5, 11),
    "hexagon": _polygon(6, 11),
    "plus": '<path d="M8.5 2.5h7v6h6v7h-6v6h-7v-6h-6v-7h6z"/>',
    "house": '<path d="M12 2 22.5 11.500H19V21.500H5V11.500H1.500z"/>',
    "screen": '<path d="M2 4h20v13h-7v2.500h3v2H6v-2h3V17H2z"/>',
    "open": _ring(8, _OUTLINE),
    "specific": _ring(9.500) + '<path d="M7.500 12.300l3.200 3.200 5.800-6.500" fill="none"'
    ' stroke="#fff" stroke-width="2.500"/>',
    "several": '<rect x="1.500" y="4" width="21" height="16" rx="3"/>',
    "rings": f'<circle cx="8" cy="12" r="5.500"{_OUTLINE}/>'
    f'<circle cx="16" cy="12" r="5.500" {_STROKE} stroke-width="3"/>',
    "unclear": _ring(8, _OUTLINE + ' stroke-dasharray="3 3"'),
    "none-found": _ring(9, _OUTLINE) + f'<path d="M6 18 18 6" {_STROKE} stroke-width="3"/>',
    "open-only": _ring(9, _OUTLINE) + '<path d="M12 4a8 8 0 0 1 0 16z" stroke="none"/>',
    "not-asked": _ring(9, _OUTLINE + ' stroke-dasharray="3.500 2.500"')
    + f'<path d="M9.500 9.700c.2-3.300 5.400-3 5 0-.2 1.700-2.500 1.700-2.500 3.800M12 16.800v.1"'
    f' {_STROKE} stroke-width="2.200"/>',
    "out-of-date": _ring(9, _OUTLINE)
    + f'<path d="M12 7.500v5l3.500 2" {_STROKE} stroke-width="2.200"/>',
    "other-gap": '<path d="M12 1.500 23 21H1z"/>'
    '<path d="M12 8.500v6M12 17.600v.1" fill="none" stroke="#fff" stroke-width="2.400"'
    ' stroke-linecap="round"/>',
    "suggested": _ring(9, _OUTLINE) + f'<path d="M12 7v10M7 12h10" {_STROKE} stroke-width="3"/>',
    "event": '<path d="M3 4.500h18v17H3z"/><path d="M7 2v5M17 2v5" fill="none"'
    ' stroke="currentColor" stroke-width="2.500"/><path d="M5.500 10h13v9h-13z" fill="#fff"'
    ' stroke="none"/>',
}

# In the order in which one role is chosen for an organisation that has several.
ROLES: Mapping[str, Look] = {
    "hub": Look("hub", BLUE, 30),
    "national_lead": Look("star", INK, 30),
    "lead_organisation": Look("star", BLUE, 28),
    "strategic_partner": Look("square", GREEN, 24),
    "commissioner": Look("pentagon", YELLOW, 26),
    "funder": Look("hexagon", YELLOW, 26),
    "advisory_member": Look("diamond", PINK, 26),
    "coordinating_body": Look("hexagon", BLUE, 26),
    "infrastructure_body": Look("triangle-down", SKY, 26),
    "statutory_service": Look("plus", SKY, 26),
    "faith_or_community_institution": Look("house", ORANGE, 26),
    "grassroots_group": Look("triangle", ORANGE, 26),
    "online_platform": Look("screen", PINK, 26),
}
NO_ROLE = Look("circle", GREY, 22)

# In the order in which one state is chosen for an area that has gaps of several.
GAP_STATES: Mapping[str, Look] = {
    "none_found": Look("none-found", VERMILION, 28),
    "open_only": Look("open-only", VERMILION, 28),
    "out_of_date": Look("out-of-date", GREY, 26),
    "not_asked": Look("not-asked", "#5a6376", 26),
}
OTHER_GAP = Look("other-gap", "#a64500", 26)

OPEN = Look("open", PURPLE, 22)
SPECIFIC = Look("specific", PURPLE, 22)
SEVERAL = Look("several", PURPLE, 30)
NETWORK = Look("rings", PURPLE, 26)
UNCLEAR = Look("unclear", PURPLE, 22)
EVENT = Look("event", GREEN, 26)
SUGGESTED = Look("suggested", "#005a8c", 28)
# Names of patterns, in the page and on canvases alike.
CATCHMENT = "nm-catchment"
GAP_PATTERNS: Mapping[str, str] = {
    "none_found": "nm-none-found",
    "open_only": "nm-open-only",
    "out_of_date": "nm-out-of-date",
    "not_asked": "nm-not-asked",
    "": "nm-other-gap",
}

HEADS = ("arrow", "open-arrow", "diamond", "dot", "bar")
# Dark enough to be seen as a thin line on pale ground.
_LINES = ("#0072B2", "#b34e00", "#007a59", "#a3487b", "#1d2433", "#8a6a00", "#2f7fb0")


def tie_style(kind: str, kinds: tuple[str, ...]) -> tuple[str, str]:
    """Give a tie its colour and arrowhead.

    Args:
        kind: The tie's kind.
        kinds: All kinds in the vocabulary's order, so that a kind looks alike on every map.

    Returns:
        Colour and head; no two of the first 35 kinds have the same pair.
    """
    index = kinds.index(kind) if kind in kinds else len(kinds)
    return _LINES[index % len(_LINES)], HEADS[index % len(HEADS)]


REACH: tuple[tuple[float, str], ...] = (
    (2, "#feebe2"),
    (5, "#fbb4b9"),
    (10, "#f768a1"),
    (15, "#c51b8a"),
    (float("inf"), "#7a0177"),
)
RURAL: Mapping[str, tuple[str, str]] = {
    "major_urban": (N_("City"), "#3f3f46"),
    "large_urban": (N_("Large town"), "#5d5d66"),
    "other_urban": (N_("Town"), "#7a7a82"),
    "significant_rural": (N_("Part rural"), "#8fb36b"),
    "rural_50": (N_("Rural"), "#5e8f3a"),
    "rural_80": (N_("Very rural"), "#356b16"),
}


def ink_on(colour: str) -> str:
    """Choose dark or white letters for a ground of some colour, by WCAG relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        p / 12.92 if p <= _SRGB_LINEAR else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    )
    return INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > _MIDDLE else "#ffffff"
