"""The looks of a register in a GIS: colours and shapes as on netmap's own maps.

Colours after Okabe and Ito, "Color Universal Design" (2008). Shapes are the nearest that QGIS
draws by itself; each pair of shape and colour is given once in a layer, so that either helps.
"""

from collections.abc import Mapping
from typing import Final

_BLUE, _ORANGE, _GREEN, _PINK = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
_SKY, _YELLOW, _VERMILION, _INK = "#56B4E9", "#F0E442", "#D55E00", "#1d2433"
_PURPLE = "#8a3d82"
PLAIN: Final = "#7b8494"
GROUND: Final = "#dfe6ee"

# Slug to (shape, colour), in the order in which one role is chosen where there are several.
ROLES: Final[Mapping[str, tuple[str, str]]] = {
    "hub": ("circle", _BLUE),
    "national_lead": ("star", _INK),
    "lead_organisation": ("star", _BLUE),
    "strategic_partner": ("square", _GREEN),
    "commissioner": ("pentagon", _YELLOW),
    "funder": ("hexagon", _YELLOW),
    "advisory_member": ("diamond", _PINK),
    "coordinating_body": ("hexagon", _BLUE),
    "infrastructure_body": ("octagon", _SKY),
    "statutory_service": ("cross_fill", _SKY),
    "faith_or_community_institution": ("pentagon", _ORANGE),
    "grassroots_group": ("triangle", _ORANGE),
    "online_platform": ("rounded_square", _PINK),
}
APPROACHES: Final[Mapping[str, tuple[str, str]]] = {
    "support_group": ("circle", _PURPLE),
    "activity_group": ("triangle", _ORANGE),
    "one_to_one": ("diamond", _BLUE),
    "peer_pair": ("diamond", _PINK),
    "course_workshop": ("square", _GREEN),
    "online": ("rounded_square", _PINK),
    "telephone": ("rounded_square", _SKY),
    "drop_in": ("pentagon", _VERMILION),
    "network": ("hexagon", _PURPLE),
}
RURAL: Final[Mapping[str, str]] = {
    "major_urban": "#3f3f46",
    "large_urban": "#5d5d66",
    "other_urban": "#7a7a82",
    "significant_rural": "#8fb36b",
    "rural_50": "#5e8f3a",
    "rural_80": "#356b16",
}
# Dark enough to be seen as a thin line on pale ground.
LINES: Final = (_BLUE, "#b34e00", "#007a59", "#a3487b", _INK, "#8a6a00", "#2f7fb0")
DASHES: Final = ("solid", "dash", "dot", "dash dot", "dash dot dot")
