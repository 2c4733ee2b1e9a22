"""Maps: what a page of very many points or areas weighs, how soon it is made, and how soon ready.

Beside netmap stand Folium's Marker with Popup (above 10,000 points only with ``--all``: it takes
minutes and gigabytes), its FastMarkerCluster, its GeoJson, and ``geopandas.explore()``. All get
the same made-up names, kinds, addresses and places, as columns. The activities of a whole register,
with popups of a dozen facts, only netmap draws. Each runs in a process of its own. Seconds are of
the processor, but for pages to be ready, which is the best of three: drawn, and answering to being
moved. What popups, tables and filters say follows at once, and who asks for it before waits: that
is told as "whole". Memory is the most the process had, less what it had with everything imported
and the data made. netmap's page is one file with Leaflet inside. The others load scripts and styles
from four hosts, which this script does not, so what they weigh is told without these (1.4 MB more
where they are put inside), and they are not opened in a browser.

Asks: points 0.5, 0.9 and 4 MB; built in 0.1, 0.25 and 1 s within 80 MB; ready in 0.5, 0.5 and
0.8 s; heap 10, 15 and 30 MB. Areas 0.35, 1 and 2.8 MB; ready in 0.6 s at 7,000, else 1 s; moved in
150 ms. Activities made in 3 s.
"""

import argparse
import gc
import hashlib
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from netmap.networks.register import Register

POINTS = (1_000, 10_000, 100_000)
AREAS = (361, 7_000, 34_000)
ACTIVITIES = (20_000, 100_000)
# Megabytes, seconds to make, seconds to be ready.
ASKED = {
    ("points", 1_000): (0.5, 0.1, 0.5),
    ("points", 10_000): (0.9, 0.25, 0.5),
    ("points", 100_000): (4, 1, 0.8),
    ("areas", 361): (0.35, None, 1),
    ("areas", 7_000): (1, None, 0.6),
    ("areas", 34_000): (2.8, None, 1),
    ("activities", 20_000): (None, 1, 0.8),
    ("activities", 100_000): (None, 3, 1),
}
SLOW = 10_000
_TOWNS = 400
_KINDS = ("hub", "strategic_partner", "grassroots_group", "commissioner", "advisory_member")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_WORDS = (
    "Mind",
    "Carers",
    "Together",
    "Wellbeing",
    "Place",
    "Friends",
    "Hearing",
    "Voices",
    "Hope",
)
_CLASSES = ("#f1eef6", "#bdc9e1", "#74a9cf", "#2b8cbe", "#045a8d")


@dataclass(frozen=True, slots=True)
class Points:
    """Made-up groups around made-up towns."""

    longitudes: Any
    latitudes: Any
    names: list[str]
    kinds: list[str]
    towns: list[str]
    days: list[str]
    websites: list[str]


def points(count: int) -> Points:
    """Make groups, as many in a town as a heavy tail has it; the same for the same count."""
    rng, words = np.random.default_rng(7), random.Random(7)  # noqa: S311  # not a secret
    share = rng.pareto(1.1, _TOWNS) + 0.1
    towns = np.stack([rng.uniform(-5, 1.5, _TOWNS), rng.uniform(50.3, 57.5, _TOWNS)], axis=1)
    which = rng.choice(_TOWNS, count, p=share / share.sum())
    around = towns[which] + rng.normal(0, 1, (count, 2)) * (0.09, 0.06)
    return Points(
        around[:, 0],
        around[:, 1],
        [f"{' '.join(words.sample(_WORDS, 3))} {number}" for number in range(count)],
        words.choices(_KINDS, k=count),
        [f"Town {number}" for number in which.tolist()],
        words.choices(_DAYS, k=count),
        [f"https://example.org/{words.getrandbits(32):x}" for _ in range(count)],
    )


def areas(count: int) -> tuple[Any, list[str], list[int]]:
    """Make cells around random points whose borders wind like real ones, with names and classes."""
    import shapely  # noqa: PLC0415

    rng = np.random.default_rng(7)
    seeds = shapely.MultiPoint(rng.uniform((-5, 50.3), (1.5, 57.5), (count, 2)))
    box = shapely.box(-5.2, 50.1, 1.7, 57.7)
    cells = shapely.intersection(shapely.get_parts(shapely.voronoi_polygons(seeds)), box)
    side = (7.2 * 6.5 / count) ** 0.5
    winding = shapely.segmentize(cells, side / 12)

    def wind(at: Any) -> Any:
        # The same corner moves alike in both its areas.
        x, y = np.round(at, 7).T
        turn = np.stack(
            [np.sin(x * 40 / side + y * 31 / side), np.cos(x * 37 / side - y * 43 / side)]
        )
        return at + turn.T * side / 30

    wound = shapely.transform(winding, wind)
    names = [f"Area {number:05}" for number in range(len(wound))]
    return wound, names, rng.integers(0, len(_CLASSES), len(wound)).tolist()


def activities(count: int) -> "Register":
    """Make a register of activities of all sorts around the same towns, in 400 areas."""
    from netmap.networks.areas import Areas  # noqa: PLC0415
    from netmap.networks.models import Activity, Area, NetworkSettings, Organisation  # noqa: PLC0415
    from netmap.networks.register import Register  # noqa: PLC0415

    words = random.Random(11)  # noqa: S311  # not a secret
    made = points(count)

    def some(share: float, *values: Any) -> Any:
        return words.choice(values) if words.random() < share else None

    def one(number: int) -> Activity:
        town = int(made.towns[number].split()[1])
        placed = some(
            0.9, {"longitude": made.longitudes[number], "latitude": made.latitudes[number]}
        )
        cells = {
            "id": f"act-{number}",
            "name": made.names[number],
            "organisation": some(0.9, f"org-{number % 3_000}"),
            "description": some(0.3, f"{made.names[number]} meets for tea and talk."),
            "approach": some(0.9, "support_group", "drop_in", "online", "telephone", "network"),
            "other_approaches": some(0.1, ("activity_group",), ("one_to_one", "drop_in")),
            "topics": some(0.7, ("anxiety",), ("carers", "bereavement")),
            "communities": some(0.6, ("bame",), ("lgbt", "somali"), ("nobody_knows",)),
            "exclusive": some(0.5, *(True, False)),
            "languages": some(0.5, ("en",), ("en", "ur"), ("so", "ar"), ("Klingon",)),
            "area": some(0.8, f"T{town:03}"),
            "serves": some(0.05, (f"T{town:03}", f"T{town // 2:03}")),
            "venue": some(0.3, f"Hall {number % 900}", "The  Old Library"),
            "schedule": some(0.8, *(f"{day}s 10:00-12:00" for day in _DAYS), "monthly"),
            "how_to_join": some(0.2, "Ring first", "Come along"),
            "phone": some(0.2, f"0113 496 {number % 1_000:04}"),
            "website": some(0.5, made.websites[number], "example.org"),
            "email": some(0.2, f"tea{number}@example.org", "no address"),
            "count": some(0.03, 4, 12, 1_250),
            "part_of": some(0.02, "act-0"),
            "status": some(0.9, "active", "active", "planned", "paused", "closed"),
            "confidence": some(0.2, "illustrative", "inferred", "approximate"),
            "verified_on": some(0.6, date(2026, 1 + number % 9, 1 + number % 28)),
            **(placed or {}),
        }
        return Activity(**{name: cell for name, cell in cells.items() if cell is not None})

    return Register(
        "made-up",
        NetworkSettings(title="Made-up groups"),
        date(2026, 11, 28),
        organisations=tuple(
            Organisation(id=f"org-{n}", name=f"Organisation {n}", area=f"T{n % _TOWNS:03}")
            for n in range(3_000)
        ),
        activities=tuple(map(one, range(count))),
        areas=Areas(
            Area(code=f"T{n:03}", name=f"Town {n}", longitude=-5 + n / 80, latitude=52 + n % 20 / 5)
            for n in range(_TOWNS)
        ),
    )


# ---- pages ----


def netmap_points(data: Points) -> bytes:
    """Draw with netmap."""
    from netmap.maps.assets import Assets  # noqa: PLC0415
    from netmap.maps.cards import Block, Entry, Layer  # noqa: PLC0415
    from netmap.maps.drawing import Said, compose  # noqa: PLC0415
    from netmap.maps.symbols import ROLES  # noqa: PLC0415

    number = {kind: n for n, kind in enumerate(_KINDS)}
    terms = {term: (term,) for term in (*_KINDS, *_DAYS)}
    block = Block(
        data.names,
        data.longitudes,
        data.latitudes,
        tuple(ROLES[kind] for kind in _KINDS),
        [number[kind] for kind in data.kinds],
        what=data.kinds,
        facts={"Area": data.towns, "When": data.days},
        links=[(address,) for address in data.websites],
        tags={
            "role": [terms[kind] for kind in data.kinds],
            "day": [terms[one] for one in data.days],
        },
    )
    legend = tuple(Entry(kind, data.kinds.count(kind), ROLES[kind]) for kind in _KINDS)
    layer = Layer("organisations", "Organisations", legend=legend, block=block)
    return compose(
        Said("Made-up groups", drawn_on="28 November 2026"), [layer], assets=Assets.INLINE
    )


def netmap_activities(data: "Register") -> bytes:
    """Draw with netmap, from the register's rows on."""
    from netmap import maps, vocabulary  # noqa: PLC0415

    settings = maps.MapSettings(network=data.name, layers=("activities",))
    return maps.draw(
        settings,
        data,
        vocabulary.load(),
        (),
        (),
        {},
        assets=maps.Assets.INLINE,
        publisher="bench",
        as_of=data.as_of,
    )


def folium_markers(data: Points) -> bytes:
    """Draw with Folium as its documentation begins: a Marker with a Popup for each."""
    import folium  # noqa: PLC0415

    page = folium.Map(location=(54, -2), zoom_start=6, tiles=None)
    for at in zip(data.latitudes, data.longitudes, data.names, data.kinds, data.towns, strict=True):
        folium.Marker(at[:2], popup=f"<b>{at[2]}</b><br>{at[3]}<br>{at[4]}").add_to(page)
    return _folium(page)


def folium_clusters(data: Points) -> bytes:
    """Draw with Folium's FastMarkerCluster."""
    import folium  # noqa: PLC0415
    from folium.plugins import FastMarkerCluster  # noqa: PLC0415

    rows = zip(data.latitudes, data.longitudes, data.names, data.kinds, data.towns, strict=True)
    made = """function (row) { var box = document.createElement("div");
      box.textContent = row.slice(2).join(", ");
      return L.marker(row.slice(0, 2)).bindPopup(box); }"""
    page = folium.Map(location=(54, -2), zoom_start=6, tiles=None)
    cluster = FastMarkerCluster([list(row) for row in rows], callback=made)  # type: ignore[no-untyped-call]
    cluster.add_to(page)
    return _folium(page)


def explored_points(data: Points) -> bytes:
    """Draw with GeoPandas."""
    import geopandas as gpd  # noqa: PLC0415

    frame = gpd.GeoDataFrame(
        {"name": data.names, "kind": data.kinds, "town": data.towns, "url": data.websites},
        geometry=gpd.points_from_xy(data.longitudes, data.latitudes),
        crs=4326,
    )
    return _folium(frame.explore("kind", tiles=None))


def netmap_areas(data: tuple[Any, list[str], list[int]]) -> bytes:
    """Draw with netmap."""
    import shapely  # noqa: PLC0415

    from netmap.maps.assets import Assets  # noqa: PLC0415
    from netmap.maps.cards import Block, Entry, Layer  # noqa: PLC0415
    from netmap.maps.drawing import Said, compose  # noqa: PLC0415
    from netmap.maps.outlines import quantum_of, simplified, tolerance_of  # noqa: PLC0415

    shapes, names, classes = data
    tolerance = tolerance_of(shapes)
    middle = shapely.get_coordinates(shapely.centroid(shapes))
    block = Block(
        names,
        middle[:, 0],
        middle[:, 1],
        facts={"Rate": [str(n) for n in classes]},
        fills=[_CLASSES[n] for n in classes],
        shapes=simplified(shapes, tolerance),
        quantum=quantum_of(tolerance),
    )
    legend = tuple(Entry(f"class {n}", fill=fill) for n, fill in enumerate(_CLASSES))
    layer = Layer("areas", "Areas", legend=legend, block=block)
    return compose(
        Said("Made-up areas", drawn_on="28 November 2026"), [layer], assets=Assets.INLINE
    )


def folium_areas(data: tuple[Any, list[str], list[int]]) -> bytes:
    """Draw with Folium's GeoJson, with five decimals and each area's style among its properties."""
    import folium  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    shapes, names, classes = data
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "style": {"fillColor": _CLASSES[n], "weight": 0.5}},
            "geometry": json.loads(text),
        }
        for text, name, n in zip(
            shapely.to_geojson(shapely.set_precision(shapes, 1e-5, mode="pointwise")),
            names, classes, strict=True,
        )
    ]  # fmt: skip
    page = folium.Map(location=(54, -2), zoom_start=6, tiles=None, prefer_canvas=True)
    popup = folium.GeoJsonPopup(["name"])
    folium.GeoJson({"type": "FeatureCollection", "features": features}, popup=popup).add_to(page)
    return _folium(page)


def explored_areas(data: tuple[Any, list[str], list[int]]) -> bytes:
    """Draw with GeoPandas."""
    import geopandas as gpd  # noqa: PLC0415

    shapes, names, classes = data
    frame = gpd.GeoDataFrame({"name": names, "rate": classes}, geometry=shapes, crs=4326)
    return _folium(frame.explore("rate", tiles=None, prefer_canvas=True))


def _folium(page: Any) -> bytes:
    text: str = page.get_root().render()
    return text.encode()


WAYS: dict[str, tuple[Callable[[int], Any], dict[str, Callable[[Any], bytes]]]] = {
    "points": (
        points,
        {
            "netmap": netmap_points,
            "Folium Marker + Popup": folium_markers,
            "FastMarkerCluster": folium_clusters,
            "explore()": explored_points,
        },
    ),
    "areas": (
        areas,
        {"netmap": netmap_areas, "Folium GeoJson": folium_areas, "explore()": explored_areas},
    ),
    "activities": (activities, {"netmap": netmap_activities}),
}


# ---- measuring ----


def measured(sort: str, way: str, count: int, file: Path) -> dict[str, Any]:
    """Make and save one page in this process."""
    make, ways = WAYS[sort]
    # What is imported on the way is imported before the clock starts.
    ways[way](make(20))
    data = make(count)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, wall = time.process_time(), time.perf_counter()
    page = ways[way](data)
    file.write_bytes(page)
    return {
        "seconds": time.process_time() - started,
        "wall": time.perf_counter() - wall,
        "mb": len(page) / 1e6,
        "rss": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
        "digest": hashlib.sha256(page).hexdigest(),
    }


# Since the browser began to load the page; it is ready when two frames more were drawn.
_READY = """() => new Promise((done) => {
  const drawn = () => requestAnimationFrame(() => requestAnimationFrame(
    () => done(performance.now())));
  const look = () => (window.netmap && netmap.ready ? drawn() : setTimeout(look, 2));
  look();
})"""
_WHOLE = """() => new Promise((done) => netmap.whole(() => done(performance.now())))"""
_PAN = """() => new Promise((done) => {
  const map = netmap.map, started = performance.now();
  map.once("moveend", () => requestAnimationFrame(() => requestAnimationFrame(
    () => done(performance.now() - started))));
  map.panBy([180, 90], { animate: false });
})"""


def opened(file: Path) -> dict[str, float]:
    """Open a page of netmap's in Chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    found: dict[str, float] = {}
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        # The first page of a browser pays for the browser.
        browser.new_page().goto("about:blank")
        ready, whole = [], []
        for _ in range(3):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(file.as_uri(), wait_until="commit")
            ready.append(page.evaluate(_READY) / 1000)
            whole.append(page.evaluate(_WHOLE) / 1000)
        found["ready"], found["whole"] = min(ready), min(whole)
        tools = page.context.new_cdp_session(page)
        tools.send("HeapProfiler.collectGarbage")
        heap = tools.send("Runtime.getHeapUsage")
        # Columns of numbers are kept beside the heap proper.
        found["heap"] = (heap["usedSize"] + heap.get("backingStorageSize", 0)) / 1e6
        page.evaluate(
            "netmap.map.setView(netmap.map.getCenter(), netmap.map.getZoom() + 1, {animate: false})"
        )
        found["pan"] = statistics.median(page.evaluate(_PAN) for _ in range(5))
        browser.close()
    return found


def alone(*words: str) -> dict[str, Any]:
    """Run one measurement in a process of its own."""
    command = [sys.executable, __file__, *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def compare(sort: str, sizes: tuple[int, ...], folder: Path, *, every: bool) -> None:
    """Print one line for each way and size."""
    for count in sizes:
        asked = [limit or "-" for limit in ASKED[sort, count]]
        print(f"\n{count:,} {sort}; asked: {asked[0]} MB, {asked[1]} s, ready {asked[2]} s")
        own = 0.0
        for way in WAYS[sort][1]:
            if way == "Folium Marker + Popup" and count > SLOW and not every:
                print(f"  {way:22} skipped; --all includes it")
                continue
            file = folder / f"{sort}-{count}-{len(way)}.html"
            made = alone("--make", sort, way, str(count), str(file))
            own = own or made["seconds"]
            line = (
                f"  {way:22} {made['mb']:7.2f} MB  {made['seconds']:7.2f} s "
                f"({made['seconds'] / own:5.1f}x)  {made['rss']:6.0f} MB of memory"
            )
            if way == "netmap":
                again = alone("--make", sort, way, str(count), str(file))
                seen = alone("--open", str(file))
                same = "same bytes" if again["digest"] == made["digest"] else "OTHER BYTES"
                line += (
                    f"  ready {seen['ready']:.2f} s, whole {seen['whole']:.2f} s, "
                    f"heap {seen['heap']:.1f} MB, moved in {seen['pan']:.0f} ms, {same} twice"
                )
            print(line, flush=True)


def main() -> None:
    """Measure all, or one thing for :func:`alone`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="also what takes minutes")
    parser.add_argument("--only", choices=list(WAYS))
    parser.add_argument("--make", nargs=4, help=argparse.SUPPRESS)
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.make:
        sort, way, count, file = words.make
        print(json.dumps(measured(sort, way, int(count), Path(file))))
    elif words.open:
        print(json.dumps(opened(words.open)))
    else:
        with tempfile.TemporaryDirectory() as folder:
            every = (("points", POINTS), ("areas", AREAS), ("activities", ACTIVITIES))
            for sort, sizes in every:
                if words.only in {None, sort}:
                    compare(sort, sizes, Path(folder), every=words.all)


if __name__ == "__main__":
    main()
