"""The files of a network's tables after an import, whichever kind of file each is in."""

import io
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.intake.contract import Contract, numeric
from netmap.exchange.intake.editing import Edits, cell_text, columns_after, grid_after, raw_bytes
from netmap.exchange.intake.present import Present
from netmap.exchange.intake.worksheets import with_cells
from netmap.networks.cells import as_number

Content = dict[str, bytes | None]


def table_files(
    folder: Path,
    tables: Mapping[str, Present],
    edits: Mapping[str, Edits],
    contract: Contract,
    notes: list[Note],
) -> Content:
    """Write the tables that change as the files they are in.

    Args:
        folder: The network's folder.
        tables: The tables as they are.
        edits: What is to become of each.
        contract: The columns of the tables.
        notes: Gets what is said of a file as a whole.

    Returns:
        Path within the folder to content; a table without a file gets a CSV.

    Raises:
        UnreadableFileError: A workbook cannot be edited.
    """
    files: Content = {}
    books: dict[str, list[Present]] = {}
    for table, present in tables.items():
        if not edits.get(table):
            continue
        if present.sheet:
            books.setdefault(present.file, []).append(present)
        elif PurePosixPath(present.file).suffix.lower() == ".parquet":
            files[present.file] = _parquet(grid_after(present, edits[table], contract))
        else:
            grid = grid_after(present, edits[table], contract)
            heading = [cell_text(name) for name in grid[0]] if not present.grid else grid[0]
            files[present.file or f"{table}.csv"] = raw_bytes([heading, *grid[1:]])
            notes.extend(_rewritten(present))
    for file, sheets in books.items():
        files[file] = _workbook(folder / file, sheets, edits, contract)
    return files


def _rewritten(present: Present) -> list[Note]:
    if not present.quirks:
        return []
    message = (
        f"{present.file} was kept with {', '.join(present.quirks)}; it is now UTF-8 with commas."
    )
    return [Note(Outcome.MENDED, "file-format", message, Spot(present.shown))]


def _workbook(
    file: Path, sheets: list[Present], edits: Mapping[str, Edits], contract: Contract
) -> bytes:
    cells = {p.sheet: _cells_of(p, edits[p.table], contract) for p in sheets}
    shown = sheets[0].shown
    try:
        return with_cells(file.read_bytes(), shown, cells)
    except OSError as error:
        raise UnreadableFileError(shown, error.strerror or str(error)) from error


def _cells_of(
    present: Present, edits: Edits, contract: Contract
) -> dict[int, dict[int, str | float]]:
    """Say which cells of a sheet change: the row that goes is emptied, formats stay."""
    columns = columns_after(present, edits, contract)
    place = {column: at for at, column in reversed(list(enumerate(columns)))}
    numbers = numeric(present.table)
    cells: dict[int, dict[int, str | float]] = {}
    heading = {at: cell_text(c) for at, c in enumerate(columns) if at >= len(present.names) and c}
    if heading:
        cells[0] = dict(heading)
    for index, changed in edits.changed.items():
        cells[index] = {place[c]: _typed(c, text, numbers) for c, text in changed.items()}
    for index in edits.removed:
        cells[index] = {at: "" for at, text in enumerate(present.grid[index]) if text}
    last = max((n for n, row in enumerate(present.grid) if any(row)), default=0)
    for index, added in enumerate(edits.added, start=last + 1):
        cells[index] = {place[c]: _typed(c, text, numbers) for c, text in added.items()}
    return cells


def _typed(column: str, text: str, numbers: frozenset[str]) -> str | float:
    number = as_number(text) if column in numbers else None
    if number is None:
        return cell_text(text)
    return int(number) if number.is_integer() else number


def _parquet(grid: list[list[str]]) -> bytes:
    import pyarrow as pa  # noqa: PLC0415  # only large registers are Parquet
    import pyarrow.parquet as pq  # noqa: PLC0415

    heading, *rows = grid
    padded = ([*row, *[""] * (len(heading) - len(row))] for row in rows)
    columns = list(zip(*padded, strict=True)) or [()] * len(heading)
    arrays = [pa.array([text or None for text in column], pa.string()) for column in columns]
    out = io.BytesIO()
    pq.write_table(pa.table(arrays, names=list(heading)), out)
    return out.getvalue()
