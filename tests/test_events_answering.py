"""What is noticed of a plan beside its own rules: gaps, targets, and who can get there."""

from datetime import date, datetime
from typing import Any

from netmap.events import Programme, Session, Venue, check, check_answers
from netmap.events.settings import ProgrammeSettings
from netmap.findings import Finding, Level
from netmap.gaps.gap import Gap, Severity
from netmap.networks.areas import Areas
from netmap.networks.models import Area, Organisation, Target, Tie
from netmap.networks.network_settings import NetworkSettings
from netmap.networks.register import Register

SETTINGS = ProgrammeSettings.model_validate(
    {"network": "n", "starts": "2027-01-01", "ends": "2027-12-31"}
)
GAPS = (
    Gap("n/a/leeds", "a", Severity.HIGH, "Nothing for them in Leeds."),
    Gap("n/b/hull", "b", Severity.HIGH, "Nothing for them in Hull."),
    Gap("n/c", "c", Severity.LOW, "A small thing."),
)


def session(uid: str, **more: Any) -> Session:
    """Make a session in February at ten."""
    starts = datetime(2027, 2, 2, 10)  # noqa: DTZ001  # local
    given: dict[str, Any] = {"uid": uid, "hub": "hub", "kind": "skills", "starts": starts}
    return Session.model_construct(**{**given, **more})


def programme(*sessions: Session, venues: tuple[Venue, ...] = ()) -> Programme:
    """Make a programme of some sessions."""
    return Programme("year", SETTINGS, sessions=sessions, venues=venues)


def coded(findings: list[Finding], code: str) -> list[str]:
    """Give the messages of one code."""
    return [one.message for one in findings if one.code == code]


def test_a_session_names_the_gaps_it_answers_and_the_rest_are_counted() -> None:
    """A strategist sees which gaps nobody is doing anything about."""
    found = check_answers(programme(session("one", closes_gap=("n/a/leeds",))), GAPS)
    assert coded(found, "gap-answered") == ["answers: Nothing for them in Leeds."]
    said = coded(found, "gaps-unanswered")
    assert said == ["1 high gap is answered by no session. Nothing for them in Hull."]


def test_an_id_that_is_no_gap_now_is_a_warning() -> None:
    """It is closed, or misspelt; either way somebody should look."""
    found = check_answers(programme(session("one", closes_gap=("n/a/leds",))), GAPS)
    warned = [one for one in found if one.code == "unknown-gap"]
    assert [(one.level, one.value, one.place.column) for one in warned] == [
        (Level.WARNING, "n/a/leds", "closes_gap")
    ]


def test_a_cancelled_session_answers_nothing() -> None:
    """Its gap is open again."""
    gone = session("one", closes_gap=("n/a/leeds",), status="cancelled")
    found = check_answers(programme(gone), GAPS)
    assert coded(found, "gap-answered") == []
    assert "2 high gaps are answered by no session." in coded(found, "gaps-unanswered")[0]


def register(**tables: tuple[object, ...]) -> Register:
    """Make a hub in a town with one group near and one far away."""
    areas = [
        Area(code="town", name="Town", rural_urban="large_urban", latitude=53.8, longitude=-1.5),
        Area(code="far", name="Far", rural_urban="large_urban", latitude=54.5, longitude=-1.5),
    ]
    return Register(
        name="n",
        settings=NetworkSettings(),
        as_of=date(2026, 11, 28),
        areas=Areas(areas),
        organisations=(
            Organisation(id="hub", name="Hub", roles=("hub",), area="town"),
            Organisation(id="near", name="Near group", area="town"),
            Organisation(id="away", name="Far group", area="far"),
        ),
        ties=tuple(
            Tie(source_organisation="hub", target_organisation=one, kind="engages")
            for one in ("near", "away")
        ),
        targets=tables.get("targets", ()),  # type: ignore[arg-type]
    )


def test_groups_who_cannot_reasonably_travel_so_far_are_named() -> None:
    """Seventy-eight kilometres are beyond what people in towns can be expected to travel."""
    hall = Venue.model_construct(id="hall", name="Hall", area="town", latitude=53.8, longitude=-1.5)
    found = check(programme(session("one", venue="hall"), venues=(hall,)), register())
    said = coded(found, "beyond-reach")
    assert len(said) == 1
    assert "for 1 of 2 groups invited: Far group (101 km)" in said[0]


def test_a_target_that_the_plan_does_not_reach_is_a_warning() -> None:
    """Found in January, it can still be put right."""
    target = Target(owner="hub", measure="skills_events", target=3, due=date(2027, 12, 1))
    found = check(programme(session("one"), session("two")), register(targets=(target,)))
    assert coded(found, "target-not-planned") == [
        "Hub agreed to hold 3 skills events by 01 Dec 2027; 2 are planned."
    ]
    enough = programme(*(session(str(n), starts=datetime(2027, 2, n, 10)) for n in (1, 2, 3)))  # noqa: DTZ001
    assert coded(check(enough, register(targets=(target,))), "target-not-planned") == []


def test_targets_of_another_time_are_not_held_against_a_programme() -> None:
    """Last year's target is last year's."""
    target = Target(owner="hub", measure="skills_events", target=9, due=date(2026, 6, 1))
    found = check(programme(session("one")), register(targets=(target,)))
    assert coded(found, "target-not-planned") == []
