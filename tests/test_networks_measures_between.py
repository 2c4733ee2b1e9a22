"""Who could introduce one organisation to another, or to those who are for a community."""

from collections.abc import Callable
from pathlib import Path

import pytest

from netmap.errors import UnknownNameError
from netmap.findings import Finding
from netmap.networks.measures import Door, Step, between
from netmap.networks.register import Register
from netmap.vocabulary import load

WriteNetwork = Callable[..., tuple[Register, list[Finding]]]
COMMUNITIES = load()["community"]

# a - b - d and a - c - d, then d - e; f apart; the tie from a to e has ended.
FILES = {
    "organisations": """
        id,name,aliases,led_by
        a,Ann Trust,The Trust,
        b,Bee House,,
        c,Sea House,,
        d,Dee Centre,,
        e,Elm Circle,,pakistani
        f,Far Group,,somali
    """,
    "ties": """
        source_organisation,target_organisation,kind,until
        a,c,hosts,
        a,b,funds,
        b,a,advises,
        d,c,trains,
        b,d,engages,
        d,e,engages,
        a,e,funds,2020-01-01
    """,
    "activities": """
        id,name,organisation,communities,status
        one,One,d,women,active
        two,Two,b,lgbt,closed
        three,Three,,refugee,active
    """,
}


@pytest.fixture
def register(tmp_path: Path, write_network: WriteNetwork) -> Register:
    """Six organisations and seven ties."""
    found, findings = write_network(tmp_path, FILES)
    assert findings == []
    return found


def ids(ways: tuple[tuple[Step, ...], ...]) -> list[str]:
    """Write each way as the ids along it."""
    return ["".join((way[0].one, *(step.other for step in way))) for way in ways]


def test_equally_short_ways_come_in_steady_order(register: Register) -> None:
    """Two ways of two steps, by the ids along them; what has ended is no way."""
    found = between(register, "a", "d")
    assert (found.steps, found.ways_in_all, ids(found.ways)) == (2, 2, ["abd", "acd"])
    assert ids(between(register, "a", "e").ways) == ["abde", "acde"]


def test_each_step_says_how_the_two_are_tied_and_which_way(register: Register) -> None:
    """A funds B, B advises A; D trains C, met from the other side."""
    first, second = between(register, "a", "d").ways
    assert first == (Step("a", "b", ("funds",), ("advises",)), Step("b", "d", ("engages",), ()))
    assert second[1] == Step("c", "d", (), ("trains",))


def test_of_many_ways_the_first_are_told_and_all_counted(register: Register) -> None:
    """Nobody reads a thousand."""
    found = between(register, "a", "e", most=1)
    assert (found.ways_in_all, ids(found.ways)) == (2, ["abde"])


def test_a_community_is_reached_with_the_nearest_for_it(register: Register) -> None:
    """Women: D serves them, two steps from A; Pakistani people: E, led by them, three steps."""
    women = between(register, "a", "Women", COMMUNITIES)
    assert (women.goal, women.steps) == ("women", 2)
    assert women.reached == (Door("d", (), ("women",)),)
    wider = between(register, "a", "bame", COMMUNITIES)
    assert (wider.steps, wider.doors, wider.reached) == (3, 2, (Door("e", ("pakistani",)),))
    assert ids(wider.ways) == ["abde", "acde"]


def test_one_that_is_for_the_community_itself_looks_for_others(register: Register) -> None:
    """E is led by Pakistani people, and so is nobody else it knows of; F cannot be reached."""
    found = between(register, "e", "bame", COMMUNITIES)
    assert (found.itself, found.doors, found.steps, found.ways) == (True, 1, None, ())


def test_closed_activities_and_those_of_nobody_are_no_doors(register: Register) -> None:
    """But activities of which no organisation is recorded are counted: somebody runs them."""
    closed = between(register, "a", "lgbt", COMMUNITIES)
    assert (closed.doors, closed.unowned) == (0, 0)
    nobodys = between(register, "a", "refugee", COMMUNITIES)
    assert (nobodys.doors, nobodys.unowned, nobodys.steps) == (0, 1, None)


def test_nobody_leads_to_another_part_nor_to_oneself(register: Register) -> None:
    """Neither is a fault."""
    apart = between(register, "a", "f")
    assert (apart.steps, apart.ways, apart.ways_in_all, apart.reached) == (None, (), 0, ())
    same = between(register, "a", "a")
    assert (same.itself, same.steps, same.doors) == (True, None, 0)


def test_names_and_aliases_will_do_and_the_likely_one_is_suggested(register: Register) -> None:
    """People know names, not ids."""
    assert between(register, "the trust", "dee centre").steps == 2
    with pytest.raises(UnknownNameError, match="Did you mean 'Sea House'"):
        between(register, "Sea Hose", "a")
    with pytest.raises(UnknownNameError, match="Did you mean 'refugee'"):
        between(register, "a", "refugeee", COMMUNITIES)


def test_a_name_of_two_is_not_guessed(tmp_path: Path, write_network: WriteNetwork) -> None:
    """Both ids are named, so that one can be chosen."""
    twins, _ = write_network(tmp_path, {"organisations": "id,name\nx,Mind\ny,Mind\n"})
    with pytest.raises(UnknownNameError, match="It can mean x, y"):
        between(twins, "mind", "x")
