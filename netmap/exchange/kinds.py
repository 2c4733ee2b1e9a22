"""The kinds of file that can be imported, each told by what is in it or named by people.

A spreadsheet as people keep it is what remains where a table is nothing more particular; its
headings have to be agreed on, which is for whoever talks to people.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from netmap.errors import UnknownNameError, UnreadableFileError
from netmap.exchange.draft import Draft
from netmap.exchange.grids import is_spreadsheet
from netmap.findings import did_you_mean
from netmap.networks.postcodes.blocks import recognised
from netmap.networks.postcodes.sources import Source, sources_of
from netmap.tables import open_archive, tidy
from netmap.vocabulary import Vocabularies

SPREADSHEET = "spreadsheet"
# Times between places are no rows of a register: whoever imports takes them another way.
TRAVEL = "travel"
_HERE = "netmap.exchange"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What people may say about a file that it does not say itself.

    Attributes:
        table: Which table the features of a layer are for.
        tie_kind: What ties are that do not say their kind.
        today: The day of the run, by which what is visible for a time is judged.
    """

    table: str | None = None
    tie_kind: str | None = None
    today: date | None = None


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    Attributes:
        name: What people call it after ``--kind``.
        module: The module that reads it.
        aliases: What else they may call it.
        options: What its reader takes besides: names of :class:`Wishes`, or fixed words.
    """

    name: str
    module: str
    aliases: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    fixed: str | None = None

    def recognises(self, file: Path) -> bool:
        """Tell whether a file is of this kind."""
        found: bool = self._room.recognises(file)
        return found

    def read(self, file: Path, vocabularies: Vocabularies, wishes: Wishes) -> Draft:
        """Read a file of this kind; messages call it by its name.

        Raises:
            UnreadableFileError: Nothing in it can be understood.
        """
        reader: Callable[..., Draft] = self._room.read
        if self.fixed:
            reader = partial(reader, kind=self.fixed)
        said = {name: getattr(wishes, name) for name in self.options}
        return reader(file, file.name, vocabularies, **{k: v for k, v in said.items() if v})

    @property
    def _room(self) -> Any:
        return import_module(f"{_HERE}.{self.module}")


_STATISTICS = "statistics"
# The most particular first: the first that recognises a file reads it.
KINDS: tuple[Kind, ...] = (
    Kind(TRAVEL, "travel", ("osrm", "ors", "openrouteservice", "r5", "r5r", "r5py", "matrix")),
    Kind("netmap", "tabular.reading", ("register",)),
    Kind("hsds", "directories.tables", ("hsds package", "datapackage")),
    Kind("oruk", "directories.pages", ("directory", "open referral", "openreferral", "hsds json")),
    Kind("outpost", "directories.outpost", (), ("today",)),
    Kind("360giving", "grants", ("grants", "360 giving", "threesixtygiving")),
    Kind("kumu", "graphs.kumu_json", ("kumu json",), ("tie_kind",)),
    Kind("kumu-sheets", "graphs.kumu_sheets", ("kumu spreadsheet", "kumu xlsx"), ("tie_kind",)),
    Kind("graphml", "graphs.graphml", (), ("tie_kind",)),
    Kind("gexf", "graphs.gexf", ("gephi",), ("tie_kind",)),
    Kind("boundaries", f"{_STATISTICS}.boundaries", ("areas", "boundary", "outlines")),
    Kind(
        "gis",
        "gis",
        ("map", "layer", "geojson", "geopackage", "gpkg", "shapefile", "geoparquet", "osm", "kml"),
        ("table",),
    ),
    Kind("population", _STATISTICS, ("populations", "census", "ethnicity"), (), "population"),
    Kind("rural-urban", _STATISTICS, ("rural_urban", "ruc"), (), "rural-urban"),
    Kind("deprivation", _STATISTICS, ("imd", "deprivation_decile"), (), "deprivation"),
    Kind("area-codes", _STATISTICS, ("code changes", "lad changes"), (), "area-codes"),
    Kind("area-lookup", _STATISTICS, ("lookup", "parents"), (), "area-lookup"),
    Kind(SPREADSHEET, "spreadsheets", ("sheet", "excel", "csv", "xlsx", "table")),
)
_TOLD_BY_CONTENT = tuple(kind for kind in KINDS if kind.name != SPREADSHEET and not kind.fixed)
# Files that are broken, or not what they are called, are refused by the reader of their ending.
_BY_ENDING = {
    ".graphml": "graphml",
    ".gexf": "gexf",
    **dict.fromkeys((".gpkg", ".geojson", ".kml", ".kmz", ".shp", ".parquet", ".umap"), "gis"),
}
_NAMES = frozenset({"name", "title", "label"})
_FIRST_BYTES, _FIRST_LINES = 2**16, 15
_POSTCODES = (".csv", ".gz", ".parquet", ".zip")


def kind_named(text: str) -> Kind:
    """Find a kind by what people call it.

    Raises:
        UnknownNameError: No kind is called that.
    """
    plain = _plain(text)
    for kind in KINDS:
        if plain in {_plain(name) for name in (kind.name, *kind.aliases)}:
            return kind
    names = [kind.name for kind in KINDS]
    hint = did_you_mean(text, names) or f"Known: {', '.join(names)}."
    raise UnknownNameError("kind of file", text, hint)


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def kind_of(file: Path) -> Kind:
    """Tell what kind of file it is by what is in it.

    Raises:
        UnreadableFileError: It is of no kind that can be imported.
    """
    for kind in _TOLD_BY_CONTENT:
        if kind.recognises(file):
            return kind
    _refuse_what_goes_elsewhere(file)
    statistic = _statistic(file)
    if statistic:
        return kind_named(statistic)
    if is_spreadsheet(file):
        return kind_named(SPREADSHEET)
    ending = file.suffix.lower()
    if ending in _BY_ENDING and file.is_file():
        return kind_named(_BY_ENDING[ending])
    if ending == ".zip":
        with open_archive(file, file.name):  # one that is broken or a trap says so itself
            pass
        why = "there is no kind of package in it that netmap knows; unpack it and import its files"
        raise UnreadableFileError(file.name, why)
    names = ", ".join(kind.name for kind in KINDS)
    why = f"what it is cannot be told; if you know, add --kind and one of: {names}"
    raise UnreadableFileError(file.name, why)


def _refuse_what_goes_elsewhere(file: Path) -> None:
    """Refuse what netmap uses, but not as rows of a register.

    Raises:
        UnreadableFileError: It is a calendar or a table of postcodes.
    """
    if file.suffix.lower() == ".ics":
        why = "it is a calendar; bring it in with: netmap events import"
        raise UnreadableFileError(file.name, why)
    if file.suffix.lower() in _POSTCODES and is_postcode_table(file):
        why = "it is a table of postcodes; name it in netmap.toml, under [places], as postcodes"
        raise UnreadableFileError(file.name, why)


def is_postcode_table(file: Path) -> bool:
    """Tell whether a file places postcodes, and names nothing that stands there."""
    try:
        sources = sources_of(file, file.name)
        return any(map(recognised, sources)) and not any(map(_names_bodies, sources))
    except UnreadableFileError:
        return False


def _names_bodies(source: Source) -> bool:
    """Tell whether one of a text's first lines heads a list of groups."""
    registers = import_module(f"{_HERE}.{_STATISTICS}.registers")
    with source.open() as stream:
        lines = stream.read(_FIRST_BYTES).decode("utf-8", "replace").splitlines()[:_FIRST_LINES]
    headings = [[tidy(cell) for cell in re.split(r'[",;\t|]+', line)] for line in lines]
    return any(registers.names_bodies(row) or _NAMES & {*map(_plain, row)} for row in headings)


def _statistic(file: Path) -> str | None:
    """Tell which published table a file is; None where it is none."""
    found: str | None = import_module(f"{_HERE}.{_STATISTICS}").told(file)
    return found
