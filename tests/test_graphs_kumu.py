"""Kumu: both of its formats, by its own rules, written and read."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft
from netmap.exchange.graphs import kumu_json, kumu_sheets
from netmap.networks.areas import Areas
from netmap.networks.models import Activity, Area, NetworkSettings, Organisation, Tie
from netmap.networks.redaction import for_audience
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.vocabulary import load
from netmap.workspace import PrivacySettings

TERMS = load()
NO_NAMES = {"yes", "no", "on", "off", "true", "false"}
Sheets = Mapping[str, Sequence[Sequence[str | None]]]


def _register() -> Register:
    return Register(
        name="example",
        settings=NetworkSettings(title="Example", disclaimer="Not for signposting."),
        as_of=date(2026, 11, 22),
        organisations=(
            Organisation(
                id="hub",
                name="Hub | North",
                roles=("hub", "grassroots_group"),
                aliases=("=The hub", "Hubbub"),
                latitude=53.5,
                longitude=-1.25,
            ),
            Organisation(
                id="house",
                name="House",
                area="north",
                latitude=53.712345,
                longitude=-1.598765,
                visibility="area_only",
            ),
            Organisation(id="far", name="Far", extra={"yes": "1", "Our mark": "x"}),
        ),
        activities=(Activity(id="group", name="Group", organisation="hub"),),
        ties=(
            Tie(source_organisation="hub", target_organisation="far", kind="refers_to"),
            Tie(source_organisation="hub", target_organisation="far", kind="funds", strength=0.5),
        ),
        areas=Areas([Area(code="north", name="North", latitude=54, longitude=-2)]),
    )


def _public() -> Register:
    return for_audience(_register(), Audience.PUBLIC, PrivacySettings())


def _json(register: Register) -> dict[str, list[dict[str, Any]]]:
    document: dict[str, list[dict[str, Any]]] = json.loads(kumu_json.write(register, TERMS))
    return document


def _sheets(register: Register) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(BytesIO(kumu_sheets.write(register, TERMS)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def _read_json(folder: Path, document: object) -> Draft:
    file = folder / "map.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert kumu_json.recognises(file)
    return kumu_json.read(file, "map.json", TERMS)


def _read_sheets(folder: Path, sheets: Sheets) -> Draft:
    book = openpyxl.Workbook()
    for number, (title, rows) in enumerate(sheets.items()):
        sheet: Any = book.create_sheet(title, number)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    file = folder / "map.xlsx"
    book.save(file)
    assert kumu_sheets.recognises(file)
    return kumu_sheets.read(file, "map.xlsx", TERMS)


def _cells(draft: Draft, table: str) -> list[dict[str, str]]:
    return [dict(row.cells) for row in draft.rows if row.table == table]


def test_the_json_is_what_a_link_to_it_may_hold() -> None:
    """Kumu refuses a linked file with anything but elements, connections and loops."""
    document = _json(_register())
    assert list(document) == ["elements", "connections"]
    assert [one["id"] for one in document["elements"]] == ["far", "house", "hub"]
    hub = document["elements"][2]
    assert (hub["type"], hub["tags"]) == ("Hub", ["Hub", "Grassroots group"])
    assert hub["Location"] == "53.5, -1.25"
    assert "Not for signposting." in hub["description"]
    ids = [one["id"] for one in document["connections"]]
    assert ids == ["hub-funds-far", "hub-refers-to-far"]
    assert {one["direction"] for one in document["connections"]} == {"directed"}
    assert [one["type"] for one in document["connections"]] == ["funds", "refers to"]


def test_no_field_has_a_name_that_kumu_takes_for_a_yes() -> None:
    """Kumu refuses the whole file for a column called yes."""
    document = _json(_register())
    names = {name for many in document.values() for one in many for name in one}
    assert not NO_NAMES & {name.casefold() for name in names}
    assert document["elements"][0]["own: yes"] == "1"
    assert document["elements"][0]["Our mark"] == "x"


def test_what_has_no_place_has_no_location_and_is_told() -> None:
    """Kumu draws a blank location in the Gulf of Guinea."""
    assert "Location" not in _json(_register())["elements"][0]
    sheet = _sheets(_register())["Elements"]
    assert dict(zip(sheet[0], sheet[1], strict=True))["Location"] is None
    assert kumu_json.cannot_carry(_register()) == (
        "Kumu files carry no activities: 1 is left out.",
        "Kumu files carry no areas: 1 is left out.",
        "1 organisation is without a place: Kumu's geographic view draws them at 0, 0.",
    )


def test_the_public_gets_no_location_of_the_house() -> None:
    """Any point would be taken for its door."""
    house = _json(_public())["elements"][1]
    assert not {"Location", "Location is"} & set(house)
    assert b"53.71" not in kumu_json.write(_public(), TERMS)
    with zipfile.ZipFile(BytesIO(kumu_sheets.write(_public(), TERMS))) as archive:
        assert not any(b"53.71" in archive.read(name) for name in archive.namelist())


def test_the_spreadsheet_begins_as_kumu_demands_and_runs_nothing() -> None:
    """The first cells decide what Kumu takes a sheet for."""
    content = kumu_sheets.write(_register(), TERMS)
    assert content == kumu_sheets.write(_register(), TERMS)
    sheets = _sheets(_register())
    assert sheets["Elements"][0][:4] == ("ID", "Label", "Type", "Tags")
    assert sheets["Connections"][0][:5] == ("ID", "From", "To", "Type", "direction")
    hub = dict(zip(sheets["Elements"][0], sheets["Elements"][3], strict=True))
    assert hub["Label"] == "Hub / North"
    assert hub["Tags"] == "Hub|Grassroots group"
    assert hub["Aliases"] == "=The hub|Hubbub"
    assert list(sheets)[-1] == "Read me (ignore)"
    with zipfile.ZipFile(BytesIO(content)) as archive:
        pages = [archive.read(n) for n in archive.namelist() if "worksheets/" in n]
    assert not any(b"<f>" in page or b"<f " in page for page in pages)
    assert kumu_sheets.cannot_carry(_register())[-1] == (
        "1 cell is written with / for |, which cuts cells in two."
    )


def test_a_blueprint_by_labels_makes_ties_and_mentions(tmp_path: Path) -> None:
    """A small map has no ids; what only a connection names exists all the same."""
    draft = _read_json(
        tmp_path,
        {
            "elements": [
                {"label": "Hub", "type": "hub", "tags": ["a", "b"], "Postcode": "LS1 1UR"},
                {"label": "Group", "type": "Organisation", "Location": "53.5, -1.25"},
                {"label": "Lost", "Location": "0, 0"},
            ],
            "connections": [
                {"from": "Hub", "to": "Group", "type": "Funds", "strength": 0.5},
                {"from": "Group", "to": "Council", "type": "in touch with", "direction": "mutual"},
                {"from": "Group", "to": "Never", "type": "no kind we know"},
            ],
        },
    )
    assert _cells(draft, "organisations") == [
        {"roles": "hub", "tags": "a;b", "postcode": "LS1 1UR", "name": "Hub"},
        {"latitude": "53.5", "longitude": "-1.25", "name": "Group"},
        {"name": "Lost"},
        {"name": "Council"},
    ]
    assert [row.mention for row in draft.rows[:4]] == [False, False, False, True]
    assert [(c["kind"], c["target_organisation"]) for c in _cells(draft, "ties")] == [
        ("funds", "Group (Organisation)"),
        ("in_dialogue_with", "Council"),
        ("in_dialogue_with", "Group (Organisation)"),
    ]
    assert [note.code for note in draft.notes] == ["no-place"]
    assert [note.code for note in draft.set_aside] == ["unknown-term"]
    assert draft.read == 6
    assert draft.unit == "elements and connections"


def test_a_whole_project_is_read_for_its_elements_alone_and_warned_about(tmp_path: Path) -> None:
    """What somebody threw away in Kumu is still in its export."""
    draft = _read_json(
        tmp_path,
        {
            "elements": [
                {"_id": "elem-1", "attributes": {"label": "Hub", "element type": "Hub"}},
                {"_id": "elem-2", "attributes": {"label": "Hub", "element type": "Funder"}},
                {"_id": "elem-3", "attributes": {"label": "Ann", "element type": "Person"}},
            ],
            "connections": [
                {
                    "_id": "conn-1",
                    "from": "elem-2",
                    "to": "elem-1",
                    "direction": "undirected",
                    "attributes": {"connection type": "Funds"},
                },
                {"_id": "conn-2", "from": "elem-3", "to": "elem-1", "attributes": {}},
                "rubbish",
            ],
            "maps": [{"elements": []}],
        },
    )
    assert [row.key for row in draft.rows] == ["elem-1", "elem-2", ""]
    assert _cells(draft, "ties") == [
        {
            "source_organisation": "elem-2",
            "target_organisation": "elem-1",
            "kind": "funds",
            "direction": "undirected",
        }
    ]
    assert "trash" in draft.notes[0].message
    assert [note.code for note in draft.set_aside] == ["bad-element", "person", "lost-end"]
    assert draft.read == 6


def test_a_label_that_two_elements_share_is_nobodys_in_particular(tmp_path: Path) -> None:
    """Label and type together make an element; a connection by label alone cannot choose."""
    draft = _read_json(
        tmp_path,
        {
            "elements": [{"label": "Mind", "type": "Hub"}, {"label": "Mind", "type": "Funder"}],
            "connections": [{"from": "Mind", "to": "Mind", "type": "funds"}],
        },
    )
    assert [row.key for row in draft.rows] == ["Mind (Hub)", "Mind (Funder)"]
    assert draft.set_aside[0].message == "2 elements are called 'Mind'."


def test_a_spreadsheet_follows_kumus_rules(tmp_path: Path) -> None:
    """Ids over labels, bars between values, later rows over earlier, ignored sheets ignored."""
    draft = _read_sheets(
        tmp_path,
        {
            "People and groups": [
                ["ID", "Label", "Type", "Aliases", "Location"],
                ["k1", "Hub", "Hub", "The hub|Hubbub", "LS1 1UR"],
                ["k2", "Group", None, None, "Somewhere Street"],
                ["k1", "The Hub", None, None, None],
                [None, None, None, None, None],
                ["k3", "Ann Other", "Individual", None, None],
            ],
            "Links": [["From", "To", "Type"], ["k1", "k2|k3|k9", "refers"], ["k2", "k1", "likes"]],
            "Draft (ignore)": [["Label"], ["Never"]],
            "Notes": [["What"], ["x"]],
        },
    )
    assert _cells(draft, "organisations") == [
        {
            "roles": "hub",
            "aliases": "The hub;Hubbub",
            "postcode": "LS1 1UR",
            "name": "The Hub",
        },
        {"location": "Somewhere Street", "name": "Group"},
        {"name": "k9"},
    ]
    assert [c["target_organisation"] for c in _cells(draft, "ties")] == ["k2", "k9"]
    assert [(note.code, str(note.spot)) for note in draft.set_aside] == [
        ("same-element", "People and groups row 4"),
        ("person", "People and groups row 6"),
        ("unknown-term", "Links!C3"),
    ]
    assert [note.code for note in draft.notes] == ["hidden-sheet", "stray-sheet", "lost-end"]
    assert draft.read == 6
    assert draft.rows[0].columns["aliases"] == "D"


def test_two_csv_files_are_read_together(tmp_path: Path) -> None:
    """CSV holds one sheet, so Kumu's people keep elements and connections apart."""
    elements, connections = tmp_path / "Our Elements.csv", tmp_path / "our connections.csv"
    elements.write_text("Label,Type\n'=Hub,Hub\nGroup,\n", encoding="utf-8")
    connections.write_text("From,To,Type\n'=Hub,Group,funds\n", encoding="utf-8")
    for file in (elements, connections):
        assert kumu_sheets.recognises(file)
        draft = kumu_sheets.read(file, f"kumu/{file.name}", TERMS)
        assert sorted(c["name"] for c in _cells(draft, "organisations")) == ["=Hub", "Group"]
        assert len(_cells(draft, "ties")) == 1
        assert draft.read == 3
        assert "other-half" in {note.code for note in draft.notes}
    elements.unlink()
    alone = kumu_sheets.read(connections, "connections.csv", TERMS)
    assert [row.mention for row in alone.rows] == [True, True, False]


def test_what_is_not_kumus_is_not_taken_for_it(tmp_path: Path) -> None:
    """A register or a directory in the same folder must reach its own reader."""
    other = tmp_path / "other.csv"
    other.write_text("id,name\na,A\n", encoding="utf-8")
    cytoscape = tmp_path / "graph.json"
    cytoscape.write_text('{"elements": {"nodes": []}, "connections": []}', encoding="utf-8")
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK no zip")
    for file in (other, cytoscape, broken, tmp_path, tmp_path / "missing.csv"):
        assert not kumu_sheets.recognises(file)
        assert not kumu_json.recognises(file)
    with pytest.raises(UnreadableFileError, match="From and To"):
        kumu_sheets.read(other, "other.csv", TERMS)
    for text in ("[]", "{}", '{"elements": 3}', "[" * 100_000):
        cytoscape.write_text(text, encoding="utf-8")
        with pytest.raises(UnreadableFileError):
            kumu_json.read(cytoscape, "graph.json", TERMS)


@pytest.mark.parametrize(
    ("first", "is_kumus"),
    [
        ("Label,Type", True),
        ("ID,Label", True),
        ("Label,Colour,Tags", True),
        ("From,To,Direction", True),
        ("Label,Group,Postcode", False),
        ("From,To,Venue,Group", False),
    ],
)
def test_one_heading_alone_does_not_make_a_sheet_kumus(
    tmp_path: Path, first: str, *, is_kumus: bool
) -> None:
    """A list of groups begins with Label too, and a timetable with From and To."""
    file = tmp_path / "sheet.csv"
    file.write_text(f"{first}\na,b,c,d\n", encoding="utf-8")
    assert kumu_sheets.recognises(file) is is_kumus
    named = tmp_path / f"my {'connections' if first.startswith('From') else 'elements'}.csv"
    file.rename(named)
    assert kumu_sheets.recognises(named)
