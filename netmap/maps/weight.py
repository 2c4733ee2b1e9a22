"""What is too much for one element each becomes columns, which the browser draws on a canvas.

Up to a few hundred markers are elements of the page: each can be reached with the tab key, read
out and printed sharp. Beyond, nobody can tell them apart anyway, and a page of them takes minutes.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from netmap.maps.cards import Block, Card, Layer, Look, Mark, Row, Shape, Table, Tags
from netmap.maps.scene import MOST_ELEMENTS
from netmap.maps.words import Say

MANY_ROWS = 1_500


def lightened(layer: Layer) -> Layer:
    """Turn a layer's marks or areas, and its table, into columns where they are many."""
    if layer.block is not None:
        if len(layer.table.rows) <= MANY_ROWS:
            return layer
        short = Table(layer.table.headings)
        return replace(layer, listed=_listed(layer.table), table=short)
    many = max(len(layer.marks), len(layer.shapes)) > MOST_ELEMENTS
    rows = layer.table.rows
    long = len(rows) > MANY_ROWS
    block = _block(layer, ids=not long) if many else None
    # A table of cards says nothing but what its cards say; others have rows of their own.
    of_cards = len(layer.cards) + len(layer.others) == len(rows) and block is not None
    listed = _listed(layer.table) if long and not of_cards else None
    if block is not None and listed is not None:
        block = _block(layer, ids=True)
    lighter = replace(layer, block=block, listed=listed)
    if long:
        lighter = replace(lighter, table=Table(layer.table.headings))
    if block is None:
        return lighter
    return replace(lighter, cards=(), marks=(), shapes=(), others=())


def _block(layer: Layer, *, ids: bool) -> Block:
    """Lay cards with their marks, or with their areas, out as columns."""
    cards = (*layer.cards, *layer.others)
    marks = {mark.card: mark for mark in layer.marks}
    shapes = {shape.card: shape for shape in layer.shapes}
    aside = {one.card for one in layer.asides}
    cards = tuple(card for card in cards if card.id not in aside)
    looks = tuple(dict.fromkeys(mark.look for mark in layer.marks))
    number = {look: n for n, look in enumerate(looks)}
    at = [_at(marks.get(card.id), shapes.get(card.id)) for card in cards]
    tags = {**_of_rows(layer.table), **layer.tags}
    return Block(
        names=[card.title for card in cards],
        longitudes=np.array([one[0] for one in at], dtype=np.float64),
        latitudes=np.array([one[1] for one in at], dtype=np.float64),
        looks=looks,
        look=[_number(marks.get(card.id), number) for card in cards] if looks else (),
        texts=[marks[c.id].text if c.id in marks else "" for c in cards] if looks else (),
        fills=[shapes[c.id].fill if c.id in shapes else "" for c in cards] if shapes else (),
        radius=[_radius(shapes.get(card.id)) for card in cards] if shapes else (),
        shapes=[shapes[c.id].outline if c.id in shapes else None for c in cards] if shapes else (),
        quantum=layer.quantum,
        ids=[card.id for card in cards] if ids else (),
        tags=_tags([tags.get(card.id, {}) for card in cards]),
        **_said(cards),
    )


def _of_rows(table: Table) -> dict[str, Tags]:
    """Give each card the terms of all rows that lead to it."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in table.rows:
        own = found.setdefault(row.card, {})
        for key, terms in row.tags.items():
            own[key] = tuple(sorted({*own.get(key, ()), *terms}))
    return dict(found)


def _at(mark: Mark | None, shape: Shape | None) -> tuple[float, float]:
    found = mark or shape
    return found.at if found else (float("nan"), float("nan"))


def _number(mark: Mark | None, number: dict[Look, int]) -> int:
    return number[mark.look] if mark else 0


def _radius(shape: Shape | None) -> float:
    """Give the radius of a circle: metres for one on the ground, else pixels."""
    return (round(shape.metres) or shape.radius_px) if shape else 0


def _said(cards: Sequence[Card]) -> dict[str, Any]:
    """Lay out what cards say."""
    facts = [{**dict(card.facts)} for card in cards]
    labels = dict.fromkeys(label for fact in facts for label, value in fact.items() if value)
    order = dict.fromkeys(label for fact in facts for label in fact)
    say = Say()
    return {
        "what": [card.what for card in cards],
        "flags": [tuple(map(say, card.flags)) for card in cards],
        "items": [card.items for card in cards],
        "links": [tuple(address for _, address in card.links) for card in cards],
        "facts": {
            label: [fact.get(label, "") for fact in facts] for label in order if label in labels
        },
    }


def _tags(tags: Sequence[Tags]) -> dict[str, list[tuple[str, ...]]]:
    keys = dict.fromkeys(key for one in tags for key in one)
    return {key: [one.get(key, ()) for one in tags] for key in keys}


def _listed(table: Table) -> Block:
    """Lay the rows of a table out as columns."""
    rows: tuple[Row, ...] = table.rows
    nowhere = np.full(len(rows), np.nan)
    return Block(
        names=[row.name for row in rows],
        longitudes=nowhere,
        latitudes=nowhere,
        facts={
            heading: [row.cells[n] for row in rows] for n, heading in enumerate(table.headings[1:])
        },
        links=[tuple(address for _, address in row.links) for row in rows],
        opens=[row.card for row in rows],
        tags=_tags([row.tags for row in rows]),
    )
