"""A whole register as a workbook and as a zip of CSV files: every table, out and back."""

import re
import tempfile
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netmap.errors import UnreadableFileError
from netmap.exchange.rows import table_rows
from netmap.exchange.tabular import csv_zip, reading, register_book
from netmap.exchange.tabular.cells import allowed, written
from netmap.exchange.tabular.terms import SEVERAL_TERMS, vocabulary_of
from netmap.networks.areas import Areas
from netmap.networks.models import (
    TABLES,
    Activity,
    Area,
    Enquiry,
    NetworkSettings,
    Organisation,
    Population,
    Share,
    Target,
    Tie,
    columns,
)
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.tables import tidy
from netmap.vocabulary import load

TERMS = load()
NASTY = (
    *("=1+1", "+44 20", "-1", "@SUM(A1)", "#REF!", "#N/A", "007", "1e5", "TRUE", "2026-01-01"),
    *(
        "<script>",
        'quo"te, comma',
        "line\r\nend",
        "carriage\rreturn",
        "bell\x07",
        "\ufffe x",
        "None",
    ),
)
WORDS = st.one_of(st.sampled_from(NASTY), st.text(max_size=8)).filter(
    # An apostrophe before `=` is what a CSV adds to keep it from running.
    lambda word: tidy(allowed(word)) and not tidy(allowed(word)).startswith("'")
)
DAYS = st.none() | st.dates(date(1850, 1, 1), date(2100, 1, 1))


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Make a register for staff with something in every table."""
    maybe = st.none() | WORDS
    extra = st.dictionaries(st.sampled_from(("our mark", "=colour")), WORDS)
    return Register(
        name="example",
        settings=NetworkSettings(title=draw(WORDS)),
        as_of=date(2026, 11, 22),
        organisations=(
            Organisation(
                id="a",
                name=draw(WORDS),
                roles=("hub", "funder"),
                phone=draw(maybe),
                notes=draw(maybe),
                verified_on=draw(DAYS),
                latitude=draw(st.floats(-90, 90)),
                longitude=draw(st.floats(-180, 180)),
                extra=draw(extra),
            ),
        ),
        activities=(
            Activity(
                id="g",
                name=draw(WORDS),
                organisation="a",
                exclusive=draw(st.none() | st.booleans()),
                capacity=draw(st.integers(0, 10**6)),
                communities=("bame", "women"),
                funding_ends=draw(DAYS),
            ),
        ),
        ties=(
            Tie(source_organisation="a", target_organisation="a", kind="funds", since=draw(DAYS)),
        ),
        areas=Areas([Area(code="E01", name=draw(WORDS), aliases=("x", "y"))]),
        populations=(
            Population(
                area="E01",
                total=draw(st.integers(0, 10**6)),
                groups={"asian": draw(st.integers(0, 999)), "bame": 2.5},
            ),
        ),
        enquiries=(Enquiry(area="*", community="bame", asked=True, words=draw(maybe)),),
        targets=(Target(owner="a", measure="groups_engaged", target=draw(st.integers(0, 99))),),
        shares=(Share(area="E01", dimension="sector", key=draw(WORDS), percent=12.5),),
    )


def _tidied(value: object) -> str:
    """Tidy a cell as it is whenever a register is read; line ends become alike."""
    return tidy(allowed(written(value)).replace("\r\n", "\n").replace("\r", "\n"))


def _back(module: ModuleType, register: Register, name: str) -> list[tuple[str, dict[str, str]]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(module.write(register, TERMS))
        assert reading.recognises(file)
        draft = reading.read(file, name, TERMS)
    assert draft.read == len(draft.rows)
    assert draft.notes == draft.set_aside == ()
    return [(row.table, dict(row.cells)) for row in draft.rows]


def _wanted(register: Register) -> list[tuple[str, dict[str, str]]]:
    return [
        (table, {name: text for name, value in row.items() if (text := _tidied(value))})
        for table in TABLES
        for row in table_rows(register, table)
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_every_table_comes_back_from_a_zip_of_csv_files(register: Register) -> None:
    """A whole register in plain files is the copy that outlives every program."""
    assert _back(csv_zip, register, "r.csv.zip") == _wanted(register)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_every_table_comes_back_from_a_workbook(register: Register) -> None:
    """A workbook that lost a leading nought or ran a name would teach people to distrust it."""
    assert _back(register_book, register, "r.xlsx") == _wanted(register)


def _register(audience: Audience = Audience.STAFF) -> Register:
    return Register(
        name="example",
        settings=NetworkSettings(
            title="=Example", source="A survey", licence="CC BY", disclaimer="Not for signposting."
        ),
        as_of=date(2026, 11, 22),
        audience=audience,
        organisations=(
            Organisation(id="b", name="=1+1", notes="for us alone", verified_on=date(1899, 1, 1)),
            Organisation(id="a", name="x" * 40_000, verified_on=date(2026, 3, 31)),
        ),
        populations=(
            Population(area="x", total=100, groups={"asian": 20}, suppressed=frozenset({"black"})),
        ),
        areas=Areas([Area(code="x", name="X")]),
    )


def _pages(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_nothing_in_a_workbook_runs() -> None:
    """A name that begins with an equals sign is a name, also after somebody edits the cell."""
    pages = _pages(register_book.write(_register(), TERMS))
    sheets = [page for name, page in pages.items() if "worksheets/" in name]
    assert not any(re.search(rb"<f[ >]", page) for page in sheets)
    assert any(b">=1+1<" in page for page in sheets)
    assert b'quotePrefix="1"' in pages["xl/styles.xml"]
    assert not any("external" in name.lower() or "vba" in name.lower() for name in pages)


def test_a_workbook_carries_no_clock() -> None:
    """The same register must be the same download tomorrow."""
    content = register_book.write(_register(), TERMS)
    assert content == register_book.write(_register(), TERMS)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = _pages(content)["docProps/core.xml"]
    moments = re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+Z", core)
    assert moments == [b"2026-11-22T00:00:00Z", b"2026-11-22T00:00:00Z"]


def test_a_workbook_says_what_it_is_and_offers_the_terms() -> None:
    """Whoever opens it a year on should know whose it was and which words it takes."""
    book = openpyxl.load_workbook(BytesIO(register_book.write(_register(), TERMS)))
    assert book.sheetnames == ["Read me", "organisations", "areas", "populations", "Terms"]
    said = {str(a): str(b) for a, b in book["Read me"].iter_rows(values_only=True)}
    assert (said["Title"], said["Licence"]) == ("=Example", "CC BY")
    assert (said["As of"], said["Please note"]) == ("2026-11-22", "Not for signposting.")
    sheet: Any = book["organisations"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:U3")
    assert sheet["A1"].font.bold
    offered = {str(r.sqref): r.formula1 for r in sheet.data_validations.dataValidation}
    sector = next(cell.column_letter for cell in sheet[1] if cell.value == "sector")
    match = re.fullmatch(
        r"Terms!\$([A-Z]+)\$2:\$[A-Z]+\$(\d+)", offered[f"{sector}2:{sector}1048576"]
    )
    assert match
    terms: Any = book["Terms"]
    assert terms[f"{match[1]}1"].value == "sector"
    assert [terms[f"{match[1]}{n}"].value for n in range(2, int(match[2]) + 1)] == list(
        TERMS["sector"]
    )


def test_dates_are_dates_unless_excel_knows_no_such_day() -> None:
    """Excel's calendar begins in 1900; an older day stays as it is written."""
    sheet: Any = openpyxl.load_workbook(BytesIO(register_book.write(_register(), TERMS)))[
        "organisations"
    ]
    column = next(cell.column_letter for cell in sheet[1] if cell.value == "verified_on")
    assert sheet[f"{column}2"].value.date() == date(2026, 3, 31)
    assert sheet[f"{column}3"].value == "1899-01-01"


def test_what_cannot_be_carried_is_said_and_otherwise_nothing() -> None:
    """A list of losses that is always long is never read."""
    assert register_book.cannot_carry(_register()) == (
        "1 count of people is too small to show, hence *: unknown when read back.",
        "1 cell is cut after 32,767 characters.",
    )
    bare = Register(name="x", settings=NetworkSettings(), as_of=date(2026, 11, 22))
    assert register_book.cannot_carry(bare) == csv_zip.cannot_carry(bare) == ()
    tuned = NetworkSettings.model_validate({"reach": {"urban_km": 9}})
    assert (
        "network.toml"
        in csv_zip.cannot_carry(Register(name="x", settings=tuned, as_of=date(2026, 11, 22)))[0]
    )


@pytest.mark.parametrize("module", [csv_zip, register_book])
def test_a_count_too_small_to_show_comes_back_unknown(module: ModuleType, tmp_path: Path) -> None:
    """A star is neither nought nor a number, and nobody should have to guess which."""
    file = tmp_path / ("r.csv.zip" if module is csv_zip else "r.xlsx")
    file.write_bytes(module.write(_register(Audience.PUBLIC), TERMS))
    draft = reading.read(file, file.name, TERMS)
    row = next(row for row in draft.rows if row.table == "populations")
    assert (row.cells["asian"], "black" in row.cells) == ("20", False)
    assert [(note.code, note.value) for note in draft.notes] == [("hidden-count", "*")]


def test_a_zip_says_what_it_is_and_has_every_table() -> None:
    """Files in a zip lose the page they came from."""
    pages = _pages(csv_zip.write(_register(), TERMS))
    assert sorted(pages) == sorted(["readme.txt", *(f"{table}.csv" for table in TABLES)])
    readme = pages["readme.txt"].decode()
    assert "Licence: CC BY\n" in readme
    assert "Please note: Not for signposting.\n" in readme
    with zipfile.ZipFile(BytesIO(csv_zip.write(_register(), TERMS))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_sheets_and_files_that_are_no_tables_are_told(tmp_path: Path) -> None:
    """Somebody's scribbles on a sheet of their own are not rows, but they were not overlooked."""
    file = tmp_path / "r.xlsx"
    file.write_bytes(register_book.write(_register(), TERMS))
    book = openpyxl.load_workbook(file)
    book.create_sheet("Scribbles").append(["x"])
    book["organisations"]["ZZ2"] = "lost"
    book["organisations"]["ZZ9"] = "lost too"
    book.save(file)
    draft = reading.read(file, "r.xlsx", TERMS)
    assert [(note.code, str(note.spot)) for note in draft.notes if note.code != "hidden-count"] == [
        ("stray-sheet", "Scribbles"),
        ("missing-heading", "organisations!ZZ2"),
        ("missing-heading", "organisations!ZZ9"),
    ]
    assert [note.code for note in draft.set_aside] == ["missing-heading"]
    assert draft.read == len(draft.rows) + len(draft.set_aside)


def test_other_peoples_files_are_not_taken_for_ours(tmp_path: Path) -> None:
    """A list of organisations without our headings is for the reader of spreadsheets."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "organisations"
    sheet.append(["Group", "Where"])
    book.save(tmp_path / "theirs.xlsx")
    with zipfile.ZipFile(tmp_path / "theirs.zip", "w") as archive:
        archive.writestr("organizations.csv", "id,name\n")
    (tmp_path / "broken.zip").write_bytes(b"PK no zip")
    for name in ("theirs.xlsx", "theirs.zip", "broken.zip", "missing.xlsx", "."):
        assert not reading.recognises(tmp_path / name)
    with pytest.raises(UnreadableFileError, match="none of the tables"):
        reading.read(tmp_path / "theirs.zip", "theirs.zip", TERMS)
    with pytest.raises(UnreadableFileError):
        reading.read(tmp_path / "broken.zip", "broken.zip", TERMS)


def test_the_drop_downs_know_every_column_of_controlled_terms() -> None:
    """A column added to the models without a drop-down would go unnoticed."""
    for table, model in TABLES.items():
        for column in columns(model):
            found = [
                cell.cell_contents
                for mark in model.model_fields[column].metadata
                if (function := getattr(mark, "func", None)) is not None
                for cell in function.__closure__ or ()
                if isinstance(cell.cell_contents, str)
            ]
            assert vocabulary_of(table, column) == (found[0] if found else None), (table, column)
    assert set(SEVERAL_TERMS) <= {c for model in TABLES.values() for c in columns(model)}
