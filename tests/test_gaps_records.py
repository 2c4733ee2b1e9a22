"""Rules about the register itself: does it add up, is it fresh, how sure is it?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import Look, gaps, unchecked

from netmap.gaps import Severity, find
from netmap.networks.redaction import for_audience
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.vocabulary import load
from netmap.workspace import PrivacySettings

TWO = "id,name,area,count\na,A,,1\nb,B,,489\n"


def test_a_stated_total_that_the_rows_do_not_reach_is_reported(look: Look) -> None:
    """602 stated, 490 counted, 112 apart: quote both until somebody knows."""
    report = look('source = "The report"\n[stated_totals]\nactivities = 602', activities=TWO)
    (gap,) = gaps(report, "totals-disagree")
    assert (gap.severity, gap.subject) == (Severity.HIGH, "activities")
    assert (gap.value, gap.threshold) == (490, 602)
    for number in ("602", "490", "112"):
        assert number in gap.message
    assert gap.evidence == ("Source: The report.",)


@pytest.mark.parametrize(
    "stated", ["490", "{ value = 500, within = 10 }", "{ value = 490, of = 'activities' }"]
)
def test_a_total_that_agrees_is_not_reported(look: Look, stated: str) -> None:
    """A total said to be rounded agrees within its rounding."""
    report = look(f"[stated_totals]\nactivities = {stated}", activities=TWO)
    assert not gaps(report, "totals-disagree")
    assert not unchecked(report, "totals-disagree")


def test_a_stated_total_of_a_community_is_said_with_its_label(look: Look) -> None:
    """The label people know, not the code."""
    report = look(
        "[stated_totals]\nasian = { value = 7, of = 'activities', community = 'asian' }",
        activities="id,name,area,communities\na,A,,asian\n",
    )
    (gap,) = gaps(report, "totals-disagree")
    assert gap.message == (
        "The source states 7 activities for Asian people; the rows add up to 1, 6 apart."
    )


def test_large_totals_are_written_out(look: Look) -> None:
    """2.47e+06 is no way to write a population."""
    report = look(
        "[stated_totals]\npopulation = 2470000",
        areas="code,name\ntown,Town\n",
        populations="area,total\ntown,2474920\n",
    )
    (gap,) = gaps(report, "totals-disagree")
    assert "2,470,000" in gap.message
    assert "2,474,920, 4,920 apart" in gap.message


@pytest.mark.parametrize(
    ("toml", "need"),
    [
        ("", "network.toml [stated_totals]"),
        ("[stated_totals]\nspoons = 9", "network.toml [stated_totals] spoons.of"),
    ],
)
def test_totals_could_not_be_checked(look: Look, toml: str, need: str) -> None:
    """None stated, or one of something that is not in any table."""
    report = look(toml, activities=TWO)
    assert not gaps(report, "totals-disagree")
    assert unchecked(report, "totals-disagree")[0].needs == (need,)


TOWN = "code,name\ntown,Town\n"
GROUPS = "area,measure,white,asian,black,mixed,other_ethnic,source\n"


def test_percentages_that_do_not_make_a_hundred_are_reported(look: Look) -> None:
    """80 and 10 and 5 and 2 and 1 are 98."""
    report = look(areas=TOWN, populations=f"{GROUPS}town,percent,80,10,5,2,1,Census\n")
    (gap,) = gaps(report, "shares-disagree")
    assert (gap.severity, gap.area, gap.subject) == (Severity.LOW, "town", "population")
    assert (gap.value, gap.threshold, gap.unit) == (98, 100, "percent")
    assert "add up to 98, not 100" in gap.message
    assert gap.evidence == ("Source: Census.",)


@pytest.mark.parametrize("other", ["2.5", "3", "3.5"])
def test_percentages_within_the_tolerance_agree(look: Look, other: str) -> None:
    """Rounding makes 99.5 and 100.5 of a hundred."""
    report = look(areas=TOWN, populations=f"{GROUPS}town,percent,80,10,5,2,{other},\n")
    assert not gaps(report, "shares-disagree")
    assert not unchecked(report, "shares-disagree")


def test_the_tolerance_can_be_set(look: Look) -> None:
    """At two points 98 agrees."""
    report = look(
        "[gaps]\nshare_tolerance = 2",
        areas=TOWN,
        populations=f"{GROUPS}town,percent,80,10,5,2,1,\n",
    )
    assert not gaps(report, "shares-disagree")


SHARES = "area,dimension,key,percent\ntown,approach,support_group,50\n"


def test_stated_shares_are_added_up_too_but_a_lone_one_is_a_part(look: Look) -> None:
    """Fifty and thirty are not all; fifty alone never claimed to be."""
    assert not gaps(look(areas=TOWN, shares=SHARES), "shares-disagree")
    (gap,) = gaps(
        look(areas=TOWN, shares=f"{SHARES}town,approach,one_to_one,30\n"), "shares-disagree"
    )
    assert (gap.subject, gap.value) == ("approach", 80)


def test_rounded_counts_of_the_public_are_not_held_against_the_source(
    tmp_path: Path, write_network: Callable[..., tuple[Register, object]]
) -> None:
    """Of 60 people rounding to fives moves shares by points; the source did nothing of the kind."""
    people = "area,measure,total,white,asian,black,mixed,other_ethnic\n"
    files = {
        "organisations": "id,name\n",
        "areas": TOWN,
        "populations": f"{people}town,percent,60,20,20,20,20,20\n",
    }
    register, _ = write_network(tmp_path, files)
    public = for_audience(register, Audience.PUBLIC, PrivacySettings())
    assert public.populations[0].groups != register.populations[0].groups
    assert not gaps(find(public, load()), "shares-disagree")


def test_without_percentages_nothing_could_be_added_up(look: Look) -> None:
    """Counts are checked as they are read."""
    report = look(areas=TOWN, populations="area,total\ntown,100\n")
    assert not gaps(report, "shares-disagree")
    assert unchecked(report, "shares-disagree")[0].needs == (
        "populations.measure",
        "shares.percent",
    )


def test_a_row_not_verified_for_a_year_is_stale(look: Look) -> None:
    """Fourteen months before 22 November 2026."""
    report = look(organisations="id,name,verified_on\na,A,2025-09-20\nb,B,2025-11-22\n")
    (gap,) = gaps(report, "stale-record")
    assert (gap.severity, gap.subject) == (Severity.MEDIUM, "a")
    assert (gap.value, gap.threshold, gap.unit) == (14, 12, "months")
    assert "A was last checked on 2025-09-20, 14 months before" in gap.message


def test_an_organisation_and_its_activity_of_one_id_are_one_finding(look: Look) -> None:
    """Elefriends is both; of two findings with one id one would be lost."""
    report = look(
        organisations="id,name,verified_on\nx,The Body,2025-01-22\n",
        activities="id,name,verified_on\nx,The Forum,2024-11-22\n",
    )
    (gap,) = gaps(report, "stale-record")
    assert gap.value == 24
    assert "The Forum" in gap.message
    assert any("The Body" in line for line in gap.evidence)


def test_fresh_rows_are_not_stale(look: Look) -> None:
    """Every row dated this year: nothing to say, and nothing left unchecked."""
    report = look(
        organisations="id,name,verified_on\na,A,2026-09-20\n",
        activities="id,name,verified_on\nb,B,2026-09-20\n",
    )
    assert not gaps(report, "stale-record")
    assert not unchecked(report, "stale-record")


def test_rows_without_a_date_could_not_be_called_stale(look: Look) -> None:
    """One of two has none; and there are no activities at all."""
    report = look(organisations="id,name,verified_on\na,A,\nb,B,2026-09-20\n")
    assert not gaps(report, "stale-record")
    one, other = unchecked(report, "stale-record")
    assert one.message.startswith("1 of 2 rows in organisations")
    assert (one.needs, other.needs) == (("organisations.verified_on",), ("activities",))


FIELDS = "id,name,approach,focus,topics,facilitation,leadership,membership,count\n"


def test_an_activity_with_too_few_fields_is_under_specified(look: Look) -> None:
    """Four of nine; the other five are named, so that somebody can fill them in."""
    row = "a,A,drop_in,social,anxiety,shared,,,\n"
    (gap,) = gaps(look(activities=FIELDS + row), "under-specified")
    assert (gap.severity, gap.subject) == (Severity.MEDIUM, "a")
    assert (gap.value, gap.threshold) == (4, 5)
    for missing in ("leadership", "membership", "schedule", "funding", "planned contacts"):
        assert missing in gap.message


def test_five_fields_are_enough_and_totals_are_not_asked(look: Look) -> None:
    """A row that stands for forty activities cannot say how each is led."""
    rows = "a,A,drop_in,social,anxiety,shared,peer_led,,\nb,B,,,,,,,40\n"
    assert not gaps(look(activities=FIELDS + rows), "under-specified")


def test_how_few_are_too_few_can_be_set(look: Look) -> None:
    """At three, four are enough."""
    row = "a,A,drop_in,social,anxiety,shared,,,\n"
    report = look("[gaps]\nunder_specified_fields = 3", activities=FIELDS + row)
    assert not gaps(report, "under-specified")


@pytest.mark.parametrize("rows", ["", "b,B,,,,,,,40\n", "n,N,network,,,,,,\n"])
def test_without_named_activities_nothing_could_be_under_specified(look: Look, rows: str) -> None:
    """Totals and networks are not described one by one."""
    report = look(activities=FIELDS + rows)
    assert not gaps(report, "under-specified")
    assert unchecked(report, "under-specified")[0].needs == ("activities",)


def test_rows_that_are_not_certain_are_counted_by_table(look: Look) -> None:
    """Two of three, by kind; invented rows are another matter."""
    report = look(
        organisations="id,name,confidence\na,A,inferred\nb,B,approximate\nc,C,illustrative\n"
    )
    (gap,) = gaps(report, "uncertain-attribution")
    assert (gap.severity, gap.subject) == (Severity.INFO, "organisations")
    assert (gap.value, gap.threshold, gap.confidence) == (2, 0, "approximate")
    assert "2 of 3 rows in organisations are not certain (1 inferred, 1 approximate)" in gap.message


def test_stated_rows_are_certain(look: Look) -> None:
    """Empty is stated."""
    report = look(organisations="id,name,confidence\na,A,stated\nb,B,\n")
    assert not gaps(report, "uncertain-attribution")
    assert not unchecked(report, "uncertain-attribution")


def test_an_empty_register_is_not_called_certain(look: Look) -> None:
    """Nothing in it is unsure because nothing is in it."""
    report = look()
    assert not gaps(report, "uncertain-attribution")
    assert "organisations.confidence" in unchecked(report, "uncertain-attribution")[0].needs


TWINS = (
    "id,name,postcode,area\none,Art for All,LS1 4AP,leeds\ntwo,Art For All Ltd,LS1 4AP,leeds\n"
    "far,Walking Group,,\n"
)
LEEDS = "code,name\nleeds,Leeds\n"


def test_two_rows_that_look_like_one_body_are_reported(look: Look) -> None:
    """The same name and postcode, once as a company: somebody should look."""
    report = look(areas=LEEDS, organisations=TWINS)
    (gap,) = gaps(report, "possible-duplicate")
    assert (gap.severity, gap.id) == (Severity.MEDIUM, "example/possible-duplicate/one>two")
    assert gap.message.startswith("Art for All and Art For All Ltd look like one body: ")
    assert "networks/example/organisations.csv, row 2." in gap.evidence
    assert gap.people is None
    assert not unchecked(report, "possible-duplicate")


@pytest.mark.parametrize("decision", ["same", "different", "branch"])
@pytest.mark.parametrize("order", ["one,two", "two,one"])
def test_a_pair_that_was_decided_on_is_not_asked_about_again(
    look: Look, decision: str, order: str
) -> None:
    """Whatever was decided, and whichever row came first in the file of decisions."""
    decided = f"first,second,decision\n{order},{decision}\n"
    report = look(areas=LEEDS, organisations=TWINS, duplicates=decided)
    assert not gaps(report, "possible-duplicate")


def test_a_pair_still_to_be_reviewed_is_reported(look: Look) -> None:
    """A row without a decision decides nothing."""
    report = look(areas=LEEDS, organisations=TWINS, duplicates="first,second,decision\none,two,\n")
    assert gaps(report, "possible-duplicate")


def test_an_activity_written_down_twice_is_reported(look: Look) -> None:
    """Same organisation, name and time; the ids may be those of organisations too."""
    activities = (
        "id,name,organisation,schedule\none,Choir,far,every Tuesday 18:00-20:00\n"
        "two,Choir,far,every Tuesday 18:00-20:00\nthree,Choir,far,every Friday 18:00-20:00\n"
    )
    report = look(areas=LEEDS, organisations=TWINS, activities=activities)
    assert [gap.id.rpartition("/")[2] for gap in gaps(report, "possible-duplicate")] == [
        "activities one>two",
        "one>two",
    ]
    decided = "first,second,decision\nactivities/one,activities/two,different\n"
    report = look(areas=LEEDS, organisations=TWINS, activities=activities, duplicates=decided)
    assert [gap.subject for gap in gaps(report, "possible-duplicate")] == ["one>two"]


def test_duplicates_could_not_be_looked_for(look: Look) -> None:
    """Two rows without an organisation may be one; of a total nobody can tell."""
    activities = "id,name,organisation,count\na,Choir,,\nb,Choir,,\nc,Total,far,9\n"
    report = look(areas=LEEDS, organisations=TWINS, activities=activities)
    (one,) = unchecked(report, "possible-duplicate")
    assert one.message.startswith("3 activities of no recorded organisation")
    assert len(gaps(report, "possible-duplicate")) == 1


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PARTNERS])
def test_pairs_are_for_those_who_can_decide(
    tmp_path: Path, write_network: Callable[..., tuple[Register, object]], audience: Audience
) -> None:
    """Others can do nothing about them, and are not told what was decided either."""
    files = {
        "organisations": TWINS,
        "areas": LEEDS,
        "duplicates": "first,second,decision\none,far,different\n",
    }
    register, _ = write_network(tmp_path, files)
    assert len(register.decided.rows) == 1
    other = for_audience(register, audience, PrivacySettings())
    assert not other.decided.rows
    report = find(other, load())
    assert not gaps(report, "possible-duplicate")
    (one,) = unchecked(report, "possible-duplicate")
    assert one.needs == ("a wider audience",)


FOUR = "code,name,parent\n" + "".join(f"{c},{c.upper()},\n" for c in "abcd") + "a1,A1,a\n"
PLACED = "id,name,area,count\n"


def test_an_area_with_more_than_a_third_of_the_activities_is_reported(look: Look) -> None:
    """Five of twelve, one of them a total of four, below area A: 41.7 per cent."""
    rows = f"{PLACED}p,P,a,\nq,Q,a1,4\nr,R,b,3\ns,S,c,2\nt,T,d,2\n"
    people = "area,total\na,300\nb,300\nc,200\nd,200\n"
    report = look(areas=FOUR, activities=rows, populations=people)
    (gap,) = gaps(report, "concentrated-evidence")
    assert (gap.severity, gap.id) == (
        Severity.INFO,
        "example/concentrated-evidence/a/activities",
    )
    assert (gap.value, gap.threshold, gap.unit, gap.people) == (41.7, 33.0, "percent", None)
    assert "5 of 12 activities recorded with an area (41.7 %) are of A;" in gap.message
    assert gap.evidence == ("30 % of the network's people live there.",)
    assert not unchecked(report, "concentrated-evidence")


def test_evidence_from_all_areas_alike_is_no_gap_and_the_share_can_be_set(look: Look) -> None:
    """Three of twelve are a quarter each."""
    rows = PLACED + "".join(f"{c}x,X,{c},3\n" for c in "abcd")
    report = look(areas=FOUR, activities=rows)
    assert not gaps(report, "concentrated-evidence")
    toml = "[gaps]\nconcentrated_share = 0.3"
    more = look(toml, areas=FOUR, activities=f"{rows}ay,Y,a,2\n")
    assert [gap.value for gap in gaps(more, "concentrated-evidence")] == [35.7]


def test_enquiries_are_evidence_too(look: Look) -> None:
    """Six of eleven enquiries are about A or below it; what was never asked is none."""
    asked = [*["a"] * 5, "a1", *["b"] * 3, "c", "d"]
    communities = ("bame", "lgbt", "men", "women", "carers", "veterans", "disabled")
    enquiries = "area,community,asked\n" + "".join(
        f"{area},{communities[n % 7]},yes\n" for n, area in enumerate(asked)
    )
    more = "b,somali,no\n" * 9 + "*,men,yes\n"
    (gap,) = gaps(look(areas=FOUR, enquiries=enquiries + more), "concentrated-evidence")
    assert (gap.area, gap.subject, gap.value) == ("a", "enquiries", 54.5)
    assert "6 of 11 enquiries recorded with an area" in gap.message
    assert gap.evidence == ("How many of the network's people live there is not known.",)


@pytest.mark.parametrize(
    ("areas", "rows", "need"),
    [
        (FOUR, PLACED, "activities.area"),
        (FOUR, f"{PLACED}p,P,a,9\n", "activities.area"),
        (FOUR, f"{PLACED}p,P,,90\n", "activities.area"),
        ("code,name\na,A\nb,B\nc,C\n", f"{PLACED}p,P,a,90\n", "areas"),
        ("code,name\n", f"{PLACED}p,P,,90\n", "areas"),
    ],
    ids=["none", "nine", "nowhere", "three areas", "no areas"],
)
def test_where_evidence_comes_from_could_not_be_checked(
    look: Look, areas: str, rows: str, need: str
) -> None:
    """Of three areas alike each has a third, and nine pieces are soon in one place."""
    report = look(areas=areas, activities=rows)
    assert not gaps(report, "concentrated-evidence")
    (one,) = unchecked(report, "concentrated-evidence")
    assert need in one.needs
