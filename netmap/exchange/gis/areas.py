"""A layer of boundaries: one area for each code, and its outline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import shapely

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft, DraftRow, Note, Outcome, Spot
from netmap.exchange.gis.codes import Headings, headings
from netmap.exchange.gis.leftovers import Leftovers, leftovers
from netmap.exchange.gis.matching import fits, own_heading, properties_by_column
from netmap.exchange.gis.outlines import boundaries, centres
from netmap.exchange.gis.placing import Placed, cells_of, of_the_missing, placed
from netmap.exchange.gis.properties import texts
from netmap.exchange.gis.source import Source
from netmap.vocabulary import Vocabularies

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_Texts = Mapping[str, str]


@dataclass(slots=True)
class _Found:
    """The areas of a file while they are gathered."""

    rows: "dict[str, DraftRow]" = field(default_factory=dict)
    outlines: "dict[str, BaseGeometry]" = field(default_factory=dict)
    aside: list[Note] = field(default_factory=list)


def looks_like_areas(source: Source) -> bool:
    """Tell whether a file is boundaries: every feature an outline, with a code of its own."""
    if not all(f.shape is not None and "Polygon" in f.shape.geom_type for f in source.features):
        return False
    said = [texts(one.properties) for one in source.features]
    found = headings(said)
    if found is None or not found.name or any("name" in one for one in said):
        return False
    return len({one.get(found.code) for one in said}) == len(said)


def read(source: Source, file: str, vocabularies: Vocabularies) -> Draft:
    """Read a layer of areas.

    Args:
        source: The file.
        file: How messages name it.
        vocabularies: To tell a column of ours from one that only has its name.

    Returns:
        A row for each code, at a point inside its outline, and the outlines. The outlines of
        features with one code are put together.

    Raises:
        UnreadableFileError: No property tells one area from another.
    """
    features = placed(source.features)
    said = [texts(one.feature.properties) for one in features]
    named = headings(said)
    if named is None:
        why = "no property of it looks like the codes of areas. Name that property 'code'"
        raise UnreadableFileError(file, why)
    used = _used(said, named, vocabularies)
    left = [
        _left(one, {named.code, named.name, *more.values()})
        for one, more in zip(said, used, strict=True)
    ]
    columns = leftovers(left)
    found = _Found()
    for one, text, more, rest, middle in zip(
        features, said, used, left, _middles(features), strict=True
    ):
        seen = {"code": named.code, **({"name": named.name} if named.name else {}), **more}
        cells = {column: text[name] for column, name in seen.items() if name in text}
        _gather(found, one, {**cells, **cells_of(middle), **columns.cells(rest)}, seen)
    return Draft(
        source.kind,
        "features",
        len(features),
        tuple(found.rows.values()),
        tuple(_notes(source, features, named, columns, file)),
        tuple(found.aside),
        boundaries(found.outlines),
    )


def _used(
    said: Sequence[_Texts], named: Headings, vocabularies: Vocabularies
) -> list[dict[str, str]]:
    """Choose the properties that fill the other columns of each area."""
    every = dict.fromkeys(name for one in said for name in one)
    wanted = {
        column: names[0]
        for column, names in properties_by_column(every, "areas", osm=False).items()
        if column != "name" and names[0] not in {named.code, named.name}
    }
    return [
        {c: n for c, n in wanted.items() if n in one and fits("areas", c, one[n], vocabularies)}
        for one in said
    ]


def _left(text: _Texts, used: set[str]) -> dict[str, str]:
    return {own_heading(n, "areas"): t for n, t in text.items() if n not in used and n != "fid"}


def _middles(found: Sequence[Placed]) -> list[tuple[float, float] | None]:
    """Give each area its middle: a point's own, else one inside the outline, found in metres."""
    shapes = [one.shape for one in found if one.shape is not None and _is_outline(one.shape)]
    inside = iter(centres(shapes))
    return [
        next(inside) if one.shape is not None and _is_outline(one.shape) else one.point
        for one in found
    ]


def _is_outline(shape: "BaseGeometry") -> bool:
    return "Polygon" in shape.geom_type


def _gather(found: _Found, one: Placed, cells: dict[str, str], seen: dict[str, str]) -> None:
    """Add one feature to the areas: a new one, more of one that is there, or none."""
    spot, code = one.feature.spot, cells.get("code", "")
    if not code:
        message = f"it has no {seen['code']}, so it could not be told from others."
        found.aside.append(Note(Outcome.REFUSED, "no-code", message, spot))
        return
    outline = one.shape if one.shape is not None and _is_outline(one.shape) else None
    if code in found.rows:
        found.aside.append(_again(code, spot, joined=outline is not None))
    else:
        found.rows[code] = DraftRow("areas", {"name": code, **cells}, spot, code, seen)
    if outline is not None:
        known = found.outlines.get(code)
        found.outlines[code] = outline if known is None else shapely.union(known, outline)


def _again(code: str, spot: Spot, *, joined: bool) -> Note:
    what = "its outline was added to that one" if joined else "it adds nothing"
    message = f"a feature above has the code {code} too; {what}."
    return Note(Outcome.MENDED if joined else Outcome.REFUSED, "same-code", message, spot, code)


def _notes(
    source: Source, found: Sequence[Placed], named: Headings, columns: Leftovers, file: str
) -> list[Note]:
    notes = list(source.notes)
    if not named.name:
        message = "no property of it looks like the names of areas; they are called by their codes."
        hint = "Name that property 'name'."
        notes.append(Note(Outcome.WARNED, "no-names", message, Spot(file), hint=hint))
    return [
        *notes,
        *of_the_missing(found, file),
        *columns.notes(file),
        *(note for one in found for note in one.notes),
    ]
