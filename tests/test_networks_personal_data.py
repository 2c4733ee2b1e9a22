"""Personal data: what looks like data about a person is pointed out."""

from pathlib import Path

import pytest
from conftest import WriteNetwork

from netmap.networks.personal_data import equality_headings, looks_personal, person_headings


@pytest.mark.parametrize(
    ("address", "personal"),
    [
        ("sarah.khan@example.org", True),
        ("s.khan@example.org", True),
        ("bigsarah@gmail.com", True),
        ("info@example.org", False),
        ("peer.support@example.org", False),
        ("leeds.office@example.org", False),
        ("ubuntugroup@gmail.com", False),
        ("uwg@hotmail.co.uk", False),
        ("not an address", False),
    ],
)
def test_an_address_is_told_to_be_a_persons_or_a_bodys(address: str, personal: bool) -> None:  # noqa: FBT001  # a table of cases
    """A group's own address may be shared; a leader's may not, until she is asked."""
    assert looks_personal(address, ["Ubuntu Women's Group"]) is personal


def test_headings_about_people_and_about_equality_are_told() -> None:
    """Ethnicity of a group's members is what a register is for; of a named leader it is not."""
    headings = ["Contact name", "Ethnicity", "Group size", "Surname", "Faith", "Trace"]
    assert person_headings(headings) == ["Contact name", "Surname"]
    assert equality_headings(headings) == ["Ethnicity", "Faith"]


def test_an_equality_column_beside_a_persons_name_is_pointed_out(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """Together they tell a named person's ethnicity or religion."""
    rows = "id,name,Leader name,Religion\nubuntu,Ubuntu,A Person,Quaker\n"
    _, findings = write_network(tmp_path, {"organisations": rows})
    found = [f for f in findings if f.code == "equality-beside-name"]
    assert [(f.place.row, f.place.column) for f in found] == [(1, "Religion")]
    assert "A Person" not in str(found[0])


def test_who_leads_a_group_beside_the_leaders_name_is_pointed_out(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """A Roma women's group led by its members, and the name of the leader: that is inference."""
    rows = "id,name,led_by,Contact person\nubuntu,Ubuntu,bame,A Person\n"
    _, findings = write_network(tmp_path, {"organisations": rows})
    assert [f.value for f in findings if f.code == "equality-beside-name"] == ["led_by"]


def test_an_equality_column_alone_is_no_matter(tmp_path: Path, write_network: WriteNetwork) -> None:
    """Whom a group is for is the very thing a register holds."""
    rows = "id,name,Religion\nubuntu,Ubuntu,Quaker\n"
    _, findings = write_network(tmp_path, {"organisations": rows})
    assert not [f for f in findings if f.code == "equality-beside-name"]


def test_a_personal_address_is_pointed_out_with_who_may_see_it(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """The first thing to put right is the one that is already shared."""
    rows = "id,name,email,contact\na,Ubuntu,sarah.khan@x.org,public\nb,Hope,info@x.org,public\n"
    _, findings = write_network(tmp_path, {"organisations": rows})
    found = [f for f in findings if f.code == "personal-email"]
    assert [(f.place.row, f.place.column) for f in found] == [(2, "email")]
    assert "it is shown" in found[0].message
