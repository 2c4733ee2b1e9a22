"""What is read once for many rows is what would be read of each: rows, findings, secret words."""

import re
from collections.abc import Mapping
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from netmap.findings import Finding, Level, Place, did_you_mean, did_you_mean_each
from netmap.networks import checks
from netmap.networks.cells import Reading
from netmap.networks.models import TABLES, columns
from netmap.networks.records import Record
from netmap.networks.rows import read_rows
from netmap.networks.secret_words import SecretWords
from netmap.places import looks_swapped, neighbourhood
from netmap.privacy import _REFUGE, looks_like_refuge
from netmap.tables import Row, Table
from netmap.vocabulary import load

# Good and bad texts for every type of column, so that each meets what it was not made for.
TEXTS = (
    "x",
    "leeds-mind",
    "Leeds Mind",
    "2026-03-31",
    "31/03/2026",
    "31/02/2026",
    "yes",
    "No",
    "maybe",
    "12",
    "-3",
    "0",
    "1.5",
    "1,234",
    "53,8",
    "40%",
    "1e400",
    "nan",
    "91",
    "LS1 1UR",
    "ls11",
    "example.org",
    "https://example.org/x",
    "hub",
    "hub; funder;HUB",
    "hub; nonsense",
    "nonsense; {more}",
    "people",
    "Percent",
    "women",
    "asian;black",
    "support_group",
    "withheld",
    "funds",
    "en;ur",
    "active",
)


def made_one_by_one(
    model: type[Record], table: Table, row: Row, reading: Reading
) -> tuple[Record | None, list[Finding]]:
    """Make a row as slowly as can be: all of it is read anew until no fault is left."""
    findings: list[Finding] = []
    values: dict[str, Any] = {c: t for c, t in row.cells.items() if c in columns(model)}
    values["extra"] = {c: t for c, t in row.cells.items() if c not in values}
    values["at"] = place = Place(table.file, row.number)
    faulted = set(row.emptied)
    while True:
        reading.noticed.clear()
        try:
            record = model.model_validate(values, context=reading)
            break
        except ValidationError as error:
            fatal = False
            for fault in error.errors(include_url=False):
                column = str(fault["loc"][0])
                lost = model.model_fields[column].is_required()
                fatal |= lost
                values.pop(column, None)
                if fault["type"] != "missing" or column not in faulted:
                    faulted.add(column)
                    where = Place(place.file, place.row, column)
                    findings.append(checks.cell_fault(fault, where, lost=lost))
            if fatal:
                return None, findings
    for column, code, message, value, hint in reading.noticed:
        where = Place(place.file, place.row, column)
        findings.append(Finding(Level.WARNING, code, message, where, value, hint))
        if not getattr(record, column):
            faulted.add(column)
    return record.model_copy(update={"faulted": frozenset(faulted)}), findings


def cells_of(model: type[Record]) -> st.SearchStrategy[dict[str, str]]:
    """Draw the cells of a row: mostly of a few columns, some of them nobody knows."""
    names = st.sampled_from([*columns(model), "own column"])
    return st.dictionaries(names, st.sampled_from(TEXTS), max_size=12)


@pytest.mark.parametrize("name", [name for name in TABLES if name != "populations"])
@settings(deadline=None)
@given(data=st.data())
def test_a_row_is_what_pydantic_makes_of_it_and_so_is_what_is_said_of_it(
    name: str, data: st.DataObject
) -> None:
    """Each text is read once for all rows; no row, and no finding, may differ for it."""
    model = TABLES[name]
    drawn = data.draw(st.lists(cells_of(model), min_size=1, max_size=5))
    rows = tuple(
        Row(
            number,
            cells,
            frozenset(data.draw(st.sets(st.sampled_from(columns(model)), max_size=1)))
            - cells.keys(),
        )
        for number, cells in enumerate(drawn, start=2)
    )
    table = Table(name, f"{name}.csv", columns(model), (), rows)
    slow_reading = Reading(load())
    slow = [made_one_by_one(model, table, row, slow_reading) for row in rows]
    # A formula that was emptied has been told of before.
    told = [
        Finding(
            Level.ERROR,
            "formula",
            "a formula; the cell is left empty.",
            Place(table.file, row.number, column),
        )
        for row in rows
        for column in row.emptied
    ]
    findings = list(told)
    fast = read_rows(model, table, load(), findings)
    kept = [record for record, _ in slow if record is not None]
    assert fast.kept == kept
    assert [one.model_fields_set for one in fast.kept] == [one.model_fields_set for one in kept]
    assert [list(vars(one)) for one in fast.kept] == [list(vars(one)) for one in kept]
    assert fast.set_aside == len(rows) - len(kept)
    said = [finding for _, one in slow for finding in one]
    own = [finding for finding in findings[len(told) :] if finding.code != "file-format"]
    assert own == said
    assert slow_reading.day_first is any("day-first" in f.message for f in findings)


def test_a_formula_that_costs_a_row_says_so() -> None:
    """Whoever mends the formula has to know that the whole row depends on it."""
    row = Row(2, {"name": "Hub"}, frozenset({"id"}))
    table = Table("organisations", "o.csv", ("id", "name"), (), (row,))
    findings = [
        Finding(
            Level.ERROR, "formula", "a formula; the cell is left empty.", Place("o.csv", 2, "id")
        ),
        Finding(
            Level.ERROR, "formula", "another; the cell is left empty.", Place("p.csv", 2, "id")
        ),
    ]
    read = read_rows(TABLES["organisations"], table, load(), findings)
    assert read.kept == []
    assert [finding.message for finding in findings] == [
        "a formula; the row is set aside.",
        "another; the cell is left empty.",
    ]


def test_what_is_said_of_a_row_is_in_the_order_of_its_table() -> None:
    """However people arrange their columns, one register is told of in one way."""
    cells = {"topics": "tpc", "focus": "fcs", "capacity": "x", "id": "a", "name": "A", "count": "y"}
    table = Table("activities", "a.csv", tuple(cells), (), (Row(2, cells),))
    findings: list[Finding] = []
    read_rows(TABLES["activities"], table, load(), findings)
    assert [one.place.column for one in findings] == ["capacity", "count", "focus", "topics"]


@settings(deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["white", "asian", "Black", "total", "measure", "own"]),
            st.sampled_from(["1,234", "7", "-1", "x", "0", "percent", "40%"]),
        ),
        max_size=4,
    )
)
def test_counts_of_communities_are_read_cell_by_cell(drawn: list[dict[str, str]]) -> None:
    """The widest table has most cells: what one text means in one column holds for all rows."""
    number: Mapping[str, float | None] = {
        "1,234": 1234, "7": 7, "-1": None, "x": None, "0": 0, "percent": None, "40%": 40,
    }  # fmt: skip
    rows = tuple(Row(n, {"area": "leeds", **cells}) for n, cells in enumerate(drawn, start=2))
    headings = ("area", "white", "asian", "Black", "total", "measure", "own")
    findings: list[Finding] = []
    read = read_rows(
        TABLES["populations"], Table("populations", "p.csv", headings, (), rows), load(), findings
    )
    counted = [
        {
            column.lower(): count
            for column, text in cells.items()
            if column in {"white", "asian", "Black"} and (count := number[text]) is not None
        }
        if cells.get("measure", "percent") == "percent"
        else {}
        for cells in drawn
    ]
    assert [dict(record.groups) for record in read.kept] == counted
    bad = sum(
        number[text] is None
        for cells in drawn
        for column, text in cells.items()
        if column in {"white", "asian", "Black"}
    )
    assert sum(f.place.column in {"white", "asian", "Black"} for f in findings) == bad


WORDS = st.text(
    st.sampled_from("aAbIi\u0131\u0130sS\u017f\u00df1 -.@\n\u00e9"), min_size=1, max_size=7
)


@settings(deadline=None)
@given(
    st.lists(WORDS.map(str.strip).filter(bool), min_size=1, max_size=6, unique=True),
    st.text(st.sampled_from("aAbIi\u0131\u0130sS\u017f\u00df1 -.@\n\u00e9"), max_size=30),
    st.data(),
)
def test_secret_words_go_as_one_pattern_of_them_all_would_take_them(
    words: list[str], around: str, data: st.DataObject
) -> None:
    """A word that is looked up rather than tried must not slip through, however it is written."""
    words.sort(key=lambda word: (-len(word), word))
    held = data.draw(st.lists(st.sampled_from([*words, " ", around]), max_size=5))
    text = "".join(held)
    spaced = [re.sub(r"(?:\\\s)+", r"\\s*", re.escape(word)) for word in words]
    pattern = re.compile("|".join(rf"(?<!\w){one}(?!\w)" for one in spaced), re.IGNORECASE)
    assert SecretWords(words, "*").out_of(text) == pattern.sub("*", text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["leeds", "Leed", "", "!!", "bradford", "Bradfrod", "zz"])))
def test_many_hints_are_what_each_would_be_alone(values: list[str]) -> None:
    """Looked up together they cost a quarter; nobody should be told another name for it."""
    names = ["Leeds", "leeds", "Bradford", "Halifax", "??"]
    assert did_you_mean_each(values, names) == {v: did_you_mean(v, names) for v in values}


def test_no_names_no_hints() -> None:
    """A register without areas has nothing to suggest."""
    assert did_you_mean_each(["leeds"], []) == {"leeds": ""}


REFUGE_WORDS = (
    *("refuge", "Refuges", "REFUGE", "refugee", "safe house", "safe-houses", "safehouse"),
    *("\u017fafe house", "women's", "womens shelter", "shelter", "sanctuary scheme"),
    *("Sanctuary houses", "domestic abuse", "DVA", "asylum", "accommodation", "fleeing"),
    *("Accommodat\u0131on", "trafficking", "group", "\n"),
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(REFUGE_WORDS), max_size=5))
def test_refuges_are_found_though_most_texts_are_passed_over(words: list[str]) -> None:
    """What is looked for first must be in every text that the words themselves would find."""
    text = " ".join(words)
    assert looks_like_refuge([text]) is (_REFUGE.search(text) is not None)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=6),
    st.floats(-90, 90),
    st.floats(-180, 180),
)
def test_points_are_compared_with_one_middle(
    others: list[tuple[float, float]], latitude: float, longitude: float
) -> None:
    """The middle of all areas is worked out once, not once for each row."""
    middle, near = (55.365, -3.45), 7.0  # of Great Britain, where there are fewer than three
    if len(others) > 2:
        middle, near = tuple(map(median, zip(*others, strict=True))), 5.0
    as_written = max(abs(latitude - middle[0]), abs(longitude - middle[1]))
    swapped = max(abs(longitude - middle[0]), abs(latitude - middle[1]))
    assert looks_swapped(latitude, longitude, others) is (as_written > near >= swapped)
    assert neighbourhood(others).near == near
