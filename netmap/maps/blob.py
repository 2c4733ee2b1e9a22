"""All that is drawn, as one inert block of JSON in the page.

The block is the only way from a register to the script: no text of a register is ever part of a
script, so nothing in it can run, whatever it says.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from netmap.language import N_, _, current, own_script
from netmap.maps.cards import Aside, Card, Layer, Line, LonLat, Mark, Shape
from netmap.maps.facets import Facet, numbered
from netmap.maps.packing import columns
from netmap.maps.script_words import script_words

_DECIMALS = 5
# What is found by name, those first whose names are likeliest meant; ties are named by their ends.
_FOUND = (
    ("areas", N_("Area")),
    ("rural_urban", N_("Area")),
    ("reach", N_("Area")),
    ("suggestions", N_("Area")),
    ("organisations", N_("Organisation")),
    ("catchments", N_("Hub")),
    ("activities", N_("Activity")),
    ("events", N_("Event")),
    ("gaps", N_("Gap")),
)
_STAND_INS = {
    "rural_urban": "areas",
    "reach": "areas",
    "suggestions": "areas",
    "catchments": "organisations",
}
# The letters that could end the block, or a line in older scripts, become what JSON reads alike.
_ESCAPED = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def blob(
    layers: tuple[Layer, ...],
    facets: Sequence[Facet] = (),
    spoken: Mapping[str, str] | None = None,
    ties: Mapping[str, Any] | None = None,
) -> str:
    """Write layers, and what their ties join, as JSON that is safe between two HTML tags."""
    spoken_here = {} if spoken is None else {"spoken": spoken, "script": own_script()}
    text = json.dumps(
        content(layers, facets) | {"ties": ties} | spoken_here,
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
    )
    for letter, escaped in _ESCAPED.items():
        text = text.replace(letter, escaped)
    return text


def large(layers: tuple[Layer, ...], facets: Sequence[Facet]) -> dict[str, Any]:
    """Collect the columns of layers that have some, by layer: ``block`` and ``listed``."""
    return {
        layer.key: {
            name: columns(block, facets)
            for name, block in (("block", layer.block), ("listed", layer.listed))
            if block is not None
        }
        for layer in layers
        if layer.block is not None or layer.listed is not None
    }


def content(layers: tuple[Layer, ...], facets: Sequence[Facet] = ()) -> dict[str, Any]:
    """Collect what the script draws: cards by id, and each layer's marks, shapes and lines.

    Points are [latitude, longitude], degrees WGS 84, five decimals: about a metre.
    """
    found = {layer.key for layer in layers}
    # What marks or shades areas, or hubs, is found by name where these are no layer of their own.
    found -= {stand_in for stand_in, own in _STAND_INS.items() if own in found}
    return {
        "bounds": _bounds(layers),
        "cards": {card.id: _card(card) for layer in layers for card in layer.cards},
        "facets": [
            {"key": facet.key, "first": facet.first, "terms": len(facet.terms)} for facet in facets
        ],
        "tags": _tags(layers, facets),
        "layers": [
            {
                "key": layer.key,
                "label": layer.label,
                "on": layer.on and bool(layer.drawn),
                "headings": list(layer.table.headings),
                "shapes": [_shape(shape) for shape in layer.shapes],
                "marks": [_mark(mark) for mark in layer.marks],
                "asides": [_aside(aside) for aside in layer.asides],
                "lines": [_line(line) for line in layer.lines],
                **_search(layer),
            }
            for layer in layers
        ],
        "find": [{"key": key, "kind": _(kind)} for key, kind in _FOUND if key in found],
        "words": script_words(large=any(layer.block or layer.listed for layer in layers)),
    }


def _search(layer: Layer) -> dict[str, str]:
    """Say what the search of a table made by the script is called."""
    if layer.table.rows or not layer.rows:
        return {}
    # In English a name within a sentence begins with a small letter; nobody knows of others.
    what = layer.label.lower() if current().english else layer.label
    return {"search": _("Search %(what)s", what=what)}


def _at(point: LonLat) -> list[float]:
    return [round(point[1], _DECIMALS), round(point[0], _DECIMALS)]


def _bounds(layers: tuple[Layer, ...]) -> list[list[float]] | None:
    points = [mark.at for layer in layers for mark in layer.marks]
    for line in (line for layer in layers for line in layer.lines):
        points += [point for point in (line.start, line.end) if point]
    for shape in (shape for layer in layers for shape in layer.shapes):
        points += [shape.at, *(point for ring in shape.rings for point in ring)]
    for block in (layer.block for layer in layers if layer.block and layer.block.placed):
        longitudes, latitudes = block.longitudes, block.latitudes
        points.append((float(np.nanmin(longitudes)), float(np.nanmin(latitudes))))
        points.append((float(np.nanmax(longitudes)), float(np.nanmax(latitudes))))
    if not points:
        return None
    x, y = zip(*points, strict=True)
    return [_at((min(x), min(y))), _at((max(x), max(y)))]


def _tags(layers: tuple[Layer, ...], facets: Sequence[Facet]) -> dict[str, list[int]]:
    """Number the terms of every card; a card for several rows has those of all."""
    found: dict[str, set[int]] = {}
    for row in (row for layer in layers for row in layer.table.rows):
        if row.card and row.tags:
            found.setdefault(row.card, set()).update(numbered(facets, row.tags))
    return {card: sorted(terms) for card, terms in found.items() if terms}


def _card(card: Card) -> dict[str, Any]:
    return {
        "title": card.title,
        "what": card.what,
        "flags": [_(flag) for flag in card.flags],
        "facts": [fact for fact in card.facts if fact[1] not in {"", card.what}],
        "items": card.items,
        "links": card.links,
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "id": mark.card,
        "at": _at(mark.at),
        "symbol": mark.look.symbol,
        "colour": mark.look.colour,
        "size": mark.look.size_px,
        "dashed": mark.look.dashed,
        "ringed": mark.look.ringed,
        "text": mark.text,
    }


def _aside(aside: Aside) -> dict[str, Any]:
    return {
        "id": aside.card,
        "name": aside.name,
        "symbol": aside.look.symbol,
        "colour": aside.look.colour,
        "dashed": aside.look.dashed,
        "text": "",
    }


def _shape(shape: Shape) -> dict[str, Any]:
    return {
        "id": shape.card,
        "at": _at(shape.at),
        "radius": shape.radius_px,
        "fill": shape.fill,
        "name": shape.name,
        "lesser": shape.lesser,
        "dashed": shape.dashed,
        "metres": round(shape.metres),
        "rings": [[_at(point) for point in ring] for ring in shape.rings],
        "above": _at(shape.above) if shape.above else None,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.card,
        "from": line.source,
        "to": line.target,
        "start": _at(line.start) if line.start else None,
        "end": _at(line.end) if line.end else None,
        "colour": line.colour,
        "head": line.head,
        "turn": line.turn,
        "stroke": line.stroke,
        "bridge": line.bridge,
    }
