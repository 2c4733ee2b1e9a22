"""Audiences, what they may see, small numbers, and words that give a refuge away."""

import pytest

from netmap.privacy import (
    SUPPRESSED,
    Audience,
    Visibility,
    looks_like_refuge,
    narrower,
    protect_count,
    protect_row,
    rule_in_words,
    strictest,
)

PUBLIC, PARTNERS, STAFF = Audience.PUBLIC, Audience.PARTNERS, Audience.STAFF


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "*"), (1, "*"), (7, "*"), (8, 10), (12, 10), (12.5, 15), (13, 15), (None, None)],
)
def test_small_counts_are_starred_and_others_rounded(
    count: float | None, shown: int | str | None
) -> None:
    """Suppressed is never shown as nought, nor nought as a number."""
    for audience in (PUBLIC, PARTNERS):
        assert protect_count(count, audience, suppress_at_most=7, round_to=5) == shown


def test_staff_see_counts_as_they_are() -> None:
    """They keep the register."""
    assert protect_count(3, STAFF, suppress_at_most=7, round_to=5) == 3
    assert protect_count(None, STAFF, suppress_at_most=7, round_to=5) is None


def test_a_single_suppressed_cell_takes_the_next_smallest_with_it() -> None:
    """Total less the others would give a lone one away."""
    row = {"a": 3, "b": 200, "c": 40, "d": None}
    shown = protect_row(row, PUBLIC, suppress_at_most=7, round_to=5)
    assert shown == {"a": SUPPRESSED, "b": 200, "c": SUPPRESSED, "d": None}


def test_two_suppressed_cells_protect_each_other() -> None:
    """No more is hidden than needed."""
    row = {"a": 3, "b": 5, "c": 40}
    shown = protect_row(row, PUBLIC, suppress_at_most=7, round_to=5)
    assert shown == {"a": SUPPRESSED, "b": SUPPRESSED, "c": 40}
    assert protect_row({"a": 3}, PUBLIC, suppress_at_most=7, round_to=5) == {"a": SUPPRESSED}
    assert protect_row({"a": 3}, STAFF, suppress_at_most=7, round_to=5) == {"a": 3}


def test_the_rule_is_printed_with_the_settings_in_force() -> None:
    """People must know what a star means."""
    said = rule_in_words(suppress_at_most=9, round_to=10)
    assert "9 or fewer" in said
    assert "nearest 10" in said


def test_audiences_and_visibilities_have_an_order() -> None:
    """A map may narrow a build, never widen it; a row is as hidden as its strictest part."""
    assert narrower(STAFF, PUBLIC) is narrower(PUBLIC, PARTNERS) is PUBLIC
    assert STAFF.includes(PARTNERS)
    assert not PUBLIC.includes(PARTNERS)
    assert strictest([Visibility.PUBLIC, Visibility.WITHHELD, Visibility.AREA_ONLY]) == "withheld"
    assert strictest([]) is Visibility.PUBLIC


@pytest.mark.parametrize(
    "text",
    [
        "Airedale Refuge",
        "two refuges in the dale",
        "a safe house",
        "Safe-house drop-in",
        "Women's shelter",
        "the sanctuary scheme",
        "domestic abuse accommodation",
        "accommodation for women fleeing violence",
    ],
)
def test_words_of_a_refuge_are_noticed(text: str) -> None:
    """One forgotten `withheld` can cost a life."""
    assert looks_like_refuge(["a plain name", text])


@pytest.mark.parametrize(
    "text", ["Refugee council", "Leeds City of Sanctuary", "A safe space", "bus shelter art"]
)
def test_words_near_those_of_a_refuge_raise_no_alarm(text: str) -> None:
    """A false alarm hides a group until somebody decides."""
    assert not looks_like_refuge([text])
