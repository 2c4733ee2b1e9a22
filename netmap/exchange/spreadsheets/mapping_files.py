"""A mapping as a TOML file that people can read and change."""

import json
import tomllib
from collections.abc import Iterator
from typing import Any

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.spreadsheets import headings
from netmap.exchange.spreadsheets.aliases import aliases_of, columns_of
from netmap.exchange.spreadsheets.mapping import UNREAD, Mapping, SheetMapping
from netmap.exchange.spreadsheets.matching import IGNORE
from netmap.findings import did_you_mean
from netmap.networks.models import TABLES
from netmap.vocabulary import Vocabularies

_HOW_TO = """\
# What the headings of this spreadsheet mean, as agreed when it was imported. Next time nothing is
# asked about them. You may change it:
#   "Post code" = "postcode"    the cells of that heading go into this column of the register
#   "Car park" = ""             they are kept as a column of your own, for staff
#   "Old ref" = "ignore"        they are left out
# table = "ignore" leaves out a whole sheet. To be asked again, delete a line, or this file.
"""


def to_toml(mapping: Mapping) -> bytes:
    """Write a mapping as TOML, UTF-8, with a word on top about how to change it."""
    return "\n".join((_HOW_TO.rstrip("\n"), *_lines(mapping), "")).encode()


def _lines(mapping: Mapping) -> Iterator[str]:
    for known in mapping.sheets:
        yield ""
        yield "[[sheet]]"
        yield f"name = {_text(known.sheet)}"
        yield f"table = {_text(known.table)}"
        yield "[sheet.columns]"
        for heading, column in known.columns.items():
            yield f"{_text(heading)} = {_text(column)}"


def _text(text: str) -> str:
    # A basic string of TOML has the escapes of JSON, but for one character more.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def from_toml(content: bytes, shown: str, vocabularies: Vocabularies | None = None) -> Mapping:
    """Read a mapping.

    Args:
        content: The file.
        shown: How messages name it.
        vocabularies: The controlled terms, for the communities that head populations; without
            them, any word may be one.

    Returns:
        The mapping; what is wrong in it is left out, so that it is asked about again, and said in
        its ``faults``.

    Raises:
        UnreadableFileError: It is not TOML.
    """
    try:
        data = tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise UnreadableFileError(shown, "it is not UTF-8 text; save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableFileError(shown, f"it is not TOML: {error}") from error
    faults: list[Note] = []
    listed = data.get("sheet", [])
    tables = listed if isinstance(listed, list) else [listed]
    sheets = [s for entry in tables if (s := _sheet(entry, shown, vocabularies, faults))]
    return Mapping(tuple(sheets), tuple(faults))


def _sheet(
    entry: Any, shown: str, vocabularies: Vocabularies | None, faults: list[Note]
) -> SheetMapping | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("name", ""), str):
        faults.append(_fault(shown, "", "a sheet here has no name; it is asked about again."))
        return None
    name, table = entry.get("name", ""), entry.get("table", "")
    if table == UNREAD:
        return SheetMapping(name, UNREAD, {})
    if table not in TABLES:
        message = f"'{table}' is not a table of the register; the sheet is asked about again."
        faults.append(_fault(shown, name, message, did_you_mean(str(table), (*TABLES, UNREAD))))
        return None
    written = entry.get("columns", {})
    columns: dict[str, str] = {}
    for heading, column in written.items() if isinstance(written, dict) else ():
        if _usable(heading, column, table, columns, vocabularies):
            columns[heading] = column
            continue
        message = f"'{heading}' cannot mean '{column}'; it is asked about again."
        hint = "" if column in columns.values() else did_you_mean(str(column), columns_of(table))
        if column in columns.values():
            hint = "Another heading means it already."
        faults.append(_fault(shown, name, message, hint))
    return SheetMapping(name, table, columns)


def _usable(
    heading: str,
    column: Any,
    table: str,
    columns: dict[str, str],
    vocabularies: Vocabularies | None,
) -> bool:
    if not isinstance(column, str) or not heading.strip():
        return False
    if headings.identity(heading) in {headings.identity(known) for known in columns}:
        return False
    if column in {"", IGNORE}:
        return True
    known = column in aliases_of(table).columns
    if table == "populations" and not known:
        known = vocabularies is None or column in vocabularies["community"]
    return known and column not in columns.values()


def _fault(shown: str, sheet: str, message: str, hint: str = "") -> Note:
    return Note(Outcome.WARNED, "bad-mapping", message, Spot(shown, sheet), None, None, hint)
