"""A file on its way into a network: where it comes from, and where its copy goes."""

from pathlib import Path

import pytest

from netmap.build.sources import checked_copy, source_of


@pytest.mark.parametrize(
    "name",
    [
        *("Groups.xlsx", "groups October 2026 v2.xlsx", "Groups 3rd Nov 2026 (1).csv"),
        *("GROUPS_2026-10-31_FINAL.ods", "Copy of Groups.xlsx", "groups-checked.xlsx"),
        *("Groups Q3 latest.csv", "groups.csv.zip"),
    ],
)
def test_next_months_file_comes_from_the_same_source(name: str) -> None:
    """Headings and rows are remembered under the source; a date must not make another."""
    assert source_of(Path(name)) == "groups"


def test_two_names_are_two_sources() -> None:
    """What the north sends must not take out what the south sent."""
    assert source_of(Path("Groups north.csv")) != source_of(Path("Groups south.csv"))


def test_a_name_of_nothing_but_a_date_is_kept() -> None:
    """Something has to be remembered."""
    assert source_of(Path("2026-10-31.csv")) == "2026-10-31"


def test_a_copy_never_takes_the_place_of_the_file_itself() -> None:
    """Somebody put the copy right and imports it: their work must not be overwritten."""
    assert checked_copy(Path("x/Groups.xlsx"), "groups") == Path("x/groups-checked.xlsx")
    again = Path("x/groups-checked.xlsx")
    assert checked_copy(again, source_of(again)) != again
