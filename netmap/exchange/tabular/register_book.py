"""A whole register as an Excel workbook: a sheet for each table that has rows.

A first sheet says what it is, a last one lists the terms that the drop-downs offer. Reading it
back is for :mod:`netmap.exchange.tabular.reading`.
"""

from collections.abc import Sequence

from netmap.exchange.rows import table_columns, table_rows
from netmap.exchange.tabular.about import about
from netmap.exchange.tabular.cells import forbidden_texts, how_many, written
from netmap.exchange.tabular.left_behind import left_behind
from netmap.exchange.tabular.terms import choices, terms_sheet
from netmap.exchange.tabular.workbooks import LONGEST, Sheet, workbook
from netmap.networks.models import TABLES
from netmap.networks.register import Register
from netmap.vocabulary import Vocabularies

READ_ME = "Read me"
_HOW = (
    "Change what you like and import it again; keep the names of the sheets and headings. "
    "Lists within a cell are separated by semicolons."
)


def write(register: Register, vocabularies: Vocabularies) -> bytes:
    """Write a register as a workbook.

    Args:
        register: As its audience may see it.
        vocabularies: For the list of terms.

    Returns:
        The bytes of an ``.xlsx``; the same register and as-of day give the same.
    """
    tables = [_table(register, table, vocabularies) for table in TABLES if _has(register, table)]
    sheets = [_read_me(register), *tables, *([terms_sheet(vocabularies)] if tables else [])]
    return workbook(sheets, register.title, register.as_of)


def cannot_carry(register: Register) -> tuple[str, ...]:
    """Say what of this register a workbook does not hold."""
    texts = [
        written(value)
        for table in TABLES
        for row in table_rows(register, table)
        for value in row.values()
    ]
    cut = sum(len(text) > LONGEST for text in texts)
    long = (f"{how_many(cut, 'cell')} cut after {LONGEST:,} characters.",) if cut else ()
    return (*left_behind(register, "A workbook"), *long, *forbidden_texts(texts))


def _has(register: Register, table: str) -> bool:
    return len(getattr(register, table)) > 0


def _read_me(register: Register) -> Sheet:
    notes = [("Left out", said) for said in cannot_carry(register)]
    said = [*about(register), ("How to use it", _HOW), *notes]
    return Sheet(READ_ME, ("About", ""), said, filtered=False)


def _table(register: Register, table: str, vocabularies: Vocabularies) -> Sheet:
    names = table_columns(register, table)
    rows: list[Sequence[object]] = [
        [row.get(name) for name in names] for row in table_rows(register, table)
    ]
    return Sheet(table, names, rows, choices(table, names, vocabularies))
