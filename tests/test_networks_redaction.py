"""What an audience may not see is not in its register, under whatever name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from netmap.findings import Finding
from netmap.networks.people import communities_of, count, share
from netmap.networks.redaction import REMOVED, for_audience, hidden_as
from netmap.networks.register import Register
from netmap.networks.summary import summarise
from netmap.privacy import SUPPRESSED, Audience
from netmap.vocabulary import load
from netmap.workspace import PrivacySettings

WriteNetwork = Callable[..., tuple[Register, list[Finding]]]
PUBLIC, PARTNERS, STAFF = Audience.PUBLIC, Audience.PARTNERS, Audience.STAFF
PRIVACY = PrivacySettings()

ORGANISATIONS = """
    id,name,aliases,area,postcode,latitude,longitude,website,email,phone,contact,visibility,notes,rota
    hub,Hub,,leeds,LS1 1UR,53.8001,-1.5491,,hub@example.org,0113 496 0001,public,,hub-note,hub-rota
    partner,Partner,,leeds,,,,,pat@example.org,0113 496 0002,partners,,,
    shy,Shy Group,,leeds,,,,,shy@example.org,0113 496 0003,,,,
    haven,Larkfield Haven,The Larks,leeds,LS9 9ZZ,53.8765,-1.4321,https://lark.example.org,lark@example.org,0113 496 0999,public,withheld,lark-note,
    quiet,Quiet House,,leeds,LS6 2QQ,53.8222,-1.5888,,,,,area_only,,
    typo,Mistyped House,,leeds,LS7 7TY,53.8333,-1.5333,,,,,witheld,,
"""  # noqa: E501  # one row per organisation is easier to check
ACTIVITIES = """
    id,name,organisation,area,venue,postcode,latitude,longitude,description,part_of,count,communities,visibility
    tea,Tea,hub,leeds,Town Hall,,,,Ask at larkfield haven (LS9  9ZZ) or ring 0113 496 0999; shy@example.org,,,,
    all,All groups,hub,leeds,,,,,,,10,,
    night,Night group,haven,leeds,Back Room,,53.8766,-1.4322,,,,women,
    den,Den,hub,leeds,Fox Barn,LS8 3FX,53.8444,-1.5777,Meets at Fox Barn LS83FX,,,,area_only
    loft,Loft,quiet,,,LS6 2QX,53.8223,-1.5889,,,,,
    secret,Owl Circle,hub,york,,,,,,,,bame,withheld
"""  # noqa: E501
FILES = {
    "organisations": ORGANISATIONS,
    "activities": ACTIVITIES,
    "areas": """
        code,name,latitude,longitude,source,notes,colour
        leeds,Leeds,53.79,-1.54,told by Larkfield Haven,area-note,area-extra
        york,York,53.96,-1.08,,,
    """,
    "ties": """
        source_organisation,target_organisation,kind,source,notes
        hub,partner,funds,The Larks said so,tie-note
        hub,haven,funds,,
        typo,hub,advises,,
    """,
    "enquiries": """
        area,community,asked,answer,by,how,words
        leeds,women,yes,specific,haven,telephone,We are full
        leeds,bame,yes,none,hub,asked The Larks,Try Owl Circle
    """,
    "targets": """
        owner,measure,target,actual
        haven,new_members,10,9
        hub,new_members,10,4
        partner,new_members,10,12
        shy,new_members,10,9
        hub,groups_engaged,4,3
    """,
    "populations": """
        area,measure,total,white,asian,black,mixed,other_ethnic,somali
        leeds,people,1000,900,3,40,37,20,12
        york,people,2000,1995,,,,,
    """,
}
# Nobody but staff may see these, wherever they stand.
SECRETS = [
    *("haven", "larkfield", "the larks", "ls9", "53.8765", "-1.4321", "lark.example.org"),
    *("lark@example.org", "496 0999", "lark-note", "night", "back room", "53.8766", "we are full"),
    *("mistyped", "ls7", "53.8333", "-1.5333", "owl circle", "typo"),
    *("shy@example.org", "496 0003", "hub-note", "hub-rota", "tie-note", "area-note", "area-extra"),
]
# The public may not see these either.
NOT_PUBLIC = [
    *("pat@example.org", "496 0002", "ls6", "53.822", "-1.588", "fox barn", "ls8", "53.8444"),
]
FOR_ALL = ["hub@example.org", "496 0001", "ls1 1ur", "53.8001", "quiet house", "'tea'", "town hall"]


@pytest.fixture
def register(tmp_path: Path, write_network: WriteNetwork) -> Register:
    """A register with a refuge, a shy group, a typing mistake, and mentions of them."""
    found, findings = write_network(tmp_path, FILES, toml='summary = "With Larkfield Haven"')
    assert {f.code for f in findings} == {"unknown-term", "unknown-column"}
    return found


def everything(register: Register) -> str:
    """Write out all that a register holds, in lower case."""
    return f"{register!r} {list(register.areas)!r}".casefold()


@pytest.mark.parametrize(
    ("audience", "secrets"), [(PUBLIC, [*SECRETS, *NOT_PUBLIC]), (PARTNERS, SECRETS)]
)
def test_no_secret_is_in_what_an_audience_gets(
    register: Register, audience: Audience, secrets: list[str]
) -> None:
    """A refuge's address in one forgotten column is a published address."""
    before, after = everything(register), everything(for_audience(register, audience, PRIVACY))
    assert [secret for secret in secrets if secret not in before] == []
    assert [secret for secret in secrets if secret in after] == []
    assert [word for word in FOR_ALL if word not in after] == []


def test_partners_see_area_only_rows_exactly(register: Register) -> None:
    """They visit them; and contacts that are for partners."""
    seen = for_audience(register, PARTNERS, PRIVACY)
    assert seen.organisation["quiet"].point == (-1.5888, 53.8222)
    assert seen.organisation["partner"].email == "pat@example.org"
    assert seen.activity["den"].description == "Meets at Fox Barn LS83FX"


def test_staff_see_the_register_as_it_is(register: Register) -> None:
    """They keep it."""
    assert for_audience(register, STAFF, PRIVACY) is register


def test_area_only_stands_at_the_areas_point_for_the_public(register: Register) -> None:
    """Never at a point inside it, not even its organisation's own."""
    seen = for_audience(register, PUBLIC, PRIVACY)
    for one in (seen.organisation["quiet"], seen.activity["den"], seen.activity["loft"]):
        assert seen.point_of(one) == (-1.54, 53.79)
    assert hidden_as(register, register.activity["loft"]) == "area_only"


def test_area_only_without_an_area_of_its_own_is_not_put_on_its_organisations_door(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """It may well meet there, and asked that nobody be told."""
    files = {
        "organisations": "id,name,area,latitude,longitude\nhub,Hub,leeds,53.8,-1.55\n",
        "activities": "id,name,organisation,visibility\nden,Den,hub,area_only\n",
        "areas": "code,name,latitude,longitude\nleeds,Leeds,53.79,-1.54\n",
    }
    register, _ = write_network(tmp_path, files)
    assert register.point_of(register.activity["den"]) == (-1.55, 53.8)
    seen = for_audience(register, PUBLIC, PRIVACY)
    assert seen.point_of(seen.activity["den"]) == (-1.54, 53.79)


def test_what_refers_to_a_withheld_row_follows_it(register: Register) -> None:
    """Ties, targets and who answered an enquiry; the enquiry itself stays."""
    seen = for_audience(register, PUBLIC, PRIVACY)
    assert [(t.source_organisation, t.target_organisation) for t in seen.ties] == [
        ("hub", "partner")
    ]
    assert "haven" not in {t.owner for t in seen.targets}
    assert [(e.by, e.words) for e in seen.enquiries] == [(None, None), ("hub", "Try [withheld]")]
    assert seen.activity["tea"].description == (
        "Ask at [withheld] ([withheld]) or ring [withheld]; [withheld]"
    )
    assert seen.settings.summary == "With [withheld]"


def test_withheld_provision_counts_at_the_top_and_only_beside_other(register: Register) -> None:
    """Leeds has others, so its hidden night group is counted; York's would be the only one."""
    seen = for_audience(register, PUBLIC, PRIVACY)
    assert [(h.area, h.communities, h.count) for h in seen.hidden] == [
        ("leeds", ("women",), 1),
        ("york", ("bame",), 0),
    ]
    rows = {r.key: r.activities for r in summarise(seen, load()).rows}
    staff = {r.key: r.activities for r in summarise(register, load()).rows}
    assert staff == {"leeds": 14, "york": 1}
    assert rows == {"leeds": 14, "york": 0}


def test_a_contact_that_somebody_else_gives_openly_stays_theirs(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """A hub's public telephone is not struck out because a group of its shares it quietly."""
    files = {
        "organisations": "id,name,phone,contact\nhub,Hub,0113 496 0001,public\n",
        "activities": "id,name,organisation,phone,how_to_join\nw,Walk,hub,0113 496 0001,Ring us\n",
    }
    register, _ = write_network(tmp_path, files)
    seen = for_audience(register, PUBLIC, PRIVACY)
    assert seen.organisation["hub"].phone == "0113 496 0001"
    assert seen.activity["w"].phone is None


# ---------------------------------------------------------------------- small numbers


def test_small_head_counts_are_starred_with_the_next_smallest(register: Register) -> None:
    """Asian (3) takes other (20) with it; no star is ever a nought."""
    row = for_audience(register, PUBLIC, PRIVACY).population["leeds"]
    assert row.suppressed == {"asian", "other_ethnic"}
    assert row.total == 1000
    assert row.groups == {"white": 900, "black": 40, "mixed": 35, "somali": 10, "bame": 100}
    assert count(row, "asian") == SUPPRESSED
    assert share(row, "asian") is None
    assert share(row, "mixed") == 0.035
    assert communities_of(row)[0] != "asian"
    assert 0 not in row.groups.values()


def test_what_is_left_of_a_total_does_not_give_a_small_group_away(register: Register) -> None:
    """2,000 less 1,995 white is 5 people, so neither is shown."""
    assert count(register.population["york"], "bame") == 5
    row = for_audience(register, PUBLIC, PRIVACY).population["york"]
    assert count(row, "bame") == SUPPRESSED
    assert "white" in row.suppressed
    assert row.groups == {}


def test_a_small_group_beside_others_takes_the_next_smallest_of_the_row(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """The rule that is printed speaks of the row, whatever its columns are."""
    files = {
        "organisations": "id,name\na,A\n",
        "areas": "code,name\nx,X\n",
        "populations": "area,total,somali,pakistani,carers\nx,1000,4,30,50\n",
    }
    register, _ = write_network(tmp_path, files)
    row = for_audience(register, PUBLIC, PRIVACY).population["x"]
    assert row.suppressed == {"somali", "pakistani"}
    assert row.groups == {"carers": 50}


def test_percentages_become_those_of_protected_counts(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """3.3 % of 1,000 is 33 people, shown as 35 and so as 3.5 %; without a total they stay."""
    files = {
        "organisations": "id,name\na,A\n",
        "areas": "code,name\nx,X\ny,Y\n",
        "populations": (
            "area,measure,total,somali,carers,lgbt\n"
            "x,percent,1000,3.3,0.4,10\ny,percent,,3.3,0.4,10\n"
        ),
    }
    register, _ = write_network(tmp_path, files)
    seen = for_audience(register, PUBLIC, PRIVACY)
    assert seen.population["x"].groups == {"lgbt": 10}
    assert seen.population["x"].suppressed == {"carers", "somali"}
    assert seen.population["y"].groups == {"somali": 3.3, "carers": 0.4, "lgbt": 10}


def test_counts_of_people_reached_are_protected_and_stay_met_or_missed(register: Register) -> None:
    """4 is not told; 9 of 10 does not round into a target met; groups are no people."""
    seen = for_audience(register, PUBLIC, PRIVACY)
    assert [(t.owner, t.measure, t.actual) for t in seen.targets] == [
        ("hub", "new_members", None),
        ("partner", "new_members", 10),
        ("shy", "new_members", 9),
        ("hub", "groups_engaged", 3),
    ]


def test_the_settings_decide_what_is_small(register: Register) -> None:
    """A workspace may be stricter."""
    strict = PrivacySettings(suppress_at_most=40, round_to=100)
    row = for_audience(register, PUBLIC, strict).population["leeds"]
    assert row.suppressed == {"asian", "black", "mixed", "other_ethnic", "somali"}
    assert row.groups == {"white": 900, "bame": 100}


def test_what_gave_way_when_two_rows_became_one_stays_secret(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """A description may quote the door of either row, and the register keeps only one of them."""
    register, _ = write_network(
        tmp_path,
        {
            "organisations": """
                id,name,postcode,phone,visibility
                one,Hope,LS1 1UR,0113 2450001,area_only
                two,Hope House,QX7 4LP,0113 2450999,area_only
                other,Ubuntu,,,
            """,
            "activities": """
                id,name,organisation,description
                tea,Tea,other,At QX7 4LP; ring 0113 2450999
            """,
            "duplicates": "first,second,decision\none,two,same\n",
        },
    )
    assert [row.id for row in register.organisations] == ["one", "other"]
    (tea,) = for_audience(register, Audience.PUBLIC, PrivacySettings()).activities
    assert tea.description == f"At {REMOVED}; ring {REMOVED}"
