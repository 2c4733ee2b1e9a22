"""Excel workbooks: every visible sheet that is named as a table, with the values people see."""

import io
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from netmap.errors import UnreadableFileError
from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.tables.archives import open_archive
from netmap.tables.cells import as_text
from netmap.tables.headings import Heading, normalise_heading
from netmap.tables.sheet import Sheet

WORKBOOK = "register.xlsx"


def workbook_sheets(
    file: Path, shown: str, known: Heading, findings: list[Finding]
) -> Iterator[Sheet]:
    """Open the visible sheets of a workbook that are named as tables.

    Args:
        file: The workbook.
        shown: How messages name it.
        known: For each table its columns by their proper names.
        findings: Gets a finding for each sheet that is hidden or is no table.

    Yields:
        One sheet for each table, in the workbook's order.

    Raises:
        UnreadableFileError: It is not a workbook, or unpacks to more than a register can be.
    """
    import openpyxl  # noqa: PLC0415  # slow to import, and few registers are workbooks

    with open_archive(file, shown, "an Excel workbook"):
        pass
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
            yield Sheet(name, place, _workbook_rows(formulas[title], values[title], place))


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
            as_text(value) if value is not None else as_text(formula)
            for formula, value in zip(written, worked_out, strict=False)
        ]
