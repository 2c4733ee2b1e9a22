"""The files a network cannot be without, for one that an import starts."""

import json

from netmap.exchange.intake.contract import readable
from netmap.networks.models import TABLES, required
from netmap.tables import write_csv
from netmap.workspace import NETWORK_FILE

ORGANISATIONS = "organisations.csv"


def network_file(name: str, file: str) -> dict[str, bytes]:
    """Write the settings of a new network.

    Args:
        name: The network's folder; its words are the title until somebody writes a better one.
        file: The name of the file it is made from.
    """
    words = readable(name.replace("-", " ").replace("_", " "))
    title = words[:1].upper() + words[1:]
    # A basic string of TOML is written as JSON writes it.
    lines = (
        f"title = {json.dumps(title, ensure_ascii=False)}",
        f"source = {json.dumps(readable(file), ensure_ascii=False)}",
        "surveyed = []",
    )
    return {NETWORK_FILE: ("\n".join(lines) + "\n").encode()}


def no_organisations() -> bytes:
    """Write the one table every network has, with headings alone."""
    return write_csv(required(TABLES["organisations"]), ())
