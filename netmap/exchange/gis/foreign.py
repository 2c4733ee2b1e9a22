"""Other people's layers: one organisation, or one activity, for each feature that has a name."""

from collections.abc import Iterator, Mapping, Sequence

from netmap.exchange.draft import Draft, DraftRow, Note, Outcome, Spot
from netmap.exchange.gis.keys import OSM_IDS, keys, osm_key
from netmap.exchange.gis.leftovers import leftovers
from netmap.exchange.gis.matching import (
    fits,
    names_oddly,
    own_heading,
    properties_by_column,
)
from netmap.exchange.gis.placing import Placed, cells_of, of_the_missing, of_the_shapes, placed
from netmap.exchange.gis.properties import texts
from netmap.exchange.gis.source import Source
from netmap.vocabulary import Vocabularies

_OSM_SOURCE = "© OpenStreetMap contributors, ODbL 1.0"
# By the definition of the role: a place of worship or community centre.
_ROLES = {
    "place_of_worship": "faith_or_community_institution",
    "community_centre": "faith_or_community_institution",
}
# What programs put there for themselves: numbers of rows, colours of a map.
_PROGRAMS_OWN = frozenset({"fid", "ogc_fid", "_umap_options"})
_Texts = Mapping[str, str]


def read(source: Source, file: str, vocabularies: Vocabularies, table: str) -> Draft:
    """Read a layer of organisations or activities.

    Args:
        source: The file.
        file: How messages name it.
        vocabularies: To tell a column of ours from one that only has its name.
        table: ``organisations`` or ``activities``.
    """
    found = placed(source.features)
    said = [texts(one.feature.properties) for one in found]
    osm = any(osm_key(one, text) for one, text in zip(found, said, strict=True))
    every = dict.fromkeys(name for one in said for name in one)
    wanted = properties_by_column(every, table, osm=osm)
    matched = [_matched(text, wanted, table, vocabularies) for text in said]
    names = [
        " ".join(text.get(column.get("name", ""), "").split())
        for text, column in zip(said, matched, strict=True)
    ]
    left = [
        _left(text, set(column.values()), table, osm=osm)
        for text, column in zip(said, matched, strict=True)
    ]
    columns = leftovers([text for text, name in zip(left, names, strict=True) if name])
    rows: list[DraftRow] = []
    aside: list[Note] = []
    for one, text, column, name, key, rest in zip(
        found, said, matched, names, keys(found, said, names), left, strict=True
    ):
        if not name:
            aside.append(_nameless(one))
            continue
        cells = {c: text[p] for c, p in column.items()} | cells_of(one.point) | {"name": name}
        cells |= _of_osm(text, key, table) if osm_key(one, text) else {}
        cells |= {c: t for c, t in columns.cells(rest).items() if c not in cells}
        rows.append(DraftRow(table, cells, one.feature.spot, key, column))
    kept = [one for one, name in zip(found, names, strict=True) if name]
    notes = [
        *source.notes,
        *of_the_shapes(kept, file),
        *of_the_missing(kept, file),
        *_of_the_name(wanted, table, file, osm=osm),
        *columns.notes(file),
        *(note for one in kept for note in one.notes),
    ]
    rows = _with_organisations(rows) if table == "activities" else rows
    return Draft(source.kind, "features", len(found), tuple(rows), tuple(notes), tuple(aside))


def _matched(
    text: _Texts,
    wanted: Mapping[str, Sequence[str]],
    table: str,
    vocabularies: Vocabularies,
) -> dict[str, str]:
    """Choose the property that fills each column of one feature."""
    found = {}
    for column, names in wanted.items():
        name = next((n for n in names if n in text), None)
        if name is not None and fits(table, column, text[name], vocabularies):
            found[column] = name
    return found


def _left(text: _Texts, used: set[str], table: str, *, osm: bool) -> dict[str, str]:
    passed_over = used | _PROGRAMS_OWN | (set(OSM_IDS) if osm else set())
    return {
        own_heading(name, table): value for name, value in text.items() if name not in passed_over
    }


def _of_osm(text: _Texts, key: str, table: str) -> dict[str, str]:
    role = _ROLES.get(text.get("amenity", "")) if table == "organisations" else None
    return {"osm": key, "source": _OSM_SOURCE, **({"roles": role} if role else {})}


def _of_the_name(
    wanted: Mapping[str, Sequence[str]], table: str, file: str, *, osm: bool
) -> Iterator[Note]:
    """Say once for a file which property was taken for the name, where that is not plain."""
    name = next(iter(wanted.get("name", ())), "")
    if name and not osm and names_oddly(name, table):
        message = f"'{name}' was taken for the name."
        yield Note(Outcome.MENDED, "name-taken", message, Spot(file))


def _nameless(one: Placed) -> Note:
    if one.feature.broken and not one.feature.properties:
        return Note(Outcome.REFUSED, "no-feature", f"{one.feature.broken}.", one.feature.spot)
    message = "it has no name, so nobody could be told what it is."
    hint = "Give it a name where the file comes from, in a property called name."
    return Note(Outcome.REFUSED, "no-name", message, one.feature.spot, hint=hint)


def _with_organisations(rows: Sequence[DraftRow]) -> list[DraftRow]:
    """Put in front what the activities name as their organisation, once each."""
    named: dict[str, DraftRow] = {}
    kept = []
    for row in rows:
        name = row.cells.get("organisation")
        if not name:
            kept.append(row)
            continue
        key = f"organisation {name}"
        seen = {"name": row.columns["organisation"]}
        named.setdefault(
            key, DraftRow("organisations", {"name": name}, row.spot, key, seen, mention=True)
        )
        cells = {**row.cells, "organisation": key}
        kept.append(DraftRow(row.table, cells, row.spot, row.key, row.columns))
    return [*named.values(), *kept]
