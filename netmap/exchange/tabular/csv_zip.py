"""A whole register as a zip of CSV files, one for each table, with a note about what it is.

``network.toml`` is not in it. Reading it back is for :mod:`netmap.exchange.tabular.reading`.
"""

import io
import zipfile

from netmap.exchange.rows import table_columns, table_rows
from netmap.exchange.tabular.about import about
from netmap.exchange.tabular.cells import forbidden_texts, safe, written
from netmap.exchange.tabular.left_behind import left_behind
from netmap.networks.models import TABLES
from netmap.networks.register import Register
from netmap.tables import write_csv
from netmap.vocabulary import Vocabularies

READ_ME = "readme.txt"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(register: Register, vocabularies: Vocabularies) -> bytes:  # noqa: ARG001  # every writer is called alike
    """Write a register as a zip of CSV files.

    Args:
        register: As its audience may see it.
        vocabularies: Not needed; cells hold terms, not labels.

    Returns:
        The bytes of the zip; the same register and as-of day give the same.
    """
    files = {READ_ME: _read_me(register).encode()}
    files |= {f"{table}.csv": _table(register, table) for table in TABLES}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # as on Unix, everywhere
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def cannot_carry(register: Register) -> tuple[str, ...]:
    """Say what of this register a zip of CSV files does not hold."""
    texts = (
        written(value)
        for table in TABLES
        for row in table_rows(register, table)
        for value in row.values()
    )
    return (*left_behind(register, "A zip of CSV files"), *forbidden_texts(texts))


def _table(register: Register, table: str) -> bytes:
    # A NUL makes a file no text, and a lone return ends a row that no quotation mark holds.
    rows = (
        {name: safe(value) for name, value in row.items()} for row in table_rows(register, table)
    )
    return write_csv(table_columns(register, table), rows)


def _read_me(register: Register) -> str:
    lines = [f"{what}: {words}" for what, words in about(register)]
    notes = [f"Left out: {said}" for said in cannot_carry(register)]
    how = "One file for each table; lists within a cell are separated by semicolons."
    return "\n".join([*lines, how, *notes, ""])
