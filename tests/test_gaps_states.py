"""What is known about a community in an area: which state holds, and for which areas it is said."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from netmap.gaps.context import in_steady_order
from netmap.gaps.states import Context, Known, State, community_states, know
from netmap.networks.redaction import for_audience
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.vocabulary import load
from netmap.workspace import PrivacySettings

Read = Callable[..., Register]

DAY = date(2026, 11, 22)
# One town; 3 km north of it lies within 5 km of road at a detour of 1.3, 10 km does only for rural
# people (13 km of 15), 20 km for nobody.
TOWN = "code,name,latitude,longitude,rural_urban\ntown,Town,53.8,-1.55,other_urban\n"
SOMALI_GROUP = "id,name,communities,area,verified_on\ng,Group,somali,town,{day}\n"
OPEN_GROUP = "id,name,area,verified_on\no,Open group,town,{day}\n"
ASKED = "area,community,asked,asked_on,answer\ntown,somali,yes,{day},{answer}\n"
FRESH, OLD = "2026-06-01", "2025-06-01"


@pytest.fixture
def read(tmp_path: Path, write_network: Callable[..., tuple[Register, object]]) -> Read:
    """Give a function that reads tables, handed over by name, as a register."""

    def reading(toml: str = "", as_of: date = DAY, **tables: str) -> Register:
        files = {"organisations": "id,name\nhub,Hub\n", "areas": TOWN, **tables}
        register, _ = write_network(tmp_path, files, toml=toml, as_of=as_of)
        return in_steady_order(register)

    return reading


def state(register: Register, community: str = "somali", area: str = "town") -> State:
    """Look one pair up."""
    return know(Context(register, load()), area, community).state


def found(register: Register) -> Mapping[tuple[str, str], Known]:
    """List the pairs a finding may be made of."""
    return {(k.area, k.community): k for k in community_states(Context(register, load()))}


@pytest.mark.parametrize("said", ["somali", "black_african", "black", "bame"])
def test_an_activity_for_a_community_or_one_above_it_is_specific(read: Read, said: str) -> None:
    """A group for Black people is a group for Somali people, too."""
    activities = SOMALI_GROUP.format(day=FRESH).replace("somali", said)
    assert state(read(activities=activities)) is State.SPECIFIC


def test_an_activity_for_a_community_below_is_specific_for_the_parent(read: Read) -> None:
    """Somebody is served, and the parent is not reported as having nothing."""
    assert state(read(activities=SOMALI_GROUP.format(day=FRESH)), "bame") is State.SPECIFIC


def test_an_activity_for_a_sibling_community_is_not_specific(read: Read) -> None:
    """A Somali group does not serve Pakistani people."""
    register = read(activities=SOMALI_GROUP.format(day=FRESH))
    assert state(register, "pakistani") is State.NOT_ASKED


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("active", State.SPECIFIC),
        ("unknown", State.SPECIFIC),
        ("", State.SPECIFIC),
        ("closed", State.NOT_ASKED),
        ("paused", State.NOT_ASKED),
        ("planned", State.NOT_ASKED),
    ],
)
def test_only_what_runs_or_may_run_counts(read: Read, status: str, expected: State) -> None:
    """A closed group helps nobody; of an unknown one it would be wrong to say there is none."""
    activities = f"id,name,communities,area,status\ng,Group,somali,town,{status}\n"
    assert state(read(activities=activities)) is expected


def test_what_is_withheld_goes_before_everything_else(read: Read) -> None:
    """The public must not learn from a "none found" that a protected place is one."""
    activities = (
        "id,name,communities,area,visibility\n"
        "g,Group,somali,town,public\nsecret,Secret,somali,town,withheld\n"
    )
    register = read(activities=activities, enquiries=ASKED.format(day=FRESH, answer="none"))
    public = for_audience(register, Audience.PUBLIC, PrivacySettings())
    assert state(register) is State.SPECIFIC
    assert state(public) is State.WITHHELD
    assert state(public, "pakistani") is State.NOT_ASKED


def test_withheld_open_provision_keeps_none_from_being_said(read: Read) -> None:
    """Asked with no answer, the public would be told "none" where staff are told "open only"."""
    register = read(
        activities="id,name,area,visibility\ns,Secret,town,withheld\n",
        enquiries=ASKED.format(day=FRESH, answer=""),
    )
    assert state(register) is State.OPEN_ONLY
    public = for_audience(register, Audience.PUBLIC, PrivacySettings())
    assert state(public) is State.WITHHELD


def test_specific_goes_before_an_enquiry_that_found_none(read: Read) -> None:
    """A group that was found later is there, whatever was answered before."""
    register = read(
        activities=SOMALI_GROUP.format(day=FRESH),
        enquiries=ASKED.format(day=FRESH, answer="none"),
    )
    assert state(register) is State.SPECIFIC


def test_only_a_lapsed_activity_is_out_of_date(read: Read) -> None:
    """A group nobody has looked at for a year and a half may or may not be there."""
    assert state(read(activities=SOMALI_GROUP.format(day=OLD))) is State.OUT_OF_DATE


def test_a_lapsed_enquiry_is_out_of_date(read: Read) -> None:
    """The "none" of a year and a half ago is no longer known."""
    register = read(enquiries=ASKED.format(day=OLD, answer="none"))
    assert state(register) is State.OUT_OF_DATE


def test_a_fresh_answer_goes_before_a_lapsed_activity(read: Read) -> None:
    """Somebody asked this year and was told there is none: that is what is known now."""
    register = read(
        activities=SOMALI_GROUP.format(day=OLD),
        enquiries=ASKED.format(day=FRESH, answer="none"),
    )
    assert state(register) is State.NONE_FOUND


@pytest.mark.parametrize("group", [SOMALI_GROUP, OPEN_GROUP])
def test_asked_without_an_answer_beside_lapsed_activities_is_out_of_date(
    read: Read, group: str
) -> None:
    """Nobody noted that there is none, and an old row says there was something."""
    register = read(activities=group.format(day=OLD), enquiries=ASKED.format(day=FRESH, answer=""))
    assert state(register) is State.OUT_OF_DATE


def test_never_verified_is_not_lapsed(read: Read) -> None:
    """Most registers have no dates; their groups are not all out of date."""
    assert state(read(activities=SOMALI_GROUP.format(day=""))) is State.SPECIFIC


@pytest.mark.parametrize(
    ("verified", "expected"), [("2025-11-22", State.SPECIFIC), ("2025-11-21", State.OUT_OF_DATE)]
)
def test_twelve_months_to_the_day_still_count(read: Read, verified: str, expected: State) -> None:
    """The edge is the day a year ago: longer ago than that has lapsed."""
    assert state(read(activities=SOMALI_GROUP.format(day=verified))) is expected


@pytest.mark.parametrize(
    ("described", "run", "expected"),
    [
        ("as_of = 2026-03-31", DAY, State.SPECIFIC),
        ("", DAY, State.OUT_OF_DATE),
        ("as_of = 2026-11-01", date(2026, 3, 31), State.SPECIFIC),
    ],
)
def test_staleness_counts_to_the_earlier_of_the_registers_day_and_the_run(
    read: Read, described: str, run: date, expected: State
) -> None:
    """A report of 2020 is not out of date for being read in 2026."""
    register = read(toml=described, as_of=run, activities=SOMALI_GROUP.format(day=OLD))
    assert state(register) is expected


def test_stale_months_can_be_set(read: Read) -> None:
    """A network that asks every two years says so."""
    register = read(toml="[gaps]\nstale_months = 24", activities=SOMALI_GROUP.format(day=OLD))
    assert state(register) is State.SPECIFIC


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("none", State.NONE_FOUND),
        ("open_only", State.OPEN_ONLY),
        ("specific", State.SPECIFIC),
        ("", State.NONE_FOUND),
    ],
)
def test_the_answer_of_the_enquiry_decides(read: Read, answer: str, expected: State) -> None:
    """Asked with no answer noted and nothing recorded is none found."""
    assert state(read(enquiries=ASKED.format(day=FRESH, answer=answer))) is expected


@pytest.mark.parametrize(
    ("activity", "expected"),
    [
        ("o,Open,,,,", State.OPEN_ONLY),
        ("o,Also open,pakistani,no,,", State.OPEN_ONLY),
        ("o,Not open,pakistani,yes,,", State.NONE_FOUND),
        ("o,Not open,pakistani,,,", State.NONE_FOUND),
        ("o,Forty of them,,,40,", State.NONE_FOUND),
        ("o,On the web,,,,online", State.NONE_FOUND),
    ],
)
def test_asked_without_an_answer_goes_by_the_open_activities(
    read: Read, activity: str, expected: State
) -> None:
    """A total may hide anything, and a website is partial cover: neither is an open group."""
    register = read(
        activities=f"id,name,communities,exclusive,count,approach,area\n{activity},town\n",
        enquiries=ASKED.format(day=FRESH, answer=""),
    )
    assert state(register) is expected


def test_an_aggregate_row_never_decides(read: Read) -> None:
    """Forty activities of which one is for Somali people are not known to be theirs."""
    activities = "id,name,communities,area,count\na,Forty,somali,town,40\n"
    assert state(read(activities=activities)) is State.NOT_ASKED


def test_open_activities_never_stand_for_an_enquiry(read: Read) -> None:
    """Ten open groups say nothing of whether anybody asked."""
    rows = "".join(f"o{n},Open {n},town\n" for n in range(10))
    register = read(activities=f"id,name,area\n{rows}")
    known = know(Context(register, load()), "town", "somali")
    assert (known.state, len(known.open)) == (State.NOT_ASKED, 10)


def test_the_latest_enquiry_counts(read: Read) -> None:
    """What was found missing in March may have been found in June; no date is the oldest."""
    enquiries = (
        "area,community,asked,asked_on,answer\n"
        "town,somali,yes,2026-06-01,open_only\n"
        "town,somali,yes,2026-03-01,none\n"
        "town,somali,yes,,none\n"
    )
    assert state(read(enquiries=enquiries)) is State.OPEN_ONLY


def test_of_two_answers_of_one_day_the_one_that_found_more_counts(read: Read) -> None:
    """Which row stands first in the file must not decide."""
    one, other = "town,somali,yes,,none\n", "town,somali,yes,,open_only\n"
    head = "area,community,asked,asked_on,answer\n"
    for rows in (one + other, other + one):
        assert state(read(enquiries=head + rows)) is State.OPEN_ONLY


NESTED = (
    "code,name,parent,latitude,longitude\n"
    "region,Region,,53.8,-1.55\ntown,Town,region,53.8,-1.55\nfar,Far,,51.5,-0.1\n"
)


@pytest.mark.parametrize(
    ("area", "community", "town", "far"),
    [
        ("town", "black", State.NONE_FOUND, State.NOT_ASKED),
        ("region", "somali", State.NONE_FOUND, State.NOT_ASKED),
        ("region", "bame", State.NONE_FOUND, State.NOT_ASKED),
        ("*", "somali", State.NONE_FOUND, State.NONE_FOUND),
        ("*", "bame", State.NONE_FOUND, State.NONE_FOUND),
        ("town", "pakistani", State.NOT_ASKED, State.NOT_ASKED),
        ("far", "somali", State.NOT_ASKED, State.NONE_FOUND),
    ],
)
def test_an_enquiry_answers_for_what_lies_below_it(
    read: Read, area: str, community: str, town: State, far: State
) -> None:
    """One survey of the whole region for all Black people is not to be typed in thirty times."""
    enquiries = f"area,community,asked,answer\n{area},{community},yes,none\n"
    register = read(areas=NESTED, enquiries=enquiries)
    assert (state(register), state(register, area="far")) == (town, far)


def test_an_enquiry_about_a_child_does_not_answer_for_its_parent(read: Read) -> None:
    """To ask about Somali people is not to ask about everybody."""
    register = read(enquiries=ASKED.format(day=FRESH, answer="none"))
    assert state(register, "bame") is State.NOT_ASKED


@pytest.mark.parametrize(
    ("own", "expected"),
    [("town,somali,yes,open_only", State.OPEN_ONLY), ("town,somali,no,", State.NOT_ASKED)],
)
def test_an_enquiry_of_its_own_goes_before_one_from_above(
    read: Read, own: str, expected: State
) -> None:
    """Where it is noted that nobody asked here, a sweeping survey does not make it "none"."""
    enquiries = f"area,community,asked,answer\n*,somali,yes,none\n{own}\n"
    assert state(read(enquiries=enquiries)) is expected


def test_an_answer_without_a_yes_counts_as_asked(read: Read) -> None:
    """People leave `asked` empty when the answer says it."""
    assert state(read(enquiries="area,community,answer\ntown,somali,none\n")) is State.NONE_FOUND


PEOPLE = "area,measure,total,bame,asian,black\n"


@pytest.mark.parametrize(
    ("row", "there"),
    [
        ("town,percent,,10,,", True),
        ("town,percent,,9.9,,", False),
        ("town,people,10000,100,,", True),
        ("town,people,10000,99,,", False),
        ("town,people,50,5,,", True),
        ("town,people,,100,,", True),
    ],
)
def test_a_community_matters_from_a_share_or_a_number(read: Read, row: str, there: bool) -> None:  # noqa: FBT001  # the fact in question
    """Ten in a hundred, or a hundred people, are enough; fewer would make noise and expose."""
    assert (("town", "bame") in found(read(populations=f"{PEOPLE}{row}\n"))) is there


@pytest.mark.parametrize(
    ("setting", "there"),
    [
        ("community_share = 0.03", True),
        ("community_people = 50", True),
        ("community_people = 81", False),
    ],
)
def test_the_thresholds_can_be_set(read: Read, setting: str, there: bool) -> None:  # noqa: FBT001  # the fact in question
    """Eighty of two thousand people: four in a hundred."""
    register = read(toml=f"[gaps]\n{setting}", populations=f"{PEOPLE}town,people,2000,80,,\n")
    assert (("town", "bame") in found(register)) is there


def test_white_is_never_a_community_of_a_finding(read: Read) -> None:
    """It is what shares are worked out from, by whatever name of the census."""
    register = read(populations="area,measure,white,white_british\ntown,percent,40,30\n")
    assert {community for _, community in found(register)} == {"bame"}


def test_where_shares_are_unknown_only_the_enquired_pair_is_looked_at(read: Read) -> None:
    """Nothing can be said of communities of which nobody knows whether they live there."""
    enquiries = "area,community,asked,answer\ntown,somali,yes,none\ntown,deaf,no,\n"
    pairs = found(read(populations="area,total\ntown,5000\n", enquiries=enquiries))
    assert set(pairs) == {("town", "somali")}
    assert pairs["town", "somali"].share is None


def test_an_enquiry_about_what_the_census_did_not_count_is_looked_at(read: Read) -> None:
    """Ethnic shares say nothing of deaf people, whom somebody asked about and found nothing for."""
    register = read(
        populations=f"{PEOPLE}town,percent,,20,,\n",
        enquiries="area,community,asked,answer\ntown,deaf,yes,none\n",
    )
    pairs = found(register)
    assert {pair: known.state for pair, known in pairs.items()} == {
        ("town", "bame"): State.NOT_ASKED,
        ("town", "deaf"): State.NONE_FOUND,
    }


def test_an_enquiry_does_not_lift_a_small_community_over_the_threshold(read: Read) -> None:
    """Three of a hundred are known to be few, asked about or not."""
    register = read(
        populations=f"{PEOPLE}town,percent,,3,,\n",
        enquiries="area,community,asked,answer\ntown,bame,yes,none\n",
    )
    assert not found(register)


PARTS = (
    "code,name,parent,kind\n"
    "region,Region,,\none,One,region,\ntwo,Two,region,\nthree,Three,region,\nletter,A,,anonymised\n"
)


def test_people_are_counted_once_at_the_lowest_level_with_its_own_row(read: Read) -> None:
    """The region's 600 are those of its parts; to report both would count everybody twice."""
    rows = "region,people,3000,600,,\none,people,1000,300,,\ntwo,people,1000,200,,\n"
    register = read(areas=PARTS, populations=PEOPLE + rows)
    pairs = found(register)
    assert {pair: known.people for pair, known in pairs.items()} == {
        ("one", "bame"): 300,
        ("two", "bame"): 200,
    }
    assert Context(register, load()).lowest == ("one", "three", "two")


def test_a_parent_with_the_only_row_is_the_lowest_level(read: Read) -> None:
    """Where the parts have no figures the whole is looked at, once."""
    register = read(areas=PARTS, populations=f"{PEOPLE}region,people,3000,600,,\n")
    assert set(found(register)) == {("region", "bame")}


def test_an_enquiry_above_is_reported_for_each_lowest_area(read: Read) -> None:
    """Of the region's parts, one has shares that settle it; the others have only the enquiry."""
    register = read(
        areas=PARTS,
        populations=f"{PEOPLE}one,people,1000,20,,\ntwo,people,1000,,,\n",
        enquiries="area,community,asked,answer\nregion,bame,yes,none\n",
    )
    assert set(found(register)) == {("two", "bame"), ("three", "bame")}


def test_parent_and_child_in_one_state_are_reported_as_the_parent(read: Read) -> None:
    """One finding of 300 people, not three of 300, 200 and 150."""
    people = "area,measure,total,bame,asian,pakistani\ntown,people,1000,300,200,150\n"
    pairs = found(read(populations=people))
    assert set(pairs) == {("town", "bame")}
    assert pairs["town", "bame"].below == ("asian", "pakistani")
    assert pairs["town", "bame"].people == 300


def test_a_child_in_another_state_stands_on_its_own(read: Read) -> None:
    """A Somali group makes it "specific" for Black people, and leaves Asian people not asked."""
    register = read(
        activities=SOMALI_GROUP.format(day=FRESH),
        populations=f"{PEOPLE}town,people,1000,400,200,200\n",
    )
    assert {pair[1]: known.state for pair, known in found(register).items()} == {
        "bame": State.SPECIFIC,
        "asian": State.NOT_ASKED,
    }


def test_a_grandchild_is_listed_once_though_its_parent_differs(read: Read) -> None:
    """Bame and Pakistani none, Asian open only: the Pakistani people are in one finding."""
    enquiries = (
        "area,community,asked,answer\n"
        "town,bame,yes,none\ntown,asian,yes,open_only\ntown,pakistani,yes,none\n"
    )
    pairs = found(read(enquiries=enquiries))
    assert set(pairs) == {("town", "bame"), ("town", "asian")}
    assert pairs["town", "bame"].below == ("pakistani",)


def test_what_a_specific_activity_does_not_cover_is_named(read: Read) -> None:
    """What is there for minority ethnic people may be one Somali group and nothing for the rest."""
    register = read(
        activities=SOMALI_GROUP.format(day=FRESH),
        populations="area,measure,bame\ntown,percent,20\n",
    )
    assert found(register)["town", "bame"].uncovered == ("asian", "mixed", "other_ethnic")


def test_online_activities_are_apart_and_reach_those_they_serve(read: Read) -> None:
    """A forum for the town is partial cover there, and none in a town it does not serve."""
    activities = (
        "id,name,communities,approach,serves\n"
        "all,Everywhere,,online,\nhere,Here,somali,telephone,town\nother,Other,pakistani,online,\n"
    )
    context = Context(read(areas=NESTED, activities=activities), load())
    here, far = know(context, "town", "somali"), know(context, "far", "somali")
    assert (here.state, far.state) == (State.NOT_ASKED, State.NOT_ASKED)
    assert [a.id for a in here.remote] == ["here", "all"]
    assert [a.id for a in far.remote] == ["all"]


@pytest.mark.parametrize(
    ("activity", "rural_urban", "expected"),
    [
        (",,,53.827,-1.55", "other_urban", State.SPECIFIC),
        (",,,53.890,-1.55", "other_urban", State.NOT_ASKED),
        (",,,53.890,-1.55", "rural_50", State.SPECIFIC),
        (",,,53.890,-1.55", "", State.NOT_ASKED),
        (",,,53.980,-1.55", "rural_50", State.NOT_ASKED),
        (",,town,51.5,-0.1", "other_urban", State.SPECIFIC),
        (",,region,51.5,-0.1", "other_urban", State.SPECIFIC),
        (",,part,51.5,-0.1", "other_urban", State.SPECIFIC),
        (",,far,51.5,-0.1", "other_urban", State.NOT_ASKED),
        (",part,,51.5,-0.1", "other_urban", State.SPECIFIC),
        ("body,,,51.5,-0.1", "other_urban", State.SPECIFIC),
        (",region,,51.5,-0.1", "other_urban", State.NOT_ASKED),
    ],
)
def test_within_reach_is_serves_or_own_area_or_catchment(
    read: Read, activity: str, rural_urban: str, expected: State
) -> None:
    """Rural people travel 15 km of road, others 5; to serve a place, or to be in it, is enough."""
    areas = (
        "code,name,parent,latitude,longitude,rural_urban\n"
        f"region,Region,,53.8,-1.55,\ntown,Town,region,53.8,-1.55,{rural_urban}\n"
        "part,Part,town,,,\nfar,Far,,51.5,-0.1,\n"
    )
    register = read(
        areas=areas,
        organisations="id,name,area\nbody,Body,part\n",
        activities="id,name,communities,organisation,area,serves,latitude,longitude\n"
        f"g,Group,somali,{activity}\n",
    )
    assert state(register) is expected
