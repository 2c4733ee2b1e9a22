"""QGIS styles (QML): one symbol for each role, approach, rural/urban class and kind of tie.

Written by hand in the form that QGIS 3.28 and later read. Labels on the map are off.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from netmap.exchange.gis import legend
from netmap.vocabulary import Vocabularies, Vocabulary

_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_CLASSES = {"marker": "SimpleMarker", "line": "SimpleLine", "fill": "SimpleFill"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend: a value, what people read, and how it is drawn."""

    value: str
    label: str
    drawn: Mapping[str, str]


def style(layer: str, drawn_as: str, titles: Mapping[str, str], vocabularies: Vocabularies) -> str:
    """Write the style of a layer.

    Args:
        layer: The table.
        drawn_as: ``marker``, ``line`` or ``fill``; empty for a table without shapes.
        titles: Column to what people read instead, in the table's order.
        vocabularies: For the words of the legend.

    Returns:
        QML, a well-formed XML document.
    """
    root = Element(
        "qgis", version="3.28.0", styleCategories="Symbology|Fields|Labeling", labelsEnabled="0"
    )
    if drawn_as:
        by, entries = _legend(layer, drawn_as, vocabularies)
        _renderer(root, by, drawn_as, entries)
    aliases = SubElement(root, "aliases")
    for index, (column, said) in enumerate(titles.items()):
        SubElement(aliases, "alias", field=column, index=str(index), name=said)
    return _DOCTYPE + _NOT_XML.sub("", tostring(root, encoding="unicode"))


def _legend(layer: str, drawn_as: str, vocabularies: Vocabularies) -> tuple[str, Sequence[Entry]]:
    """Choose what a layer is drawn by, and its entries; the last is for all that have no value."""
    rest = Entry("", "Not recorded", _drawn(drawn_as, ("circle", legend.PLAIN)))
    match layer:
        case "organisations":
            looks, by, words = legend.ROLES, _first_of("roles", legend.ROLES), vocabularies["role"]
        case "activities":
            looks, by, words = legend.APPROACHES, '"approach"', vocabularies["approach"]
        case "ties":
            words = vocabularies["tie_kind"]
            lines = zip(words, _lines(len(words)), strict=True)
            return '"kind"', [*(Entry(k, words.label(k), look) for k, look in lines), rest]
        case _:
            looks = {slug: ("circle", colour) for slug, colour in legend.RURAL.items()}
            by, words = '"rural_urban"', vocabularies["rural_urban"]
    return by, [*_entries(looks, words, drawn_as), rest]


def _entries(
    looks: Mapping[str, tuple[str, str]], words: Vocabulary, drawn_as: str
) -> Iterator[Entry]:
    """Draw the terms that have a look of their own, then a workspace's own terms alike."""
    for slug, look in looks.items():
        yield Entry(slug, words.label(slug), _drawn(drawn_as, look))
    for slug in words:
        if slug not in looks:
            yield Entry(slug, words.label(slug), _drawn(drawn_as, ("circle", legend.GROUND)))


def _first_of(column: str, slugs: Mapping[str, object]) -> str:
    """Write the expression that picks the first of these slugs in a list; own terms as written."""
    listed = f"string_to_array(\"{column}\", ';')"
    cases = " ".join(f"WHEN array_contains({listed}, '{s}') THEN '{s}'" for s in slugs)
    return f"CASE {cases} ELSE array_first({listed}) END"


def _drawn(drawn_as: str, look: tuple[str, str]) -> Mapping[str, str]:
    shape, colour = look
    if drawn_as == "line":
        return _line(colour, legend.DASHES[0])
    if drawn_as == "fill":
        edge = {"outline_color": _rgba("#ffffff"), "outline_width": "0.26"}
        return {"color": _rgba(colour), "style": "solid", **edge}
    edge = {"outline_color": _rgba("#ffffff"), "outline_width": "0.2"}
    return {"name": shape, "color": _rgba(colour), "size": "3", "size_unit": "MM", **edge}


def _lines(count: int) -> Iterator[Mapping[str, str]]:
    for index in range(count):
        colour = legend.LINES[index % len(legend.LINES)]
        yield _line(colour, legend.DASHES[index % len(legend.DASHES)])


def _line(colour: str, dash: str) -> Mapping[str, str]:
    width = {"line_width": "0.5", "line_width_unit": "MM"}
    return {"line_color": _rgba(colour), "line_style": dash, **width}


def _renderer(root: Element, by: str, drawn_as: str, entries: Sequence[Entry]) -> None:
    renderer = SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr=by, symbollevels="0", forceraster="0"
    )
    categories, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for index, entry in enumerate(entries):
        name = str(index)
        said = {"value": entry.value, "label": entry.label, "symbol": name}
        SubElement(categories, "category", said, type="string", render="true")
        symbol = SubElement(symbols, "symbol", type=drawn_as, name=name, alpha="1")
        layer = SubElement(symbol, "layer", enabled="1", locked="0")
        layer.set("class", _CLASSES[drawn_as])
        layer.set("pass", "0")
        options = SubElement(layer, "Option", type="Map")
        for key, value in entry.drawn.items():
            SubElement(options, "Option", type="QString", name=key, value=value)


def _rgba(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},255"
