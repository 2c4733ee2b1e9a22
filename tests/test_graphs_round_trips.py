"""From a register to each graph format and back: the same organisations and ties, cell by cell."""

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netmap.exchange.draft import Draft
from netmap.exchange.graphs import gexf, graphml, kumu_json, kumu_sheets
from netmap.exchange.rows import table_rows
from netmap.exchange.tabular.cells import allowed, written
from netmap.networks.areas import Areas
from netmap.networks.models import Area, NetworkSettings, Organisation, Tie
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.tables import tidy
from netmap.vocabulary import load

TERMS = load()
FORMATS: Mapping[str, ModuleType] = {
    "network.graphml": graphml,
    "network.gexf": gexf,
    "network.kumu.json": kumu_json,
    "network.kumu.xlsx": kumu_sheets,
}
NASTY = (
    *("<script>alert(1)</script>", "]]>&amp;", "${7*7}", "=1+1", "@SUM(A1)", "#REF!", "a|b", "|"),
    *("tab\tin", "line\nend", "carriage\rreturn", "bell\x07\x0b", "\ufffe", "Zoë's 'café' \"x\""),
    *("true", "None", "007", "1e5", "2026-01-01", "it's area's centre", "{'a': 1}", "n12", "12"),
)
HEADINGS = (
    "label",
    "Type",
    "own: x",
    "yes",
    "Tie_Type",
    "Weight",
    "=colour",
    "Location is",
    "our mark",
)
WORDS = st.one_of(st.sampled_from(NASTY), st.text(max_size=8)).filter(tidy)
MAYBE = st.none() | WORDS
ITEMS = st.lists(WORDS.filter(lambda w: ";" not in w), max_size=3).map(tuple)
DAYS = st.none() | st.dates(date(1850, 1, 1), date(2100, 1, 1))
EXTRA = st.dictionaries(st.sampled_from(HEADINGS), WORDS, max_size=3)
DEGREES = st.floats(-89, 89, allow_nan=False).filter(lambda n: abs(n) > 1e-3)


def _some(vocabulary: str) -> st.SearchStrategy[Any]:
    return st.sampled_from(sorted(TERMS[vocabulary]))


@st.composite
def organisations(draw: st.DrawFn, identity: str) -> Organisation:
    """Make one organisation out of anything people could have written."""
    point = draw(st.just({}) | st.fixed_dictionaries({"latitude": DEGREES, "longitude": DEGREES}))
    return Organisation(
        id=identity,
        name=draw(WORDS.filter(lambda word: tidy(allowed(word)))),
        roles=tuple(draw(st.lists(_some("role"), max_size=2, unique=True))),
        sector=draw(st.none() | _some("sector")),
        aliases=draw(ITEMS),
        led_by=tuple(draw(st.lists(_some("community"), max_size=2, unique=True))),
        area=draw(st.sampled_from((None, "here", "nowhere"))),
        phone=draw(MAYBE),
        verified_on=draw(DAYS),
        confidence=draw(st.none() | _some("confidence")),
        source=draw(MAYBE),
        notes=draw(MAYBE),
        extra=draw(EXTRA),
        **point,
    )


def _tie(strength: float | None, **cells: Any) -> Tie:
    return Tie(**cells) if strength is None else Tie(strength=strength, **cells)


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Make a small register for staff, who see every column."""
    ids = draw(st.lists(st.sampled_from(("a", "b-1", "c--2", "0")), min_size=1, unique=True))
    tie = st.builds(
        _tie,
        source_organisation=st.sampled_from(ids),
        target_organisation=st.sampled_from(ids),
        kind=_some("tie_kind"),
        topic=st.none() | _some("topic"),
        since=DAYS,
        strength=st.none() | st.floats(0, 1),
        source=MAYBE,
        notes=MAYBE,
        extra=EXTRA,
    )
    return Register(
        name="example",
        settings=NetworkSettings(title=draw(WORDS), disclaimer=draw(WORDS)),
        as_of=date(2026, 11, 22),
        audience=Audience.STAFF,
        organisations=tuple(draw(organisations(one)) for one in ids),
        ties=tuple(draw(st.lists(tie, max_size=4))),
        areas=Areas([Area(code="here", name="H", latitude=53.5, longitude=-1.5)]),
    )


def _tidied(value: object) -> str:
    """Tidy a cell as it is tidied whenever a register is read; a list keeps no blanks."""
    if isinstance(value, tuple):
        items = (tidy(allowed(item)).strip() for item in value)
        return tidy(";".join(dict.fromkeys(item for item in items if item)))
    return tidy(allowed(written(value)))


def _wanted(register: Register) -> list[tuple[str, dict[str, str]]]:
    return [
        (table, {name: text for name, value in row.items() if (text := _tidied(value))})
        for table in ("organisations", "ties")
        for row in table_rows(register, table)
    ]


def _read_back(register: Register, name: str) -> Draft:
    module = FORMATS[name]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(module.write(register, TERMS))
        assert module.recognises(file)
        return module.read(file, name, TERMS)  # type: ignore[no-any-return]  # modules have no types


def _in_sheets(text: str) -> str:
    """Say what a Kumu spreadsheet loses: bars, and the difference between line ends."""
    return tidy(text.replace("|", "/").replace("\r\n", "\n").replace("\r", "\n"))


@pytest.mark.parametrize("name", [name for name in FORMATS if not name.endswith(".xlsx")])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_what_goes_out_comes_back(name: str, register: Register) -> None:
    """People correct a name in Gephi or Kumu and expect everything else to be as it was."""
    draft = _read_back(register, name)
    assert [(row.table, dict(row.cells)) for row in draft.rows] == _wanted(register)
    assert draft.read == len(draft.rows)
    assert draft.set_aside == ()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_a_kumu_spreadsheet_comes_back_but_for_bars_and_line_ends(register: Register) -> None:
    """A bar cuts a cell of Kumu's in two, so it is written otherwise, and said."""
    draft = _read_back(register, "network.kumu.xlsx")
    got = [(row.table, dict(row.cells)) for row in draft.rows]
    wanted = [
        (table, {name: _in_sheets(text) for name, text in cells.items()})
        for table, cells in _wanted(register)
    ]
    for _, cells in wanted:
        if "aliases" in cells:
            cells["aliases"] = ";".join(dict.fromkeys(cells["aliases"].split(";")))
    assert got == wanted
    barred = any("|" in text for _, cells in _wanted(register) for text in cells.values())
    assert barred == any(
        "'|'" in said or "for |" in said for said in kumu_sheets.cannot_carry(register)
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_every_file_is_the_same_twice_and_its_xml_is_well_formed(register: Register) -> None:
    """A file that changes by itself is downloaded again; one that is not XML opens nowhere."""
    for module in FORMATS.values():
        assert module.write(register, TERMS) == module.write(register, TERMS)
    for module in (graphml, gexf):
        fromstring(module.write(register, TERMS))  # noqa: S314  # our own bytes


def test_half_a_character_costs_itself_and_not_the_file() -> None:
    """Text cut in the middle of an emoji cannot be written in UTF-8 by anybody."""
    register = Register(
        name="example",
        settings=NetworkSettings(title="Half \ud83d"),
        as_of=date(2026, 11, 22),
        organisations=(Organisation(id="a", name="Half \ud83d", phone="1 \ude00"),),
    )
    for name, module in FORMATS.items():
        draft = _read_back(register, name)
        assert [dict(row.cells) for row in draft.rows] == [
            {"id": "a", "name": "Half", "phone": "1"}
        ]
        assert "2 cells are written without characters" in module.cannot_carry(register)[-1]
