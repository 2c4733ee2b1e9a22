"""The HSDS 3.0 tabular package of a register: a zip of CSV files with ``datapackage.json``.

Ties, and what else the standard has no column for, stand in tables of netmap's own in the same
package, which the standard allows.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from netmap.exchange.directories.composing import composed
from netmap.exchange.directories.flattening import flattened, own_tables
from netmap.exchange.directories.losses import losses, tabular_losses
from netmap.exchange.directories.own import LINK
from netmap.exchange.directories.schema import (
    ACTIVITIES,
    ORGANISATIONS,
    TABLES,
    TIES,
    own_resource,
    resource,
)
from netmap.networks.register import Register
from netmap.tables import write_csv
from netmap.vocabulary import Vocabularies

_DAY = (1980, 1, 1, 0, 0, 0)
_LINKS = {ORGANISATIONS: "organizations", ACTIVITIES: "services"}
_ENDS = {"source_id": "organizations", "target_id": "organizations"}


def write(register: Register, vocabularies: Vocabularies) -> bytes:
    """Write a register as an HSDS 3.0 tabular data package.

    Args:
        register: As its audience may see it.
        vocabularies: For the labels of terms.

    Returns:
        The zip. The same register gives the same bytes.
    """
    nested = composed(register, vocabularies)
    tables = flattened(nested)
    own = own_tables(nested, register)
    files = {f"{file}.csv": write_csv(TABLES[file].columns, tables[file]) for file in tables}
    files |= {f"{file}.csv": write_csv(columns, rows) for file, (columns, rows) in own.items()}
    resources = [resource(file, tables) for file in TABLES if file in tables]
    for file, (columns, _) in own.items():
        keys = _ENDS if file == TIES else {LINK: _LINKS[file]}
        resources.append(own_resource(file, columns, keys, "" if file == TIES else LINK))
    files["datapackage.json"] = _written(_package(register, resources))
    return _zipped(files)


def cannot_carry(register: Register) -> tuple[str, ...]:
    """Say what of this register the package does not hold, or not as the standard has it."""
    return (*losses(register), *tabular_losses(register))


def _package(register: Register, resources: list[dict[str, Any]]) -> dict[str, Any]:
    settings = register.settings
    said = (settings.summary, settings.disclaimer, settings.source, settings.licence)
    name = "".join(c if c.isalnum() and c.isascii() else "-" for c in register.name.lower())
    return {
        "profile": "tabular-data-package",
        "name": name.strip("-") or "network",
        "title": register.title,
        "description": " ".join(one for one in said if one) or register.title,
        "created": f"{register.as_of.isoformat()}T00:00:00Z",
        "resources": resources,
    }


def _written(document: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()
