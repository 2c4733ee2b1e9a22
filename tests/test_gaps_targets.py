"""Rules about what was agreed: targets, and the order of events."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from asking import Look, gaps, unchecked

from netmap.gaps import Report, SessionFact, Severity, find
from netmap.networks.redaction import for_audience
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.vocabulary import load
from netmap.workspace import PrivacySettings

HUB = "id,name,roles\nhub,The Hub,hub\na,A,\nb,B,\nc,C,\n"
HEAD = "owner,measure,target,actual,starts,due,as_of,count_from,source\n"


def session(uid: str, starts: str, theme: str = "", **more: str) -> SessionFact:
    """Make one networking event of the hub."""
    facts = {"hub": "hub", "kind": "networking", "status": "confirmed", "programme": "year"}
    facts |= more
    return SessionFact(
        uid=uid,
        programme=facts["programme"],
        hub=facts["hub"] or None,
        kind=facts["kind"],
        theme=theme,
        starts=starts,
        area=None,
        venue=None,
        online=False,
        status=facts["status"],
    )


def test_a_target_not_reached_is_reported_with_its_shortfall(look: Look) -> None:
    """Actual and target are the two numbers, their difference is in the words."""
    targets = f"{HEAD}hub,new_members,167,152,,,,,Table 9.2\n"
    (gap,) = gaps(look(organisations=HUB, targets=targets), "target-missed")
    assert (gap.severity, gap.area, gap.subject) == (Severity.HIGH, None, "hub new_members")
    assert (gap.value, gap.threshold, gap.unit) == (152, 167, "new members")
    assert "152 of 167" in gap.message
    assert "15 short" in gap.message
    assert gap.evidence == ("Source: Table 9.2.",)


def test_a_target_of_an_anonymised_area_names_the_area(look: Look) -> None:
    """The letters of a report are owners too, and no hub stands behind them."""
    report = look(
        areas="code,name,kind\narea-b,Area B,anonymised\n",
        targets=f"{HEAD}area-b,new_members,10,9,,,,,\n",
    )
    (gap,) = gaps(report, "target-missed")
    assert gap.id == "example/target-missed/area-b/new_members"


# Due at the end of 2026-12-22 from 2026-10-23: 30 of 60 days have gone on 22 November.
@pytest.mark.parametrize(
    ("row", "short"),
    [
        ("hub,new_members,10,10,,,,,", None),
        ("hub,new_members,10,9,2026-01-01,2026-11-22,,,", "1 short"),
        ("hub,new_members,10,4,2026-10-23,2026-12-22,,,", "(5 by now) new members: 1 short"),
        ("hub,new_members,10,5,2026-10-23,2026-12-22,,,", None),
        ("hub,new_members,10,0,2027-01-01,2027-12-22,,,", None),
        ("hub,new_members,10,2,2026-10-23,2026-12-22,2026-11-04,,", None),
        ("hub,new_members,10,1,2026-10-23,2026-12-22,2026-11-04,,", "(2 by now)"),
    ],
)
def test_before_the_due_date_the_target_is_pro_rata(
    look: Look, row: str, short: str | None
) -> None:
    """Half-way to the due date half will do; figures of 4 November count to that day."""
    found = gaps(look(organisations=HUB, targets=f"{HEAD}{row}\n"), "target-missed")
    assert [short in gap.message for gap in found if short] == ([True] if short else [])
    assert len(found) == (1 if short else 0)


def test_due_dates_count_to_the_registers_day(look: Look) -> None:
    """A register of June does not miss what was due in July."""
    targets = f"{HEAD}hub,new_members,10,5,2026-01-01,2026-12-31,,,\n"
    assert gaps(look(organisations=HUB, targets=targets), "target-missed")
    early = look("as_of = 2026-06-01", organisations=HUB, targets=targets)
    assert not gaps(early, "target-missed")


@pytest.mark.parametrize(
    ("targets", "need"),
    [
        ("hub,groups_engaged,29,,,,,,\n", "targets.actual"),
        ("hub,skills_events,4,,,,,events,\n", "events/<programme>.csv"),
        ("hub,groups_engaged,29,3,,2027-12-31,,,\n", "targets.starts"),
        ("", "targets"),
    ],
)
def test_attainment_could_not_be_checked(look: Look, targets: str, need: str) -> None:
    """Not recorded is not nought, and not due yet is not missed."""
    report = look(organisations=HUB, targets=f"{HEAD}{targets}")
    assert not gaps(report, "target-missed")
    assert need in unchecked(report, "target-missed")[0].needs


def test_a_count_too_small_to_show_could_not_be_checked_by_the_public(
    tmp_path: Path, write_network: Callable[..., tuple[Register, object]]
) -> None:
    """Three people who came are not nobody, and the shortfall would give them away."""
    files = {"organisations": HUB, "targets": f"{HEAD}hub,new_members,20,3,,,,,\n"}
    register, _ = write_network(tmp_path, files)
    public = find(for_audience(register, Audience.PUBLIC, PrivacySettings()), load())
    assert [gap.value for gap in gaps(find(register, load()), "target-missed")] == [3]
    assert not gaps(public, "target-missed")
    (one,) = unchecked(public, "target-missed")
    assert one.subject == "hub new_members"
    assert "3" not in one.message


def test_ties_are_counted_where_the_target_says_so(look: Look) -> None:
    """Two distinct organisations engaged, one of them tied twice; other ties do not count."""
    ties = (
        "source_organisation,target_organisation,kind,topic\n"
        "hub,a,engages,\nhub,a,engages,bereavement\nb,hub,engages,\nhub,c,funds,\n"
    )
    targets = f"{HEAD}hub,groups_engaged,3,,,,,ties,\n"
    (gap,) = gaps(look(organisations=HUB, ties=ties, targets=targets), "target-missed")
    assert (gap.value, gap.threshold) == (2, 3)


def test_events_are_counted_once_they_were_held(look: Look) -> None:
    """Of five only one was this hub's, of the kind, confirmed, and before today."""
    sessions = (
        session("held", "2026-11-21T10:00:00"),
        session("today", "2026-11-22T10:00:00"),
        session("unsure", "2026-05-01T10:00:00", status="tentative"),
        session("skills", "2026-05-02T10:00:00", kind="skills"),
        session("other", "2026-05-03T10:00:00", hub="a"),
    )
    targets = f"{HEAD}hub,networking_events,3,,,,,events,\n"
    report = look(organisations=HUB, targets=targets, sessions=sessions)
    assert [(g.value, g.threshold) for g in gaps(report, "target-missed")] == [(1, 3)]


def test_the_same_measure_year_by_year_is_two_findings(look: Look) -> None:
    """Of one id only one would be shown, and the second shortfall lost."""
    targets = f"{HEAD}hub,new_members,10,8,,2025-03-31,,,\nhub,new_members,20,19,,2026-03-31,,,\n"
    found = gaps(look(organisations=HUB, targets=targets), "target-missed")
    assert [(g.subject, g.value) for g in found] == [
        ("hub new_members 2025-03-31", 8),
        ("hub new_members 2026-03-31", 19),
    ]


GOOD = (
    session("1", "2026-02-01T10:00:00", "scoping_and_mapping"),
    session("2", "2026-05-01T10:00:00", "themed"),
    session("3", "2026-09-01T10:00:00", "reflection"),
)


def test_events_in_the_wrong_order_are_reported(look: Look) -> None:
    """A themed event first, whichever row it stands in, and mapping last."""
    sessions = (
        session("2", "2026-05-01T10:00:00", "scoping_and_mapping"),
        session("1", "2026-02-01T10:00:00", "themed"),
    )
    (gap,) = gaps(look(organisations=HUB, sessions=sessions), "event-sequence")
    assert (gap.severity, gap.subject, gap.value) == (Severity.LOW, "hub", 2)
    assert "the first is themed, not scoping and mapping" in gap.message
    assert "the last is scoping and mapping, not reflection" in gap.message


@pytest.mark.parametrize(
    ("sessions", "said"),
    [
        (GOOD[1:], "Of the 2 networking events of The Hub, the first is themed, not scoping"),
        (GOOD[:2], "Of the 2 networking events of The Hub, the last is themed, not reflection."),
        (
            (session("1", "2026-02-01T10:00:00"),),
            "Of the 1 networking event of The Hub, the first is without a theme, not scoping",
        ),
    ],
    ids=["first", "last", "only one"],
)
def test_one_event_out_of_order_is_named_alone(
    look: Look, sessions: tuple[SessionFact, ...], said: str
) -> None:
    """Where the other end is right, or there is none, nothing is said of it."""
    (gap,) = gaps(look(organisations=HUB, sessions=sessions), "event-sequence")
    assert gap.message.startswith(said)
    assert " and the last" not in gap.message


@pytest.mark.parametrize(
    "sessions",
    [
        GOOD,
        GOOD[::-1],
        (*GOOD, session("0", "2026-01-01T10:00:00", "themed", status="cancelled")),
        (*GOOD, session("0", "2026-01-01T10:00:00", "safeguarding", kind="skills")),
        GOOD[:1],
    ],
)
def test_mapping_first_and_reflection_last_is_right(
    look: Look, sessions: tuple[SessionFact, ...]
) -> None:
    """What was cancelled, and what is no networking event, does not come into it."""
    report = look(organisations=HUB, sessions=sessions)
    assert not gaps(report, "event-sequence")
    assert not unchecked(report, "event-sequence")


def test_each_programme_of_a_hub_is_looked_at(look: Look) -> None:
    """Two programmes out of order are two findings with ids of their own."""
    sessions = tuple(
        session(name, "2026-02-01T10:00:00", "themed", programme=name) for name in ("one", "two")
    )
    found = gaps(look(organisations=HUB, sessions=sessions), "event-sequence")
    assert [g.subject for g in found] == ["hub one", "hub two"]


@pytest.mark.parametrize("sessions", [None, (session("s", "2026-02-01", kind="skills"),)])
def test_without_networking_events_the_order_could_not_be_checked(
    look: Look, sessions: tuple[SessionFact, ...] | None
) -> None:
    """No calendar is not a calendar in order."""
    report = look(organisations=HUB, sessions=sessions)
    assert not gaps(report, "event-sequence")
    assert unchecked(report, "event-sequence")[0].needs == ("events/<programme>.csv",)


PLACES = "code,name,parent\ncounty,County,\ntown,Town,county\nvillage,Village,county\ncity,City,\n"
COUNTY_HUB = "id,name,roles,area\nhub,The Hub,hub,county\n"


def met(*places: str, hub: str | None = "hub", programme: str = "year") -> tuple[SessionFact, ...]:
    """Make one session in each place, written `venue@area`; nothing before the `@` is no venue."""
    return tuple(
        SessionFact(
            uid=f"{programme}{n}",
            programme=programme,
            hub=hub,
            kind="skills",
            theme="",
            starts=f"2026-0{n + 1}-01T10:00:00",
            area=place.partition("@")[2] or None,
            venue=place.partition("@")[0] or None,
            online=place == "online",
            status="confirmed",
        )
        for n, place in enumerate(places)
    )


def one_place(look: Look, sessions: tuple[SessionFact, ...]) -> Report:
    """Ask about sessions of a hub for the whole county."""
    return look(areas=PLACES, organisations=COUNTY_HUB, sessions=sessions)


@pytest.mark.parametrize(
    ("sessions", "said"),
    [
        (met("hall@town", "hall@town", "hall@town"), "are at one venue in Town."),
        (met("hall@town", "library@town", "hall@town"), "are in Town."),
        (met("hall@county", "hall@county", "hall@county"), "are at one venue in County."),
    ],
    ids=["venue", "town", "venue of the county"],
)
def test_sessions_all_in_one_place_are_reported(
    look: Look, sessions: tuple[SessionFact, ...], said: str
) -> None:
    """A county is larger than its largest town."""
    (gap,) = gaps(one_place(look, sessions), "events-one-place")
    assert (gap.severity, gap.area, gap.subject) == (Severity.MEDIUM, "county", "hub")
    assert (gap.value, gap.threshold) == (1, 2)
    assert gap.message == f"All 3 sessions in person of The Hub {said}"


@pytest.mark.parametrize(
    "sessions",
    [
        met("hall@town", "hall@town", "barn@village"),
        met("hall@county", "library@county", "hall@county"),
        met("hall@town", "hall@town", "barn@village", "@county"),
    ],
    ids=["two places", "two venues of the county", "one not settled"],
)
def test_sessions_in_several_places_are_no_gap(
    look: Look, sessions: tuple[SessionFact, ...]
) -> None:
    """Two venues somewhere in the county may well be two towns."""
    report = one_place(look, sessions)
    assert not gaps(report, "events-one-place")
    assert not unchecked(report, "events-one-place")


def test_one_venue_without_an_area_is_said_so(look: Look) -> None:
    """Where it is nobody knows, and still it is one venue."""
    (gap,) = gaps(one_place(look, met("hall", "hall", "hall")), "events-one-place")
    assert gap.message == "All 3 sessions in person of The Hub are at one venue."


def test_a_networks_own_sessions_in_one_city_are_reported(look: Look) -> None:
    """It is not clear why they were always in London."""
    sessions = met("a@city", "b@city", "c@city", hub=None, programme="national")
    (gap,) = gaps(one_place(look, sessions), "events-one-place")
    assert (gap.area, gap.subject) == (None, "national")
    assert gap.message == "All 3 sessions in person of the network are in City."


def test_each_programme_of_a_hub_has_its_own_finding(look: Look) -> None:
    """Two years of meeting in one hall are two things to talk about."""
    hall = ("hall@town",) * 3
    sessions = met(*hall) + met(*hall, programme="next")
    found = gaps(one_place(look, sessions), "events-one-place")
    assert {gap.subject for gap in found} == {"hub year", "hub next"}


@pytest.mark.parametrize(
    ("sessions", "need"),
    [
        (met("hall@town", "hall@town", "@county"), "events/<programme>.csv venue"),
        (met("@county", "@county", "@county"), "events/<programme>.csv venue"),
        (met("hall@town", "hall@town"), "events/<programme>.csv"),
        (met("online", "online", "online"), "events/<programme>.csv"),
        (None, "events/<programme>.csv"),
    ],
    ids=["one open", "all open", "two", "online", "none"],
)
def test_places_of_sessions_could_not_be_checked(
    look: Look, sessions: tuple[SessionFact, ...], need: str
) -> None:
    """Without a venue a session stands in its hub's area, which is no place to meet."""
    report = one_place(look, sessions)
    assert not gaps(report, "events-one-place")
    (one,) = unchecked(report, "events-one-place")
    assert need in one.needs


def test_cancelled_sessions_are_nowhere(look: Look) -> None:
    """The one that would have been in the village was cancelled."""
    village = replace(met("barn@village")[0], uid="v", status="cancelled")
    sessions = (*met("hall@town", "hall@town", "hall@town"), village)
    assert gaps(one_place(look, sessions), "events-one-place")
