"""Two reports set side by side: what opened, closed and changed, and what nobody looked for."""

import time
from dataclasses import replace
from typing import Any

import pytest

from netmap.gaps.comparing import Compared, Side, compare, moved_ids, rules_in
from netmap.gaps.gap import Decision, Gap, Report, Severity, Unchecked
from netmap.gaps.nearby import nearby
from netmap.gaps.reasons import MOST, reasons
from netmap.gaps.report_files import NotAReportError, reports_from
from netmap.gaps.shape import report_as_json
from netmap.networks.areas import Areas
from netmap.networks.changes import Change, How
from netmap.networks.models import Area, ReachSettings

DAY = "2026-11-22"
RULE = "community-without-provision"


def gap(name: str, **more: Any) -> Gap:
    """Make a gap of one rule; what it is called is its id."""
    return Gap(**{"id": name, "rule": RULE, "severity": Severity.HIGH, "message": name, **more})


def side(*gaps: Gap, unchecked: tuple[Unchecked, ...] = (), rules: str | None = None) -> Side:
    """Make a report, and say which rules were asked."""
    report = Report("n", DAY, "staff", gaps, unchecked)
    return Side(report, None if rules is None else frozenset(rules.split()))


def ids(compared: Compared) -> dict[str, list[str]]:
    """Name the gaps under each heading."""
    headings = ("opened", "closed", "changed", "no_longer_checked", "newly_checked")
    return {h: [m.gap.id for m in found] for h in headings if (found := getattr(compared, h))}


def test_what_came_went_and_stayed() -> None:
    """A strategist asks first what is new, then what is gone."""
    found = compare(side(gap("a"), gap("b")), side(gap("b"), gap("c")))
    assert ids(found) == {"opened": ["c"], "closed": ["a"]}
    assert found.counts == {
        "opened": 1, "closed": 1, "changed": 0, "unchanged": 1,
        "no_longer_checked": 0, "newly_checked": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("more", "changes"),
    [
        ({"severity": Severity.LOW}, {"severity": ("high", "low")}),
        ({"state": "open_only"}, {"state": (None, "open_only")}),
        ({"people": 120}, {"people": (None, 120)}),
        ({"value": 2.0}, {"value": (None, 2)}),
        ({"stands": 0.5}, {"sureness": (None, "depends")}),
        ({"decision": Decision("a", "planned")}, {"decision": (None, "planned")}),
    ],
)
def test_a_gap_that_stays_is_told_where_it_differs(
    more: dict[str, Any], changes: dict[str, Any]
) -> None:
    """Twice the people is news though the gap is the same."""
    found = compare(side(gap("a")), side(gap("a", **more)))
    assert ids(found) == {"changed": ["a"]}
    assert found.changed[0].changes == changes
    assert found.unchanged == 0


def test_a_gap_told_in_other_words_has_not_changed() -> None:
    """Another version's wording is no news of anybody."""
    found = compare(side(gap("a")), side(gap("a", message="Other words.", evidence=("More.",))))
    assert (ids(found), found.unchanged) == ({}, 1)


def test_a_rule_that_is_switched_off_closes_nothing() -> None:
    """To stop looking is no success."""
    off = side(gap("b", rule="low-rate"), rules="low-rate")
    found = compare(side(gap("a"), gap("b", rule="low-rate")), off)
    assert ids(found) == {"no_longer_checked": ["a"]}
    assert "switched off" in found.no_longer_checked[0].note
    assert ids(compare(off, side(gap("a"), gap("b", rule="low-rate")))) == {"newly_checked": ["a"]}


def test_a_gap_that_could_not_be_checked_any_more_is_not_closed() -> None:
    """Somebody took the population table out: nobody knows."""
    here = gap("a", area="town", community="bame")
    lost = Unchecked(RULE, "No shares.", area="town")
    found = compare(side(here, gap("b")), side(gap("b"), unchecked=(lost,)))
    assert ids(found) == {"no_longer_checked": ["a"]}
    assert found.no_longer_checked[0].note == "No shares."
    # It was like that before, so something else closed the gap.
    before = side(here, gap("b"), unchecked=(lost,))
    assert ids(compare(before, side(gap("b"), unchecked=(lost,)))) == {"closed": ["a"]}
    # It is said of another place.
    elsewhere = replace(lost, area="village")
    assert ids(compare(side(here, gap("b")), side(gap("b"), unchecked=(elsewhere,)))) == {
        "closed": ["a"]
    }


def test_what_could_not_be_checked_in_the_whole_network_counts_where_nothing_else_was_found() -> (
    None
):
    """A rule that has lost its table says so once, not for each place."""
    lost = Unchecked(RULE, "No areas.")
    assert ids(compare(side(gap("a")), side(unchecked=(lost,)))) == {"no_longer_checked": ["a"]}
    both = side(gap("a"), gap("b"))
    assert ids(compare(both, side(gap("b"), unchecked=(lost,)))) == {"closed": ["a"]}


def test_a_part_that_is_covered_closes_the_gap_and_the_rest_is_said() -> None:
    """A group for some of a community is a success, and not all of it."""
    here = gap("a", area="town", community="bame")
    part = Unchecked(RULE, "Not for all of them.", area="town", subject="bame")
    found = compare(side(here), side(unchecked=(part,)))
    assert ids(found) == {"closed": ["a"]}
    assert found.closed[0].note == "Not for all of them."


def test_gaps_that_move_with_the_day_are_named() -> None:
    """They came, went, or differ."""
    one = side(gap("a"), gap("b"), gap("c")).report
    assert moved_ids(one, side(gap("b", people=3), gap("c"), gap("d")).report) == {"a", "b", "d"}


def test_a_report_comes_back_from_its_file_as_it_was() -> None:
    """A file of last year is compared with the register of today."""
    whole = gap(
        "n/r/town/bame", area="town", area_name="Town", community="bame", state="none_found",
        people="*", value=0, threshold=1, unit="activities", evidence=("Asked.",), stands=0.75,
        planned=("uid",), decision=Decision("n/r/town/bame", "accepted", "Board", DAY, "Why"),
    )  # fmt: skip
    report = side(whole, unchecked=(Unchecked("low-rate", "No.", "town", "Town", None, ("x",)),))
    shaped = report_as_json(report.report)
    assert reports_from(shaped) == (report.report,)
    assert reports_from({"networks": [shaped, shaped]}) == (report.report, report.report)
    earlier = {key: shaped["gaps"][0][key] for key in ("id", "rule", "severity", "message")}
    (read,) = reports_from({**shaped, "gaps": [earlier]})
    assert (read.gaps[0].stands, read.gaps[0].decision) == (None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {"gaps": {}},
        {"network": "n", "as_of": DAY, "audience": "staff", "gaps": [7]},
        {"network": "n", "as_of": "soon", "audience": "staff", "gaps": []},
        {"network": "n", "as_of": DAY, "audience": "staff", "gaps": [{"id": "a", "rule": "r"}]},
        {
            "network": "n", "as_of": DAY, "audience": "staff",
            "gaps": [{"id": "a", "rule": "r", "severity": "high", "message": "", "value": "two"}],
        },
        {"networks": [{"gaps": []}]},
    ],
)  # fmt: skip
def test_what_netmap_did_not_write_is_refused(wrong: Any) -> None:
    """A wrong file must not read as a network without gaps."""
    with pytest.raises(NotAReportError):
        reports_from(wrong)


AREAS = Areas([Area(code="city", name="City"), Area(code="ward", name="Ward", parent="city")])


def change(key: str, area: str, communities: str | None = None, how: How = "added") -> Change:
    """Make an activity that came, in an area, for communities."""
    whom = None if communities is None else frozenset(communities.split())
    return Change("activities", key, how, areas=frozenset([area]), communities=whom)


def why_of(one: Gap, *changes: Change, ids: str = "", by_day: str = "", **more: Any) -> list[str]:
    """Name what may explain a gap, in order."""
    find = reasons(
        changes, more.get("settings", ()), (AREAS,), lambda c: (c, "bame"),
        frozenset(ids.split()), ("2026-01-01", DAY), frozenset(by_day.split()),
        more.get("near", lambda _area: ()),
    )  # fmt: skip
    return [f"{found.table} {found.key}" for found in find(one)]


def test_rows_of_the_place_come_first_then_those_within_and_above() -> None:
    """The group next door is the likelier reason."""
    changes = [change("above", "city"), change("here", "ward"), change("far", "moor")]
    assert why_of(gap("a", area="ward"), *changes) == ["activities here", "activities above"]
    below = gap("a", area="city")
    assert why_of(below, *changes) == ["activities above", "activities here"]


def test_rows_for_another_community_explain_nothing() -> None:
    """A group for carers does not close a gap for Somali residents; one for anybody may."""
    here = gap("a", area="ward", community="somali")
    changes = [change("carers", "ward", "carers"), change("open", "ward")]
    changes += [change("kin", "ward", "somali")]
    assert why_of(here, *changes) == ["activities kin", "activities open"]


def test_a_gap_about_an_organisation_is_explained_by_rows_that_name_it() -> None:
    """Its neighbours' ties are their own."""
    hub = gap("a", rule="hub-without-partner", subject="hub", area="ward")
    tie = Change("ties", "hub x", "removed", subjects=frozenset(["hub", "x"]))
    other = Change("ties", "y z", "removed", areas=frozenset(["ward"]), subjects=frozenset("yz"))
    assert why_of(hub, other, tie, ids="hub x y z") == ["ties hub x"]


def test_an_activity_within_reach_explains_a_gap_across_the_border() -> None:
    """A group that began two streets into the next ward is a reason; one 20 km off is not."""
    ward = Area(code="ward", name="Ward", latitude=53.8, longitude=-1.5)
    far = Area(code="moor", name="Moor", latitude=54.2, longitude=-1.5)

    def began(key: str, latitude: float, *whom: str) -> Change:
        points = frozenset([(-1.5, latitude)])
        about = frozenset(whom) or None
        return Change("activities", key, "added", communities=about, points=points)

    changes = [began("beyond", 53.98), began("close", 53.82), began("closest", 53.81, "somali")]
    near = nearby(changes, Areas([ward, far]), ReachSettings(urban_km=5, detour=1))
    assert [one.key for one in near("ward")] == ["closest", "close"]
    assert near("moor") == near("nowhere") == ()
    here = gap("a", area="ward", community="somali")
    assert why_of(here, near=near) == ["activities closest", "activities close"]
    assert why_of(here._replace(community="carers"), near=near) == ["activities close"]
    assert why_of(here._replace(rule="hub-without-partner"), near=near) == []


def test_rows_elsewhere_are_named_only_where_they_are_few() -> None:
    """Ten of a thousand at random would be no reason."""
    few = [change(f"{n:03}", "moor") for n in range(MOST)]
    assert len(why_of(gap("a", area="ward"), *few)) == MOST
    assert why_of(gap("a", area="ward"), *few, change("one-more", "moor")) == []


def test_a_setting_explains_the_gaps_of_the_rules_that_read_it() -> None:
    """A threshold that moved is no success of anybody's."""
    setting = Change("network.toml", "gaps.low_rate_ratio", "changed", None, 0.75, 0.5)
    assert why_of(gap("a", rule="low-rate"), settings=[setting]) == [
        "network.toml gaps.low_rate_ratio"
    ]
    assert why_of(gap("a", rule="isolated-organisation"), settings=[setting]) == []


def test_where_the_day_alone_is_enough_nothing_else_is_named() -> None:
    """Nobody did anything: time passed."""
    assert why_of(gap("a", area="ward"), change("x", "ward"), by_day="a") == ["day as_of"]


def test_fifty_thousand_gaps_are_compared_in_seconds() -> None:
    """A country has 34,000 small areas."""
    some = [Area(code=f"c{n}", name="C", parent=f"p{n // 100}") for n in range(34_000)]
    areas = Areas([*some, *(Area(code=f"p{n}", name="P") for n in range(340))])
    changes = [change(f"x{n}", f"p{n % 340}", "bame") for n in range(20_000)]
    gaps = [gap(f"{n}", area=f"c{n % 34_000}", community="bame") for n in range(50_000)]
    began = time.perf_counter()
    why = reasons(changes, (), (areas, areas), lambda c: (c,), frozenset(), (DAY, DAY), frozenset())
    found = compare(side(*gaps[:25_000]), side(*gaps[25_000:]), why)
    assert time.perf_counter() - began < 20
    assert found.counts["opened"] == found.counts["closed"] == 25_000
    assert len(found.opened[0].why) == MOST


def test_the_rules_a_report_speaks_of() -> None:
    """Of a report by another version, only these are known to have been asked."""
    one = side(gap("a"), unchecked=(Unchecked("low-rate", "No."),))
    assert rules_in(one.report) == {RULE, "low-rate"}
