"""What an audience may not see of a programme is not in what it is given."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from netmap.events import Programme, Session, Venue, for_audience
from netmap.events.settings import ProgrammeSettings
from netmap.networks.register import Register
from netmap.privacy import Audience

WriteNetwork = Callable[..., tuple[Register, Any]]
ORGANISATIONS = """
    id,name,roles,area,visibility
    open-hub,Open Hub,hub,leeds,public
    vague-hub,Vague Hub,hub,leeds,area_only
    secret-hub,Secret Hub,hub,leeds,withheld
    secret-host,Secret Host,,leeds,withheld
"""
VENUES = (
    Venue(id="hall", name="Big Hall", area="leeds", latitude=53.8, longitude=-1.5),
    Venue(
        id="flat",
        name="Flat 7",
        area="leeds",
        latitude=53.7,
        longitude=-1.4,
        visibility="area_only",
    ),
    Venue(id="house", name="Hidden House", area="leeds", visibility="withheld"),
)


def session(uid: str, **fields: Any) -> Session:
    """Make a public session at the open hub in the hall."""
    at = datetime(2027, 2, 2, 10)  # noqa: DTZ001  # local
    usual = {"hub": "open-hub", "venue": "hall", "audience": "public", "kind": "skills"}
    return Session(**{"uid": uid, "starts": at, "title": uid, **usual, **fields})


@pytest.fixture(name="register")
def _register(tmp_path: Path, write_network: WriteNetwork) -> Register:
    files = {"organisations": ORGANISATIONS, "areas": "code,name\nleeds,Leeds\n"}
    return write_network(tmp_path, files)[0]


def programme(*sessions: Session) -> Programme:
    """Make a programme of these sessions."""
    settings = ProgrammeSettings(
        network="example", starts=date(2027, 1, 1), ends=date(2027, 12, 31)
    )
    return Programme(name="year", settings=settings, venues=VENUES, sessions=sessions)


def uids(register: Register, audience: Audience, *sessions: Session) -> list[str]:
    """List what an audience sees."""
    return [s.uid for s in for_audience(programme(*sessions), register, audience).sessions]


def test_each_audience_sees_what_is_meant_for_it_and_for_wider_ones(register: Register) -> None:
    """Staff see all three, partners two, the public one; nothing said means staff."""
    three = [session(a, audience=a) for a in ("public", "partners", "staff")]
    unsaid = session("unsaid", audience=None)
    assert uids(register, Audience.STAFF, *three, unsaid) == [
        "public",
        "partners",
        "staff",
        "unsaid",
    ]
    assert uids(register, Audience.PARTNERS, *three, unsaid) == ["public", "partners"]
    assert uids(register, Audience.PUBLIC, *three, unsaid) == ["public"]


@pytest.mark.parametrize(
    "fields",
    [
        {"hub": "secret-hub"},
        {"hub": "left-with-its-consent"},
        {"hosts": ("secret-host",)},
        {"venue": "house"},
    ],
)
def test_a_session_is_as_hidden_as_the_strictest_it_touches(
    register: Register, fields: dict[str, Any]
) -> None:
    """A public session in a refuge would give the refuge away."""
    hidden = session("hidden", **fields)
    assert uids(register, Audience.PUBLIC, hidden) == []
    assert uids(register, Audience.PARTNERS, hidden) == []
    assert uids(register, Audience.STAFF, hidden) == ["hidden"]


@pytest.mark.parametrize(
    "fields", [{"hub": "vague-hub"}, {"venue": "flat"}, {"venue": "12 Elm St"}]
)
def test_what_is_known_by_its_area_has_an_areas_name_and_no_point(
    register: Register, fields: dict[str, Any]
) -> None:
    """The public learn that it is in Leeds; partners where exactly."""
    vague = session("vague", description="Ring twice at Flat 7", **fields)
    public = for_audience(programme(vague), register, Audience.PUBLIC)
    (seen,) = public.sessions
    venue = public.venue_of(seen)
    assert venue is not None
    assert (venue.name, venue.point, seen.description) == ("Leeds", None, None)
    assert "Flat 7" not in repr(public)
    assert "Elm" not in repr(public)
    partners = for_audience(programme(vague), register, Audience.PARTNERS)
    assert partners.sessions[0].venue == vague.venue


def test_staffs_columns_and_withheld_names_go(register: Register) -> None:
    """A title somebody typed may name what the register hides."""
    told = session(
        "told",
        title="Visit to Secret Hub",
        closes_gap=("example/low-rate/secret-hub",),
        source="Secret Host's minutes",
        notes="ring Secret Host",
        extra={"who": "Secret Host"},
        unread={"status": "Secret Host"},
        hosts=("open-hub", "nobody-knows"),
    )
    whole = replace(programme(told), aside=({"title": "Secret Hub"},))
    public = for_audience(whole, register, Audience.PUBLIC)
    assert public.sessions[0].title == "Visit to [withheld]"
    assert public.sessions[0].hosts == ("open-hub",)
    for name in ("Secret", "secret-", "Hidden House", "nobody-knows"):
        assert name not in repr(public)


def test_redacting_twice_changes_nothing(register: Register) -> None:
    """Rooms may each make sure of what they are handed."""
    once = for_audience(
        programme(session("a"), session("b", venue="flat")), register, Audience.PUBLIC
    )
    assert for_audience(once, register, Audience.PUBLIC) == once
