"""The file of decisions: what people may write in it, and that nothing of it is ever lost."""

from pathlib import Path

import pytest

from netmap.networks.duplicates import (
    COLUMNS,
    Decision,
    Decisions,
    Verdict,
    read_decisions,
    sheet_bytes,
    with_cells,
)
from netmap.networks.duplicates.groups import Groups
from netmap.networks.duplicates.sheet import verdict_of

FILE = "networks/x/duplicates.csv"


def read(folder: Path, text: str | bytes) -> tuple[Decisions, list[str]]:
    """Write a file of decisions and read it; give the codes of what was noticed."""
    content = text if isinstance(text, bytes) else text.encode()
    (folder / "duplicates.csv").write_bytes(content)
    decisions, findings = read_decisions(folder, "networks/x")
    return decisions, [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("same", Verdict.SAME),
        (" SAME ", Verdict.SAME),
        ("sme", Verdict.SAME),
        ("Same organisation", Verdict.SAME),
        ("different", Verdict.DIFFERENT),
        ("Diffrent", Verdict.DIFFERENT),
        ("not the same", Verdict.DIFFERENT),
        ("branch", Verdict.BRANCH),
        ("Brnach", Verdict.BRANCH),
        ("not sure", None),
        ("?", None),
        ("", None),
    ],
)
def test_decisions_are_read_as_people_write_them(written: str, meant: Verdict | None) -> None:
    """A slip must not undo a decision, and a doubt must not make one."""
    assert verdict_of(written) is meant


def test_a_word_that_is_no_decision_is_told_with_its_place(tmp_path: Path) -> None:
    """The pair stays to be reviewed."""
    (tmp_path / "duplicates.csv").write_text("first,second,decision\na,b,perhaps\n")
    decisions, (finding,) = read_decisions(tmp_path, "networks/x")
    assert str(finding).startswith(f"{FILE} row 2, decision: 'perhaps' is none of same, ")
    assert decisions.rows[0].verdict is None


def test_a_decision_without_two_ids_decides_nothing(tmp_path: Path) -> None:
    """A cell was cleared by mistake."""
    decisions, codes = read(tmp_path, "first,second,decision\na,,same\na,a,same\n")
    assert codes == ["bad-decision", "bad-decision"]
    assert [row.verdict for row in decisions] == [None, None]


def test_what_a_spreadsheet_program_saves_is_written_anew_without_loss(tmp_path: Path) -> None:
    """Excel puts semicolons and cp1252; people add columns and notes, and sort as they like."""
    text = (
        "second;first;Who rings;decision;note\r\nb;a;Ravi\u2019s desk;same;=-) fine\r\nz;y;;;\r\n"
    )
    decisions, codes = read(tmp_path, text.replace("=", "'=").encode("cp1252"))
    assert codes == []
    new = with_cells(Decision("c", "d"), {"first": "c", "second": "d", "likely": "same"})
    content = sheet_bytes(Decisions((*decisions.rows, new), decisions.columns))
    heading, one, two, three = content.decode("utf-8").splitlines()
    assert heading == (
        "second,first,decision,note,first_name,second_name,likely,reasons,by,on,Who rings"
    )
    assert one == "b,a,same,'=-) fine,,,,,,,Ravi\u2019s desk"
    assert two == "z,y,,,,,,,,,"
    assert three == "d,c,,,,,same,,,,"
    assert sheet_bytes(read(tmp_path, content)[0]) == content


def test_a_file_that_was_not_wholly_understood_must_not_be_written_anew(tmp_path: Path) -> None:
    """What was not read would be lost."""
    for broken in (
        "first,second,note\na,b,=SUM(A1)\n",
        'first,second,note\na,b,"never closed\nc,d,e\n',
        "first,second\na,b,c,d\n",
        "one,two\na,b\n",
        b"first,second\n\x00a,b\n",
    ):
        decisions, codes = read(tmp_path, broken)
        assert codes
        assert not decisions.intact
    assert read(tmp_path, "")[0].intact


def test_decisions_saved_as_a_workbook_are_missed_aloud(tmp_path: Path) -> None:
    """Spreadsheet programs like their own format, and the decisions would be lost in silence."""
    (tmp_path / "duplicates.xlsx").write_bytes(b"PK")
    decisions, (finding,) = read_decisions(tmp_path, "networks/x")
    assert decisions.rows == ()
    assert "Save it as duplicates.csv." in str(finding)


def test_the_columns_are_those_people_were_told() -> None:
    """Scripts and habits depend on them."""
    heading = sheet_bytes(Decisions()).decode().strip()
    assert heading == ",".join(COLUMNS)
    assert heading == "first,second,first_name,second_name,likely,reasons,decision,by,on,note"


def test_what_is_the_same_through_another_is_one_group() -> None:
    """Here a is b, c is b and c is d: all four are one, and a, never second, stays."""
    groups = Groups([("a", "b"), ("c", "b"), ("c", "d")])
    assert groups.sound() == [["a", "c", "b", "d"]]
    assert Groups([("c", "d"), ("c", "b"), ("a", "b")]).sound() == groups.sound()
    assert groups.root("d") == groups.root("a") != groups.root("e")


def test_a_group_that_contradicts_itself_is_none() -> None:
    """Here a is b, b is c, and a is not c: nobody can say who is who."""
    groups = Groups([("a", "b"), ("b", "c"), ("x", "y")], [{"a", "c"}])
    assert groups.sound() == [["x", "y"]]
    assert groups.root("a") == "a"


def test_ids_of_activities_are_told_from_those_of_organisations() -> None:
    """An organisation and its one activity often have the same id."""
    rows = (
        Decision("hope", "hope-2", Verdict.SAME),
        Decision("activities/hope", "activities/hope-2", Verdict.DIFFERENT),
        Decision("monday", "tuesday", Verdict.DIFFERENT),
    )
    known = Decisions(rows).resolved({"hope", "hope-2"}, {"hope", "hope-2", "monday", "tuesday"})
    assert [(row.first, row.second) for row in known] == [
        ("hope", "hope-2"),
        ("activities/hope", "activities/hope-2"),
        ("activities/monday", "activities/tuesday"),
    ]
    assert known.groups.sound() == [["hope", "hope-2"]]
