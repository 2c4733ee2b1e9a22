"""One page: a Folium map with a shell of our own around it.

branca, which Folium is built on, reads what an element rendered as a template once more, so text of
a register may never pass through it: ``{{ ... }}`` in a name would be run in Python. Body and data
therefore go around it, as :class:`Verbatim`, and Folium is given nothing but its own options.
"""

import folium
from branca.element import Element, Figure
from folium.template import Template
from markupsafe import Markup

from netmap.language import current, folding, script
from netmap.maps.assets import Tags, own, slimmed
from netmap.maps.policy import policy, tile_source
from netmap.maps.settings import tile_provider

_GREAT_BRITAIN = (54.5, -3.0)
_NAME = "netmap"
# In the order in which they run: what a script needs comes before it.
_SCRIPTS = ("map.js", "filters.js", "find.js")
_LARGE = (
    "columns.js",
    "grounds.js",
    "circles.js",
    "bundles.js",
    "clusters.js",
    "names.js",
    "rows.js",
)


class Verbatim(Element):
    """Text that is put on the page as it stands, never read as a template."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        super().__init__()
        self.text = text

    def render(self, **_: object) -> str:
        """Give the text."""
        return self.text


class NetMap(folium.Map):
    """A Folium map that loads nothing from elsewhere and is the same in every run.

    What is on it is drawn by :file:`static/map.js` from the page's data; layers of Folium's own can
    still be added, as long as they need no further scripts.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  # Folium's own way to name them
    default_css: list[tuple[str, str]] = []  # noqa: RUF012  # Folium's own way to name them

    _template = Template(
        """
        {%- macro html(this, kwargs) -%}
        <div class="nm-map" id="{{ this.get_name() }}"></div>
        {%- endmacro -%}
        {%- macro script(this, kwargs) -%}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
          center: {{ this.location|tojson }}, crs: L.CRS.{{ this.crs }},
          ...{{ this.options|tojavascript }} });
        netmap.draw({{ this.get_name() }});
        {%- endmacro -%}
        """
    )

    def __init__(self, page: Figure, basemap: str) -> None:
        """Make a map on a page.

        Args:
            page: The page it is on.
            basemap: ``none``, or the name of a tile provider.
        """
        provider = tile_provider(basemap)
        super().__init__(
            location=_GREAT_BRITAIN,
            zoom_start=6,
            tiles=None,
            zoom_snap=0.25,
            max_zoom=18,
            min_zoom=3,
            attribution_control=provider is not None,
        )
        self._id = _NAME
        page.add_child(self, name=_NAME)
        if provider is not None:
            tiles = folium.TileLayer(provider, control=False)
            tiles._id = _NAME  # noqa: SLF001  # branca's ids are random; this is its way to set one
            self.add_child(tiles, name="tiles")


class Page(Figure):
    """The whole document.

    Attributes:
        texts: The texts in force, whose language it is in.
        heading: The document's title.
    """

    _template = Template(
        """<!DOCTYPE html>
<html lang="{{ this.texts.language }}"{% if this.texts.right_to_left %} dir="rtl"{% endif %}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ this.policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="{{ this.referrer }}">
<title>{{ this.heading }}</title>
{{ this.tags.style }}
<style>{{ this.own_style }}</style>
</head>
<body>
{{ this.above.render() }}
{{ this.html.render() }}
{{ this.below.render() }}
<script type="application/json" id="netmap-data">{{ this.data.render() }}</script>
{% if this.columns.text %}
<script type="application/octet-stream" id="netmap-columns">{{ this.columns.render() }}</script>
{% endif %}
{{ this.tags.script }}
{% for script in this.own_scripts %}
<script>{{ script }}</script>
{% endfor %}
<script>{{ this.folium_script }}</script>
{% if this.rest.text %}
<script type="application/octet-stream" id="netmap-rest">{{ this.rest.render() }}</script>
{% endif %}
</body>
</html>
"""
    )

    def __init__(
        self, heading: str, tags: Tags, basemap: str, *, large: bool = False, lettered: bool = False
    ) -> None:
        """Make an empty page.

        Args:
            heading: The document's title, not yet escaped.
            tags: Where Leaflet comes from.
            basemap: ``none``, or the name of a tile provider.
            large: Whether there is anything to draw from columns.
            lettered: Whether there are names in other letters than Latin ones.
        """
        super().__init__()
        self.texts, self.tags, self.heading = current(), tags, Markup.escape(heading)
        self.above, self.below, self.data = Verbatim(""), Verbatim(""), Verbatim("{}")
        self.columns, self.rest = Verbatim(""), Verbatim("")
        self.own_style = own("map.css")
        named = (*_SCRIPTS, *_LARGE) if large else _SCRIPTS
        scripts = (folding(), *((script(),) if lettered else ()), *map(own, named))
        self.own_scripts = tuple(map(slimmed, scripts))
        self.folium_script, self.policy = "", ""
        self.map = NetMap(self, basemap)
        self._provider = tile_provider(basemap)
        # Tile servers turn away those who do not say which site asks.
        self.referrer = "strict-origin-when-cross-origin" if self._provider else "no-referrer"

    def fill(self, above: str, below: str, data: str, columns: str = "", rest: str = "") -> None:
        """Put safe HTML before and after the map, and the data and columns into their blocks.

        What the first picture does without is the last thing on the page.
        """
        self.above, self.below, self.data = Verbatim(above), Verbatim(below), Verbatim(data)
        self.columns, self.rest = Verbatim(columns), Verbatim(rest)

    def render(self, **kwargs: object) -> str:
        """Write the document."""
        for child in self._children.values():
            child.render(**kwargs)
        self.folium_script = self.script.render(**kwargs).strip()
        tiles = tile_source(self._provider) if self._provider else None
        scripts = (*self.own_scripts, self.folium_script)
        self.policy = Markup.escape(policy(self.tags, scripts, (self.own_style,), tiles))
        return str(self._template.render(this=self, kwargs=kwargs))
