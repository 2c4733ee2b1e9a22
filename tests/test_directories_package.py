"""What a register becomes in directories' formats, and that it comes back as it was."""

import csv
import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.errors import UnreadableFileError
from netmap.exchange.directories import hsds_package, oruk_page, pages, tables
from netmap.exchange.directories.own import register_cells
from netmap.exchange.directories.schema import TABLES
from netmap.exchange.draft import Draft
from netmap.networks.areas import Areas
from netmap.networks.models import Activity, Area, NetworkSettings, Organisation, Tie
from netmap.networks.redaction import for_audience
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.tables import tidy
from netmap.vocabulary import load
from netmap.workspace import PrivacySettings

VOCABULARIES = load()
RULE = "DTSTART;TZID=Europe/London:20260105T180000 DURATION:PT2H RRULE:FREQ=WEEKLY;BYDAY=MO"
TRUST = Organisation(
    id="trust",
    name="=Trust",
    roles=("infrastructure_body", "hub"),
    sector="third_sector",
    aliases=("The Trust", "Old Trust"),
    identifiers=("GB-CHC-9000001", "council list 7"),
    area="E08000033",
    postcode="HX1 1UJ",
    latitude=53.72,
    longitude=-1.86,
    website="https://trust.example/with blank",
    email="no address",
    phone="+44 113 496 0000",
    contact="public",
    led_by=("women",),
    verified_on=date(2026, 1, 31),
    notes="for us",
    extra={"=own": "-5", "Colour": "red"},
)
TEA = Activity(
    id="tea",
    name="Tea",
    organisation="trust",
    description="Come\nas you are",
    how_to_join="Turn up",
    cost="free; tea 50p",
    age_range="16-25",
    communities=("women", "pakistani"),
    topics=("bereavement",),
    approach="drop_in",
    other_approaches=("online",),
    languages=("en", "ur"),
    serves=("E08000033",),
    venue="Town Hall",
    postcode="HX1 1UJ",
    latitude=53.7,
    longitude=-1.8,
    schedule=RULE,
    email="tea@trust.example",
    phone="01422 000000",
    contact="public",
    website="https://trust.example/tea",
    status="planned",
    exclusive=False,
    capacity=12,
)


def _register(*activities: Activity, **more: Any) -> Register:
    return Register(
        **{
            "name": "example",
            "settings": NetworkSettings(title="Example", disclaimer="Not for signposting."),
            "as_of": date(2026, 11, 22),
            "organisations": (TRUST, Organisation(id="other", name="Other")),
            "activities": activities or (TEA,),
            "areas": Areas([Area(code="E08000033", name="Calderdale")]),
            "ties": (
                Tie(
                    source_organisation="trust",
                    target_organisation="other",
                    kind="funds",
                    topic="carers",
                    since=date(2020, 1, 1),
                    strength=0.5,
                ),
            ),
            **more,
        }
    )


def _files(register: Register) -> dict[str, bytes]:
    content = hsds_package.write(register, VOCABULARIES)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _rows(files: dict[str, bytes], table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{table}.csv"].decode(), newline="")))


def _package_back(register: Register, folder: Path) -> Draft:
    file = folder / "example.hsds.zip"
    file.write_bytes(hsds_package.write(register, VOCABULARIES))
    assert tables.recognises(file)
    return tables.read(file, file.name, VOCABULARIES)


def _page_back(register: Register, folder: Path) -> Draft:
    file = folder / "example.oruk.json"
    file.write_bytes(oruk_page.write(register, VOCABULARIES))
    assert pages.recognises(file)
    return pages.read(file, file.name, VOCABULARIES)


def _cells(draft: Draft, table: str) -> list[dict[str, str]]:
    return [dict(row.cells) for row in draft.rows if row.table == table]


def _public(register: Register) -> Register:
    return for_audience(register, Audience.PUBLIC, PrivacySettings())


def test_a_package_brings_back_every_row_as_it_was(tmp_path: Path) -> None:
    """A hub that moves its directory must not lose what the standard has no field for."""
    register = _register(TEA, Activity(id="call", name="Call", approach="telephone"))
    draft = _package_back(register, tmp_path)
    for table in ("organisations", "activities", "ties"):
        assert _cells(draft, table) == register_cells(register, table)
    assert (draft.read, len(draft.rows), draft.set_aside, draft.notes) == (5, 5, (), ())


def test_a_page_brings_back_what_cannot_carry_does_not_name(tmp_path: Path) -> None:
    """Ties and organisations without services have no place on such a page, and it is said."""
    register = _register()
    draft = _page_back(register, tmp_path)
    assert _cells(draft, "activities") == register_cells(register, "activities")
    assert _cells(draft, "organisations") == [
        one for one in register_cells(register, "organisations") if one["id"] == "trust"
    ]
    said = " ".join(oruk_page.cannot_carry(register))
    assert "ties: 1 left out" in said
    assert "1 row is left out without any" in said


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cn"]),
    min_size=1,
    max_size=8,
).filter(lambda text: text == tidy(text) and not text.startswith("'") and ";" not in text)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join)
_OPTIONAL = st.none() | _TEXTS
_ACTIVITIES = st.builds(
    Activity,
    id=st.sampled_from(["one", "two", "three"]),
    name=_TEXTS,
    organisation=st.none() | st.sampled_from(["trust", "other"]),
    description=_OPTIONAL,
    how_to_join=_OPTIONAL,
    cost=_OPTIONAL,
    age_range=_OPTIONAL | st.sampled_from(["16-25", "50 and over", "up to 18", "0-5"]),
    topics=st.lists(st.sampled_from(["bereavement", "carers"]), unique=True).map(tuple),
    communities=st.lists(st.sampled_from(["women", "carers"]), unique=True).map(tuple),
    approach=st.sampled_from([None, "online", "drop_in"]),
    languages=st.lists(_WORDS, unique=True, max_size=2).map(tuple),
    venue=_OPTIONAL,
    serves=st.sampled_from([(), ("E08000033",)]),
    schedule=_OPTIONAL | st.sampled_from([RULE, "every Monday 10:00-12:00", "last Friday"]),
    latitude=st.just(53.5),
    longitude=st.floats(-2, 2).map(lambda degrees: round(degrees, 6)),
    email=_OPTIONAL,
    phone=_OPTIONAL,
    status=st.sampled_from([None, "active", "planned", "paused", "closed", "unknown"]),
    extra=st.dictionaries(_WORDS.filter(lambda name: name != "count"), _TEXTS, max_size=2),
)


@given(st.lists(_ACTIVITIES, min_size=1, max_size=2, unique_by=lambda one: one.id))
@settings(deadline=None, max_examples=25)
def test_whatever_a_register_holds_survives_both_formats(
    tmp_path_factory: pytest.TempPathFactory, activities: list[Activity]
) -> None:
    """What people write must come back letter for letter."""
    register = _register(*activities)
    folder = tmp_path_factory.mktemp("back")
    wanted = register_cells(register, "activities")
    assert _cells(_package_back(register, folder), "activities") == wanted
    assert _cells(_page_back(register, folder), "activities") == wanted


def test_the_package_keeps_the_rules_of_its_own_description() -> None:
    """Importers check required fields, ids and references before they read a row."""
    files = _files(_register(TEA, Activity(id="call", name="Call", approach="telephone")))
    package = json.loads(files["datapackage.json"])
    resources = {one["name"]: one for one in package["resources"]}
    assert {one["path"] for one in resources.values()} | {"datapackage.json"} == set(files)
    ids = {}
    for name, one in resources.items():
        rows = _rows(files, one["path"].removesuffix(".csv"))
        fields = {field["name"]: field for field in one["schema"]["fields"]}
        assert rows, name
        assert list(rows[0]) == list(fields)
        for row in rows:
            for heading, field in fields.items():
                rules = field.get("constraints", {})
                assert row[heading] or not rules.get("required"), (name, heading)
                assert not row[heading] or row[heading] in rules.get("enum", [row[heading]])
                if field.get("format") == "uuid" and row[heading]:
                    assert UUID(row[heading])
        key = one["schema"].get("primaryKey")
        ids[name] = {row[key] for row in rows} if key else set()
        assert not key or len(ids[name]) == len(rows)
    for name, one in resources.items():
        for key in one["schema"].get("foreignKeys", []):
            held = {row[key["fields"]] for row in _rows(files, one["path"].removesuffix(".csv"))}
            assert held - {""} <= ids[key["reference"]["resource"]], (name, key)


def test_the_same_register_gives_the_same_bytes_and_ids() -> None:
    """An importer that met a service last month must know it again this month."""
    register = _register()
    assert hsds_package.write(register, VOCABULARIES) == hsds_package.write(register, VOCABULARIES)
    assert oruk_page.write(register, VOCABULARIES) == oruk_page.write(register, VOCABULARIES)
    renamed = _register(TEA.model_copy(update={"name": "Coffee"}))
    assert (
        _rows(_files(register), "services")[0]["id"]
        == (_rows(_files(renamed), "services")[0]["id"])
        == "810f350d-f821-5a81-80e6-d67a4537fa53"
    )


def test_a_service_has_its_fields_where_other_programs_look() -> None:
    """What only netmap can read would be no exchange."""
    files = _files(_register())
    (service,) = _rows(files, "services")
    assert service["name"] == "Tea"
    assert service["status"] == "inactive"
    assert service["application_process"] == "Turn up"
    assert (service["minimum_age"], service["maximum_age"]) == ("16", "25")
    (times,) = _rows(files, "schedules")
    assert (times["freq"], times["byday"], times["dtstart"]) == ("WEEKLY", "MO", "2026-01-05")
    assert (times["opens_at"], times["closes_at"]) == ("18:00:00", "20:00:00")
    terms = {one["code"]: one for one in _rows(files, "taxonomy_terms")}
    assert terms["community:women"]["name"] == VOCABULARIES["community"].label("women")
    assert "addresses.csv" not in files
    assert tuple(service) == TABLES["services"].columns
    page = json.loads(oruk_page.write(_register(), VOCABULARIES))
    assert (page["total_items"], page["total_pages"], page["last_page"]) == (1, 1, True)
    (one,) = page["contents"]
    assert "application_process" not in one
    assert one["organization"]["name"] == "=Trust"
    assert one["contacts"][0]["phones"][0]["number"] == "01422 000000"
    assert page["netmap"]["disclaimer"] == "Not for signposting."


def test_a_place_shown_by_its_area_has_no_location_at_all() -> None:
    """A faked address or a shifted point would send somebody to a stranger's door."""
    tea = TEA.model_copy(update={"visibility": "area_only"})
    register = _public(_register(tea))
    files = _files(register)
    assert not {"service_at_location.csv", "addresses.csv"} & files.keys()
    # The organisation is open, and only its own location is there.
    (location,) = _rows(files, "locations")
    assert location["organization_id"]
    assert not [row for row in _rows(files, "service_areas") if row["name"] != "Calderdale"]
    (service,) = json.loads(oruk_page.write(register, VOCABULARIES))["contents"]
    assert "service_at_locations" not in service


def test_nothing_withheld_is_in_any_byte() -> None:
    """A refuge that can be found in a file is no refuge."""
    refuge = Organisation(
        id="haven", name="Haven House", visibility="withheld", postcode="HX7 8ZZ",
        latitude=53.74321, longitude=-2.01234, phone="01422 999999", notes="secret note",
    )  # fmt: skip
    group = Activity(id="haven-group", name="Haven group", organisation="haven", venue="Haven")
    register = _register(TEA, group, organisations=(TRUST, refuge))
    for audience in (Audience.PUBLIC, Audience.PARTNERS):
        shown = for_audience(register, audience, PrivacySettings())
        page = oruk_page.write(shown, VOCABULARIES)
        for name, content in {**_files(shown), "page": page}.items():
            text = content.decode()
            for secret in ("aven", "HX7", "53.743", "2.012", "999999", "for us", "secret"):
                assert secret not in text, (audience, name, secret)


def test_no_cell_runs_as_a_formula() -> None:
    """A package is opened in spreadsheets too; numbers of our own are no formulas."""
    last = Activity(id="last", name="@x", schedule="last Friday of the month 10:00-12:00")
    files = _files(_register(TEA, last))
    for name, content in files.items():
        if name.endswith(".csv"):
            cells = [
                c for row in csv.reader(io.StringIO(content.decode(), newline="")) for c in row
            ]
            risky = [c for c in cells if c.startswith(("=", "+", "-", "@"))]
            assert [c for c in risky if not re.fullmatch(r"-\d+(\.\d+)?", c)] == []
    words = {row["description"]: row["byday"] for row in _rows(files, "schedules")}
    assert words["last Friday of the month 10:00-12:00"] == ""


def test_what_is_not_carried_is_said_and_nothing_else() -> None:
    """A warning about nothing teaches people to read none."""
    bare = _register(
        Activity(id="a", name="A", organisation="other"),
        organisations=(Organisation(id="other", name="Other"),),
        areas=Areas(()),
        ties=(),
    )
    assert hsds_package.cannot_carry(bare) == ()
    assert oruk_page.cannot_carry(bare) == ()
    total = Activity(id="sum", name="Survey", count=35)
    part = Activity(id="b", name="B", part_of="sum", status="unknown")
    said = hsds_package.cannot_carry(_register(total, part))
    assert [sentence.split(":")[0] for sentence in said] == [
        "Directories list services one by one",
        "1 row is part of a total that is not in the file.",
        "Directories have no unknown status",
        "Directories have no place for areas.",
        "The standard wants an organisation for every service",
        "Ties stand in netmap_relationships.csv, which few other programs read",
        "A spreadsheet could run a cell that begins with +",
        "An address needs a street and a town, which a register does not have",
    ]


def test_an_invented_example_says_so_to_other_programs(tmp_path: Path) -> None:
    """A directory must not send people to a group somebody made up."""
    example = TEA.model_copy(update={"confidence": "illustrative"})
    (service,) = _rows(_files(_register(example)), "services")
    assert service["description"] == "Invented example. Come\nas you are"
    (back,) = _cells(_package_back(_register(example), tmp_path), "activities")
    assert back["description"] == "Come\nas you are"


def test_tables_of_other_programs_are_put_together(tmp_path: Path) -> None:
    """Packages come as folders too, with tables in the plural and rows that refer to nothing."""
    for name, content in {
        "organizations": "id,name,description\no1,Tea Trust,A trust\n",
        "services": "id,organization_id,name,status\ns1,o1,Tea,active\ns2,o9,Coffee,active\n",
        "locations": "id,location_type,name,latitude,longitude\nl1,physical,Hall,53.8,-1.5\n",
        "physical_addresses": "id,location_id,address_1,postal_code\na1,l1,1 Road,LS1 1UR\n",
        "services_at_location": "id,service_id,location_id\nx1,s1,l1\n",
        "phones": "id,service_id,number\np1,s1,'+44 113 496 0000\np2,s7,0113\n",
        "programs": "id,name\n1,None\n",
    }.items():
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    assert tables.recognises(tmp_path)
    draft = tables.read(tmp_path, "package", VOCABULARIES)
    tea, coffee = _cells(draft, "activities")
    assert (tea["venue"], tea["postcode"], tea["latitude"]) == ("Hall", "LS1 1UR", "53.8")
    assert (tea["phone"], tea["organisation"]) == ("+44 113 496 0000", "o1")
    assert "organisation" not in coffee
    codes = sorted((note.code, str(note.spot)) for note in draft.notes)
    assert ("missing-reference", "package/phones.csv row 3") in codes
    assert ("stray-table", "package/programs.csv") in codes
    assert draft.read == 3


def test_a_registers_own_tables_are_not_taken_for_a_directorys(tmp_path: Path) -> None:
    """Both have a table of organisations."""
    for name in ("organisations", "activities", "ties"):
        (tmp_path / f"{name}.csv").write_text("id,name\n", encoding="utf-8")
    assert not tables.recognises(tmp_path)


def test_a_zip_of_something_else_is_refused_in_words(tmp_path: Path) -> None:
    """People pick the wrong file."""
    file = tmp_path / "photos.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.csv", "x\n1\n")
    assert not tables.recognises(file)
    with pytest.raises(UnreadableFileError, match="neither services nor organisations"):
        tables.read(file, file.name, VOCABULARIES)
    file.write_bytes(b"no zip")
    assert not tables.recognises(file)
