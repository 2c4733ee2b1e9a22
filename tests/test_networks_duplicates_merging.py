"""Rows decided to be the same are read as one, and nothing hidden shows through."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.findings import Finding
from netmap.networks.duplicates.folding import folded, given_up
from netmap.networks.models import Organisation
from netmap.networks.redaction import for_audience
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.workspace import PrivacySettings

WriteNetwork = Callable[..., tuple[Register, list[Finding]]]

ORGANISATIONS = """
    id,name,roles,aliases,identifiers,led_by,phone,verified_on,area
    a,Hope,hub,,GB-CHC-1,women,,2026-01-01,
    b,Hope House,funder,The Hope; hope,GB-COH-2,carers,01632 960123,2026-02-01,aton
    c,Third,,,,,,,
"""
ACTIVITIES = """
    id,name,organisation,count,part_of,schedule
    all,All groups,b,9,,
    one,Group,b,,all,every Monday
    two,Group,a,,all,every Monday
"""
TIES = """
    source_organisation,target_organisation,kind,since,last_contact,notes
    c,a,funds,,2026-01-01,x
    c,b,funds,2020-01-01,2026-03-01,y
    a,b,hosts,,,
    b,c,advises,,,
    c,c,mentors,,,
"""
AREAS = "code,name\naton,Aton\n"
ENQUIRIES = "area,community,asked,by\naton,women,yes,b\n"
TARGETS = "owner,measure,target\nb,groups_engaged,5\na,groups_engaged,5\nc,groups_engaged,5\n"
SAME = "first,second,decision\na,b,same\n"


@pytest.fixture
def read(tmp_path: Path, write_network: WriteNetwork) -> Callable[..., Register]:
    """Give the function that reads the register with some tables changed; notes what was found."""

    def reading(**tables: str) -> Register:
        usual = {
            "organisations": ORGANISATIONS,
            "activities": ACTIVITIES,
            "ties": TIES,
            "areas": AREAS,
            "enquiries": ENQUIRIES,
            "targets": TARGETS,
            "duplicates": SAME,
        }
        register, found = write_network(tmp_path, {**usual, **tables})
        findings.clear()
        findings.extend(found)
        return register

    findings: list[Finding] = []
    reading.findings = findings  # type: ignore[attr-defined]
    return reading


def codes(read: Callable[..., Register]) -> list[str]:
    """List the codes of what was noticed at the last reading."""
    return [finding.code for finding in read.findings]  # type: ignore[attr-defined]


def test_two_rows_are_read_as_one_that_is_poorer_in_nothing(read: Callable[..., Register]) -> None:
    """Each list had half of what is known."""
    one = read().organisation["a"]
    assert one.name == "Hope"
    assert one.aliases == ("Hope House", "The Hope")
    assert one.roles == ("hub", "funder")
    assert one.identifiers == ("GB-CHC-1", "GB-COH-2")
    assert one.led_by == ("women", "carers")
    assert (one.phone, one.area) == ("01632 960123", "aton")
    assert one.verified_on == date(2026, 2, 1)
    assert one.extra == {"also recorded as": "b"}


def test_everything_that_named_the_second_names_the_first(read: Callable[..., Register]) -> None:
    """No activity, enquiry or target is lost with the id it went by."""
    register = read()
    assert list(register.organisation) == ["a", "c"]
    assert {one.organisation for one in register.activities} == {"a"}
    assert [one.by for one in register.enquiries] == ["a"]
    assert [one.owner for one in register.targets] == ["a", "c"]


def test_ties_follow_unite_and_never_lead_to_themselves(read: Callable[..., Register]) -> None:
    """Here c funds both rows, which is one tie; that a hosts b is none."""
    register = read()
    ties = [(t.source_organisation, t.target_organisation, t.kind) for t in register.ties]
    assert ties == [("c", "a", "funds"), ("a", "c", "advises"), ("c", "c", "mentors")]
    united = register.ties[0]
    assert (united.since, united.last_contact) == (date(2020, 1, 1), date(2026, 3, 1))
    (told,) = [f for f in read.findings if f.code == "tie-to-itself"]  # type: ignore[attr-defined]
    assert (told.place.row, told.level) == (4, "notice")


def test_ties_that_differ_stay_two(read: Callable[..., Register]) -> None:
    """Funded until 2020 and funded again is not funded once."""
    ties = "source_organisation,target_organisation,kind,until\nc,a,funds,2020-01-01\nc,b,funds,\n"
    assert [tie.until for tie in read(ties=ties).ties] == [date(2020, 1, 1), None]


def test_check_says_once_how_many_are_read_as_one(read: Callable[..., Register]) -> None:
    """A merge hides nothing."""
    read()
    (said,) = [f for f in read.findings if f.code == "read-as-one"]  # type: ignore[attr-defined]
    assert said.message == "1 pair of organisations is read as one, as was decided."
    assert str(said.place) == "networks/example/duplicates.csv"


def test_without_the_word_same_the_rows_are_two_again(
    read: Callable[..., Register], tmp_path: Path
) -> None:
    """Clearing one cell undoes it, because the register's own files were never touched."""
    before = (read().organisations, (tmp_path / "networks/example/organisations.csv").read_bytes())
    for decision in ("", "different", "branch", "perhaps"):
        register = read(duplicates=f"first,second,decision\na,b,{decision}\n")
        assert list(register.organisation) == ["a", "b", "c"]
        assert "read-as-one" not in codes(read)
    assert (
        read().organisations,
        (tmp_path / "networks/example/organisations.csv").read_bytes(),
    ) == (before)


def test_chains_are_one_and_contradictions_none(read: Callable[..., Register]) -> None:
    """Here a is b and b is c; where a is not c, all three stay apart and the row is named."""
    chain = "first,second,decision\nb,c,same\na,b,same\n"
    assert list(read(duplicates=chain).organisation) == ["a"]
    register = read(duplicates=f"{chain}c,a,different\n")
    assert list(register.organisation) == ["a", "b", "c"]
    (told,) = [f for f in read.findings if f.code == "decisions-disagree"]  # type: ignore[attr-defined]
    assert (told.place.row, told.place.column, told.level) == (4, "decision", "warning")


def test_a_decision_about_a_row_taken_out_is_kept_and_told(read: Callable[..., Register]) -> None:
    """Somebody deleted the second row from the register: nothing is left to do."""
    register = read(duplicates="first,second,decision\na,gone,same\n")
    assert len(register.organisations) == 3
    (told,) = [f for f in read.findings if f.code == "unknown-duplicate"]  # type: ignore[attr-defined]
    assert (told.place.row, told.place.column, told.level) == (2, "second", "notice")


def test_activities_are_read_as_one_too(read: Callable[..., Register]) -> None:
    """The Monday group counts once."""
    register = read(duplicates=f"{SAME}activities/one,activities/two,same\n")
    assert list(register.activity) == ["all", "one"]
    (said,) = [f for f in read.findings if f.code == "read-as-one"]  # type: ignore[attr-defined]
    assert said.message == (
        "1 pair of organisations and 1 pair of activities are read as one, as was decided."
    )


def test_an_open_activity_stays_open(read: Callable[..., Register]) -> None:
    """No communities means open to anyone: it is no empty cell to be filled."""
    activities = "id,name,communities,description\none,Group,,\ntwo,Group,women,Tea\n"
    register = read(activities=activities, duplicates="first,second,decision\none,two,same\n")
    (one,) = register.activities
    assert (one.open, one.description) == (True, "Tea")


PLACES = """
    id,name,aliases,postcode,latitude,longitude,visibility,consent_until,notes
    open,Lantern Centre,,ZZ1 1AA,53.1,-1.1,public,,
    other,{name},Quiet Place,ZZ7 7QQ,53.777,-1.777,{visibility},{consent},secret-note
    third,Third,,,,,,,
"""
CALLS = """
website,email,phone,contact
https://lantern.example,hi@lantern.example,01632 960001,public
https://quiet.example,q@quiet.example,01632 960777,{contact}
,,,
"""
TALK = """
    id,name,organisation,description
    x,Tea,third,"At {name}, other, Quiet Place, ZZ7 7QQ, 01632 960777 or q@quiet.example"
    y,Cake,other,Cake at the quiet one
"""
HIDDEN_TIES = "source_organisation,target_organisation,kind\nthird,other,refers_to\n"


def hidden(
    read: Callable[..., Register],
    *,
    name: str = "Quiet House",
    visibility: str = "",
    consent: str = "",
    contact: str = "",
    first: str = "open",
) -> Register:
    """Read an open row and a hidden one as one."""
    second = "other" if first == "open" else "open"
    cells = {"name": name, "visibility": visibility, "consent": consent, "contact": contact}
    beside = zip(PLACES.split("\n")[1:-1], CALLS.split("\n")[1:-1], strict=True)
    return read(
        organisations="\n".join(f"{left},{right}" for left, right in beside).format(**cells),
        # A text that says refuge would hide its own row.
        activities=TALK.format(name="" if "Refuge" in name else name),
        ties=HIDDEN_TIES,
        enquiries="area,community\n",
        targets="owner,measure,target\n",
        duplicates=f"first,second,decision\n{first},{second},same\n",
    )


def everything(register: Register) -> str:
    """Write all an audience has of a register, to be searched."""
    tables = (register.organisations, register.activities, register.ties, register.hidden)
    return "\n".join(row.model_dump_json() if hasattr(row, "model_dump_json") else repr(row)
                     for table in tables for row in table)  # fmt: skip


@pytest.mark.parametrize("first", ["open", "other"])
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PARTNERS])
@pytest.mark.parametrize("wish", ["withheld", "refuge", "unreadable"])
def test_a_withheld_row_takes_the_row_it_is_the_same_as_with_it(
    read: Callable[..., Register], wish: str, audience: Audience, first: str
) -> None:
    """An open row must not show where a refuge is because they are one body."""
    name = "Quiet House Refuge" if wish == "refuge" else "Quiet House"
    visibility = {"withheld": "withheld", "refuge": "", "unreadable": "hide!"}[wish]
    register = hidden(read, name=name, visibility=visibility, first=first)
    assert len(register.organisations) == 2
    seen = for_audience(register, audience, PrivacySettings())
    assert [one.id for one in seen.organisations] == ["third"]
    assert [one.id for one in seen.activities] == ["x"]
    assert seen.ties == ()
    shown = everything(seen)
    for secret in (
        "Quiet House", "Quiet Place", "ZZ7 7QQ", "53.777", "960777", "q@quiet", "quiet.example",
        "secret-note", "Lantern", "960001", "ZZ1 1AA", "53.1",
    ):  # fmt: skip
        assert secret not in shown


def test_a_row_that_looks_like_a_refuge_is_told_at_its_own_place(
    read: Callable[..., Register],
) -> None:
    """Whoever settles it has to find the cell."""
    hidden(read, name="Quiet House Refuge")
    (told,) = [f for f in read.findings if f.code == "looks-like-refuge"]  # type: ignore[attr-defined]
    assert (told.place.row, told.value) == (3, "Quiet House Refuge")


@pytest.mark.parametrize("first", ["open", "other"])
def test_area_only_holds_for_both(read: Callable[..., Register], first: str) -> None:
    """The public sees the area of either and the postcode of neither."""
    register = hidden(read, visibility="area_only", first=first)
    seen = for_audience(register, Audience.PUBLIC, PrivacySettings())
    (one,) = [one for one in seen.organisations if one.id == first]
    assert (one.postcode, one.point) == (None, None)
    assert "53.777" not in everything(seen)
    assert "ZZ1 1AA" not in everything(seen)


@pytest.mark.parametrize("contact", ["", "staff", "partners"])
def test_contacts_are_for_those_of_the_stricter_wish(
    read: Callable[..., Register], contact: str
) -> None:
    """Staff's number of one row must not pass for the public number of the other."""
    register = hidden(read, contact=contact)
    assert register.organisation["open"].contact == (contact or "staff")
    seen = for_audience(register, Audience.PUBLIC, PrivacySettings())
    assert seen.organisation["open"].phone is None
    assert "960" not in seen.organisation["open"].model_dump_json()


@pytest.mark.parametrize("first", ["open", "other"])
@pytest.mark.parametrize("consent", ["2026-01-01", "not a day"])
def test_ended_consent_ends_it_for_both(
    read: Callable[..., Register], consent: str, first: str
) -> None:
    """The row is in no output, staff's included, and check says so."""
    register = hidden(read, consent=consent, first=first)
    assert list(register.organisation) == ["third"]
    assert list(register.activity) == ["x"]
    assert register.ties == ()
    assert "consent-ended" in codes(read)


def test_a_consent_that_ends_earlier_is_told_at_its_own_row(read: Callable[..., Register]) -> None:
    """The cell of the row that stays is empty: nobody would look in row 3."""
    register = hidden(read, consent="2027-01-01")
    assert register.organisation["open"].consent_until == date(2027, 1, 1)
    told = [f for f in read.findings if f.place.column == "consent_until"]  # type: ignore[attr-defined]
    assert [(f.place.row, f.level) for f in told] == [(3, "notice")]


def test_what_gave_way_is_kept_beside_for_staff(read: Callable[..., Register]) -> None:
    """Nothing is lost; and redaction can know what must not be said."""
    one = hidden(read).organisation["open"]
    assert (one.postcode, one.phone) == ("ZZ1 1AA", "01632 960001")
    assert one.extra["also recorded as"] == "other"
    assert given_up(one.extra, "postcode", "website", "venue") == (
        "ZZ7 7QQ",
        "https://quiet.example",
    )
    assert given_up(one.extra, "email", "phone") == ("q@quiet.example", "01632 960777")


VISIBILITIES = st.sampled_from([None, "public", "area_only", "withheld"])
CONTACTS = st.sampled_from([None, "public", "partners", "staff"])
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 9))
PHONES = st.sampled_from([None, "1", "2"])
ROWS = st.builds(
    Organisation,
    id=st.just("a"),
    name=st.sampled_from(["A", "B"]),
    visibility=VISIBILITIES,
    contact=CONTACTS,
    consent_until=DAYS,
    phone=PHONES,
    faulted=st.sets(st.sampled_from(["visibility", "contact", "consent_until"])).map(frozenset),
)


@settings(max_examples=100, deadline=None)
@given(ROWS, ROWS)
def test_privacy_never_loosens(one: Organisation, other: Organisation) -> None:
    """Whatever the two rows say, the one row is at least as hidden as each."""
    both = folded(one, other)
    for row in (one, other):
        assert both.hidden_as.rank >= row.hidden_as.rank
        assert row.consent_until is None or (both.consent_until or date.max) <= row.consent_until
        assert both.faulted >= row.faulted & {"visibility", "consent_until"}
        if row.phone:
            assert Audience(both.contact or "staff").rank >= Audience(row.contact or "staff").rank
