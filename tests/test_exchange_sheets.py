"""Spreadsheets of a register: who is given which column, and what a cell may never do."""

import csv
import io
import json
from datetime import date

from netmap.exchange.sheets import csv_tables, gaps_csv, gaps_json
from netmap.gaps.gap import Gap, Report, Severity, Unchecked
from netmap.networks.areas import Areas
from netmap.networks.models import Area, NetworkSettings, Organisation, Population
from netmap.networks.register import Register
from netmap.privacy import Audience


def _register(audience: Audience = Audience.PUBLIC) -> Register:
    return Register(
        name="example",
        settings=NetworkSettings(title="Example"),
        as_of=date(2026, 11, 22),
        audience=audience,
        organisations=(
            Organisation(id="b", name="=1+1", notes="for us alone", extra={"=colour": "=2+2"}),
            Organisation(id="a", name="First", roles=("hub", "funder"), notes="for us alone"),
        ),
        areas=Areas([Area(code="x", name="X")]),
        populations=(
            Population(area="x", total=100, groups={"asian": 20}, suppressed=frozenset({"black"})),
        ),
    )


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def _report() -> Report:
    gap = Gap(
        id="example/low-rate/x",
        rule="low-rate",
        severity=Severity.MEDIUM,
        message="X has less.",
        area="x",
        area_name="X",
        people="*",
        value=2.0,
        threshold=float("inf"),
        evidence=("one", "two"),
    )
    needs = ("targets.actual",)
    unchecked = Unchecked("target-missed", "No actual.", subject="a groups", needs=needs)
    return Report("example", "2026-11-22", "public", (gap,), (unchecked,))


def test_notes_and_peoples_own_columns_are_for_staff_alone() -> None:
    """A note about a row may say what nobody outside should read."""
    public = csv_tables(_register())["organisations"]
    assert b"for us alone" not in public
    assert b"notes" not in public
    assert b"colour" not in public
    staff = _rows(csv_tables(_register(Audience.STAFF))["organisations"])
    assert [row["notes"] for row in staff] == ["for us alone", "for us alone"]


def test_neither_a_cell_nor_a_heading_runs_as_a_formula() -> None:
    """A spreadsheet runs what begins with an equals sign, whoever wrote it."""
    staff = csv_tables(_register(Audience.STAFF))["organisations"]
    rows = _rows(staff)
    assert rows[1]["name"] == "'=1+1"
    assert rows[1]["'=colour"] == "'=2+2"
    assert b",=" not in staff


def test_a_suppressed_count_is_a_star_and_an_unknown_one_is_empty() -> None:
    """A star is a few people, an empty cell is nobody knows; neither is nought."""
    row = _rows(csv_tables(_register())["populations"])[0]
    assert (row["asian"], row["black"], row["as_of"]) == ("20", "*", "")


def test_the_order_of_rows_in_a_register_changes_no_byte() -> None:
    """Someone who sorts a spreadsheet must not see every download change."""
    one = _register()
    other = Register(
        name=one.name,
        settings=one.settings,
        as_of=one.as_of,
        audience=one.audience,
        organisations=tuple(reversed(one.organisations)),
        areas=one.areas,
        populations=one.populations,
    )
    assert csv_tables(one) == csv_tables(other)


def test_gaps_are_shaped_as_documented() -> None:
    """Other people's scripts read these keys, in these types."""
    document = json.loads(gaps_json(_report()))
    assert " ".join(document) == "network as_of audience counts gaps could_not_check rolled_up"
    assert document["counts"] == {"high": 0, "medium": 1, "low": 0, "info": 0}
    gap = document["gaps"][0]
    assert list(gap) == [
        "id", "rule", "severity", "state", "area", "community", "subject", "people", "value",
        "threshold", "unit", "message", "prompt", "evidence", "confidence", "planned",
        "stands", "sureness", "decision",
    ]  # fmt: skip
    assert gap["area"] == {"code": "x", "name": "X"}
    assert (gap["people"], gap["threshold"]) == ("*", None)
    assert b'"value": 2,' in gaps_json(_report())
    assert document["could_not_check"] == [
        {
            "rule": "target-missed",
            "area": None,
            "subject": "a groups",
            "needs": ["targets.actual"],
            "message": "No actual.",
        }
    ]


def test_gaps_as_csv_have_one_row_each() -> None:
    """Strategists sort and filter gaps in a spreadsheet."""
    rows = _rows(gaps_csv(_report()))
    assert [(r["area"], r["area_name"], r["people"], r["evidence"]) for r in rows] == [
        ("x", "X", "*", "one;two")
    ]
