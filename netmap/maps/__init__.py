"""Maps: what to show, in which colours, as one page that Folium carries.

:func:`read_map` reads a map file, :func:`draw` makes the page. A page holds everything twice:
drawn, and as tables that need no script. It is handed a register that is already as its audience
may see it, and adds no other source of data; where it is written is for the rooms above.
"""

from netmap.maps.assets import Assets, asset_files
from netmap.maps.drawing import draw
from netmap.maps.sessions import MapSession
from netmap.maps.settings import LAYERS, MapSettings, default_map, read_map

__all__ = [
    "LAYERS",
    "Assets",
    "MapSession",
    "MapSettings",
    "asset_files",
    "default_map",
    "draw",
    "read_map",
]
