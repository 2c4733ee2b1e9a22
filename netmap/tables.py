"""CSV, spreadsheets and Parquet, read so that every complaint names file, row and column.

Every cell becomes text, tidied but not interpreted: what a column means is for the reader above.
Files are taken as Excel leaves them. Nothing is written here but the bytes of a CSV.
"""

import codecs
import csv
import datetime as dt
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

from netmap.errors import UnreadableFileError
from netmap.findings import Finding, Level, Place, did_you_mean

WORKBOOK = "register.xlsx"
HEADING_ROW = 1
_DELIMITERS = ",;\t|"
_TABLE_FILES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet"})
_OTHER_TABLES = frozenset({"travel", "gap-decisions"})
_LARGEST_UNPACKED = 512 * 2**20
_LARGEST_CELL = 2**20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufeff]")
_MARKUP = re.compile(r"<[A-Za-z/!]")
_FORMULA = re.compile(r"=\s*\S")
_NAMELESS = re.compile(r"column [A-Z]+")
_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

Heading = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, and its cells that are not empty.

    ``emptied`` names the columns whose cell was emptied, and reported, while reading.
    """

    number: int
    cells: Mapping[str, str]
    emptied: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """One table as read.

    Attributes:
        name: Which table it is, as ``activities``.
        file: How messages name the file, a sheet after ``#``.
        columns: Headings in file order: the known ones by their proper names, others as written.
        unknown: The headings among them that no column is known by.
        rows: The rows that are not blank, in file order.
        quirks: What had to be understood in the file, in words.
    """

    name: str
    file: str
    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: tuple[Row, ...]
    quirks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Sheet:
    """Cells as a file holds them, before headings are matched."""

    name: str
    file: str
    rows: Iterable[Sequence[str]]
    quirks: list[str] = field(default_factory=list)
    unclosed: int | None = None


def normalise_heading(text: str) -> str:
    """Reduce a heading to what is compared: no case, spaces, underscores or hyphens."""
    return re.sub(r"[\s_\-]+", "", text.casefold())


def tidy(text: str) -> str:
    """Tidy a cell: composed characters, no control characters, no space at the ends."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
    return _CONTROL.sub("", text).strip()


def has_markup(text: str) -> bool:
    """Tell whether a cell holds what a browser would take for HTML."""
    return "<" in text and _MARKUP.search(text) is not None


def read_tables(
    folder: Path, shown: str, known: Heading, required: Heading
) -> tuple[dict[str, Table], list[Finding]]:
    """Read every table of a register that is in a folder.

    Args:
        folder: The folder.
        shown: How messages name the folder.
        known: For each table its columns by their proper names.
        required: For each table the columns it cannot do without.

    Returns:
        The tables that could be read by name, and what was wrong. A table that is in two places
        is read from the first (CSV, then workbook, then Parquet) and reported.
    """
    findings: list[Finding] = []
    tables: dict[str, Table] = {}
    for sheet in _sheets(folder, shown, known, findings):
        if sheet.name in tables:
            first = tables[sheet.name].file
            message = f"the table '{sheet.name}' is already in {first}; this one is left out."
            findings.append(
                Finding(Level.ERROR, "table-twice", message, Place(sheet.file), sheet.name)
            )
            continue
        name = sheet.name
        try:
            table = _table(sheet, known[name], required.get(name, ()), findings)
        except UnreadableFileError as error:
            findings.append(_unreadable(sheet.file, error.why))
            continue
        if table:
            tables[name] = table
    return tables, findings


def read_csv(
    file: Path, shown: str, columns: Sequence[str], required: Sequence[str]
) -> tuple[Table, list[Finding]]:
    """Read one CSV file that is not part of a register, such as venues or sessions.

    Raises:
        UnreadableFileError: It is not there, or is not text.
    """
    findings: list[Finding] = []
    sheet = _csv_sheet(file, file.stem.lower(), shown, columns)
    table = _table(sheet, columns, required, findings)
    return table or Table(sheet.name, shown, (), (), ()), findings


def _unreadable(shown: str, why: str) -> Finding:
    return Finding(Level.ERROR, "unreadable-file", f"cannot be read: {why}.", Place(shown))


def _sheets(folder: Path, shown: str, known: Heading, findings: list[Finding]) -> Iterator[_Sheet]:
    # Sorted by kind so that CSV wins over a workbook, and a workbook over Parquet.
    kinds = {".csv": 0, ".xlsx": 1, ".parquet": 2}
    files = [p for p in folder.iterdir() if p.is_file() and not p.name.startswith((".", "~$"))]
    seen: set[str] = set()
    for file in sorted(files, key=lambda p: (kinds.get(p.suffix.lower(), 9), p.name)):
        name, place = file.stem.lower(), f"{shown}/{file.name}"
        try:
            if file.name.lower() == WORKBOOK:
                for sheet in _workbook_sheets(file, place, known, findings):
                    seen.add(sheet.name)
                    yield sheet
            elif file.suffix.lower() == ".csv" and name in known:
                seen.add(name)
                yield _csv_sheet(file, name, place, known[name])
            elif file.suffix.lower() == ".parquet" and name in known:
                attributes = _parquet_sheet(file, name, place, boundaries_only=name in seen)
                if attributes:
                    yield attributes
            elif file.suffix.lower() in _TABLE_FILES and name not in _OTHER_TABLES:
                hint = did_you_mean(name, known)
                message = "is not one of the tables of a register and is not read."
                findings.append(
                    Finding(Level.NOTICE, "stray-file", message, Place(place), None, hint)
                )
        except UnreadableFileError as error:
            findings.append(_unreadable(place, error.why))


def _decode(content: bytes, quirks: list[str]) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        quirks.append("UTF-16 text")
        return content.decode("utf-16")
    if content.startswith(codecs.BOM_UTF8):
        quirks.append("a byte-order mark")
    if b"\x00" in content:
        raise ValueError
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        quirks.append("Windows text (cp1252)")
        # Five bytes mean nothing in cp1252; what they stood for is lost, the rest is not.
        return content.decode("cp1252", errors="replace")


def _csv_sheet(file: Path, name: str, shown: str, columns: Sequence[str]) -> _Sheet:
    quirks: list[str] = []
    try:
        text = _decode(file.read_bytes(), quirks)
    except OSError as error:
        why = (
            "it is open in another program; close it there"
            if isinstance(error, PermissionError)
            else error.strerror or str(error)
        )
        raise UnreadableFileError(shown, why) from error
    except ValueError as error:
        raise UnreadableFileError(shown, "it is not text (it holds NUL bytes)") from error
    delimiter = _delimiter(text, columns)
    if delimiter != ",":
        quirks.append(f"'{delimiter}' between cells" if delimiter != "\t" else "tabs between cells")
    unclosed = _unclosed(text, delimiter)
    if unclosed == HEADING_ROW:
        raise UnreadableFileError(shown, "a quotation mark in its first row is never closed")
    return _Sheet(name, shown, _csv_rows(text, delimiter, shown), quirks, unclosed)


def _unclosed(text: str, delimiter: str) -> int | None:
    """Find the row with a quotation mark that is never closed: it swallows all that follows."""
    if text.count('"') % 2 == 0:
        return None
    text = text.rstrip("\r\n")
    try:
        rows, with_one_more = (
            sum(1 for _ in csv.reader(io.StringIO(one, newline=""), delimiter=delimiter))
            for one in (text, f"{text}\nx")
        )
    except csv.Error:
        return None  # reading the rows will say so
    return rows if rows == with_one_more else None


def _csv_rows(text: str, delimiter: str, shown: str) -> Iterator[Sequence[str]]:
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as error:
        why = f"line {reader.line_num} is not CSV ({error}); is a quotation mark missing?"
        raise UnreadableFileError(shown, why) from error


def _delimiter(text: str, columns: Sequence[str]) -> str:
    """Choose what stands between cells: what makes most known headings of the first line."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    wanted = {normalise_heading(column) for column in columns}

    def known_headings(delimiter: str) -> int:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return len(wanted & {normalise_heading(tidy(cell)) for cell in cells})

    # max keeps the first of equals, and the comma is first.
    return max(_DELIMITERS, key=known_headings)


def _workbook_sheets(
    file: Path, shown: str, known: Heading, findings: list[Finding]
) -> Iterator[_Sheet]:
    import openpyxl  # noqa: PLC0415  # slow to import, and few registers are workbooks

    _refuse_bombs(file, shown)
    try:
        content = file.read_bytes()
        formulas, values = (
            openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=worked_out, keep_links=False
            )
            for worked_out in (False, True)
        )
    except Exception as error:  # openpyxl raises whatever the broken part raised
        raise UnreadableFileError(shown, f"it is not an Excel workbook ({error})") from error
    for title in formulas.sheetnames:
        name = normalise_heading(title)
        place = f"{shown}#{title}"
        if name not in known:
            hint = did_you_mean(title, known)
            message = f"the sheet '{title}' is not one of the tables and is not read."
            findings.append(
                Finding(Level.NOTICE, "stray-sheet", message, Place(place), title, hint)
            )
        elif formulas[title].sheet_state != "visible":
            message = f"the sheet '{title}' is hidden and is not read."
            findings.append(Finding(Level.NOTICE, "hidden-sheet", message, Place(place), title))
        else:
            yield _Sheet(name, place, _workbook_rows(formulas[title], values[title], place))


def _workbook_rows(formulas: Any, values: Any, place: str) -> Iterator[Sequence[str]]:
    try:
        with warnings.catch_warnings():
            # What openpyxl cannot keep (conditional formats, drop-downs) is nothing to a register.
            warnings.simplefilter("ignore")
            rows = list(_worked_out(formulas, values))
    except Exception as error:  # as above: a broken sheet is only met when it is read
        raise UnreadableFileError(place, f"the sheet is broken ({error})") from error
    yield from rows


def _worked_out(formulas: Any, values: Any) -> Iterator[Sequence[str]]:
    """Give each cell's value; a formula that was never worked out stays a formula."""
    for sheet in (formulas, values):
        sheet.reset_dimensions()  # some programs write a size that hides most of the sheet
    both = zip(
        formulas.iter_rows(values_only=True), values.iter_rows(values_only=True), strict=False
    )
    for written, worked_out in both:
        yield [
            _as_text(value) if value is not None else _as_text(formula)
            for formula, value in zip(written, worked_out, strict=False)
        ]


def _refuse_bombs(file: Path, shown: str) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except PermissionError as error:
        raise UnreadableFileError(shown, "it is open in another program; close it there") from error
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableFileError(shown, f"it is not an Excel workbook ({error})") from error
    if unpacked > _LARGEST_UNPACKED:
        size = unpacked // 2**20
        raise UnreadableFileError(shown, f"it unpacks to {size} MB, too much for a register")


def _parquet_sheet(file: Path, name: str, shown: str, *, boundaries_only: bool) -> _Sheet | None:
    import pyarrow.parquet as pq  # noqa: PLC0415  # only large registers are Parquet

    try:
        schema = pq.read_schema(file)
        geographic = b"geo" in (schema.metadata or {})
        if name == "areas" and geographic and boundaries_only:
            return None
        plain = [f.name for f in schema if not _is_binary(f.type)]
        content = pq.read_table(file, columns=plain)
    except Exception as error:  # pyarrow has no common ancestor for what a broken file raises
        raise UnreadableFileError(shown, f"it is not Parquet ({error})") from error
    columns = [column.to_pylist() for column in content.columns]
    rows = ([_as_text(value) for value in row] for row in zip(*columns, strict=True))
    return _Sheet(name, shown, _chain(plain, rows))


def _is_binary(kind: Any) -> bool:
    return str(kind) in {"binary", "large_binary"} or str(kind).startswith("extension")


def _chain(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield heading
    yield from rows


def _as_text(value: object) -> str:
    """Write a typed cell as people would have typed it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case float() if value != value:  # noqa: PLR0124  # NaN: an empty number in Parquet
            return ""
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case list() | tuple():
            return "; ".join(_as_text(item) for item in value)
        case _:
            # An array formula is an object; its text is what matters here.
            return str(getattr(value, "text", value))


def _table(
    sheet: _Sheet, columns: Sequence[str], required: Sequence[str], findings: list[Finding]
) -> Table | None:
    rows = enumerate(sheet.rows, start=HEADING_ROW)
    number, heading = next(rows, (HEADING_ROW, []))
    if not any(cell.strip() for cell in heading):
        level = Level.ERROR if required and sheet.name == "organisations" else Level.WARNING
        empty = next(rows, None) is None
        message = "is empty." if empty else "has no headings in its first row; nothing is read."
        code = "empty-file" if empty else "missing-heading"
        findings.append(Finding(level, code, message, Place(sheet.file, None if empty else number)))
        return None
    names, unknown = _match_headings([tidy(cell) for cell in heading], sheet, columns, findings)
    lacking = [column for column in required if column not in names]
    if lacking:
        findings.extend(
            Finding(
                Level.ERROR,
                "missing-heading",
                "the heading is missing, and no row can be used without it.",
                Place(sheet.file, HEADING_ROW, column),
                None,
                did_you_mean(column, [name for name in names if name in unknown]),
            )
            for column in lacking
        )
        return None
    read = tuple(
        row
        for number, cells in takewhile(lambda row: row[0] != sheet.unclosed, rows)
        if (row := _row(number, cells, names, sheet.file, findings)) is not None
    )
    if sheet.unclosed:
        message = "a quotation mark is opened and never closed; nothing from here on is read."
        place = Place(sheet.file, sheet.unclosed)
        findings.append(Finding(Level.ERROR, "unclosed-quote", message, place))
    nameless = sorted({key for row in read for key in row.cells if _NAMELESS.fullmatch(key)})
    findings.extend(
        Finding(
            Level.WARNING,
            "missing-heading",
            "the column has values but no heading; they are kept but not used.",
            Place(sheet.file, HEADING_ROW, column),
        )
        for column in nameless
    )
    return Table(
        sheet.name,
        sheet.file,
        tuple(names),
        (*unknown, *nameless),
        read,
        tuple(sheet.quirks),
    )


def _match_headings(
    heading: Sequence[str], sheet: _Sheet, columns: Sequence[str], findings: list[Finding]
) -> tuple[list[str], list[str]]:
    proper = {normalise_heading(column): column for column in columns}
    names: list[str] = []
    unknown: list[str] = []
    for index, text in enumerate(heading):
        name = proper.get(normalise_heading(text), text) or f"column {column_letter(index)}"
        if name in names:
            message = f"the heading '{text}' stands twice; the second column is not used."
            place = Place(sheet.file, HEADING_ROW, text)
            findings.append(Finding(Level.ERROR, "duplicate-heading", message, place, text))
            name = f"column {column_letter(index)}: {text}"
        elif text and name not in columns:
            unknown.append(name)
        names.append(name)
    return names, unknown


def column_letter(index: int) -> str:
    """Name a column as a spreadsheet does: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _row(
    number: int, row: Sequence[str], names: Sequence[str], file: str, findings: list[Finding]
) -> Row | None:
    cells: dict[str, str] = {}
    emptied: set[str] = set()
    for index, raw in enumerate(row):
        text = tidy(raw)
        if not text:
            continue
        if index >= len(names):
            message = "there are more cells than headings; the rest is not used."
            place = Place(file, number, f"column {column_letter(index)}")
            hint = "Is a cell with a comma missing its quotation marks?"
            findings.append(Finding(Level.WARNING, "extra-cells", message, place, text, hint))
            break
        place = Place(file, number, names[index])
        if text[0] == "'" and text[1:2] in _RUNS_AS_FORMULA:
            text = text[1:]  # as guarded() writes it
        elif _FORMULA.match(text):
            message = "a formula stands where a value should be; the cell is left empty."
            hint = "Paste the value instead of the formula."
            findings.append(Finding(Level.ERROR, "formula", message, place, text, hint))
            emptied.add(names[index])
            continue
        if has_markup(text):
            message = "looks like HTML or a script; it is shown as plain text everywhere."
            findings.append(Finding(Level.WARNING, "markup", message, place, text))
        cells[names[index]] = text
    return Row(number, cells, frozenset(emptied)) if cells or emptied else None


def guarded(text: str) -> str:
    """Keep a spreadsheet from running a cell as a formula, by a leading apostrophe."""
    return f"'{text}" if text.startswith(_RUNS_AS_FORMULA) else text


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Write rows as CSV: UTF-8, the same bytes on every system, no cell that runs.

    Args:
        columns: The headings, in order; a row's other keys are left out.
        rows: The cells; None is empty, lists are joined by `;`, yes and no are words.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([guarded(column) for column in columns])
    for row in rows:
        writer.writerow([_written(row.get(column)) for column in columns])
    return out.getvalue().encode()


def _written(value: object) -> str:
    match value:
        case str():
            return guarded(value)
        case bool() | None:
            return _as_text(value)
        case list() | tuple() | frozenset() | set():
            items = sorted(value) if isinstance(value, set | frozenset) else value
            return guarded(";".join(str(item) for item in items))
        case dt.datetime():
            return value.isoformat(timespec="seconds")
        case _:
            return _as_text(value)
