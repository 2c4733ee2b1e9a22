"""Open Referral feeds: what becomes an activity, what stays out, and that nothing breaks."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.errors import UnreadableFileError
from netmap.exchange.directories.pages import read, recognises
from netmap.exchange.draft import Draft, DraftRow
from netmap.vocabulary import load

VOCABULARIES = load()
ORGANISATION = {
    "id": "o1",
    "name": "Tea Trust",
    "website": "https://tea.example",
    "organization_identifiers": [
        {"identifier_scheme": "GB-CHC", "identifier_type": "Charity", "identifier": "9000001"},
        {"identifier_type": "Company number", "identifier": "123456"},
    ],
}


def _service(**more: Any) -> dict[str, Any]:
    return {
        "id": "s1",
        "name": "Tea and talk",
        "status": "active",
        "organization": ORGANISATION,
        **more,
    }


def _place(**more: Any) -> dict[str, Any]:
    return {
        "id": "l1",
        "location_type": "physical",
        "name": "Town Hall",
        "latitude": 53.8,
        "longitude": -1.5,
        "addresses": [{"postal_code": "LS1 1UR", "address_type": "physical"}],
        **more,
    }


def _feed(folder: Path, **pages: object) -> Draft:
    for name, page in pages.items():
        (folder / f"{name}.json").write_text(json.dumps(page), encoding="utf-8")
    assert recognises(folder)
    return read(folder, "feed", VOCABULARIES)


def _page(*records: object, **more: object) -> dict[str, object]:
    return {"total_items": len(records), "total_pages": 1, "contents": list(records), **more}


def _activities(draft: Draft) -> list[DraftRow]:
    return [row for row in draft.rows if row.table == "activities"]


def _one(folder: Path, **more: Any) -> dict[str, str]:
    (row,) = _activities(_feed(folder, services=_page(_service(**more))))
    return dict(row.cells)


def _codes(draft: Draft) -> set[str]:
    return {note.code for note in draft.notes}


def test_a_service_becomes_an_activity_of_its_organisation(tmp_path: Path) -> None:
    """A directory already says most of what a register asks."""
    service = _service(
        description="Come as you are",
        url="https://tea.example/talk",
        email="talk@tea.example",
        application_process="Just turn up",
        minimum_age=16,
        maximum_age=25,
        assured_date="2026-01-31",
        languages=[{"code": "ur"}, {"name": "English"}],
        cost_options=[{"option": "Tea", "amount": 1, "currency": "GBP"}],
        service_areas=[{"name": "Leeds", "uri": "https://x.example/E08000035"}],
        service_at_locations=[{"id": "sl", "location": _place()}],
    )
    draft = _feed(tmp_path, services=_page(service))
    organisation, activity = draft.rows
    assert (organisation.key, organisation.table) == ("o1", "organisations")
    assert organisation.cells["identifiers"] == "GB-CHC-9000001;GB-COH-00123456"
    assert activity.key == "s1"
    assert activity.cells == {
        "name": "Tea and talk",
        "organisation": "o1",
        "description": "Come as you are",
        "how_to_join": "Just turn up",
        "cost": "Tea: £1",
        "age_range": "16-25",
        "languages": "ur;English",
        "website": "https://tea.example/talk",
        "email": "talk@tea.example",
        "verified_on": "2026-01-31",
        "status": "active",
        "serves": "E08000035",
        "venue": "Town Hall",
        "latitude": "53.8",
        "longitude": "-1.5",
        "postcode": "LS1 1UR",
    }
    assert (draft.read, draft.set_aside) == (2, ())
    assert activity.columns["how_to_join"] == "application_process"


def test_the_short_and_the_full_form_are_one_service(tmp_path: Path) -> None:
    """A feed gives a service on its list, in full, and at each of its places."""
    draft = _feed(
        tmp_path,
        services=_page(_service(description="Short")),
        service_s1=_service(description="Short", minimum_age=18, assured_date="2026-01-31"),
        service_at_locations=_page(
            {"id": "sl", "location": _place(), "service": {"id": "s1", "name": "Tea and talk"}}
        ),
        organizations=_page({"id": "o1", "name": "Tea Trust", "description": "A trust"}),
    )
    (row,) = _activities(draft)
    assert (row.cells["age_range"], row.cells["venue"]) == ("18 and over", "Town Hall")
    assert row.spot.file == "feed/service_s1.json"
    assert draft.read == 2
    assert draft.rows[0].cells["description"] == "A trust"


@pytest.mark.parametrize(
    ("status", "became"),
    [
        ("active", "active"),
        ("inactive", "paused"),
        ("defunct", "closed"),
        ("temporarily closed", "paused"),
        ("asleep", None),
    ],
)
def test_a_closed_service_is_no_provision(tmp_path: Path, status: str, became: str | None) -> None:
    """A service that ended closes no gap."""
    assert _one(tmp_path, status=status).get("status") == became


def test_a_weekly_schedule_becomes_a_rule_from_its_first_real_day(tmp_path: Path) -> None:
    """The 1st of January 2026 is a Thursday; the first Monday is the 5th."""
    times = {"freq": "WEEKLY", "byday": "MO", "dtstart": "2026-01-01", "opens_at": "18:00:00",
             "closes_at": "20:00:00"}  # fmt: skip
    assert _one(tmp_path, schedules=[times])["schedule"] == (
        "DTSTART;TZID=Europe/London:20260105T180000 DURATION:PT2H RRULE:FREQ=WEEKLY;BYDAY=MO"
    )


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ({"byday": "MO,WE", "opens_at": "10:00", "closes_at": "12:00"},
         "every Monday and Wednesday 10:00-12:00"),
        ({"freq": "MONTHLY", "byday": "1TU", "opens_at": "10:00"},
         "first Tuesday of the month 10:00"),
        ({"freq": "WEEKLY", "interval": 2, "byday": "FR", "opens_at": "09:30"},
         "every other Friday 09:30"),
        ({"description": "When the moon is full"}, "When the moon is full"),
    ],
)  # fmt: skip
def test_a_schedule_without_a_first_day_is_put_in_words(
    tmp_path: Path, times: dict[str, Any], words: str
) -> None:
    """A rule without a start would need an invented one."""
    assert _one(tmp_path, schedules=[times])["schedule"] == words


def test_days_with_the_same_hours_are_one_schedule_and_others_are_kept(tmp_path: Path) -> None:
    """Feeds give a row for every weekday; a register has one schedule."""
    days = [{"byday": day, "opens_at": "10:00", "closes_at": "12:00"} for day in ("MO", "TU")]
    late = {"byday": "WE", "opens_at": "18:00"}
    cells = _one(tmp_path, schedules=[*days, late])
    assert cells["schedule"] == "every Monday and Tuesday 10:00-12:00"
    assert cells["other_schedules"] == "every Wednesday 18:00"


def test_no_name_of_a_person_and_no_personal_contact_is_taken(tmp_path: Path) -> None:
    """People in directories did not agree to be in a register."""
    contacts = [
        {"id": "c1", "name": "Jo Bloggs", "title": "Leader", "email": "hello@tea.example",
         "phones": [{"number": "0113 496 0000"}]},
        {"id": "c2", "name": "Sam Secret", "personal_data": True, "email": "sam@home.example",
         "phones": [{"number": "0113 496 0001"}]},
    ]  # fmt: skip
    phones = [{"number": "0113 496 0002", "contact_id": "c2"}]
    address = {"attention": "Ann Other", "postal_code": "LS1 1UR"}
    service = _service(
        contacts=contacts,
        phones=phones,
        assurer_email="ann@council.example",
        service_at_locations=[{"location": _place(addresses=[address])}],
    )
    draft = _feed(tmp_path, services=_page(service))
    (row,) = _activities(draft)
    assert (row.cells["email"], row.cells["phone"]) == ("hello@tea.example", "0113 496 0000")
    assert "contact" not in row.cells
    for secret in ("Bloggs", "Secret", "Other", "sam@", "496 0001", "496 0002", "ann@council"):
        assert secret not in repr(draft)
    assert {"personal-contact", "people"} <= _codes(draft)


def test_several_places_become_an_activity_each(tmp_path: Path) -> None:
    """A map that shows one of three places says there is nothing near the other two."""
    links = [
        {"location": _place()},
        {"location": _place(id="l2", name="Library", latitude=53.9)},
        {"location": {"id": "l3", "location_type": "virtual"}},
    ]
    draft = _feed(tmp_path, services=_page(_service(service_at_locations=links)))
    assert [(row.key, row.cells["venue"]) for row in _activities(draft)] == [
        ("s1", "Town Hall"),
        ("s1 at l2", "Library"),
    ]
    assert "several-places" in _codes(draft)
    assert draft.read == 2


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(0, 0), (100, 101), ("north", 1), (53.8, None)]
)
def test_coordinates_of_nowhere_are_left_out(
    tmp_path: Path, latitude: object, longitude: object
) -> None:
    """A group drawn in the sea off Ghana is worse than one not drawn."""
    place = _place(latitude=latitude, longitude=longitude)
    draft = _feed(tmp_path, services=_page(_service(service_at_locations=[{"location": place}])))
    (row,) = _activities(draft)
    assert not {"latitude", "longitude"} & row.cells.keys()
    assert "bad-coordinates" in _codes(draft)


def test_an_address_for_letters_is_no_place(tmp_path: Path) -> None:
    """Letters of small groups go to somebody's home."""
    place = _place(addresses=[{"postal_code": "LS1 1UR", "address_type": "postal"}])
    assert "postcode" not in _one(tmp_path, service_at_locations=[{"location": place}])


def test_terms_are_taken_where_a_vocabulary_knows_them(tmp_path: Path) -> None:
    """Knitting is no topic of the register; that it is offered is still worth keeping."""
    terms = ("Bereavement", "Pakistani", "Knitting", "DEI050200")
    attributes = [{"taxonomy_term": {"name": name}} for name in terms]
    cells = _one(tmp_path, attributes=attributes)
    assert (cells["topics"], cells["taxonomy"]) == ("bereavement", "Knitting")
    assert cells["communities"] == "pakistani;refugee"


def test_a_term_of_two_meanings_shuts_nobody_out(tmp_path: Path) -> None:
    """A group about veterans is for anyone unless the feed says it is for veterans alone."""
    plain = {"taxonomy_term": {"name": "Veterans"}}
    cells = _one(tmp_path, attributes=[plain])
    assert (cells["topics"], cells.get("communities")) == ("veterans", None)
    said = {"link_type": "eligibility", "taxonomy_term": {"name": "Veterans"}}
    assert _one(tmp_path, attributes=[said])["communities"] == "veterans"


def test_the_first_version_of_the_uk_standard_is_read(tmp_path: Path) -> None:
    """Many councils still publish it."""
    service = {
        "id": 17,
        "name": "Tea",
        "organization": {"id": 4, "name": "Tea Trust", "url": "https://tea.example"},
        "eligibilitys": [{"eligibility": "Anyone lonely", "minimum_age": 50}],
        "service_taxonomys": [{"taxonomy": {"name": "Bereavement", "vocabulary": "esd"}}],
        "regular_schedules": [{"byday": "MO", "opens_at": "10:00:00", "closes_at": "11:00:00"}],
        "service_at_locations": [
            {
                "location": {
                    "latitude": "53.8",
                    "longitude": "-1.5",
                    "physical_addresses": [{"postal_code": "LS1 1UR", "attention": "Jo"}],
                }
            }
        ],
        "contacts": [{"phones": [{"number": "0113 496 0000"}]}],
    }
    draft = _feed(tmp_path, page={"totalElements": 1, "content": [service]})
    organisation, activity = draft.rows
    assert organisation.cells["website"] == "https://tea.example"
    assert (activity.key, activity.cells["organisation"]) == ("17", "4")
    assert activity.cells["age_range"] == "50 and over"
    assert activity.cells["eligibility"] == "Anyone lonely"
    assert activity.cells["topics"] == "bereavement"
    assert activity.cells["schedule"] == "every Monday 10:00-11:00"
    assert activity.cells["postcode"] == "LS1 1UR"
    assert activity.cells["phone"] == "0113 496 0000"


def test_what_is_missing_from_a_feed_is_said(tmp_path: Path) -> None:
    """One page of ten looks like a small town."""
    service = {"id": "s1", "name": "Tea", "organization_id": "gone", "status": "active"}
    page = _page(service, {"id": "s2", "status": "active"}, None, total_pages=10)
    draft = _feed(tmp_path, services=page)
    assert {"missing-pages", "missing-reference"} <= _codes(draft)
    assert [(n.code, n.spot.row) for n in draft.set_aside] == [
        ("not-understood", 3),
        ("no-name", 2),
    ]
    assert draft.read == 3
    assert "organisation" not in _activities(draft)[0].cells


def test_wrong_types_cost_a_cell_and_are_said(tmp_path: Path) -> None:
    """Feeds by hand hold a word where a list should be."""
    service = _service(schedules="Mondays", description={"en": "x"}, languages=["en", None])
    draft = _feed(tmp_path, services=_page(service))
    columns = [n.spot.column for n in draft.notes if n.code == "wrong-type"]
    assert sorted(columns) == ["description", "languages", "schedules"]


def test_organisations_that_own_one_another_do_no_harm(tmp_path: Path) -> None:
    """Two records may each name the other as parent."""
    ring = [
        {"id": "a", "name": "A", "parent_organization_id": "b"},
        {"id": "b", "name": "B", "parent_organization_id": "a"},
    ]
    draft = _feed(tmp_path, organizations=_page(*ring))
    assert [row.key for row in draft.rows] == ["a", "b"]


def test_other_json_is_not_taken_for_a_directory(tmp_path: Path) -> None:
    """A map file is JSON too."""
    other = tmp_path / "map.json"
    other.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    assert not recognises(other)
    assert not recognises(tmp_path / "missing.json")
    with pytest.raises(UnreadableFileError, match="neither services nor organisations"):
        read(other, "map.json", VOCABULARIES)


def test_a_file_nested_without_end_costs_a_message(tmp_path: Path) -> None:
    """A hostile feed must not take the program down."""
    depth = 900
    deep = '{"id": "s", "organization": {"id": "o", "services": [' * depth + "]}}" * depth
    file = tmp_path / "deep.json"
    file.write_text(deep, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="deep"):
        read(file, "deep.json", VOCABULARIES)


_NAMES = st.sampled_from(
    ["id", "name", "organization", "services", "service_at_locations", "location", "schedules",
     "attributes", "taxonomy_term", "contacts", "phones", "latitude", "longitude", "byday",
     "interval", "opens_at", "dtstart", "addresses", "status", "netmap", "contents", "count"]
)  # fmt: skip
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=5),
    max_leaves=15,
)


@given(st.dictionaries(_NAMES, _VALUES, max_size=6), _VALUES)
@settings(deadline=None, max_examples=80)
def test_no_shape_of_record_crashes_the_reader(
    tmp_path_factory: pytest.TempPathFactory, record: dict[str, Any], other: Any
) -> None:
    """Whatever a feed holds, each record is taken or set aside."""
    file = tmp_path_factory.mktemp("feed") / "services.json"
    page = {"contents": [{**record, "status": "active"}, other, _service()]}
    file.write_text(json.dumps(page), encoding="utf-8")
    draft = read(file, "services.json", VOCABULARIES)
    taken = {row.spot for row in draft.rows}
    assert draft.read == len(taken) + len(draft.set_aside)
    assert all(isinstance(cell, str) and cell for row in draft.rows for cell in row.cells.values())


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("<p>Tea &amp; talk</p><p>Come <b>early</b></p>", "Tea & talk\nCome early"),
        ("One<br/>two&nbsp;three", "One\ntwo three"),
        ("For those aged <25 and >16", "For those aged <25 and >16"),
        ("Marks & Spencer", "Marks & Spencer"),
    ],
)
def test_the_markup_of_web_pages_is_taken_out_of_descriptions(
    tmp_path: Path, written: str, read_as: str
) -> None:
    """Feeds of the first version come out of web pages; people would read the tags."""
    draft = _feed(tmp_path, services=_page(_service(description=written)))
    assert _activities(draft)[0].cells["description"] == read_as
    assert ("markup" in _codes(draft)) == (written != read_as)


def test_a_list_with_the_names_of_organisations_is_no_directory(tmp_path: Path) -> None:
    """Its other columns would be lost in silence."""
    file = tmp_path / "groups.json"
    file.write_text(json.dumps([{"name": "Tea", "organization": "Alpha", "postcode": "LS1 1UR"}]))
    assert not recognises(file)
