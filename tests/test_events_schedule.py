"""A programme for nine hubs is put on days and into venues without breaking a rule."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from netmap.errors import NoScheduleError
from netmap.events import Plan, Programme, Session, check, plan, read_programme, sessions_csv
from netmap.findings import Level
from netmap.networks.register import Register
from netmap.times import bank_holidays
from netmap.vocabulary import load
from netmap.workspace import open_workspace

WriteNetwork = Callable[..., tuple[Register, Any]]
TODAY = date(2026, 11, 22)
HUBS = tuple(f"hub-{letter}" for letter in "abcdefghi")
PROGRAMME = """
title = "Year one"
network = "example"
starts = 2027-01-11
ends = 2027-12-10
seed = 7
{top}
[[event]]
kind = "networking"
count = 3
minutes = 180
sequence = ["scoping_and_mapping", "themed", "reflection"]
min_weeks_apart = 8

[[event]]
kind = "skills"
count = 4
minutes = 240
themes = ["safeguarding", "boundaries", "telling your story", "supervision"]

[when]
weekdays = {weekdays}
earliest = "10:00"
latest = "19:00"
avoid = ["bank_holidays:GB-ENG", "observances:islamic", "observances:christian"]

[where]
venues = "events/venues.csv"
rural_share = 0.33
"""


def made(
    tmp_path: Path,
    write_network: WriteNetwork,
    *,
    top: str = "",
    weekdays: str = '["MO", "TU", "WE"]',
    toml: str = PROGRAMME,
) -> tuple[Programme, Register]:
    """Write nine hubs with a town and a village each, three venues to a hub, and read it all."""
    areas, organisations, ties, venues = [], [], [], []
    for number, hub in enumerate(HUBS):
        area = f"area-{hub[-1]}"
        areas += [
            f"{area},Area {hub[-1]},,",
            f"{area}-town,Town {hub[-1]},{area},large_urban",
            f"{area}-village,Village {hub[-1]},{area},rural_80",
        ]
        organisations.append(f"{hub},Hub {hub[-1].upper()},hub,{area}")
        ties.append(f"{hub},partner-{number % 3},affiliated_to")
        venues += [
            f"hall-{hub[-1]},Hall {hub[-1]},{area}-town,MO 09:00-20:00; TU; WE",
            f"library-{hub[-1]},Library {hub[-1]},{area}-town,TU 10:00-16:00",
            f"village-{hub[-1]},Village hall {hub[-1]},{area}-village,WE 12:00-19:00",
        ]
    organisations += [f"partner-{n},Partner {n},strategic_partner," for n in range(3)]
    register, _ = write_network(
        tmp_path,
        {
            "organisations": "id,name,roles,area\n" + "\n".join(organisations),
            "areas": "code,name,parent,rural_urban\n" + "\n".join(areas),
            "ties": "source_organisation,target_organisation,kind\n" + "\n".join(ties),
        },
    )
    events = tmp_path / "events"
    events.mkdir(exist_ok=True)
    (events / "year.toml").write_text(toml.format(top=top, weekdays=weekdays), encoding="utf-8")
    (events / "venues.csv").write_text(
        "id,name,area,available\n" + "\n".join(venues), encoding="utf-8"
    )
    programme, findings = read_programme(open_workspace(tmp_path), "year", load())
    assert findings == []
    return programme, register


@pytest.fixture(name="nine", scope="module")
def _nine(
    tmp_path_factory: pytest.TempPathFactory, write_network: WriteNetwork
) -> tuple[Programme, Register]:
    return made(tmp_path_factory.mktemp("nine"), write_network)


@pytest.fixture(name="planned", scope="module")
def _planned(nine: tuple[Programme, Register]) -> tuple[Programme, Register, Plan]:
    return *nine, plan(*nine, TODAY)


def with_sessions(programme: Programme, sessions: tuple[Session, ...]) -> Programme:
    """Put sessions into a programme."""
    return replace(programme, sessions=sessions)


def test_every_hub_gets_its_seven_events(planned: tuple[Programme, Register, Plan]) -> None:
    """A programme that silently forgets one event misses a funder's target."""
    _, _, found = planned
    assert Counter((s.hub, s.kind) for s in found.sessions) == {
        (hub, kind): count for hub in HUBS for kind, count in (("networking", 3), ("skills", 4))
    }
    assert len({s.uid for s in found.sessions}) == 63
    assert set(found.why) == {s.uid for s in found.sessions}
    assert all(found.why.values())


def test_nobody_and_no_room_is_in_two_places(planned: tuple[Programme, Register, Plan]) -> None:
    """Staff cannot stand in two halls, nor two groups in one."""
    _, _, found = planned
    for one, other in combinations(found.sessions, 2):
        if one.hub == other.hub or one.venue == other.venue:
            assert not one.span.overlaps(other.span), (one.uid, other.uid)


def test_no_session_is_on_a_bank_holiday_or_outside_the_hours(
    planned: tuple[Programme, Register, Plan],
) -> None:
    """Easter Monday and the August bank holiday are Mondays, which this programme may use."""
    _, _, found = planned
    closed = bank_holidays("GB-ENG", 2027)
    assert date(2027, 3, 29) in closed
    for session in found.sessions:
        assert session.starts.date() not in closed
        assert session.starts.weekday() in {0, 1, 2}
        assert session.starts.hour >= 10
        assert session.span.ends <= session.starts.replace(hour=19, minute=0)


def test_a_venue_is_used_only_when_it_is_open(planned: tuple[Programme, Register, Plan]) -> None:
    """People stand before a locked door otherwise."""
    programme, _, found = planned
    used = [s for s in found.sessions if s.venue and s.venue.startswith("village")]
    assert used
    assert all(s.starts.weekday() == 2 and s.starts.hour >= 12 for s in used)
    assert all(s.venue in programme.venue for s in found.sessions)


def test_a_sequence_is_kept_and_its_steps_are_eight_weeks_apart(
    planned: tuple[Programme, Register, Plan],
) -> None:
    """Nobody can reflect on what has not been scoped."""
    _, _, found = planned
    for hub in HUBS:
        series = sorted(
            (s for s in found.sessions if s.hub == hub and s.kind == "networking"),
            key=lambda s: s.starts,
        )
        assert [s.theme for s in series] == ["scoping_and_mapping", "themed", "reflection"]
        for one, other in pairwise(series):
            assert other.starts.date() - one.starts.date() >= timedelta(weeks=8)


def test_places_rotate_and_a_third_is_rural(planned: tuple[Programme, Register, Plan]) -> None:
    """People in villages should not always have to travel to the town."""
    programme, _, found = planned
    rural = [s for s in found.sessions if (s.venue or "").startswith("village")]
    assert len(rural) >= 0.33 * 63
    for hub in HUBS:
        towns = {programme.venue[s.venue or ""].area for s in found.sessions if s.hub == hub}
        assert len(towns) == 2
    assert not any("rural" in line for line in found.unmet)


def test_planning_again_changes_nothing(planned: tuple[Programme, Register, Plan]) -> None:
    """People have these dates in their diaries."""
    programme, register, found = planned
    again = plan(with_sessions(programme, found.sessions), register, TODAY)
    assert again.sessions == found.sessions
    assert (again.kept, again.moved, again.cancelled) == (63, 0, 0)


def test_the_same_seed_gives_the_same_plan(planned: tuple[Programme, Register, Plan]) -> None:
    """Two people who run it must not get two schedules."""
    programme, register, found = planned
    assert plan(programme, register, TODAY) == found


def test_written_and_read_sessions_are_the_same(
    planned: tuple[Programme, Register, Plan], tmp_path: Path, write_network: WriteNetwork
) -> None:
    """What is planned goes through a file that people edit."""
    _, _, found = planned
    made(tmp_path, write_network)
    file = tmp_path / "events" / "year.csv"
    file.write_bytes(sessions_csv(found.sessions))
    programme, findings = read_programme(open_workspace(tmp_path), "year", load())
    bare = [
        s.model_copy(update={"at": t.at})
        for s, t in zip(found.sessions, programme.sessions, strict=True)
    ]
    assert list(programme.sessions) == bare
    assert findings == []
    assert sessions_csv(programme.sessions) == file.read_bytes()


def test_only_the_session_that_breaks_a_rule_moves(
    planned: tuple[Programme, Register, Plan],
) -> None:
    """A confirmed session on a bank holiday has to go; the other 62 stay."""
    programme, register, found = planned
    first = found.sessions[5]
    monday = datetime(2027, 5, 3, 10)  # noqa: DTZ001  # local
    broken = first.model_copy(
        update={"starts": monday, "ends": monday + timedelta(hours=3), "status": "confirmed"}
    )
    others = tuple(s for s in found.sessions if s.uid != first.uid)
    again = plan(with_sessions(programme, (*others, broken)), register, TODAY)
    assert (again.kept, again.moved) == (62, 1)
    assert all(other in again.sessions for other in others)
    moved = next(s for s in again.sessions if s.uid == first.uid)
    assert moved.status == "tentative"
    assert moved.starts.date() != monday.date()
    assert "bank holiday" in again.why[first.uid][0]


def test_locked_and_past_sessions_stay_whatever_the_rules_say(
    planned: tuple[Programme, Register, Plan],
) -> None:
    """The planner cannot move yesterday, nor what somebody has locked."""
    programme, register, found = planned
    sunday = datetime(2027, 2, 7, 8)  # noqa: DTZ001  # local
    times = {"starts": sunday, "ends": sunday + timedelta(hours=1)}
    locked = found.sessions[0].model_copy(update={**times, "locked": True})
    past = found.sessions[1].model_copy(update=times)
    both = with_sessions(programme, (locked, past, *found.sessions[2:]))
    again = plan(both, register, date(2027, 2, 8))
    assert locked in again.sessions
    assert past in again.sessions


def test_a_cancelled_session_is_replaced_under_a_new_uid(
    planned: tuple[Programme, Register, Plan],
) -> None:
    """The cancelled one stays cancelled in calendars; the event is still owed."""
    programme, register, found = planned
    gone = found.sessions[3].model_copy(update={"status": "cancelled"})
    rest = tuple(s for s in found.sessions if s.uid != gone.uid)
    again = plan(with_sessions(programme, (*rest, gone)), register, TODAY)
    new = [s for s in again.sessions if s not in (gone, *rest)]
    assert [(s.hub, s.kind, s.theme) for s in new] == [(gone.hub, gone.kind, gone.theme)]
    assert gone in again.sessions
    assert not {s.uid for s in new} & {s.uid for s in found.sessions}


def test_what_the_programme_no_longer_asks_for_is_called_off_not_deleted(
    planned: tuple[Programme, Register, Plan],
) -> None:
    """People who subscribed have to be told why it has gone."""
    programme, register, found = planned
    settings = programme.settings.model_copy(update={"hubs": list(HUBS[1:])})
    again = plan(replace(programme, settings=settings, sessions=found.sessions), register, TODAY)
    assert again.cancelled == 7
    assert {s.hub for s in again.sessions if s.cancelled} == {"hub-a"}
    assert len(again.sessions) == 63


def test_what_cannot_be_placed_is_said_in_the_programmes_own_words(
    tmp_path: Path,
    write_network: WriteNetwork,
) -> None:
    """Three events eight weeks apart need sixteen weeks; six are there."""
    toml = PROGRAMME.replace("2027-12-10", "2027-02-22")
    programme, register = made(tmp_path, write_network, toml=toml)
    with pytest.raises(NoScheduleError) as caught:
        plan(programme, register, TODAY)
    said = str(caught.value)
    assert "networking" in said
    assert "at least 8 weeks apart take 16 weeks" in said
    assert "11 Jan 2027 to 22 Feb 2027, 6 weeks" in said


def test_venues_that_are_never_open_are_named(
    tmp_path: Path,
    write_network: WriteNetwork,
) -> None:
    """Somebody has to know which hall to telephone."""
    programme, register = made(tmp_path, write_network, weekdays='["FR"]')
    with pytest.raises(NoScheduleError, match=r"None of Hall [a-i], Library [a-i], Village hall"):
        plan(programme, register, TODAY)


def test_a_tight_window_is_filled_from_its_beginning(
    tmp_path: Path,
    write_network: WriteNetwork,
) -> None:
    """An even spread leaves no room in 17 weeks; an early start does."""
    toml = PROGRAMME.replace("2027-12-10", "2027-05-10")
    programme, register = made(tmp_path, write_network, toml=toml)
    found = plan(programme, register, TODAY)
    assert len(found.sessions) == 63
    assert not [
        f
        for f in check(with_sessions(programme, found.sessions), register)
        if f.level is not Level.NOTICE
    ]


SHORT = """
network = "example"
hubs = ["hub-a"]
starts = {starts}
ends = {ends}
[[event]]
kind = "skills"
count = {count}
minutes = 240
[when]
weekdays = ["{weekday}"]
earliest = "10:00"
latest = "18:00"
avoid = ["bank_holidays:GB-ENG"]
[where]
venues = "events/venues.csv"
"""


def short(tmp_path: Path, write: WriteNetwork, **words: object) -> tuple[Programme, Register]:
    """Make a programme of a few skills events for one hub, on one weekday."""
    toml = SHORT.format(**words).replace("{", "{{").replace("}", "}}")
    return made(tmp_path, write, toml=toml)


def test_two_events_on_one_day_follow_one_another(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """Four events and two Tuesdays: a hub's staff can do two a day, not two at once."""
    words = {"starts": "2027-02-02", "ends": "2027-02-09", "count": 4, "weekday": "TU"}
    found = plan(*short(tmp_path, write_network, **words), TODAY).sessions
    assert [(s.starts.day, s.starts.hour) for s in found] == [(2, 10), (2, 14), (9, 10), (9, 14)]


def test_a_fifth_event_on_two_full_days_cannot_be_placed(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """Eight hours hold two events of four hours, and no third."""
    words = {"starts": "2027-02-02", "ends": "2027-02-09", "count": 5, "weekday": "TU"}
    with pytest.raises(NoScheduleError, match="taken by other sessions"):
        plan(*short(tmp_path, write_network, **words), TODAY)


def test_easter_monday_is_left_out_even_where_it_would_suit_best(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """Of the two Mondays, 29 March is a bank holiday; both events go on 5 April."""
    words = {"starts": "2027-03-29", "ends": "2027-04-05", "count": 2, "weekday": "MO"}
    found = plan(*short(tmp_path, write_network, **words), TODAY).sessions
    assert [s.starts.date() for s in found] == [date(2027, 4, 5)] * 2


def test_a_programme_for_the_network_goes_round_its_areas(
    tmp_path: Path,
    write_network: WriteNetwork,
) -> None:
    """A national meeting is not always in one city."""
    programme, register = made(tmp_path, write_network, top='for = "network"')
    found = plan(programme, register, TODAY)
    assert len(found.sessions) == 7
    assert {s.hub for s in found.sessions} == {None}
    assert len({(s.venue or "")[-1] for s in found.sessions}) == 7


def test_invented_programmes_say_so_in_every_title(
    tmp_path: Path,
    write_network: WriteNetwork,
) -> None:
    """No invented event may pass for one that is held."""
    top = 'confidence = "illustrative"\naudience = "public"'
    programme, register = made(tmp_path, write_network, top=top)
    found = plan(programme, register, TODAY).sessions
    titles = {s.title for s in found if s.hub == "hub-a"}
    assert "Networking event: scoping and mapping (Hub A) (illustrative)" in titles
    assert all("invented example" in (s.description or "") for s in found)
    assert {(s.status, s.audience) for s in found} == {("tentative", "public")}


def test_check_finds_what_people_broke_by_hand(
    planned: tuple[Programme, Register, Plan],
) -> None:
    """Two sessions at once, a step missing, and a Sunday: each is named with its hub."""
    programme, register, found = planned
    own = [s for s in found.sessions if s.hub == "hub-a"]
    sunday = datetime(2027, 2, 7, 10)  # noqa: DTZ001  # local
    twice = own[1].model_copy(update={"starts": own[0].starts, "ends": own[0].ends})
    moved = own[2].model_copy(update={"starts": sunday, "ends": sunday + timedelta(hours=1)})
    rest = tuple(s for s in found.sessions if s.hub != "hub-a")
    said = check(with_sessions(programme, (own[0], twice, moved, *own[3:-1], *rest)), register)
    codes = {f.code for f in said if f.level is Level.WARNING}
    assert codes == {"clash-hub", "rule-broken", "events-missing"}
    assert any(
        "Hub A has 2 of 3 networking events; missing: reflection." in f.message for f in said
    )
    assert check(with_sessions(programme, found.sessions), register) == []
