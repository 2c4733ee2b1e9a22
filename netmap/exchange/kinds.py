"""The kinds of file that can be imported, each told by what is in it or named by people.

A spreadsheet as people keep it is what remains where a table is nothing more particular; its
headings have to be agreed on, which is for whoever talks to people.
"""

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
from netmap.vocabulary import Vocabularies

SPREADSHEET = "spreadsheet"
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
        UnreadableFileError: It is of no kind that is known.
    """
    for kind in _TOLD_BY_CONTENT:
        if kind.recognises(file):
            return kind
    statistic = _statistic(file)
    if statistic:
        return kind_named(statistic)
    if is_spreadsheet(file):
        return kind_named(SPREADSHEET)
    names = ", ".join(kind.name for kind in KINDS)
    raise UnreadableFileError(
        file.name, f"it is none of the kinds that are known; name its kind with --kind ({names})"
    )


def _statistic(file: Path) -> str | None:
    """Tell which published table a file is; None where it is none."""
    found: str | None = import_module(f"{_HERE}.{_STATISTICS}").told(file)
    return found
