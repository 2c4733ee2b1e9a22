"""Small geographic files for the tests, made up."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from netmap.exchange.draft import Draft, DraftRow
from netmap.exchange.gis import read
from netmap.networks.areas import Areas
from netmap.networks.models import (
    Activity,
    Area,
    Enquiry,
    NetworkSettings,
    Organisation,
    Population,
    Share,
    Target,
    Tie,
)
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.vocabulary import load

AS_OF = date(2026, 11, 22)


def small_register(audience: Audience = Audience.PUBLIC) -> Register:
    """Give two areas, one with a boundary; two organisations with places and one without."""
    square = gpd.GeoDataFrame({"geometry": [shapely.box(-2, 53, -1, 54)]}, index=["x"], crs=4326)
    return Register(
        name="example",
        settings=NetworkSettings(title="Example", disclaimer="Not for signposting."),
        as_of=AS_OF,
        audience=audience,
        organisations=(
            Organisation(
                id="a", name="A", area="x", notes="for us alone", extra={"=colour": "red"}
            ),
            Organisation(id="b", name="B", latitude=54, longitude=-1.25, roles=("hub", "funder")),
            Organisation(id="c", name="C"),
        ),
        activities=(
            Activity(
                id="g",
                name="G",
                organisation="b",
                communities=("bame",),
                capacity=9,
                step_free=True,
                funding_ends=date(2027, 3, 31),
            ),
        ),
        ties=(
            Tie(source_organisation="a", target_organisation="b", kind="funds", strength=0.5),
            Tie(source_organisation="a", target_organisation="c", kind="funds"),
            Tie(source_organisation="a", target_organisation="a", kind="hosts"),
        ),
        areas=Areas(
            [
                Area(code="x", name="X", latitude=53.5, longitude=-1.5, rural_urban="rural_80"),
                Area(code="y", name="Y", latitude=52, longitude=-1, confidence="approximate"),
                Area(code="z", name="Area Z", kind="anonymised", latitude=1, longitude=1),
            ]
        ),
        populations=(Population(area="x", total=100, groups={"asian": 20.0}),),
        enquiries=(Enquiry(area="x", community="bame", asked=True),),
        targets=(Target(owner="a", measure="groups_engaged", target=4),),
        shares=(Share(area="x", dimension="approach", key="online", percent=40),),
        boundaries=square,
    )


def feature(geometry: Mapping[str, Any] | None, **properties: object) -> dict[str, Any]:
    """Make a GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def point(lon: float, lat: float) -> dict[str, Any]:
    """Make a GeoJSON point."""
    return {"type": "Point", "coordinates": [lon, lat]}


def square(west: float, south: float, size: float = 1) -> dict[str, Any]:
    """Make a GeoJSON polygon whose sides are so many degrees long."""
    ring = [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


def geojson_file(folder: Path, features: Sequence[object], **members: object) -> Path:
    """Write a feature collection."""
    file = folder / "layer.geojson"
    document = {"type": "FeatureCollection", **members, "features": features}
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def read_file(file: Path, table: str | None = None) -> Draft:
    """Read a file, and see that every feature is accounted for once."""
    draft = read(file, file.name, load(), table)
    spots = [row.spot for row in draft.rows if not row.mention]
    spots += [note.spot for note in draft.set_aside]
    assert len(spots) == len(set(spots)) == draft.read
    return draft


def rows_of(draft: Draft, table: str) -> list[DraftRow]:
    """List the rows of one table."""
    return [row for row in draft.rows if row.table == table]
