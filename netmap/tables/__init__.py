"""CSV, spreadsheets and Parquet, read so that every complaint names file, row and column.

Every cell becomes text, tidied but not interpreted: what a column means is for the reader above.
Files are taken as Excel leaves them. Nothing is written here but the bytes of a CSV.
"""

from netmap.tables.archives import member, open_archive
from netmap.tables.cells import as_text, guarded, has_markup, tidy
from netmap.tables.headings import Heading, column_letter, normalise_heading
from netmap.tables.reading import read_csv, read_tables
from netmap.tables.sheet import HEADING_ROW
from netmap.tables.table import Row, Table
from netmap.tables.workbooks import WORKBOOK
from netmap.tables.writing import write_csv

__all__ = [
    "HEADING_ROW",
    "WORKBOOK",
    "Heading",
    "Row",
    "Table",
    "as_text",
    "column_letter",
    "guarded",
    "has_markup",
    "member",
    "normalise_heading",
    "open_archive",
    "read_csv",
    "read_tables",
    "tidy",
    "write_csv",
]
