"""The layers of a register: which columns each has, and the cells and shape of each row.

Four layers: organisations, activities, areas (boundaries where there are any, else points) and
ties (straight lines from one organisation to the other), all in WGS 84 longitude and latitude.
What has no place is kept, without a geometry. How they are written is for the formats.
"""

import typing
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from netmap.exchange.gis.shapes import SHAPES
from netmap.exchange.rows import Cells, contract_columns, records, table_columns, table_rows
from netmap.networks.models import Activity, Organisation, Record, Tie
from netmap.networks.register import Register
from netmap.vocabulary import Vocabularies

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

LAYERS = ("organisations", "activities", "areas", "ties")
# Columns that are worked out for people who look at a map, and are no part of a register.
WORKED_OUT: typing.Final = {
    "organisations": ("area_name", "approximate"),
    "activities": ("area_name", "approximate"),
    "areas": ("approximate",),
    "ties": ("source_name", "target_name"),
}
LABEL = "_label"
# Names that the formats keep for themselves.
_RESERVED = frozenset({"fid", "ogc_fid", "geom", "geometry", "layer", "bbox"})
# Which vocabulary explains the codes of a column.
_LABELLED = {
    "roles": "role",
    "sector": "sector",
    "approach": "approach",
    "communities": "community",
    "topics": "topic",
    "rural_urban": "rural_urban",
    "kind": "tie_kind",
}


def layer_columns(register: Register, layer: str) -> tuple[str, ...]:
    """Name the columns of a layer: the contract's, their labels, what is worked out, own ones."""
    contract = contract_columns(register, layer)
    return (*_given(register, layer), *_own(register, layer, keep=True)[len(contract) :])


def left_out_columns(register: Register, layer: str) -> tuple[str, ...]:
    """Name people's own columns whose name a geographic file keeps for something else."""
    return _own(register, layer, keep=False)


def features(
    register: Register, vocabularies: Vocabularies, layer: str
) -> "Iterator[tuple[Cells, BaseGeometry | None]]":
    """Give the cells and the shape of each row of a layer, in the order of their keys.

    Args:
        register: As its audience may see it.
        vocabularies: For the labels beside the codes.
        layer: One of :data:`LAYERS`.
    """
    kept = _own(register, layer, keep=True)
    rows = zip(records(register, layer), table_rows(register, layer), strict=True)
    for row, every in rows:
        cells = {name: every[name] for name in kept}
        more = {**_labels(vocabularies, cells, layer), **_MORE[layer](register, row)}
        yield {**cells, **more}, SHAPES[layer](register, row)


def _given(register: Register, layer: str) -> tuple[str, ...]:
    names = contract_columns(register, layer)
    labelled = (f"{name}{LABEL}" for name in names if _is_labelled(layer, name))
    return (*names, *labelled, *WORKED_OUT[layer])


def _own(register: Register, layer: str, *, keep: bool) -> tuple[str, ...]:
    """Part all columns into those that can be carried and those that cannot.

    SQLite does not tell capitals from small letters in names.
    """
    contract = contract_columns(register, layer)
    taken = {name.casefold() for name in _given(register, layer)} | _RESERVED
    kept, left = list(contract), list[str]()
    for name in table_columns(register, layer)[len(contract) :]:
        plain = name.casefold()
        (left if plain in taken or "\0" in name else kept).append(name)
        taken.add(plain)
    return tuple(kept if keep else left)


def _is_labelled(layer: str, name: str) -> bool:
    # The kind of an area is people's own word; the kind of a tie is a controlled term.
    return name in _LABELLED and (name, layer) != ("kind", "areas")


def _labels(vocabularies: Vocabularies, cells: Cells, layer: str) -> Cells:
    return {
        f"{name}{LABEL}": _label(vocabularies, _LABELLED[name], value)
        for name, value in cells.items()
        if _is_labelled(layer, name)
    }


def _label(vocabularies: Vocabularies, vocabulary: str, value: object) -> str | None:
    codes = value if isinstance(value, tuple) else (value,) if value else ()
    labels = [vocabularies[vocabulary].label(str(code)) for code in codes]
    return "; ".join(labels) or None


def _located(register: Register, row: Record) -> Cells:
    one = typing.cast("Activity | Organisation", row)
    area = register.area_of(one) if isinstance(one, Activity) else one.area
    return {
        "area_name": register.areas.name(area) if area else None,
        "approximate": register.approximate(one),
    }


def _tied(register: Register, row: Record) -> Cells:
    tie = typing.cast("Tie", row)
    ends = (tie.source_organisation, tie.target_organisation)
    known = register.organisation
    names = [known[end].name if end in known else end for end in ends]
    return {"source_name": names[0], "target_name": names[1]}


_MORE: dict[str, Callable[[Register, Record], Cells]] = {
    "organisations": _located,
    "activities": _located,
    "areas": lambda _, row: {"approximate": row.uncertain or row.illustrative},
    "ties": _tied,
}
