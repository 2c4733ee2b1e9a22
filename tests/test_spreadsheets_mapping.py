"""What was agreed about a spreadsheet, kept so that next month nothing is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.errors import UnreadableFileError
from netmap.exchange.grids import Book, Grid
from netmap.exchange.spreadsheets import (
    HeadingMatch,
    How,
    Mapping,
    Proposal,
    SheetMapping,
    decide,
    from_toml,
    propose,
    read,
    to_toml,
)
from netmap.exchange.spreadsheets.headings import told_apart
from netmap.vocabulary import load

VOCABULARIES = load()
HEADINGS = ["Organisation", "Post code", "Telehpone", "Car park"]
ROW = ["Chai Club", "LS1 1AA", "0113 496 0000", "yes"]


def book(*rows: list[str], sheet: str = "Groups") -> Book:
    """Make a workbook of one sheet."""
    return Book((Grid("g.xlsx", sheet, rows),))


def codes(proposal: Proposal) -> list[str]:
    """Give the codes of what is said about the sheets."""
    return [note.code for sheet in proposal.sheets for note in sheet.notes]


def agreed(rows: list[str] | None = None, *, answer: bool | None = True) -> Mapping:
    """Agree on a sheet once, with one answer to every question."""
    proposal = propose(book(rows or HEADINGS, ROW), VOCABULARIES)
    return decide(proposal, lambda _: answer)


def test_only_what_is_not_clear_is_asked() -> None:
    """One question for one misspelt heading; the rest is known, or kept as people's own."""
    proposal = propose(book(HEADINGS, ROW), VOCABULARIES)
    (question,) = proposal.questions
    assert (question.letter, question.heading, question.column) == ("C", "Telehpone", "phone")
    assert [m.heading for m in proposal.sheets[0].unexpected] == ["Car park"]
    assert proposal.sheets[0].missing == ("roles", "area", "verified_on")
    assert codes(proposal) == ["unexpected-heading"]


@pytest.mark.parametrize(("answer", "column"), [(True, "phone"), (False, "")])
def test_an_answer_is_remembered_and_never_asked_again(answer: bool, column: str) -> None:  # noqa: FBT001  # as drawn
    """Next month is silent, whichever way it was answered."""
    mapping = agreed(answer=answer)
    assert mapping.sheets[0].columns["Telehpone"] == column
    again = propose(book(HEADINGS, ROW), VOCABULARIES, mapping)
    assert again.questions == ()
    assert codes(again) == []
    assert {m.how for m in again.sheets[0].matches} == {How.REMEMBERED}
    assert decide(again, lambda _: True) == mapping


def test_what_nobody_was_asked_is_asked_next_time_and_said() -> None:
    """In a pipe nothing is asked; that is no answer."""
    here = book(HEADINGS, ROW)
    proposal = propose(here, VOCABULARIES)
    mapping = decide(proposal, lambda _: None)
    draft = read(here, proposal, mapping, VOCABULARIES)
    assert draft.rows[0].cells["Telehpone"] == "0113 496 0000"
    assert "heading-not-agreed" in [note.code for note in draft.notes]
    assert len(propose(here, VOCABULARIES, mapping).questions) == 1


def test_new_headings_are_asked_about_alone() -> None:
    """What was agreed is not opened again because somebody added a column."""
    wider = propose(book([*HEADINGS, "Emial address"], [*ROW, "a@b.org"]), VOCABULARIES, agreed())
    assert [q.heading for q in wider.questions] == ["Emial address"]
    assert codes(wider) == []


def test_headings_that_are_gone_are_said_and_stay_agreed() -> None:
    """A renamed heading would otherwise empty a column without a word."""
    narrower = propose(book(HEADINGS[:3], ROW[:3]), VOCABULARIES, agreed())
    assert narrower.sheets[0].gone == ("Car park",)
    assert codes(narrower) == ["heading-gone"]
    assert decide(narrower, lambda _: True).sheets[0].columns["Car park"] == ""


def test_a_sheet_with_a_new_name_is_known_by_its_headings() -> None:
    """People name sheets by the month."""
    december = book(HEADINGS, ROW, sheet="Groups December")
    proposal = propose(december, VOCABULARIES, agreed())
    assert (proposal.questions, codes(proposal)) == ((), [])
    assert [s.sheet for s in decide(proposal, lambda _: True).sheets] == ["Groups December"]


def test_a_heading_may_be_ignored_and_a_sheet_too() -> None:
    """People may leave out what is nobody's business."""
    content = (
        b'[[sheet]]\nname = "Groups"\ntable = "organisations"\n[sheet.columns]\n'
        b'"Organisation" = "name"\n"Car park" = "ignore"\n[[sheet]]\nname = "Old"\n'
        b'table = "ignore"\n'
    )
    mapping = from_toml(content, "m.toml")
    old = Grid("g.xlsx", "Old", [["Name"], ["Never"]])
    here = Book((*book(["Organisation", "Car park"], ["Chai Club", "yes"]).grids, old))
    proposal = propose(here, VOCABULARIES, mapping)
    kept = decide(proposal, lambda _: True)
    draft = read(here, proposal, kept, VOCABULARIES)
    assert [dict(row.cells) for row in draft.rows] == [{"name": "Chai Club"}]
    assert kept == mapping


def test_a_faulty_line_costs_only_that_line_and_is_said() -> None:
    """People edit the file by hand."""
    content = (
        b'\xef\xbb\xbf[[sheet]]\r\nname = "G"\r\ntable = "organisations"\r\n[sheet.columns]\r\n'
        b'"A" = "name"\r\n"B" = "postcod"\r\n"C" = "name"\r\n"D" = 7\r\n'
        b'[[sheet]]\nname = "H"\ntable = "orgs"\n'
    )
    mapping = from_toml(content, "m.toml")
    assert mapping.sheets == (SheetMapping("G", "organisations", {"A": "name"}),)
    assert [note.message for note in mapping.faults] == [
        "'B' cannot mean 'postcod'; it is asked about again.",
        "'C' cannot mean 'name'; it is asked about again.",
        "'D' cannot mean '7'; it is asked about again.",
        "'orgs' is not a table of the register; the sheet is asked about again.",
    ]
    assert mapping.faults[0].hint == "Did you mean 'postcode'?"


def test_a_file_that_is_no_toml_is_a_message_and_not_forgotten() -> None:
    """Starting anew would overwrite what somebody wrote."""
    with pytest.raises(UnreadableFileError, match=r"m\.toml cannot be read: it is not TOML"):
        from_toml(b"[[sheet", "m.toml")


@given(
    st.lists(
        st.tuples(
            st.text(max_size=20),
            st.dictionaries(st.text(min_size=1, max_size=20), st.sampled_from(["", "ignore"])),
        ),
        max_size=3,
        unique_by=lambda entry: entry[0],
    )
)
@settings(deadline=None, max_examples=60)
def test_a_mapping_comes_back_from_its_file(entries: list[tuple[str, dict[str, str]]]) -> None:
    """Headings hold quotation marks, backslashes and line breaks."""
    sheets = []
    for name, columns in entries:
        told = [heading for heading in told_apart(columns) if heading]
        listed = dict(zip(told, columns.values(), strict=False))
        sheets.append(SheetMapping(name, "organisations", listed))
    mapping = Mapping(tuple(sheets))
    back = from_toml(to_toml(mapping), "m.toml")
    assert back == mapping
    assert back.faults == ()


def test_the_file_says_how_to_change_it() -> None:
    """It is for people, who will open it."""
    text = to_toml(agreed()).decode()
    assert text.startswith("# What the headings of this spreadsheet mean")
    assert '"Post code" = "postcode"' in text


def test_a_mapping_is_the_same_bytes_every_time() -> None:
    """What has not changed should not show as changed."""
    assert to_toml(agreed()) == to_toml(agreed())


def test_questions_are_asked_in_the_order_of_the_sheet() -> None:
    """People look from left to right."""
    asked: list[HeadingMatch] = []
    rows = [["Telehpone", "Name", "Pstcode"], ["0113", "Chai", "LS1 1AA"]]

    def accepted(match: HeadingMatch) -> bool:
        asked.append(match)
        return True

    decide(propose(book(*rows), VOCABULARIES), accepted)
    assert [m.letter for m in asked] == ["A", "C"]
