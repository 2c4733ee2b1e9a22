"""Rules about the people who hold a group, and what they share."""

import pytest
from asking import Look, gaps, unchecked

from netmap.gaps import Severity

TOTAL = "Totals that stand for 30 activities do not tell."


def test_one_facilitator_is_reported(look: Look) -> None:
    """A group was shut while its only facilitator was away."""
    rows = "id,name,facilitators,facilitation,area\na,Art,1,named_peer,town\nb,Book,2,,town\n"
    report = look(
        areas="code,name\ntown,Town\n", populations="area,total\ntown,9000\n", activities=rows
    )
    (gap,) = gaps(report, "single-facilitator")
    assert (gap.severity, gap.id) == (Severity.HIGH, "example/single-facilitator/town/a")
    assert (gap.value, gap.threshold, gap.unit) == (1, 2, "facilitators")
    assert "One facilitator is recorded for Art" in gap.message
    assert gap.evidence == ("How it is facilitated: named peer.",)
    # It does not concern all who live in Town.
    assert gap.people is None


@pytest.mark.parametrize("facilitation", ["shared", "collective"])
@pytest.mark.parametrize("facilitators", ["1", ""])
def test_shared_tasks_are_no_single_facilitator(
    look: Look, facilitation: str, facilitators: str
) -> None:
    """Where members share the tasks, nobody is irreplaceable, whatever number stands there."""
    rows = f"id,name,facilitators,facilitation\na,Art,{facilitators},{facilitation}\n"
    report = look(activities=rows)
    assert not gaps(report, "single-facilitator")
    assert not unchecked(report, "single-facilitator")


def test_a_group_without_a_facilitator_is_not_one_with_a_single_one(look: Look) -> None:
    """Nought is an answer, and another one."""
    report = look(activities="id,name,facilitators\na,Art,0\n")
    assert not gaps(report, "single-facilitator")
    assert not unchecked(report, "single-facilitator")


def test_the_number_of_facilitators_could_not_be_checked(look: Look) -> None:
    """An empty cell is not nought and not one; 20,000 of them are one sentence."""
    rows = "id,name,facilitators,count\na,A,,\nb,B,,\nc,C,3,\nd,D,1,30\n"
    report = look(activities=rows)
    assert not gaps(report, "single-facilitator")
    (one,) = unchecked(report, "single-facilitator")
    assert one.needs == ("activities.facilitators",)
    assert one.message == (
        "How many people facilitate is not recorded for 2 of 3 activities recorded by name. "
        + TOTAL
    )


SUPERVISED = "id,name,leadership,facilitation,supervised\n"


@pytest.mark.parametrize(
    ("leadership", "facilitation"),
    [("peer_led", ""), ("tiered", "shared"), ("", "named_peer"), ("staff_led", "named_peer")],
)
def test_peer_leaders_without_supervision_are_reported(
    look: Look, leadership: str, facilitation: str
) -> None:
    """If you are a peer leader in a group, you need supervision."""
    report = look(activities=f"{SUPERVISED}a,Art,{leadership},{facilitation},no\n")
    (gap,) = gaps(report, "no-supervision")
    assert (gap.severity, gap.subject) == (Severity.HIGH, "a")
    assert (gap.value, gap.threshold) == (0, 1)
    assert gap.message == "For the peers who lead Art no supervision was found."
    assert not unchecked(report, "no-supervision")


@pytest.mark.parametrize("row", ["peer_led,,yes", "staff_led,,no", "staff_led,,"])
def test_supervised_peers_and_staff_are_no_gap(look: Look, row: str) -> None:
    """The rule is about peers; what staff have is for whoever employs them."""
    report = look(activities=f"{SUPERVISED}a,Art,{row}\n")
    assert not gaps(report, "no-supervision")
    assert not unchecked(report, "no-supervision")


@pytest.mark.parametrize("row", ["peer_led,,", ",,no", ",,"])
def test_supervision_could_not_be_checked(look: Look, row: str) -> None:
    """Without supervision, but who leads? Led by peers, but supervised?"""
    report = look(activities=f"{SUPERVISED}a,Art,{row}\n")
    assert not gaps(report, "no-supervision")
    (one,) = unchecked(report, "no-supervision")
    assert "any of 1 activity" in one.message
    assert {"activities.supervised", "activities.leadership"} <= set(one.needs)


VALUES = "id,name,values\n"
FOUNDATION = "experience_in_common; safety; choice_and_control"
OTHERS = "two_way_interactions; human_connection; freedom_to_be_oneself"


def test_a_core_value_that_is_not_evidenced_is_reported(look: Look) -> None:
    """Five of six; the three that the others rest on are there, so it is no more than medium."""
    rows = f"{VALUES}a,Art,{FOUNDATION}; two_way_interactions; human_connection\n"
    (gap,) = gaps(look(activities=rows), "core-values")
    assert (gap.severity, gap.subject) == (Severity.MEDIUM, "a")
    assert (gap.value, gap.threshold, gap.unit) == (5, 6, "core values")
    assert gap.message == (
        "Of the 6 core values, 5 are evidenced for Art; not yet: freedom to be oneself."
    )


def test_a_missing_foundation_value_is_high(look: Look) -> None:
    """Without safety the others have nothing to rest on."""
    rows = f"{VALUES}a,Art,experience_in_common; choice_and_control; {OTHERS}\n"
    (gap,) = gaps(look(activities=rows), "core-values")
    assert (gap.severity, gap.value) == (Severity.HIGH, 5)
    assert gap.evidence == ("Of those that the others rest on, not evidenced is: safety.",)


def test_the_workspace_decides_how_pressing_core_values_are(look: Look) -> None:
    """What people wrote in network.toml goes before what the finding would be."""
    rows = f"{VALUES}a,Art,{OTHERS}\n"
    (gap,) = gaps(look('[gaps.rules]\ncore-values = "low"', activities=rows), "core-values")
    assert gap.severity is Severity.LOW


def test_all_six_values_are_no_gap(look: Look) -> None:
    """All six, in whatever order."""
    report = look(activities=f"{VALUES}a,Art,{OTHERS}; {FOUNDATION}\n")
    assert not gaps(report, "core-values")
    assert not unchecked(report, "core-values")


def test_core_values_could_not_be_checked(look: Look) -> None:
    """No value recorded is nothing known, not six missing."""
    report = look(activities=f"{VALUES}a,Art,\n")
    assert not gaps(report, "core-values")
    (one,) = unchecked(report, "core-values")
    assert one.needs == ("activities.values",)


ASPECTS = "id,name,peer_to_peer,support_outcome\n"


@pytest.mark.parametrize(
    ("row", "value", "said"),
    [
        ("no,yes", 1, "no shared experience between peers."),
        ("yes,no", 1, "no support as an outcome."),
        (",no", 1, "no support as an outcome."),
        ("no,no", 0, "no shared experience between peers and no support as an outcome."),
    ],
)
def test_what_is_recorded_as_no_peer_support_is_asked_about(
    look: Look, row: str, value: int, said: str
) -> None:
    """The scoping left such activities out; whether they belong is for those who run them."""
    report = look(activities=f"{ASPECTS}a,Art,{row}\n")
    (gap,) = gaps(report, "not-peer-support")
    assert (gap.severity, gap.subject) == (Severity.MEDIUM, "a")
    assert (gap.value, gap.threshold) == (value, 2)
    assert gap.message == f"Art is recorded as having {said}"
    assert "belongs" in gap.prompt
    assert not unchecked(report, "not-peer-support")


def test_shared_experience_and_support_are_peer_support(look: Look) -> None:
    """Both are recorded as yes."""
    report = look(activities=f"{ASPECTS}a,Art,yes,yes\n")
    assert not gaps(report, "not-peer-support")
    assert not unchecked(report, "not-peer-support")


@pytest.mark.parametrize("row", ["yes,", ",yes", ","])
def test_whether_it_is_peer_support_could_not_be_checked(look: Look, row: str) -> None:
    """Empty is unknown, never no."""
    report = look(activities=f"{ASPECTS}a,Art,{row}\n")
    assert not gaps(report, "not-peer-support")
    (one,) = unchecked(report, "not-peer-support")
    assert one.needs == ("activities.peer_to_peer", "activities.support_outcome")
