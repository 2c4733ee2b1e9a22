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
    """One format: the module that writes it and says what it cannot carry."""

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
    ".gpkg": Format("gis.geopackage"),
    ".geojson": Format("gis.geojson"),
    ".parquet": Format("gis.geoparquet"),
    ".xlsx": Format("tabular.register_book"),
    ".csv.zip": Format("tabular.csv_zip"),
    ".graphml": Format("graphs.graphml"),
    ".gexf": Format("graphs.gexf"),
    ".kumu.json": Format("graphs.kumu_json"),
    ".kumu.xlsx": Format("graphs.kumu_sheets"),
    ".hsds.zip": Format("directories.hsds_package"),
    ".oruk.json": Format("directories.oruk_page"),
}


def ending_of(name: str) -> str | None:
    """Find the format a file's name asks for; None where no format has its ending."""
    endings = sorted(FORMATS, key=len, reverse=True)
    plain = name.casefold()
    return next((one for one in endings if plain.endswith(one) and plain != one), None)
