"""Rules about who is tied to whom."""

import pytest
from asking import Look, gaps, unchecked

from netmap.gaps import Severity

ALL = 'surveyed = ["ties", "partners", "commissioners", "advisers"]'
ROLES = "id,name,roles\nhub,The Hub,hub\na,Ann Trust,strategic_partner\nb,Bob Trust,\n"
TIES = "source_organisation,target_organisation,kind,until,confidence\n"


def test_a_hub_with_two_strategic_partners_is_reported(look: Look) -> None:
    """Two answers to one question, whatever else is listed."""
    ties = f"{TIES}hub,a,affiliated_to,,\nhub,b,affiliated_to,,\n"
    (gap,) = gaps(look(organisations=ROLES, ties=ties), "hub-without-partner")
    assert (gap.severity, gap.subject) == (Severity.HIGH, "hub")
    assert (gap.value, gap.threshold) == (2, 1)
    assert "2 strategic partners (Ann Trust, Bob Trust)" in gap.message


def test_a_hub_without_a_partner_is_reported_where_partners_were_listed(look: Look) -> None:
    """A tie that ended last year is no partner now; one that others have does not count."""
    ties = f"{TIES}hub,a,affiliated_to,2025-12-31,\na,hub,affiliated_to,,\n"
    (gap,) = gaps(look(ALL, organisations=ROLES, ties=ties), "hub-without-partner")
    assert (gap.value, gap.threshold) == (0, 1)


@pytest.mark.parametrize("partner", ["a", "hub"])
def test_one_partner_is_right_also_the_hub_itself(look: Look, partner: str) -> None:
    """Three of the nine hubs of Side by Side were their own partner."""
    report = look(ALL, organisations=ROLES, ties=f"{TIES}hub,{partner},affiliated_to,,\n")
    assert not gaps(report, "hub-without-partner")
    assert not unchecked(report, "hub-without-partner")


@pytest.mark.parametrize(
    ("organisations", "need"),
    [(ROLES, 'network.toml surveyed: "partners"'), ("id,name\nx,X\n", "organisations.roles")],
)
def test_partners_could_not_be_checked(look: Look, organisations: str, need: str) -> None:
    """A register that does not list partners, or hubs, lacks none."""
    report = look(organisations=organisations)
    assert not gaps(report, "hub-without-partner")
    assert need in unchecked(report, "hub-without-partner")[0].needs


COMMISSIONED = "id,name,roles\nhub,The Hub,hub\nicb,The Board,commissioner\nx,X,\n"


def test_a_hub_that_talks_with_no_commissioner_is_reported(look: Look) -> None:
    """Ties to others do not make up for it."""
    ties = f"{TIES}hub,x,in_dialogue_with,,\nhub,x,commissions,,\n"
    (gap,) = gaps(look(ALL, organisations=COMMISSIONED, ties=ties), "hub-without-commissioner")
    assert (gap.severity, gap.subject) == (Severity.HIGH, "hub")
    assert (gap.value, gap.threshold) == (0, 1)
    assert "No tie between The Hub and a commissioner was found" in gap.message


@pytest.mark.parametrize(
    "tie",
    ["hub,icb,in_dialogue_with,,", "icb,hub,funds,,", "x,hub,commissions,,"],
)
def test_any_tie_to_a_commissioner_will_do(look: Look, tie: str) -> None:
    """In either direction; who commissions is a commissioner, whatever its role says."""
    report = look(ALL, organisations=COMMISSIONED, ties=f"{TIES}{tie}\n")
    assert not gaps(report, "hub-without-commissioner")
    assert not unchecked(report, "hub-without-commissioner")


@pytest.mark.parametrize(
    ("organisations", "need"),
    [
        (COMMISSIONED, 'network.toml surveyed: "commissioners"'),
        ("id,name\nx,X\n", "organisations.roles"),
    ],
)
def test_commissioners_could_not_be_checked(look: Look, organisations: str, need: str) -> None:
    """Their absence from documents that do not list them means nothing."""
    report = look(organisations=organisations)
    assert not gaps(report, "hub-without-commissioner")
    assert need in unchecked(report, "hub-without-commissioner")[0].needs


FIVE = "id,name\na,A\nb,B\nc,C\nd,D\ne,E\n"
# a - b - c in a row, and d on its own: its tie has ended, and one to itself is none.
ROW = f"{TIES}a,b,funds,,\nb,c,hosts,,\nd,a,funds,2020-01-01,\nd,d,hosts,,\n"


def test_an_organisation_with_no_tie_is_isolated(look: Look) -> None:
    """What has ended, and what leads back to itself, joins nobody."""
    found = gaps(look(ALL, organisations=FIVE, ties=ROW), "isolated-organisation")
    assert [g.subject for g in found] == ["d", "e"]
    assert (found[0].severity, found[0].value, found[0].threshold) == (Severity.MEDIUM, 0, 1)
    assert "D has no recorded tie to any other organisation" in found[0].message


def test_everybody_tied_is_nobody_isolated(look: Look) -> None:
    """A tie in any direction will do."""
    report = look(ALL, organisations="id,name\na,A\nb,B\n", ties=f"{TIES}b,a,promotes,,\n")
    assert not gaps(report, "isolated-organisation")
    assert not unchecked(report, "isolated-organisation")


@pytest.mark.parametrize(
    ("organisations", "need"),
    [(FIVE, 'network.toml surveyed: "ties"'), ("id,name\n", "organisations")],
)
def test_isolation_could_not_be_checked(look: Look, organisations: str, need: str) -> None:
    """Where ties were never listed everybody would look alone."""
    report = look(organisations=organisations)
    assert not gaps(report, "isolated-organisation")
    assert unchecked(report, "isolated-organisation")[0].needs == (need,)


def test_an_organisation_whose_loss_cuts_others_off_is_a_bridge(look: Look) -> None:
    """Without B, C is alone."""
    (gap,) = gaps(look(organisations=FIVE, ties=ROW), "single-bridge")
    assert (gap.severity, gap.subject) == (Severity.HIGH, "b")
    assert (gap.value, gap.threshold, gap.unit) == (1, 0, "organisations")
    assert "If B left, 1 organisation would be cut off" in gap.message
    assert "The register does not say that it lists all ties." in gap.evidence


def test_a_tie_that_alone_joins_two_groups_is_a_bridge(look: Look) -> None:
    """Two triangles and one tie between: the tie and both its ends hold them together."""
    names = "id,name\n" + "".join(f"{c},{c.upper()}\n" for c in "abcxyz")
    pairs = ("a,b", "b,c", "c,a", "x,y", "y,z", "z,x", "c,x")
    ties = TIES + "".join(f"{pair},funds,,\n" for pair in pairs)
    found = gaps(look(ALL, organisations=names, ties=ties), "single-bridge")
    assert [g.subject for g in found] == ["c", "c>x", "x"]
    assert "Only the tie between C and X joins" in found[1].message
    assert found[1].value == 3


def test_a_ring_has_no_bridge(look: Look) -> None:
    """Whoever leaves, the others still reach one another."""
    ties = f"{TIES}a,b,funds,,\nb,c,funds,,\nc,a,funds,,\n"
    report = look(ALL, organisations="id,name\na,A\nb,B\nc,C\n", ties=ties)
    assert not gaps(report, "single-bridge")
    assert not unchecked(report, "single-bridge")


def test_without_ties_bridges_could_not_be_checked(look: Look) -> None:
    """An ended tie is no tie to look at."""
    report = look(organisations=FIVE, ties=f"{TIES}a,b,funds,2020-01-01,\n")
    assert not gaps(report, "single-bridge")
    assert unchecked(report, "single-bridge")[0].needs == ("ties",)


TOPICS = '[topics]\nexpected = ["bereavement", "diabetes"]'
ADVICE = "source_organisation,target_organisation,kind,topic,confidence\n"


def test_a_topic_with_no_adviser_or_only_unsure_ones_is_reported(look: Look) -> None:
    """None for bereavement; for diabetes A, perhaps."""
    ties = f"{ADVICE}a,b,advises,diabetes,approximate\n"
    found = gaps(look(f"{ALL}\n{TOPICS}", organisations=FIVE, ties=ties), "topic-without-advisers")
    assert [(g.subject, g.severity, g.confidence) for g in found] == [
        ("bereavement", Severity.LOW, "stated"),
        ("diabetes", Severity.LOW, "approximate"),
    ]
    assert (found[0].value, found[0].threshold) == (0, 1)
    assert "no advisory member" in found[0].message
    assert "only memberships that are not certain: A" in found[1].message


def test_one_certain_adviser_is_enough(look: Look) -> None:
    """Beside any number that are not certain."""
    ties = (
        f"{ADVICE}a,b,advises,diabetes,inferred\nc,b,advises,diabetes,stated\n"
        "c,b,advises,bereavement,\n"
    )
    report = look(f"{ALL}\n{TOPICS}", organisations=FIVE, ties=ties)
    assert not gaps(report, "topic-without-advisers")
    assert not unchecked(report, "topic-without-advisers")


@pytest.mark.parametrize(
    ("toml", "need"),
    [(TOPICS, 'network.toml surveyed: "advisers"'), (ALL, "network.toml [topics] expected")],
)
def test_advisers_could_not_be_checked(look: Look, toml: str, need: str) -> None:
    """No list of topics, or a register that never listed advisers."""
    report = look(toml, organisations=FIVE)
    assert not gaps(report, "topic-without-advisers")
    assert unchecked(report, "topic-without-advisers")[0].needs == (need,)


def test_an_unexpected_topic_with_only_unsure_advisers_is_reported(look: Look) -> None:
    """That nobody expected it does not make its advisers any surer."""
    ties = f"{ADVICE}a,b,advises,diabetes,approximate\n"
    report = look(organisations=FIVE, ties=ties)
    assert [g.subject for g in gaps(report, "topic-without-advisers")] == ["diabetes"]


AREAS = "code,name,parent\ncounty,County,\ntown,Town,county\nvale,Vale,\n"
GROUPS = (
    "id,name,roles,area\nhub,The Hub,hub,county\n"
    "art,Art Group,grassroots_group,town\nfar,Far Group,grassroots_group,vale\n"
)


def test_a_group_in_a_hubs_area_with_no_tie_to_it_is_reported(look: Look) -> None:
    """Half of the groups spoken to had no contact; Vale has no hub to be in contact with."""
    ties = f"{TIES}art,far,promotes,,\nart,hub,engages,2025-01-01,\n"
    (gap,) = gaps(look(ALL, areas=AREAS, organisations=GROUPS, ties=ties), "group-without-hub")
    assert (gap.severity, gap.id) == (Severity.MEDIUM, "example/group-without-hub/town/art")
    assert (gap.value, gap.threshold, gap.unit, gap.people) == (0, 1, "hubs", None)
    assert gap.message == ("No tie between Art Group and The Hub, the hub of its area, was found.")


@pytest.mark.parametrize("tie", ["hub,art,engages,,", "art,hub,refers_to,2026-11-22,"])
def test_any_tie_in_either_direction_is_contact(look: Look, tie: str) -> None:
    """Whoever rang first, they know each other."""
    report = look(ALL, areas=AREAS, organisations=GROUPS, ties=f"{TIES}{tie}\n")
    assert not gaps(report, "group-without-hub")
    assert not unchecked(report, "group-without-hub")


def test_of_two_hubs_around_a_group_one_is_enough(look: Look) -> None:
    """A town's hub inside a county's: with a tie to neither, both are named."""
    two = f"{GROUPS}small,Small Hub,hub; grassroots_group,town\n"
    (gap,) = gaps(look(ALL, areas=AREAS, organisations=two), "group-without-hub")
    assert "Small Hub, The Hub, the hubs of its area" in gap.message
    report = look(ALL, areas=AREAS, organisations=two, ties=f"{TIES}small,art,hosts,,\n")
    assert not gaps(report, "group-without-hub")


@pytest.mark.parametrize(
    ("toml", "organisations", "need"),
    [
        ("", GROUPS, 'network.toml surveyed: "ties"'),
        (ALL, "id,name,roles\nart,Art,grassroots_group\n", "organisations.roles"),
        (ALL, "id,name,roles,area\nhub,Hub,hub,town\n", "organisations.roles"),
        (ALL, "id,name,roles,area\nh,Hub,hub,town\na,A,grassroots_group,\n", "organisations.area"),
        (ALL, "id,name,roles,area\nh,Hub,hub,\na,A,grassroots_group,town\n", "organisations.area"),
    ],
    ids=["not surveyed", "no hub", "no group", "group nowhere", "hub nowhere"],
)
def test_groups_and_hubs_could_not_be_checked(
    look: Look, toml: str, organisations: str, need: str
) -> None:
    """A tie nobody set out to list, or a hub of no known area, is no gap."""
    report = look(toml, areas=AREAS, organisations=organisations)
    assert not gaps(report, "group-without-hub")
    assert need in {n for one in unchecked(report, "group-without-hub") for n in one.needs}
