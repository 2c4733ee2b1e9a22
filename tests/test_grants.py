"""Grants files: who funds whom, whose grants are private, and which postcodes are sound."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft, DraftRow, Note, Outcome, Spot
from netmap.exchange.grants import read, recognises
from netmap.exchange.grants.grant import Grant, Said
from netmap.exchange.grants.headings import field_of
from netmap.exchange.grants.postcodes import mended_postcode
from netmap.exchange.grants.ties import fund
from netmap.exchange.identifiers import charity_id, company_id
from netmap.places import tidy_postcode
from netmap.vocabulary import load

HEADINGS = (
    "Identifier,Title,Currency,Amount Awarded,Award Date,Recipient Org:Identifier,"
    "Recipient Org:Name,Recipient Org:Charity Number,Recipient Org:Postal Code,"
    "Funding Org:Identifier,Funding Org:Name"
)
FUND = "GB-CHC-9000001,The Fund"


def _csv(folder: Path, *rows: str, headings: str = HEADINGS) -> Path:
    file = folder / "grants.csv"
    file.write_text("\n".join((headings, *rows)) + "\n", encoding="utf-8")
    return file


def _read(file: Path) -> Draft:
    assert recognises(file)
    return read(file, file.name, load())


def _of(draft: Draft, table: str) -> list[DraftRow]:
    return [row for row in draft.rows if row.table == table]


def _notes(draft: Draft, code: str) -> list[Note]:
    return [note for note in draft.notes if note.code == code]


def _grant(**more: Any) -> dict[str, Any]:
    return {
        "id": "g1",
        "currency": "GBP",
        "amountAwarded": 1000,
        "awardDate": "2024-04-03T00:00:00Z",
        "recipientOrganization": [{"id": "GB-CHC-9000002", "name": "Tea Club"}],
        "fundingOrganization": [{"id": "GB-CHC-9000001", "name": "The Fund"}],
        **more,
    }


def _json(folder: Path, document: object) -> Path:
    file = folder / "grants.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_a_grant_makes_a_funder_a_recipient_and_a_tie(tmp_path: Path) -> None:
    """Who funds whom is what a strategist wants of a grants file."""
    draft = _read(_csv(tmp_path, f"g1,Tea,GBP,1000,2024-04-03,GB-CHC-9000002,Club,,LS1 1UR,{FUND}"))
    recipient, funder = sorted(_of(draft, "organisations"), key=lambda row: row.cells["name"])
    assert funder.cells == {
        "name": "The Fund",
        "roles": "funder",
        "identifiers": "GB-CHC-9000001",
    }
    assert recipient.key == "GB-CHC-9000002"
    assert recipient.cells["postcode"] == "LS1 1UR"
    assert "roles" not in recipient.cells
    (tie,) = _of(draft, "ties")
    assert tie.cells == {
        "source_organisation": "GB-CHC-9000001",
        "target_organisation": "GB-CHC-9000002",
        "kind": "funds",
        "since": "2024-04-03",
        "grants": "1",
        "amount_awarded": "1000",
        "currency": "GBP",
        "grant_ids": "g1",
    }
    assert (draft.read, draft.set_aside) == (1, ())


def test_nothing_of_a_grant_to_a_person_is_kept_or_quoted(tmp_path: Path) -> None:
    """Somebody's hardship grant must not end up in a register, nor in a list of problems."""
    headings = f"{HEADINGS},Recipient Ind:Identifier,Recipient Ind:Name"
    row = f"g1,Help for Jo Bloggs,GBP,5,2024-04-03,,,,,{FUND},p1,Jo Bloggs"
    also = f"g2,Tea,GBP,7,2024-04-03,GB-CHC-9000002,Club,,,{FUND},,"
    draft = _read(_csv(tmp_path, row, also, headings=headings))
    (why,) = draft.set_aside
    assert why.message == "a grant to a person; netmap keeps no personal data."
    assert "Bloggs" not in repr(draft)
    assert draft.read == 2
    assert [tie.cells["grant_ids"] for tie in _of(draft, "ties")] == ["g2"]


def test_a_person_in_json_is_skipped_too(tmp_path: Path) -> None:
    """The same grants come as JSON from GrantNav."""
    person = _grant(recipientIndividual={"name": "Jo Bloggs"})
    del person["recipientOrganization"]
    draft = _read(_json(tmp_path, {"grants": [person, _grant(id="g2"), 7]}))
    assert [note.code for note in draft.set_aside] == ["not-a-grant", "grant-to-a-person"]
    assert draft.read == 3
    assert len(_of(draft, "ties")) == 1
    assert "Bloggs" not in repr(draft)


def test_grants_of_one_pair_and_day_are_one_tie(tmp_path: Path) -> None:
    """A register holds one tie for a pair and a day; money and grants add up in it."""
    one, two = _grant(id="g1"), _grant(id="g2", amountAwarded=250.5)
    other = _grant(id="g3", awardDate="2025-01-01")
    first, second = _of(_read(_json(tmp_path, {"grants": [one, two, other]})), "ties")
    assert (first.cells["grants"], first.cells["amount_awarded"]) == ("2", "1250.5")
    assert first.cells["grant_ids"] == "g1;g2"
    assert (second.cells["since"], second.cells["grants"]) == ("2025-01-01", "1")


def test_two_currencies_are_not_added(tmp_path: Path) -> None:
    """A thousand pounds and a thousand euros are not two thousand of anything."""
    grants = [_grant(), _grant(currency="EUR", amountAwarded=30)]
    (tie,) = _of(_read(_json(tmp_path, {"grants": grants})), "ties")
    assert (tie.cells["amount_awarded"], tie.cells["currency"]) == ("1000;30", "GBP;EUR")


def test_planned_dates_say_how_long_a_tie_lasts(tmp_path: Path) -> None:
    """A grant that has ended funds nobody today."""
    planned = [{"startDate": "2024-02-01", "duration": 12}]
    stated = [{"startDate": "2024-02-01", "endDate": "2024-12-31"}]
    for dates, until in ((planned, "2025-01-31"), (stated, "2024-12-31")):
        (tie,) = _of(_read(_json(tmp_path, [_grant(plannedDates=dates)])), "ties")
        assert (tie.cells["since"], tie.cells["until"]) == ("2024-02-01", until)


def test_every_postcode_is_mended_or_reported(tmp_path: Path) -> None:
    """A wrong letter puts a group in another town, so it is offered and never guessed."""
    postcodes = ("RH106AD", "OX4 1 RE", "SE1OEH", "M15 5DD", "", "nonsense")
    rows = [
        f"g{n},T,GBP,1,2024-04-03,GB-CHC-900001{n},Club {n},,{postcode},{FUND}"
        for n, postcode in enumerate(postcodes)
    ]
    draft = _read(_csv(tmp_path, *rows))
    assert [(n.value, n.became) for n in _notes(draft, "postcode")] == [
        ("RH106AD", "RH10 6AD"),
        ("OX4 1 RE", "OX4 1RE"),
    ]
    bad = _notes(draft, "bad-postcode")
    assert [(n.value, str(n.spot)) for n in bad] == [
        ("SE1OEH", "grants.csv!I4"),
        ("nonsense", "grants.csv!I7"),
    ]
    assert bad[0].hint == "Did you mean SE1 0EH?"
    kept = [row.cells.get("postcode") for row in _of(draft, "organisations")]
    assert kept == [None, "RH10 6AD", "OX4 1RE", None, "M15 5DD", None, None]
    assert [n.message for n in _notes(draft, "no-postcode")] == [
        "1 of 6 grants give no postcode of their recipient."
    ]


@given(st.sampled_from(["LS1 1UR", "SE1 0EH", "OX4 1RE", "M15 5DD", "EC1V 7EY"]), st.data())
@settings(deadline=None, max_examples=25)
def test_blanks_and_small_letters_never_cost_a_postcode(postcode: str, data: st.DataObject) -> None:
    """People put the blank anywhere."""
    letters = postcode.replace(" ", "")
    blanks = data.draw(st.lists(st.sampled_from(["", " "]), min_size=8, max_size=8))
    typed = "".join(b + c for b, c in zip(blanks, letters.lower(), strict=False))
    assert mended_postcode(typed, Spot("x"))[0] == postcode


@given(st.text(max_size=10))
@settings(deadline=None, max_examples=50)
def test_what_is_taken_as_a_postcode_is_one(text: str) -> None:
    """Whatever stands in the cell, no other text becomes a postcode."""
    found, note = mended_postcode(text, Spot("x"))
    assert found == tidy_postcode(text)
    assert found or (note and note.outcome is Outcome.REFUSED)


def test_headings_may_stand_below_a_title_and_be_written_otherwise(tmp_path: Path) -> None:
    """Funders put their name above the table, and repeat columns for their website."""
    file = tmp_path / "our grants.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Grants of The Fund"])
    sheet.append(["identifier", "AMOUNT AWARDED", "Award Date - website format", "award date",
                  "recipient org: identifier", "Recipient Organisation:Name",
                  "Funding Org:Name", "Our notes"])  # fmt: skip
    sheet.append(["g1", 10, "spring", "2024-04-03", "GB-CHC-9000002", "Club", "The Fund", "x"])
    book.create_sheet("About").append(["Read me"])
    book.save(file)
    draft = _read(file)
    (tie,) = _of(draft, "ties")
    assert (tie.cells["since"], tie.cells["source_organisation"]) == ("2024-04-03", "The Fund")
    assert [str(n.spot) for n in _notes(draft, "stray-sheet")] == ["About"]
    (unused,) = _notes(draft, "not-taken")
    assert "Our notes" in unused.message
    assert "Award Date - website format" in unused.message


def test_numbers_of_registers_become_identifiers_only_where_they_are_numbers() -> None:
    """Somebody typed an explanation into the column; it is no charity number."""
    assert charity_id("1126147") == "GB-CHC-1126147"
    assert charity_id("Reg. charity no. 277927") == "GB-CHC-277927"
    assert charity_id("SC 049135") == "GB-SC-SC049135"
    assert charity_id("NIC111407") == "GB-NIC-111407"
    assert charity_id("SCO49135") is None
    assert charity_id("1161363 (our host)") is None
    assert company_id("6402143") == "GB-COH-06402143"
    assert company_id("TBC") is None


def test_a_number_that_is_not_the_identifiers_is_reported(tmp_path: Path) -> None:
    """One of the two is another charity."""
    draft = _read(_csv(tmp_path, f"g1,T,GBP,1,2024-04-03,GB-CHC-9000002,Club,9000003,,{FUND}"))
    (note,) = _notes(draft, "numbers-differ")
    assert str(note.spot) == "grants.csv!H2"
    assert _of(draft, "organisations")[1].cells["identifiers"] == "GB-CHC-9000002"


def test_a_guest_with_its_funders_number_stays_a_body_of_its_own(tmp_path: Path) -> None:
    """Else a funder would fund itself, and the guest would vanish."""
    guest = f"g1,T,GBP,1,2024-04-03,GB-CHC-9000001,Guest Group,9000001,,{FUND}"
    itself = f"g2,T,GBP,1,2024-04-03,GB-CHC-9000001,The Fund,,,{FUND}"
    draft = _read(_csv(tmp_path, guest, itself))
    (tie,) = _of(draft, "ties")
    assert tie.cells["target_organisation"] == "Guest Group"
    assert "identifiers" not in _of(draft, "organisations")[1].cells
    assert [n.code for n in draft.notes][:1] == ["borrowed-identifier"]
    assert [n.code for n in draft.set_aside] == ["grant-to-itself"]


def test_names_under_one_identifier_are_kept_and_shown(tmp_path: Path) -> None:
    """Branches and guests share a number: somebody has to look."""
    rows = [
        f"g{n},T,GBP,1,2024-04-0{n + 1},GB-CHC-9000002,{name},,,{FUND}"
        for n, name in enumerate(("Tea Club", "Tea Club", "TEA CLUB", "Coffee Branch"))
    ]
    draft = _read(_csv(tmp_path, *rows))
    club = _of(draft, "organisations")[1]
    assert (club.cells["name"], club.cells["aliases"]) == ("Tea Club", "Coffee Branch")
    assert len(_notes(draft, "several-names")) == 1


def test_a_grant_without_sides_is_set_aside_with_the_reason(tmp_path: Path) -> None:
    """A row nobody can place is not dropped in silence."""
    rows = (f"g1,T,GBP,1,2024-04-03,,,,,{FUND}", "g2,T,GBP,1,2024-04-03,GB-CHC-9000002,Club,,,,")
    draft = _read(_csv(tmp_path, *rows))
    assert [(n.code, n.spot.row) for n in draft.set_aside] == [
        ("no-recipient", 2),
        ("no-funder", 3),
    ]
    assert (draft.read, _of(draft, "ties")) == (2, [])


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("2024-04-03", "2024-04-03", None),
        ("03/04/2024", "2024-04-03", "ambiguous-date"),
        ("45385", "2024-04-03", "bad-date"),
        ("spring", None, "bad-date"),
    ],
)
def test_award_dates_are_read_as_british_sheets_mean_them(
    tmp_path: Path, text: str, day: str | None, code: str | None
) -> None:
    """A day taken for a month moves a grant by months."""
    draft = _read(_csv(tmp_path, f"g1,T,GBP,1,{text},GB-CHC-9000002,Club,,LS1 1UR,{FUND}"))
    (tie,) = _of(draft, "ties")
    assert tie.cells.get("since") == day
    assert [n.code for n in draft.notes if "date" in n.code] == ([code] if code else [])


def test_a_folder_of_pages_is_one_file(tmp_path: Path) -> None:
    """An API hands grants out a page at a time."""
    for number in (1, 2):
        page = {"count": 2, "results": [{"data": _grant(id=f"g{number}")}]}
        (tmp_path / f"page-{number}.json").write_text(json.dumps(page), encoding="utf-8")
    draft = _read(tmp_path)
    assert draft.read == 2
    assert _of(draft, "ties")[0].cells["grant_ids"] == "g1;g2"


def test_other_files_are_not_taken_for_grants(tmp_path: Path) -> None:
    """A list of groups is no list of grants, and a wrong guess wastes an afternoon."""
    groups = tmp_path / "groups.csv"
    groups.write_text("name,postcode\nTea Club,LS1 1UR\n", encoding="utf-8")
    assert not recognises(groups)
    assert not recognises(tmp_path / "missing.json")
    assert not recognises(tmp_path)
    with pytest.raises(UnreadableFileError, match="no grants"):
        read(groups, "groups.csv", load())


def test_headings_of_the_standard_are_known_however_they_are_written() -> None:
    """Converters write the same heading in three ways."""
    for heading in (
        "Recipient Org:Identifier",
        "recipient org:0:identifier",
        "recipientOrganization/0/id",
        "Recipient Organisation : Identifier ",
    ):
        assert field_of(heading) == ("recipient.id", 0)
    assert field_of("Recipient Org:1:Name") == ("recipient.name", 1)
    assert field_of("To Individuals Details:Primary Grant Reason") == ("person", 0)
    assert field_of("Award Date - website format") is None


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "name", "amountAwarded", "awardDate", "plannedDates", "9" * 5000]
            )
            | st.sampled_from(
                ["recipientOrganization", "fundingOrganization", "startDate", "duration"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(_anything)
@settings(deadline=None, max_examples=60)
def test_no_shape_of_grant_crashes_the_reader(tmp_path_factory: Any, value: object) -> None:
    """Files by hand hold lists where objects should be, and numbers where names should be."""
    folder = tmp_path_factory.mktemp("grants")
    draft = read(_json(folder, {"grants": [_grant(plannedDates=value), value]}), "g", load())
    assert draft.read == 2


def test_an_amount_that_is_none_is_reported() -> None:
    """An unreadable sum is unknown, never nought."""
    notes: list[Note] = []
    cells = {"amount": Said("lots", "C"), "funder.name": Said("F", "A"),
             "recipient.name": Said("R", "B")}  # fmt: skip
    fundings: dict[Any, Any] = {}
    fund(fundings, Grant(Spot("g.csv", "", 2), cells), "2024-04-03", notes)
    assert [(n.code, str(n.spot)) for n in notes] == [("bad-number", "g.csv!C2")]
    assert next(iter(fundings.values())).amounts == {}


OWN_WORDS = "Grant Ref,Funder Name,Organisation Funded,Amount (£),Date Awarded,Recipient type"


def test_a_funders_own_words_for_its_headings_are_understood(tmp_path: Path) -> None:
    """Few funders publish in the standard, and all of them keep these five columns."""
    row = "R1,The Fund,Tea Club,1000,2024-01-31,Organisation"
    draft = _read(_csv(tmp_path, row, headings=OWN_WORDS))
    (tie,) = (r for r in draft.rows if r.table == "ties")
    assert tie.cells["since"] == "2024-01-31"
    assert tie.cells["amount_awarded"] == "1000"
    assert tie.cells["grant_ids"] == "R1"
    assert {r.cells["name"] for r in draft.rows if r.table == "organisations"} == {
        "The Fund",
        "Tea Club",
    }


def test_a_recipient_that_is_said_to_be_a_person_is_set_aside(tmp_path: Path) -> None:
    """A funder's own sheet has people and organisations in one column."""
    rows = ("R1,The Fund,Jane Secret,100,2024-01-31,Individual",
            "R2,The Fund,Tea Club,100,2024-01-31,Charity")  # fmt: skip
    draft = _read(_csv(tmp_path, *rows, headings=OWN_WORDS))
    assert [note.code for note in draft.set_aside] == ["grant-to-a-person"]
    assert "Jane" not in repr(draft)


@pytest.mark.parametrize(
    "headings",
    [
        "Name,Funding Org:Name,Amount Awarded,Award Date",
        "Organisation,Grant amount,Award date",
        "Recipient,Amount,Date Awarded",
        "Funder,Postcode,Amount",
        "Referrer,Recipient,Amount",
    ],
)
def test_a_sheet_that_does_not_say_who_gave_to_whom_is_no_grants_sheet(
    tmp_path: Path, headings: str
) -> None:
    """Hub staff note the last grant beside each group; every row would be set aside."""
    assert not recognises(_csv(tmp_path, "a,b,1,2024-01-31", headings=headings))
