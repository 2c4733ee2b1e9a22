"""The command that hands a network to other programs: export."""

from pathlib import Path
from typing import Annotated

import typer

from netmap.cli.app import Call, Seen, app


@app.command(epilog="Example: netmap export side-by-side side-by-side.gpkg --audience public")
def export(
    context: typer.Context,
    network: Annotated[str, typer.Argument(metavar="NETWORK", help="The network to export.")],
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The file to write; its ending chooses the format."),
    ],
    audience: Annotated[Seen, typer.Option(help="Who the file is for.")] = Seen.PUBLIC,
) -> None:
    """Write a network for QGIS, Gephi, Kumu, Excel or a directory.

    Endings: .gpkg .geojson .parquet .xlsx .csv.zip .graphml .gexf .kumu.json .kumu.xlsx .hsds.zip
    .oruk.json
    """
    from netmap.build.exporting import export as written_as  # noqa: PLC0415
    from netmap.build.exporting import refuse_sources  # noqa: PLC0415
    from netmap.cli.console import aside  # noqa: PLC0415
    from netmap.exchange.formats import ending_of  # noqa: PLC0415
    from netmap.workspace import write_atomically  # noqa: PLC0415

    call: Call = context.obj
    ending = ending_of(file.name)
    if ending is None:
        raise typer.BadParameter(_no_format(file.name))
    place = call.open(audience)
    refuse_sources(place.workspace, file)
    with aside().status(f"Writing {file.name}"):
        made = written_as(place, network, ending)
        write_atomically(file, made.content)
    console = aside()
    console.print(f"Wrote {file} ({len(made.content) / 1000:,.0f} kB), for {audience.value}.")
    for line in made.lost:
        console.print(f"  not in it: {line}")


def _no_format(name: str) -> str:
    """Say which endings there are, those that end alike before all others."""
    from netmap.exchange.formats import FORMATS  # noqa: PLC0415

    suffix = Path(name.casefold()).suffix
    alike = [ending for ending in FORMATS if suffix and ending.endswith(suffix)]
    if not alike and suffix:
        alike = [ending for ending in FORMATS if ending.startswith(f"{suffix}.")]
    hint = f" Did you mean {' or '.join(alike)}?" if alike else ""
    return f"no format has the ending of '{name}'.{hint} Known: {' '.join(FORMATS)}"
