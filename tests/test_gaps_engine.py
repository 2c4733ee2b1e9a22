"""How the rules are asked, and how what they say is put in order."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from netmap.gaps import RULES, Gap, Report, SessionFact, Severity, find, in_order, largest
from netmap.gaps.shape import report_as_json
from netmap.language import _
from netmap.networks.models import GapSettings, ReachSettings
from netmap.networks.register import Register
from netmap.vocabulary import load

# A register with something wrong for nearly every rule, so that all of them have words to say.
TROUBLED = {
    "organisations": """
        id,name,roles,area,led_by,verified_on,confidence
        hub,The Hub,hub,town,,2024-01-01,stated
        pal,Pal,strategic_partner,town,,2026-01-01,stated
        sib,Sib,strategic_partner,town,,2026-01-01,stated
        ours,Ours,,town,pakistani,2026-01-01,inferred
        lone,Lone,,,,,stated
        """,
    "areas": """
        code,name,parent,latitude,longitude,rural_urban,main_settlement
        town,Town,,53.8,-1.55,other_urban,mill
        mill,Mill,town,53.8,-1.55,,
        dale,Dale,,54.5,-1.55,rural_80,
        city,City,,51.5,-0.1,major_urban,
        """,
    "populations": """
        area,measure,total,bame,asian,disabled,lgbt
        town,people,100000,20000,9000,,
        dale,people,100000,500,,,
        city,people,100000,40000,,15000,12000
        """,
    "activities": """
        id,name,communities,community_type,area,approach,topics,verified_on,status,count
        a,Alpha,,,mill,support_group,anxiety,2026-01-01,active,
        b,Beta,somali,general,mill,support_group,anxiety,2026-01-01,active,
        c,Gamma,,,mill,support_group,anxiety,2026-01-01,active,
        d,Delta,disabled,,city,support_group,anxiety,2024-01-01,active,
        e,Epsilon,,,city,support_group,anxiety,2026-01-01,active,90
        f,Forum,,,,online,anxiety,2026-01-01,active,
        """,
    "ties": """
        source_organisation,target_organisation,kind,topic,confidence
        hub,pal,affiliated_to,,stated
        hub,sib,affiliated_to,,stated
        ours,pal,advises,diabetes,approximate
        sib,pal,advises,diabetes,approximate
        """,
    "enquiries": """
        area,community,asked,asked_on,answer
        dale,bame,yes,2026-05-01,none
        city,bame,yes,2026-05-01,none
        city,lgbt,yes,2026-05-01,open_only
        town,asian,yes,,none
        town,asian,yes,,open_only
        """,
    "targets": """
        owner,measure,target,actual
        hub,new_members,167,152
        hub,skills_events,4,2
        pal,new_members,9,
        """,
    "shares": """
        area,dimension,key,percent
        city,approach,support_group,60
        city,approach,one_to_one,20
        """,
}
TOML = """
surveyed = ["activities", "networks", "ties", "partners", "commissioners", "advisers"]
[topics]
expected = ["bereavement", "diabetes"]
[stated_totals]
activities = 602
"""
SESSION = SessionFact(
    uid="s1",
    programme="year",
    hub="hub",
    kind="networking",
    theme="themed",
    starts="2026-02-01T10:00:00",
    area=None,
    venue=None,
    online=False,
    status="confirmed",
)
Read = Callable[..., Register]
Row = TypeVar("Row")


@pytest.fixture
def read(tmp_path: Path, write_network: Callable[..., tuple[Register, object]]) -> Read:
    """Give a function that reads the troubled register, with more said in network.toml."""

    def reading(more: str = "") -> Register:
        register, _ = write_network(tmp_path, TROUBLED, toml=TOML + more)
        return register

    return reading


def report(register: Register, *sessions: SessionFact) -> Report:
    """Ask every rule."""
    return find(register, load(), sessions or (SESSION,))


def test_the_order_of_rows_changes_nothing(read: Read) -> None:
    """A spreadsheet sorted by another column must give the same findings, to the letter."""
    register = read()
    expected = report(register)
    for turn in range(4):
        shuffled = replace(
            register,
            organisations=turned(register.organisations, turn),
            activities=turned(register.activities, turn),
            ties=turned(register.ties, turn),
            populations=turned(register.populations, turn),
            enquiries=turned(register.enquiries, turn),
            targets=turned(register.targets, turn),
            shares=turned(register.shares, turn),
        )
        assert report(shuffled) == expected


def turned(rows: tuple[Row, ...], turn: int) -> tuple[Row, ...]:
    """Put rows in another order: begin elsewhere, and every other time go backwards."""
    return (*rows[turn:], *rows[:turn])[:: -1 if turn % 2 else 1]


def test_gaps_are_in_order_of_severity_people_and_id(read: Read) -> None:
    """Most pressing first, then most people, where the number is not known last, then by id."""
    found = report(read()).gaps
    keys = [
        (gap.severity.rank, -gap.people if isinstance(gap.people, int) else 1, gap.id)
        for gap in found
    ]
    assert keys == sorted(keys)
    assert {gap.severity for gap in found} == set(Severity)
    high = [gap.people for gap in found if gap.severity is Severity.HIGH]
    assert isinstance(high[0], int)
    assert high[-1] is None


def test_ids_are_the_network_the_rule_and_what_it_is_about(read: Read) -> None:
    """Sessions name the gaps they answer by these ids, year after year."""
    found = report(read()).gaps
    assert len({gap.id for gap in found}) == len(found)
    for gap in found:
        parts = ("example", gap.rule, gap.area, gap.community, gap.subject)
        assert gap.id == "/".join(part for part in parts if part)


def test_a_rule_can_be_switched_off(read: Read) -> None:
    """Neither a finding nor a "could not check" of it is left, and others stay."""
    everything, less = report(read()), report(read('[gaps.rules]\nlow-rate = "off"\n'))
    assert "low-rate" in {gap.rule for gap in everything.gaps}
    assert less.gaps == tuple(gap for gap in everything.gaps if gap.rule != "low-rate")
    silent = report(read('[gaps.rules]\ntarget-missed = "off"\n'))
    assert "target-missed" in {one.rule for one in everything.could_not_check}
    assert "target-missed" not in {one.rule for one in silent.could_not_check}


def test_the_severity_of_a_rule_can_be_changed(read: Read) -> None:
    """What is pressing is for the people of the network to say."""
    found = report(read('[gaps.rules]\nlow-rate = "high"\n')).gaps
    assert {gap.severity for gap in found if gap.rule == "low-rate"} == {Severity.HIGH}


def test_sessions_that_answer_a_gap_are_named(read: Read) -> None:
    """In order of uid, cancelled ones left out, and on no other gap."""
    answered = "example/low-rate/dale"
    sessions = (
        replace(SESSION, uid="s3", closes=(answered,)),
        replace(SESSION, uid="s2", closes=("example/other", answered)),
        replace(SESSION, uid="s4", closes=(answered,), status="cancelled"),
    )
    planned = {gap.id: gap.planned for gap in report(read(), *sessions).gaps if gap.planned}
    assert planned == {answered: ("s2", "s3")}


def test_counts_are_those_of_the_gaps(read: Read) -> None:
    """Every severity is named, also one that has none."""
    said = report(read())
    assert list(said.counts) == ["high", "medium", "low", "info"]
    assert sum(said.counts.values()) == len(said.gaps)
    assert said.counts["high"] == sum(gap.severity is Severity.HIGH for gap in said.gaps)
    empty = Report("n", "2026-11-22", "staff", (), ())
    assert empty.counts == {"high": 0, "medium": 0, "low": 0, "info": 0}


def test_no_message_blames_anybody(read: Read) -> None:
    """A gap is a prompt for discussion, never a verdict."""
    said = report(read())
    assert len({gap.rule for gap in said.gaps}) >= 18
    for gap in said.gaps:
        words = " ".join((gap.message, gap.prompt, *gap.evidence)).lower()
        for blame in ("fails", "failed", "failing", "neglect", "should have", "should be"):
            assert blame not in words, gap.id
        assert gap.message.endswith(".")
        assert gap.prompt


def test_every_rule_says_something_of_an_empty_register(
    tmp_path: Path, write_network: Callable[..., tuple[Register, object]]
) -> None:
    """A clean report must never mean an empty register."""
    register, _ = write_network(tmp_path, {"organisations": "id,name\n"})
    said = find(register, load())
    assert not said.gaps
    assert {one.rule for one in said.could_not_check} == set(RULES)
    assert all(one.needs for one in said.could_not_check)


@pytest.mark.parametrize("slug", RULES)
def test_every_rule_says_what_it_rests_on(slug: str) -> None:
    """`--explain` prints a document and place, the settings that are really there, a prompt."""
    rule = RULES[slug]
    assert rule.slug == slug
    assert "[0" in _(rule.evidence)
    assert _(rule.title)
    assert _(rule.prompt).endswith(".")
    known = {*GapSettings.model_fields, *ReachSettings.model_fields}
    assert set(rule.settings) <= known


def test_the_report_says_network_day_and_audience(read: Read) -> None:
    """A file that was sent on has to say what it is about."""
    said = report(read())
    assert (said.network, said.as_of, said.audience) == ("example", "2026-11-22", "staff")


def test_the_json_shape_is_the_documented_one(read: Read) -> None:
    """People's scripts depend on these keys."""
    said = report_as_json(report(read()))
    assert " ".join(said) == "network as_of audience counts gaps could_not_check rolled_up"
    keys = (
        "id rule severity state area community subject people value threshold unit message prompt "
        "evidence confidence planned stands sureness decision"
    )
    assert " ".join(said["gaps"][0]) == keys
    assert list(said["could_not_check"][0]) == ["rule", "area", "subject", "needs", "message"]
    dale = next(gap for gap in said["gaps"] if gap["id"] == "example/low-rate/dale")
    assert dale["area"] == {"code": "dale", "name": "Dale"}
    assert (dale["value"], dale["people"], dale["state"]) == (0, 100000, None)


def test_of_two_findings_with_one_id_the_first_stays() -> None:
    """An id stands for one thing; the engine never lists it twice."""
    one = Gap("n/r", "r", Severity.LOW, "First.")
    assert in_order([one, one._replace(message="Second.")]) == (one,)


def test_the_largest_gaps_of_several_networks_are_the_most_pressing() -> None:
    """Severity, then people, then what concerns people before what concerns ties, then id."""

    def made(rule: str, severity: Severity, people: int | None = None) -> Gap:
        return Gap(f"n/{rule}", rule, severity, "Said.", people=people)

    bridge = made("single-bridge", Severity.HIGH)
    none = made("community-without-provision", Severity.HIGH)
    rate, few = made("low-rate", Severity.HIGH, 10), made("stale-record", Severity.INFO, 900)
    reports = [
        Report("n", "2026-11-22", "staff", gaps, ()) for gaps in ((bridge, few), (none, rate))
    ]
    assert largest(reports, 3) == (rate, none, bridge)
    assert largest(reports, 9)[-1] == few
