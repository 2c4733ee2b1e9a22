"""The formats a network is exported in, by the ending of the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from netmap.networks.register import Register
from netmap.vocabulary import Vocabularies

Writer = Callable[[Register, Vocabularies], bytes]
Loss = Callable[[Register], tuple[str, ...]]
_HERE = "netmap.exchange"


@dataclass(frozen=True, slots=True)
class Format:
    """One format: whose it is, and the module that writes it and says what it cannot carry."""

    program: str
    module: str

    def write(self, register: Register, vocabularies: Vocabularies) -> bytes:
        """Write a register as its audience may see it; the same register gives the same bytes."""
        writer: Writer = import_module(f"{_HERE}.{self.module}").write
        return writer(register, vocabularies)

    def cannot_carry(self, register: Register) -> tuple[str, ...]:
        """Say in sentences what of this register the format leaves out."""
        loss: Loss = import_module(f"{_HERE}.{self.module}").cannot_carry
        return loss(register)


FORMATS: Mapping[str, Format] = {
    ".gpkg": Format("QGIS and other GIS programs", "gis.geopackage"),
    ".geojson": Format("maps on the web", "gis.geojson"),
    ".parquet": Format("geopandas, DuckDB and QGIS", "gis.geoparquet"),
    ".xlsx": Format("Excel and LibreOffice", "tabular.register_book"),
    ".csv.zip": Format("anything that reads tables", "tabular.csv_zip"),
    ".graphml": Format("Gephi, yEd, NodeXL and Cytoscape", "graphs.graphml"),
    ".gexf": Format("Gephi", "graphs.gexf"),
    ".kumu.json": Format("Kumu", "graphs.kumu_json"),
    ".kumu.xlsx": Format("Kumu", "graphs.kumu_sheets"),
    ".hsds.zip": Format("directories (Open Referral HSDS 3)", "directories.hsds_package"),
    ".oruk.json": Format("directories (Open Referral UK)", "directories.oruk_page"),
}


def ending_of(name: str) -> str | None:
    """Find the format a file's name asks for; None where no format has its ending."""
    endings = sorted(FORMATS, key=len, reverse=True)
    plain = name.casefold()
    return next((one for one in endings if plain.endswith(one) and plain != one), None)
