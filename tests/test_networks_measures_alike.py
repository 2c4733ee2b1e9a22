"""Who brokers between sectors, whether alike tie with alike, and who has what in common."""

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from netmap.findings import Finding
from netmap.networks.graph import ties_only
from netmap.networks.measures import (
    InCommon,
    Linked,
    Mixing,
    Pair,
    brokers,
    homophily,
    measure,
    shared,
)
from netmap.networks.register import Register
from netmap.vocabulary import load

WriteNetwork = Callable[..., tuple[Register, list[Finding]]]
COMMUNITIES = load()["community"]


@pytest.fixture
def star(tmp_path: Path, write_network: WriteNetwork) -> Register:
    """A community group in the middle of five, two of which are tied to each other."""
    files = {
        "organisations": """
            id,name,sector
            m,Middle,community
            a,A,community
            b,B,community
            n,N,nhs
            o,O,nhs
            u,U,
        """,
        "ties": """
            source_organisation,target_organisation,kind
            m,a,engages
            m,b,engages
            n,m,funds
            m,o,engages
            m,u,engages
            a,b,engages
        """,
    }
    return write_network(tmp_path, files)[0]


def test_a_broker_stands_between_pairs_that_are_not_tied(star: Register) -> None:
    """Ten pairs of five, one of them tied: nine; of these four of whom the sector is not known."""
    (one,) = brokers(star, measure(star))
    assert (one.id, one.degree, one.between) == ("m", 5, 9)
    assert (one.coordinator, one.consultant, one.gatekeeper, one.liaison) == (0, 1, 4, 0)
    assert one.sectors == (Linked("community", "nhs", 4), Linked("nhs", "nhs", 1))


def test_effective_size_is_that_of_networkx(star: Register) -> None:
    """Five others less twice one tie among them over five: 4.6 (Borgatti 1997)."""
    (one,) = brokers(star, measure(star))
    assert one.effective_size == 4.6
    assert one.effective_size == pytest.approx(nx.effective_size(ties_only(star))["m"])


def test_a_liaison_joins_two_other_sectors_and_a_coordinator_its_own(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """The roles of Gould and Fernandez, one each."""
    ties = "source_organisation,target_organisation,kind\nm,a,funds\nm,b,funds\n"
    sectors = {"nhs,nhs,arts": "gatekeeper", "nhs,nhs,nhs": "coordinator"}
    sectors |= {"nhs,arts,arts": "consultant", "nhs,arts,community": "liaison"}
    for given, role in sectors.items():
        names = zip("mab", given.split(","), strict=True)
        table = "id,name,sector\n" + "".join(f"{i},{i},{sector}\n" for i, sector in names)
        files = {"organisations": table, "ties": ties}
        register, _ = write_network(tmp_path, files, name=role)
        (one,) = brokers(register, measure(register))
        assert getattr(one, role) == one.between == 1


def test_homophily_by_sector_is_that_of_networkx(star: Register) -> None:
    """Three ties within the community sector, two to the NHS; one end is not known."""
    sector, _ = homophily(star)
    assert (sector.within, sector.across, sector.left_out) == (3, 2, 1)
    assert sector.ei_index == -0.2
    assert (sector.share_within, sector.expected_within) == (0.6, 0.4)
    assert sector.groups == (
        Mixing("community", 3, 3, 2, -0.2),
        Mixing("nhs", 2, 0, 2, 1.0),
    )
    graph = ties_only(star)
    graph.remove_node("u")
    nx.set_node_attributes(graph, {o.id: o.sector for o in star.organisations}, "sector")
    expected = nx.attribute_assortativity_coefficient(graph, "sector")
    assert sector.assortativity == pytest.approx(expected, abs=1e-6)


def test_where_all_are_alike_there_is_nothing_to_compare(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """Newman's coefficient divides by nought there; the index says that nothing leads out."""
    files = {
        "organisations": "id,name,sector\na,A,nhs\nb,B,nhs\n",
        "ties": "source_organisation,target_organisation,kind\na,b,funds\n",
    }
    sector, community = homophily(write_network(tmp_path, files)[0])
    assert (sector.assortativity, sector.ei_index, sector.expected_within) == (None, -1.0, 1.0)
    assert (community.organisations, community.share_within, community.ei_index) == (0, None, None)


def test_by_community_two_are_alike_that_share_one(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """A group of Pakistani people and one for minority ethnic people share a community."""
    files = {
        "organisations": "id,name,led_by\na,A,pakistani\nb,B,\nc,C,women\nd,D,\n",
        "activities": "id,name,organisation,communities\none,One,b,bame\nopen,Open,d,\n",
        "ties": "source_organisation,target_organisation,kind\na,b,funds\nb,c,funds\nc,d,funds\n",
    }
    register, _ = write_network(tmp_path, files)
    _, apart = homophily(register)
    assert (apart.within, apart.across) == (0, 2)
    _, found = homophily(register, COMMUNITIES)
    assert (found.organisations, found.within, found.across, found.left_out) == (3, 1, 1, 1)
    assert found.expected_within == pytest.approx(1 / 3, abs=1e-6)
    bame = next(group for group in found.groups if group.key == "bame")
    assert bame == Mixing("bame", 2, 1, 1, 0.0)


SHARING = {
    "organisations": "id,name\na,A\nb,B\nc,C\nd,D\n",
    "areas": "code,name\nleeds,Leeds\nyork,York\n",
    "activities": """
        id,name,organisation,topics,venue,area,part_of,status,approach
        one,One,a,bereavement,The Hall,leeds,,active,
        two,Two,b,bereavement; diabetes,the  hall,leeds,,active,
        three,Three,c,,The Hall,york,,active,
        four,Four,d,diabetes,The Hall,leeds,,closed,
        five,Five,c,,,,one,active,
        six,Six,c,,The Hall,leeds,,active,online
    """,
    "ties": """
        source_organisation,target_organisation,kind,topic,until
        d,a,advises,,
        d,c,advises,diabetes,
        a,b,co_delivers,,
        c,d,co_delivers,,2020-01-01
    """,
}


@pytest.fixture
def sharing(tmp_path: Path, write_network: WriteNetwork) -> Register:
    """Four organisations that have several things in common."""
    return write_network(tmp_path, SHARING)[0]


def test_who_meets_at_one_venue_of_one_area(sharing: Register) -> None:
    """However it is written; York has a hall of its own, and online there is none."""
    found = shared(sharing, "venues")
    assert found.things == (InCommon("venue", "The Hall (Leeds)", ("a", "b")),)
    assert found.pairs == (Pair("a", "b", ("The Hall (Leeds)",), tied=True),)


def test_who_advises_on_or_offers_something_about_one_topic(sharing: Register) -> None:
    """D's group has closed, but D advises on diabetes."""
    found = shared(sharing, "topics")
    assert [(one.thing, one.organisations) for one in found.things] == [
        ("bereavement", ("a", "b")),
        ("diabetes", ("b", "d")),
    ]
    assert [(pair.one, pair.other, pair.tied) for pair in found.pairs] == [
        ("a", "b", True),
        ("b", "d", False),
    ]


def test_who_has_one_adviser(sharing: Register) -> None:
    """D advises A and C, who are not tied."""
    found = shared(sharing, "advisers")
    assert found.things == (InCommon("advises", "d", ("a", "c")),)
    assert found.pairs == (Pair("a", "c", ("d",), tied=False),)


def test_who_delivers_something_together(sharing: Register) -> None:
    """By a tie that has not ended, or because one's activity is part of the other's."""
    found = shared(sharing, "activities")
    assert {(one.kind, one.thing, one.organisations) for one in found.things} == {
        ("co_delivers", "a b", ("a", "b")),
        ("part_of", "one", ("a", "c")),
    }


def test_what_very_many_share_makes_no_pairs(tmp_path: Path, write_network: WriteNetwork) -> None:
    """That 101 offer something about one topic says little of any two; it is said which."""
    ids = [f"o{number:03}" for number in range(101)]
    files = {
        "organisations": "id,name\n" + "".join(f"{one},{one}\n" for one in ids),
        "activities": "id,name,organisation,topics\n"
        + "".join(f"x{one},X,{one},bereavement\n" for one in ids),
    }
    found = shared(write_network(tmp_path, files)[0], "topics")
    assert (found.common, found.pairs, len(found.things[0].organisations)) == (
        ("bereavement",),
        (),
        101,
    )


def test_a_network_of_nobody_or_of_one_has_answers_too(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """The first day of a network must not be a fault in netmap."""
    for name, rows in (("none", ""), ("one", "a,A\n")):
        register, _ = write_network(tmp_path, {"organisations": f"id,name\n{rows}"}, name=name)
        assert brokers(register, measure(register)) == ()
        assert [one.ei_index for one in homophily(register, COMMUNITIES)] == [None, None]
        assert shared(register, "topics").things == ()
