"""Names in cells lead to the rows they mean, and areas form a forest."""

from collections.abc import Callable
from pathlib import Path

import pytest

from netmap.findings import Finding
from netmap.networks.areas import Areas
from netmap.networks.models import Area
from netmap.networks.register import Register

WriteNetwork = Callable[..., tuple[Register, list[Finding]]]

AREAS = """
    code,name,aliases,parent
    bradford-and-craven,Bradford and Craven,,
    bradford,Bradford,,Bradford & Craven
    craven,Craven,,bradford-and-craven
    plymouth,Plymouth,Devon; PL,
    newcastle-tyne,Newcastle,,
    newcastle-lyme,Newcastle,,
"""


def one_organisation(area: str) -> dict[str, str]:
    """Make a register with one organisation in an area as people write it."""
    return {"organisations": f"id,name,area\na,A,{area}\n", "areas": AREAS}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("plymouth", "plymouth"),
        ("Plymouth", "plymouth"),
        ("devon", "plymouth"),
        ("BRADFORD  and craven", "bradford-and-craven"),
        ("Bradford & Craven", "bradford-and-craven"),
        ("Bradford", "bradford"),
    ],
)
def test_an_area_goes_by_code_alias_or_name(
    tmp_path: Path, write_network: WriteNetwork, written: str, code: str
) -> None:
    """Nobody looks codes up."""
    register, findings = write_network(tmp_path, one_organisation(written))
    assert register.organisations[0].area == code
    assert findings == []
    assert register.areas["bradford"].parent == "bradford-and-craven"


def test_a_name_that_two_areas_share_is_not_guessed(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """There are two Newcastles, and a wrong one is 250 km away."""
    register, (finding,) = write_network(tmp_path, one_organisation("Newcastle"))
    assert register.organisations[0].area is None
    assert finding.code == "ambiguous-area"
    assert "newcastle-lyme, newcastle-tyne" in finding.message
    assert "area" in register.organisations[0].faulted


def test_a_place_that_lies_in_one_of_its_own_name_means_the_larger(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """Harrogate the district goes before Harrogate the town in it."""
    areas = "code,name,parent\nharrogate,Harrogate,\nharrogate-town,Harrogate,harrogate\n"
    register, findings = write_network(
        tmp_path, {"organisations": "id,name,area\na,A,HARROGATE\n", "areas": areas}
    )
    assert register.organisations[0].area == "harrogate"
    assert findings == []


def test_unknown_items_leave_a_list_of_areas_and_the_known_stay(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """A network that covers two areas still covers the one we know."""
    files = {
        **one_organisation("plymouth"),
        "activities": "id,name,serves\nx,X,Devon; Atlantis; Craven; plymouth\n",
    }
    register, (finding,) = write_network(tmp_path, files)
    assert register.activities[0].serves == ("plymouth", "craven")
    assert (finding.code, finding.value) == ("unknown-area", "Atlantis")


def test_an_enquiry_about_every_area_names_none(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """The star is no area's name."""
    files = {
        **one_organisation("plymouth"),
        "enquiries": "area,community,asked\n*,bame,yes\nNowhere,bame,yes\n",
    }
    register, (finding,) = write_network(tmp_path, files)
    assert [e.area for e in register.enquiries] == ["*"]
    assert (finding.code, finding.place.row) == ("unknown-area", 3)
    assert register.set_aside["enquiries"] == 1


def test_a_target_belongs_to_an_organisation_or_an_area(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """Anonymised areas (letters in a report) own targets too."""
    files = {
        "organisations": "id,name\nhub,Hub\n",
        "areas": "code,name,kind\nB,Area B,anonymised\n",
        "targets": "owner,measure,target\nhub,new_members,4\nB,new_members,167\nC,new_members,1\n",
    }
    register, (finding,) = write_network(tmp_path, files)
    assert [t.owner for t in register.targets] == ["hub", "B"]
    assert (finding.code, finding.place.row) == ("unknown-owner", 4)
    assert register.areas.top == ()


def test_a_row_with_two_lost_names_is_told_once(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """One row, one mention."""
    files = {
        "organisations": b"",
        "ties": "source_organisation,target_organisation,kind\na,b,funds\n",
    }
    _, (finding,) = write_network(tmp_path, files)
    assert finding.message.count("ties.csv row 2") == 1


# ---------------------------------------------------------------------- the forest


@pytest.fixture
def forest() -> Areas:
    """A region with two districts, one of which has two wards; and a lone place."""
    parents = {"region": None, "d1": "region", "d2": "region", "w1": "d1", "w2": "d1", "lone": None}
    return Areas(Area(code=c, name=c.upper(), parent=p) for c, p in parents.items())


def test_ancestors_are_nearest_first_and_descendants_in_order(forest: Areas) -> None:
    """Roll-ups rest on both."""
    assert forest.ancestors("w1") == ("d1", "region")
    assert forest.descendants("region") == ("d1", "d2", "w1", "w2")
    assert forest.line("d1") == {"region", "d1", "w1", "w2"}
    assert forest.top == ("lone", "region")
    assert forest.top_of("w2") == "region"
    assert forest.top_of("unheard of") == "unheard of"


def test_a_circle_of_parents_does_not_hang() -> None:
    """Reading breaks circles, but a register may also be made by hand."""
    circle = Areas(
        [Area(code="x", name="X", parent="y"), Area(code="y", name="Y", parent="x")],
    )
    assert circle.ancestors("x") == ("y",)
    assert circle.descendants("x") == ("y",)
