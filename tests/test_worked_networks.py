"""The repository's own networks say what the published reports say, and no more."""

from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from netmap import networks
from netmap.findings import Finding, Level
from netmap.gaps import Gap, Report, Severity, find
from netmap.networks.measures import measure, without
from netmap.networks.models import Record
from netmap.networks.register import Register
from netmap.networks.summary import summarise
from netmap.workspace import Workspace, open_workspace

DAY = date(2026, 11, 22)
ALL = ("copes-advisory", "side-by-side", "west-yorkshire-harrogate")


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    """Open the repository as the workspace it is."""
    return open_workspace(Path(__file__).parents[1])


@pytest.fixture(scope="module")
def read(workspace: Workspace) -> dict[str, tuple[Register, list[Finding]]]:
    """Read its networks once."""
    return {name: networks.read(workspace, name, DAY) for name in ALL}


@pytest.fixture(scope="module")
def reports(
    workspace: Workspace, read: dict[str, tuple[Register, list[Finding]]]
) -> dict[str, Report]:
    """Ask every rule about each of them once, without their programmes."""
    words = networks.vocabularies_of(workspace)
    return {name: find(register, words) for name, (register, _) in read.items()}


Read = dict[str, tuple[Register, list[Finding]]]
Reports = dict[str, Report]
WYH, SBS, COPES = "west-yorkshire-harrogate", "side-by-side", "copes-advisory"


def of(reports: Reports, network: str, rule: str) -> list[Gap]:
    """Pick the findings of one rule in one network."""
    return [gap for gap in reports[network].gaps if gap.rule == rule]


def could_not(reports: Reports, network: str, rule: str) -> list[str | None]:
    """Name what one rule could not check."""
    return [one.subject for one in reports[network].could_not_check if one.rule == rule]


def rows(register: Register) -> list[Record]:
    """List every row of every table."""
    return [
        *register.organisations,
        *register.activities,
        *register.ties,
        *register.areas,
        *register.populations,
        *register.enquiries,
        *register.targets,
        *register.shares,
    ]


def test_the_workspace_has_these_networks_and_a_sound_netmap_toml(workspace: Workspace) -> None:
    """Three worked examples from published reports."""
    assert tuple(workspace.networks()) == ALL
    assert not workspace.findings


@pytest.mark.parametrize("name", ALL)
def test_check_finds_neither_errors_nor_warnings(read: Read, name: str) -> None:
    """What people copy to start their own has to be right."""
    register, findings = read[name]
    assert [f for f in findings if f.level in {Level.ERROR, Level.WARNING}] == []
    assert not any(register.set_aside.values())


@pytest.mark.parametrize("name", ALL)
def test_every_row_says_where_it_comes_from(read: Read, name: str) -> None:
    """No invented fact passes for a stated one: it has a source, or is marked as invented."""
    register, _ = read[name]
    assert rows(register)
    assert [row.at for row in rows(register) if not row.source and not row.illustrative] == []
    assert [row.at for row in rows(register) if row.confidence is None] == []


@pytest.mark.parametrize("name", ALL)
def test_no_point_on_the_map_is_called_stated(read: Read, name: str) -> None:
    """No report prints a coordinate."""
    register, _ = read[name]
    placed = [*register.areas, *register.organisations, *register.activities]
    assert {row.confidence for row in placed if row.point} == {"approximate"}


def test_nothing_in_them_is_withheld_or_names_a_contact(read: Read) -> None:
    """The reports print no address, and neither does the repository."""
    for register, _ in read.values():
        for one in (*register.organisations, *register.activities):
            assert (one.email, one.phone, one.postcode, one.visibility) == (None,) * 4


@pytest.mark.parametrize(
    ("alias", "code"),
    [
        ("Devon", "plymouth"),
        ("Teeside", "middlesbrough"),
        ("Teesside", "middlesbrough"),
        ("Solent", "southampton"),
        ("Northants", "northamptonshire"),
        ("N'hants", "northamptonshire"),
        ("West London", "kensington-and-chelsea"),
        ("Lancashire", "blackpool"),
    ],
)
def test_the_names_one_region_goes_by_resolve(read: Read, alias: str, code: str) -> None:
    """One report uses several names for one region."""
    assert read[SBS][0].areas.resolve(alias) == (code,)


def test_calderdale_was_asked_about_and_none_was_found(reports: Reports) -> None:
    """The report says that there is a lack; nothing is known about who lives there."""
    (gap,) = of(reports, WYH, "community-without-provision")
    assert (gap.area, gap.community) == ("calderdale", "bame")
    assert (gap.severity, gap.state) == (Severity.HIGH, "none_found")
    assert (gap.value, gap.threshold, gap.people) == (0, 1, None)
    assert gap.confidence == "stated"
    assert "Nothing is known about who lives there." in gap.evidence


def test_wakefield_has_open_groups_only_in_other_words(reports: Reports) -> None:
    """Supported, not exclusively: it is another finding than none."""
    (gap,) = of(reports, WYH, "community-open-only")
    assert (gap.area, gap.community) == ("wakefield", "bame")
    assert (gap.severity, gap.state) == (Severity.MEDIUM, "open_only")
    (none,) = of(reports, WYH, "community-without-provision")
    assert gap.message.replace("Wakefield", "") != none.message.replace("Calderdale", "")
    assert "no group specifically for them" in gap.message


def test_the_stated_total_is_111_more_than_its_parts(reports: Reports) -> None:
    """The population agrees within what "2.47 million" can mean, and is not reported."""
    (gap,) = of(reports, WYH, "totals-disagree")
    assert (gap.subject, gap.value, gap.threshold) == ("activities", 491, 602)
    assert all(number in gap.message for number in ("602", "491", "111"))


def test_calderdale_and_bradford_have_no_network(reports: Reports) -> None:
    """Craven has one, so Bradford stands apart from it."""
    found = of(reports, WYH, "area-without-network")
    assert {gap.area for gap in found} == {"calderdale", "bradford"}


def test_leeds_and_kirklees_have_the_low_rates(reports: Reports) -> None:
    """Leeds first, because more people live there; nobody else is below three quarters of 19.8."""
    found = of(reports, WYH, "low-rate")
    assert [(g.area, g.value, g.threshold) for g in found] == [
        ("leeds", 6.7, 19.8),
        ("kirklees", 10.9, 19.8),
    ]


def test_nearly_half_of_the_evidence_is_from_one_place(reports: Reports) -> None:
    """234 of 491 activities are of Bradford & Craven, where a quarter of the people live.

    Of the rules on delivery, money, people and hubs none finds anything here: the reports list no
    facilitators, funding dates, waiting lists or ways in, and each says so once.
    """
    (gap,) = of(reports, WYH, "concentrated-evidence")
    assert (gap.area, gap.subject, gap.value) == ("bradford-and-craven", "activities", 47.7)
    assert gap.evidence == ("23.8 % of the network's people live there.",)
    silent = ("approach-missing", "single-facilitator", "funding-ending", "over-capacity")
    for network in (WYH, SBS):
        assert not [one for rule in silent for one in of(reports, network, rule)]
        assert [len(could_not(reports, network, rule)) for rule in silent] == [1, 1, 1, 1]


def test_wakefields_support_groups_are_most_of_its_activities(reports: Reports) -> None:
    """56 per cent by the report's chart; Harrogate's "nearly 50" is not more than half."""
    assert [(g.area, g.value) for g in of(reports, WYH, "one-approach")] == [("wakefield", 56.0)]


def test_the_summary_has_the_rates_of_the_six_places(workspace: Workspace, read: Read) -> None:
    """Activities per 100,000 people, worked out from what the report prints side by side."""
    summary = summarise(read[WYH][0], networks.vocabularies_of(workspace), "area")
    assert [(row.label, row.activities_per_100k) for row in summary.rows] == [
        ("Bradford & Craven", 39.8),
        ("Calderdale", 16.7),
        ("Harrogate", 85.3),
        ("Kirklees", 10.9),
        ("Leeds", 6.7),
        ("Wakefield", 15.9),
    ]
    whole = summary.total
    assert (whole.activities, whole.population, whole.activities_per_100k) == (491, 2474920, 19.8)
    agreed = {one.what: (one.stated, one.counted, one.agrees) for one in summary.reconciliation}
    assert agreed == {
        "activities": (602, 491, False),
        "population": (2470000, 2474920, True),
    }


def test_three_anonymous_areas_missed_their_target(reports: Reports) -> None:
    """B, D and I of Table 9.2, never attached to a hub."""
    found = of(reports, SBS, "target-missed")
    assert {(g.area, g.value, g.threshold) for g in found} == {
        ("area-b", 152, 167),
        ("area-d", 149, 167),
        ("area-i", 130, 167),
    }


def test_the_hubs_own_targets_could_not_be_checked(reports: Reports, read: Read) -> None:
    """Nine hubs, three targets each; no document gives what they reached."""
    hubs = {hub.id for hub in read[SBS][0].with_role("hub")}
    subjects = [str(subject).split() for subject in could_not(reports, SBS, "target-missed")]
    of_hubs = [(owner, measure) for owner, measure in subjects if owner in hubs]
    assert len(hubs) == 9
    assert len(of_hubs) == len(set(of_hubs)) == 27
    assert {measure for _, measure in of_hubs} == {
        "groups_engaged",
        "networking_events",
        "skills_events",
    }
    targets = {(t.measure, t.target) for t in read[SBS][0].targets if t.owner in hubs}
    assert targets == {("groups_engaged", 29), ("networking_events", 3), ("skills_events", 4)}


def test_the_letters_of_the_table_are_on_no_map_and_no_hub(read: Read) -> None:
    """A to I are kept anonymous: no point, no parent, and no organisation in them."""
    register, _ = read[SBS]
    letters = [area for area in register.areas if area.anonymised]
    assert len(letters) == 9
    assert all(area.point is None and area.parent is None for area in letters)
    codes = {area.code for area in letters}
    assert not codes & {one.area for one in register.organisations}


def test_nobody_asked_in_blackpool_and_southampton(reports: Reports) -> None:
    """Outside the five regions studied, two have shares above the threshold; none is "none"."""
    found = of(reports, SBS, "community-not-asked")
    assert {(g.area, g.community) for g in found} == {
        ("blackpool", "bame"),
        ("southampton", "bame"),
    }
    assert {g.severity for g in found} == {Severity.INFO}
    assert not [gap for gap in reports[SBS].gaps if gap.state == "none_found"]


def test_each_of_nine_hubs_has_one_strategic_partner(read: Read, reports: Reports) -> None:
    """Three with Depression Alliance, three with Bipolar UK, three their own."""
    graph = networks.build_graph(read[SBS][0])
    hubs = [n for n, facts in graph.nodes(data=True) if "hub" in facts.get("roles", ())]
    assert len(hubs) == 9
    partners = [
        [end for _, end, tie in graph.out_edges(hub, data=True) if tie["kind"] == "affiliated_to"]
        for hub in hubs
    ]
    assert [len(ends) for ends in partners] == [1] * 9
    ends = [one for (one,) in partners]
    assert ends.count("organisation:depression-alliance") == 3
    assert ends.count("organisation:bipolar-uk") == 3
    assert sum(hub == end for hub, end in zip(hubs, ends, strict=True)) == 3
    assert not of(reports, SBS, "hub-without-partner")
    assert not could_not(reports, SBS, "hub-without-partner")


def test_without_the_national_lead_the_network_falls_apart(read: Read, reports: Reports) -> None:
    """Two partners keep three hubs each; own-partner hubs, funder and forum are left alone."""
    register, _ = read[SBS]
    gone = without(register, "mind")
    # One of the two equal groups of four stays as the largest part; by id it is Bipolar UK's.
    assert gone.cut_off == (
        "big-lottery-fund",
        "depression-alliance",
        "elefriends",
        "kensington-and-chelsea-mind",
        "kettering-mind",
        "leeds-mind",
        "plymouth-mind",
        "solent-mind",
        "suffolk-mind",
    )
    assert gone.components == 7
    assert measure(register).components == 1
    (gap,) = of(reports, SBS, "single-bridge")
    assert (gap.subject, gap.value) == ("mind", 9)


def test_commissioners_of_hubs_could_not_be_checked(reports: Reports) -> None:
    """The documents do not list them, so nobody lacks one."""
    assert not of(reports, SBS, "hub-without-commissioner")
    assert could_not(reports, SBS, "hub-without-commissioner")


def test_twenty_three_organisations_advised_on_seven_topics(read: Read, reports: Reports) -> None:
    """One topic has members that are certain; of the other six the slide leaves it open."""
    register, _ = read[COPES]
    advice = [tie for tie in register.ties if tie.kind == "advises"]
    assert len(register.with_role("advisory_member")) == 23
    assert len({tie.source_organisation for tie in advice}) == len(advice) == 23
    assert {tie.topic for tie in advice} == set(register.settings.topics.expected)
    assert len(register.settings.topics.expected) == 7
    assert {tie.topic for tie in advice if not tie.uncertain} == {"breastfeeding"}
    assert sum(tie.confidence == "approximate" for tie in advice) == 13
    assert len(of(reports, COPES, "topic-without-advisers")) == 6


def test_the_bame_strand_has_one_row_a_region_of_no_recorded_type(read: Read) -> None:
    """Seven projects in five regions; which region had how many is not said."""
    rows_of_strand = [a for a in read[SBS][0].activities if "bame" in a.communities]
    assert {a.area for a in rows_of_strand} == {
        "leeds",
        "kensington-and-chelsea",
        "northamptonshire",
        "middlesbrough",
        "coventry",
    }
    assert {a.community_type for a in rows_of_strand} == {None}
    assert read[SBS][0].settings.stated_totals["bame_specific_projects"].value == 7


def test_the_nine_networks_that_were_contacted_are_no_provision(read: Read) -> None:
    """They are where the team took its project, and meet at no place that is printed."""
    register, _ = read[WYH]
    assert len(register.networks) == 9
    assert not {a.id for a in register.networks} & {a.id for a in register.provision}
    assert all(register.point_of(a) is None for a in register.networks)


@pytest.mark.parametrize("name", ALL)
def test_every_network_can_be_drawn_as_a_graph(read: Read, name: str) -> None:
    """One node for each organisation, activity and area; edges know how sure they are."""
    register, _ = read[name]
    graph = networks.build_graph(register)
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.number_of_nodes() == (
        len(register.organisations) + len(register.activities) + len(register.areas)
    )
    ties = [d for *_, d in graph.edges(data=True) if "topic" in d]
    assert len(ties) == len(register.ties)
    assert all(d["source"] and d["confidence"] for d in ties)


@pytest.mark.parametrize("name", ALL)
def test_no_finding_about_them_blames_anybody(reports: Reports, name: str) -> None:
    """These are real bodies."""
    assert reports[name].gaps
    for gap in reports[name].gaps:
        words = f"{gap.message} {gap.prompt}".lower()
        for blame in ("fails", "failed", "neglect", "should have"):
            assert blame not in words


@pytest.mark.parametrize("name", ALL)
def test_every_network_carries_its_disclaimer(read: Read, name: str) -> None:
    """Old reports are no place to send anybody to."""
    settings = read[name][0].settings
    assert "signposting" in settings.disclaimer
    assert settings.source
    assert settings.licence
