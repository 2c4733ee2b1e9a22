"""One row after another made from its cells, and what is wrong with them said.

A fault in an optional cell empties that cell (a warning); in a required one it sets the row aside
(an error). What a cell means is found once for each text (:mod:`netmap.networks.meanings`), so a
row without fault is no more than its meanings put together.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from netmap.findings import Finding, Level, Place
from netmap.networks import checks
from netmap.networks.cells import Reading
from netmap.networks.meanings import Meaning, Meanings, read_count, reader, takes_any_text
from netmap.networks.models import columns, required
from netmap.networks.records import Record
from netmap.tables import Row

_MISSING = {"type": "missing", "input": ""}


class Maker:
    """Makes the rows of one table.

    Attributes:
        errors: For the number of a row the place, among the findings, of the last error told of it.
    """

    def __init__(
        self,
        model: type[Record],
        file: str,
        groups: Mapping[str, str],
        reading: Reading,
        findings: list[Finding],
    ) -> None:
        """Prepare for the rows of a table.

        Args:
            model: What each row is.
            file: How messages name the file.
            groups: The columns that count a community, and which.
            reading: What the columns need to know to be read.
            findings: Gets what is wrong with the rows, in their order.
        """
        self.errors = {
            finding.place.row: index
            for index, finding in enumerate(findings)
            if finding.level is Level.ERROR and finding.place.file == file
        }
        self._file, self._findings = file, findings
        known = set(columns(model))
        self._columns = tuple(column for column in model.model_fields if column in known)
        self._any_text = {column for column in known if takes_any_text(model, column)}
        self._meanings = {
            column: Meanings(reader(model, column, reading)) for column in known - self._any_text
        }
        self._groups = {column: (slug, Meanings(read_count)) for column, slug in groups.items()}
        self._needed: dict[str, Any] = dict.fromkeys(required(model))
        # A row is a copy of this one with its cells filled in: nothing in it is read twice.
        self._blank = model.model_construct(**self._needed)

    def make(self, row: Row) -> Record | None:
        """Make a row; None where it has to be set aside."""
        place = Place(self._file, row.number)
        extra: dict[str, str] = {}
        values: dict[str, Any] = {"at": place, "extra": extra}
        said: dict[str, Meaning] = {}
        for column, text in row.cells.items():
            if column in self._any_text:
                values[column] = text
            elif column in self._meanings:
                values[column], fault, noticed = self._meanings[column][text]
                if fault or noticed:
                    said[column] = self._meanings[column][text]
            elif column not in self._groups:
                extra[column] = text
        if self._groups:
            values["groups"] = self._group_counts(row)
        faulted = set(row.emptied)
        if said or not self._needed.keys() <= values.keys():
            if self._lost(values, said, faulted, place):
                return None
            self._tell_noticed(values, said, faulted, place)
        if "measure" in faulted:
            values["groups"] = {}  # numbers that may be people or percent are neither
        values["faulted"] = frozenset(faulted)
        return self._blank.model_copy(update=values)

    def _lost(
        self,
        values: dict[str, Any],
        said: Mapping[str, Meaning],
        faulted: set[str],
        place: Place,
    ) -> bool:
        """Say which cells have a fault and empty them; tell whether the row is lost by it."""
        lost = False
        for column in self._columns:
            needed = column in self._needed
            fault = said[column].fault if column in said else None
            if fault is not None:
                del values[column]
            elif needed and column not in values:
                fault = _MISSING if column not in faulted else None
            else:
                continue
            lost |= needed
            if fault is not None:
                faulted.add(column)
                self._tell(checks.cell_fault(fault, replace(place, column=column), lost=needed))
        if lost:
            self._say_that_it_is_lost(place)
        return lost

    def _tell(self, finding: Finding) -> None:
        if finding.level is Level.ERROR:
            self.errors[finding.place.row] = len(self._findings)
        self._findings.append(finding)

    def _say_that_it_is_lost(self, place: Place) -> None:
        """Let what says why a row is lost say so where it spoke of the cell alone."""
        index = self.errors[place.row]
        finding = self._findings[index]
        said = finding.message.replace("the cell is left empty", "the row is set aside")
        self._findings[index] = replace(finding, message=said)

    def _tell_noticed(
        self,
        values: Mapping[str, Any],
        said: Mapping[str, Meaning],
        faulted: set[str],
        place: Place,
    ) -> None:
        """Say which items of lists were left out; a list of which nothing is left has a fault."""
        for column in self._columns:
            if column not in said or not said[column].noticed:
                continue
            for code, message, item, hint in said[column].noticed:
                where = replace(place, column=column)
                self._findings.append(Finding(Level.WARNING, code, message, where, item, hint))
            if not values[column]:
                faulted.add(column)

    def _group_counts(self, row: Row) -> dict[str, float]:
        found: dict[str, float] = {}
        for column, (slug, meanings) in self._groups.items():
            text = row.cells.get(column)
            if text is None:
                continue
            count = meanings[text].value
            if count is not None:
                found[slug] = count
                continue
            message = f"'{text}' is not a count or a percentage; the cell is left empty."
            place = Place(self._file, row.number, column)
            self._findings.append(Finding(Level.WARNING, "bad-number", message, place, text))
        return found
