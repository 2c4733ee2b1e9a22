"""Outpost's sheet: what is hidden there stays hidden, and rows of one service belong together."""

from datetime import date
from pathlib import Path

import pytest

from netmap.errors import UnreadableFileError
from netmap.exchange.directories.outpost import read, recognises
from netmap.exchange.draft import Draft, DraftRow
from netmap.vocabulary import load

COLUMNS = (
    "import_id", "import_id_reference", "name", "organisation", "approved", "visible",
    "visible_from", "visible_to", "notes", "needs_referral", "suitabilities",
    "service_taxonomies", "contact_name", "contact_email", "contact_phone", "contact_visible",
    "location_name", "location_latitude", "location_longitude", "location_address_1",
    "location_postcode", "location_visible", "mask_exact_address", "scheduled_weekday",
    "schedules_opens_at", "schedules_closes_at", "free", "temporarily_closed", "custom_text_bus",
)  # fmt: skip
PLACE = {
    "location_name": "Hall",
    "location_latitude": "53.8",
    "location_longitude": "-1.5",
    "location_postcode": "LS1 1UR",
}


def _row(**cells: str) -> dict[str, str]:
    return cells


def _read(folder: Path, *rows: dict[str, str], today: date | None = None) -> Draft:
    lines = [",".join(COLUMNS), *(",".join(row.get(c, "") for c in COLUMNS) for row in rows)]
    file = folder / "services.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert recognises(file)
    return read(file, file.name, load(), today)


def _activities(draft: Draft) -> list[DraftRow]:
    return [row for row in draft.rows if row.table == "activities"]


@pytest.mark.parametrize(
    ("cells", "visibility"),
    [
        ({}, None),
        ({"location_visible": "TRUE", "mask_exact_address": "FALSE"}, None),
        ({"mask_exact_address": "TRUE"}, "area_only"),
        ({"location_visible": "FALSE"}, "withheld"),
        ({"location_visible": "FALSE", "mask_exact_address": "TRUE"}, "withheld"),
        ({"visible": "FALSE"}, "withheld"),
    ],
)
def test_what_outpost_hides_is_hidden_here(
    tmp_path: Path, cells: dict[str, str], visibility: str | None
) -> None:
    """Somebody decided that this home must not be found."""
    draft = _read(tmp_path, _row(import_id="1", name="Tea", **PLACE, **cells))
    (row,) = _activities(draft)
    assert row.cells.get("visibility") == visibility
    assert ("hidden" in {note.code for note in draft.notes}) == (visibility is not None)


def test_one_hidden_place_hides_every_row_of_the_service(tmp_path: Path) -> None:
    """The open place of a refuge leads to its hidden one."""
    second = {**PLACE, "location_name": "House", "location_visible": "FALSE"}
    draft = _read(
        tmp_path,
        _row(import_id="1", name="Tea", **PLACE, location_visible="TRUE"),
        _row(import_id_reference="1", **second),
    )
    assert [row.cells["visibility"] for row in _activities(draft)] == ["withheld", "withheld"]
    assert [row.cells["venue"] for row in _activities(draft)] == ["Hall", "House"]


@pytest.mark.parametrize(("shown", "contact"), [("TRUE", "public"), ("FALSE", "staff"), ("", None)])
def test_a_contact_is_shown_to_those_outpost_shows_it_to(
    tmp_path: Path, shown: str, contact: str | None
) -> None:
    """An email that is private in one system is private in the next; names come along never."""
    cells = {"contact_name": "Jo Bloggs", "contact_email": "a@b.example", "contact_visible": shown}
    draft = _read(tmp_path, _row(import_id="1", name="Tea", **cells))
    (row,) = _activities(draft)
    assert (row.cells["email"], row.cells.get("contact")) == ("a@b.example", contact)
    assert "Bloggs" not in repr(draft)


def test_a_service_is_not_shown_before_nor_after_its_time(tmp_path: Path) -> None:
    """A pilot that opens next year must not be on this year's map."""
    row = _row(import_id="1", name="Tea", visible_from="2027-01-01", visible_to="2027-12-31")
    (early,) = _activities(_read(tmp_path, row, today=date(2026, 11, 22)))
    assert early.cells["visibility"] == "withheld"
    assert early.cells["consent_until"] == "2027-12-31"
    (later,) = _activities(_read(tmp_path, row, today=date(2027, 2, 1)))
    assert "visibility" not in later.cells


def test_rows_of_one_service_belong_together(tmp_path: Path) -> None:
    """Further rows add places and times; those of nobody are set aside, and so are drafts."""
    draft = _read(
        tmp_path,
        _row(import_id="1", name="Tea", organisation="Trust", notes="not for print",
             suitabilities="Women; Left-handed", service_taxonomies="Bereavement",
             needs_referral="FALSE", free="TRUE", scheduled_weekday="Monday",
             schedules_opens_at="10:00", schedules_closes_at="12:00", custom_text_bus="72",
             **PLACE),
        _row(import_id_reference="1", scheduled_weekday="Tuesday", schedules_opens_at="10:00",
             schedules_closes_at="12:00"),
        _row(import_id_reference="9", scheduled_weekday="Friday"),
        _row(import_id="2", name="Draft", approved="FALSE"),
        _row(import_id="3"),
    )  # fmt: skip
    (row,) = _activities(draft)
    assert row.key == "1"
    assert row.cells == {
        "name": "Tea",
        "organisation": "Trust",
        "cost": "free",
        "topics": "bereavement",
        "communities": "women",
        "taxonomy": "Left-handed",
        "venue": "Hall",
        "latitude": "53.8",
        "longitude": "-1.5",
        "postcode": "LS1 1UR",
        "schedule": "every Monday and Tuesday 10:00-12:00",
        "custom_text_bus": "72",
        "notes": "not for print",
        "access_routes": "self_referral",
    }
    assert [(note.code, note.spot.row) for note in draft.set_aside] == [
        ("missing-reference", 4),
        ("not-approved", 5),
        ("no-name", 6),
    ]
    (trust,) = [one for one in draft.rows if one.table == "organisations"]
    assert (trust.key, trust.mention) == ("Trust", True)
    assert draft.read == 5


def test_a_sheet_without_outposts_headings_is_not_outposts(tmp_path: Path) -> None:
    """Many sheets have an import_id."""
    file = tmp_path / "groups.csv"
    file.write_text("import_id,name\n1,Tea\n", encoding="utf-8")
    assert not recognises(file)
    assert not recognises(tmp_path)
    with pytest.raises(UnreadableFileError, match="import_id"):
        read(file, "groups.csv", load())


def test_an_organisation_that_outpost_shows_nowhere_is_withheld_too(tmp_path: Path) -> None:
    """A refuge is often the only service of the body that runs it, and has its name."""
    draft = _read(
        tmp_path,
        _row(import_id="1", name="Stay", organisation="Larkspur House", visible="FALSE"),
        _row(
            import_id="2", name="Move on", organisation="Larkspur House", location_visible="FALSE"
        ),
        _row(import_id="3", name="Tea", organisation="Open Door", visible="TRUE"),
        _row(import_id="4", name="Night tea", organisation="Open Door", visible="FALSE"),
        _row(import_id="5", name="Far", organisation="Elsewhere", visible="FALSE"),
        _row(import_id="6", name="Draft", organisation="Elsewhere", approved="FALSE"),
    )
    found = {r.cells["name"]: r.cells.get("visibility") for r in draft.rows if r.mention}
    assert found == {"Larkspur House": "withheld", "Open Door": None, "Elsewhere": "withheld"}
