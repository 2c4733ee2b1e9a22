"""Nothing private reaches an audience that may not see it: every output, opened and searched."""

# ruff: noqa: E501  # a row of a table is one line

import base64
import shutil
import struct
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from leaks import Secrets, found_in

from netmap.build.exporting import export
from netmap.build.whole_site import build_site
from netmap.build.workplace import open_for
from netmap.cli import run
from netmap.exchange.formats import FORMATS
from netmap.privacy import Audience

DAY = date(2026, 11, 22)

# Withheld: for staff alone. 4,763 people are shown as 4,765.
WITHHELD = Secrets(
    (
        "larkspur",
        "Quiet Lodge",
        "ZE3 9JW",
        "7700 900461",
        "ZE3 8QT",
        "Wheatear",
        "nightline-desk",
        "nightline.example",
        "Nightjar remark",
        "Goldfinch Bequest",
        "desk-alone@",
        "4763",
        "1733",
    ),
    # The second stands in no row: it is where the postcode table has ZE3 8QT.
    ((60.43217, -1.28764), (60.21953, -1.39471)),
)
# What a column of people's own is called is for staff alone too.
HEADING = Secrets(("Plover ledger",), ())
# Known to partners, of which the public may know the area alone.
AREA_ONLY = Secrets(
    ("QX7 4LP", "QX7 5MB", "partners-desk@", "7700 900872"),
    ((53.81246, -1.56789), (53.61357, -1.71753)),
)
# Its consent has ended: for nobody.
ENDED = Secrets(("brambling", "QY8 6NT", "7700 900555"), ((54.22468, -1.97531),))

FILES = {
    "netmap.toml": """
        title = "Planted"
        base_url = "https://example.org/"
        uid_domain = "example.org"
        [places]
        postcodes = "data/postcodes.csv"
    """,
    "data/postcodes.csv": """
        postcode,latitude,longitude
        ZE3 8QT,60.21953,-1.39471
        QX7 5MB,53.61357,-1.71753
        LS1 1UR,53.79,-1.54
    """,
    "networks/planted/network.toml": """
        title = "Planted"
        summary = "Made with Larkspur House and Quiet Lodge"
        source = "A list kept at Larkspur House"
        licence = "As Larkspur House allows"
        surveyed = ["activities", "networks", "hubs"]
        disclaimer = "Told at Larkspur House"
        [stated_totals]
        activities = 9
    """,
    "networks/planted/organisations.csv": """
        id,name,roles,sector,aliases,identifiers,area,postcode,latitude,longitude,website,email,phone,contact,visibility,consent_until,notes,Plover ledger
        hub,Marlow Hub,hub,third_sector,,,town,LS1 1UR,53.79,-1.54,,info@hub.example,,public,public,,Nightjar remark,Goldfinch Bequest
        open-group,Open Door,grassroots_group,community,,,town,LS1 1UR,53.79,-1.55,,desk-alone@x.example,,staff,,,,
        larkspur,Larkspur House,grassroots_group,community,Quiet Lodge,GB-CHC-7654321,town,ZE3 9JW,60.43217,-1.28764,https://nightline.example,nightline-desk@x.example,07700 900461,public,withheld,,,
        veiled,Harbour Women,grassroots_group,community,,,town,QX7 4LP,53.81246,-1.56789,,partners-desk@x.example,07700 900872,partners,area_only,,,
        wheatear,Wheatear Rooms,grassroots_group,community,,,,ZE3 8QT,,,,,,,withheld,,,
        kestrel,Kestrel Women,grassroots_group,community,,,,QX7 5MB,,,,,,,area_only,,,
        brambling,Brambling Group,grassroots_group,community,,,town,QY8 6NT,54.22468,-1.97531,,,07700 900555,public,public,2026-01-01,,
    """,
    "networks/planted/activities.csv": """
        id,name,organisation,description,approach,communities,area,venue,postcode,latitude,longitude,phone,contact,visibility,notes
        tea,Tea and talk,open-group,With Larkspur House on Mondays,support_group,,town,,,,,,,,Nightjar remark
        stay,Larkspur stay,larkspur,Of Quiet Lodge,support_group,women,town,Quiet Lodge,ZE3 9JW,60.43217,-1.28764,07700 900461,public,,
        circle,Evening circle,veiled,Second circle,support_group,somali,town,,QX7 4LP,53.81246,-1.56789,07700 900872,partners,,
        walk,Brambling walk,brambling,,activity_group,,town,,QY8 6NT,54.22468,-1.97531,07700 900555,public,,
        far,Village cafe,open-group,,drop_in,,village,,,,,,,,
    """,
    "networks/planted/ties.csv": """
        source_organisation,target_organisation,kind,source,notes,Plover ledger
        hub,open-group,engages,Told at Quiet Lodge,Nightjar remark,Goldfinch Bequest
        hub,larkspur,funds,Larkspur House report,,
        larkspur,open-group,refers_to,,,
        hub,veiled,engages,,,
        hub,brambling,engages,,,
        hub,wheatear,funds,,,
        hub,kestrel,engages,,,
    """,
    "networks/planted/areas.csv": """
        code,name,kind,latitude,longitude,rural_urban,source,notes,Plover ledger
        town,Old Town,place,53.8,-1.5,large_urban,Drawn at Quiet Lodge,Nightjar remark,Goldfinch Bequest
        village,Far Village,place,54.1,-1.9,rural_80,,,
    """,
    "networks/planted/areas.geojson": """
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties":
        {"code": "town", "remark": "Nightjar remark at Larkspur House"}, "geometry": {"type": "Polygon",
        "coordinates": [[[-2, 53.5], [-1, 53.5], [-1, 61], [-2, 61], [-2, 53.5]]]}}]}
    """,
    "networks/planted/populations.csv": """
        area,measure,total,white,asian,black,mixed,other_ethnic,somali,notes,Plover ledger
        town,people,90000,80000,4763,1237,2000,2000,4,Nightjar remark,Goldfinch Bequest
        village,people,2000,1990,2,3,2,3,,,
    """,
    "networks/planted/enquiries.csv": """
        area,community,asked,asked_on,by,how,answer,words,notes
        town,somali,yes,2026-02-01,larkspur,by telephone,none,Ask at Larkspur House,Nightjar remark
        village,bame,yes,2026-02-01,hub,through Wheatear Rooms,none,,
    """,
    "networks/planted/targets.csv": """
        owner,measure,target,actual,due
        hub,new_members,2000,1733,2026-06-01
        larkspur,groups_engaged,9,4,2026-06-01
    """,
    "networks/planted/shares.csv": """
        area,dimension,key,percent,source
        town,approach,support_group,60,As told at Larkspur House
    """,
    "events/year.toml": """
        title = "The year"
        network = "planted"
        starts = 2027-01-11
        ends = 2027-12-10
        [[event]]
        kind = "networking"
        count = 1
    """,
    "events/year.csv": """
        uid,hub,kind,theme,title,starts,ends,time_zone,venue,status,audience,hosts,description
        one,hub,networking,,Open meeting,2027-02-02T10:00,2027-02-02T12:00,Europe/London,,confirmed,public,,With Larkspur House
        two,larkspur,networking,,Larkspur evening,2027-02-09T10:00,2027-02-09T12:00,Europe/London,,confirmed,public,,At Quiet Lodge
        three,hub,networking,,Staff only: Nightjar remark,2027-02-16T10:00,2027-02-16T12:00,Europe/London,,confirmed,staff,,
    """,
    "networks/planted/gap-decisions.csv": """
        gap,decision,by,on,note,Plover ledger
        planted/isolated-organisation/larkspur,accepted,Larkspur House,2026-02-01,Nightjar remark,Goldfinch Bequest
        planted/funding-short/town/stay,planned,larkspur,2026-02-01,Ask at Quiet Lodge,
        planted/target-missed/hub new_members,accepted,The Larkspur House team,2026-02-01,Nightjar remark,Goldfinch Bequest
    """,
    "maps/planted.toml": """
        title = "Planted"
        network = "planted"
        layers = ["areas", "gaps", "reach", "organisations", "activities", "ties", "events"]
    """,
}


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """Write a workspace with secrets in every kind of cell."""
    for name, content in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(content).lstrip("\n"), encoding="utf-8")
    return tmp_path


def outputs(workspace: Path, audience: Audience) -> Iterator[tuple[str, bytes]]:
    """Make everything that can be handed to an audience: the site with its feeds, every export."""
    place = open_for(workspace, DAY, audience)
    build_site(place, workspace / "site", record=False)
    for file in sorted((workspace / "site").rglob("*")):
        if file.is_file():
            yield file.relative_to(workspace).as_posix(), file.read_bytes()
    for ending in FORMATS:
        yield f"planted{ending}", export(place, "planted", ending).content


COMMANDS = (
    "summary",
    "graph",
    "graph --without hub",
    "reach",
    "reach --community somali",
    "gaps",
    "check",
    "events list",
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("audience", ["public", "partners"])
@pytest.mark.parametrize("form", ["json", "text"])
def test_what_is_printed_for_others_holds_nothing_private(
    planted: Path, capsys: pytest.CaptureFixture[str], command: str, audience: str, form: str
) -> None:
    """What is printed is pasted into a message the same day."""
    words = ["--workspace", str(planted), "--as-of", DAY.isoformat(), *command.split()]
    run([*words, "--audience", audience, "--format", form])
    said = "".join(capsys.readouterr())
    secrets = (WITHHELD, ENDED, *((AREA_ONLY,) if audience == "public" else ()))
    assert [f for one in secrets for f in found_in(command, said.encode(), one)] == []


def as_it_was(planted: Path) -> Path:
    """Copy the workspace as it was when all that is hidden by now stood in the open."""
    earlier = Path(shutil.copytree(planted, planted / "earlier"))
    for name in ("organisations", "activities"):
        file = earlier / f"networks/planted/{name}.csv"
        text = file.read_text(encoding="utf-8").replace("2026-01-01", "")
        for hidden in ("withheld", "area_only"):
            text = text.replace(f",{hidden},", ",public,")
        file.write_text(text.replace(",staff,", ",public,"), encoding="utf-8")
    (earlier / "netmap.toml").write_text('title = "Planted"\n', encoding="utf-8")
    targets = earlier / "networks/planted/targets.csv"
    # Staff are told that this gap opened since.
    targets.write_text(
        targets.read_text(encoding="utf-8").replace("larkspur,groups_engaged,9,4,2026-06-01", "")
    )
    return earlier


@pytest.mark.parametrize("audience", ["public", "partners"])
@pytest.mark.parametrize("form", ["json", "text"])
@pytest.mark.parametrize("built", [True, False])
def test_what_stood_in_the_open_is_not_told_from_an_earlier_workspace(
    planted: Path, capsys: pytest.CaptureFixture[str], audience: str, form: str, *, built: bool
) -> None:
    """To compare with last year must not print what was withheld since."""
    earlier = as_it_was(planted)
    if built:
        place = open_for(earlier, DAY, Audience(audience))
        build_site(place, planted / "was", record=False)
        earlier = planted / "was"
    words = ["--as-of", DAY.isoformat(), "compare", str(earlier), str(planted)]
    assert run([*words, "--audience", audience, "--format", form]) == 0
    said = "".join(capsys.readouterr())
    secrets = (WITHHELD, ENDED, *((AREA_ONLY,) if audience == "public" else ()))
    assert [f for one in secrets for f in found_in("compare", said.encode(), one)] == []


def test_staff_are_told_what_was_withheld_since_but_not_whose_consent_ended(
    planted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The test above would pass where nothing is compared."""
    words = ["--as-of", DAY.isoformat(), "compare", str(as_it_was(planted)), str(planted)]
    assert run([*words, "--format", "json"]) == 0
    said = "".join(capsys.readouterr()).encode()
    assert found_in("compare", said, WITHHELD) != []
    assert found_in("compare", said, ENDED) == []


def leaks(workspace: Path, audience: Audience, *planted: Secrets) -> list[str]:
    """Search every output for an audience, names of files and all."""
    return [
        found
        for name, content in outputs(workspace, audience)
        for secrets in planted
        for found in (*found_in(name, content, secrets), *found_in("name", name.encode(), secrets))
    ]


def test_the_public_get_nothing_that_is_private(planted: Path) -> None:
    """The whereabouts of a refuge, once out, cannot be called back."""
    assert leaks(planted, Audience.PUBLIC, WITHHELD, HEADING, AREA_ONLY, ENDED) == []


def test_partners_get_nothing_that_is_withheld(planted: Path) -> None:
    """Partners see what is area-only exactly, and of what is withheld not that it is there."""
    assert leaks(planted, Audience.PARTNERS, WITHHELD, HEADING, ENDED) == []


def test_a_row_whose_consent_has_ended_is_in_no_output_of_staffs_either(planted: Path) -> None:
    """Consent is not for netmap to extend."""
    assert leaks(planted, Audience.STAFF, ENDED) == []


def test_the_search_finds_what_is_there(planted: Path) -> None:
    """The tests above would pass on empty files, and on a search that finds nothing."""
    found = leaks(planted, Audience.STAFF, WITHHELD, HEADING, AREA_ONLY)
    for secret in (*WITHHELD.words, *HEADING.words, *AREA_ONLY.words):
        assert any(one.endswith(f": {secret}") for one in found), secret
    carries_points = {".gpkg", ".geojson", ".parquet", ".graphml", ".gexf", ".xlsx", ".csv.zip"}
    for ending in carries_points & set(FORMATS):
        assert any(one.startswith(f"planted{ending}") and "60.432" in one for one in found), ending
    doubles = [one for one in found if one.endswith("as doubles")]
    assert any(one.startswith("planted.gpkg") for one in doubles)
    assert any(one.startswith("planted.parquet") for one in doubles)


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PARTNERS])
def test_partners_and_public_get_small_numbers_of_people_as_stars(
    planted: Path, audience: Audience
) -> None:
    """Four Somali people of a town are not a number to hand about."""
    tables = export(open_for(planted, DAY, audience), "planted", ".csv.zip").content
    (planted / "t.zip").write_bytes(tables)
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(planted / "t.zip") as archive:
        rows = archive.read("populations.csv").decode().splitlines()
        said = archive.read("readme.txt").decode()
    assert rows[1].split(",")[:3] == ["town", "people", "90000"]
    assert "*" in rows[1].split(",")
    assert "4765" in rows[1].split(",")
    assert "7 or fewer are shown as *" in " ".join(said.split())


@pytest.mark.parametrize(
    "content",
    [
        "tel:+447700900461".encode("utf-16-le"),
        b"<a href='?q=quiet%20lodge'>",
        b"Quiet&nbsp;Lodge",
        b"data:text/plain;base64," + base64.b64encode(b"so it says: Quiet Lodge"),
        b"x" + struct.pack("<dd", -1.28764, 60.43217),
        struct.pack(">ff", 60.43217, -1.28764),
        struct.pack("<dd", -143_339, 8_496_591),  # EPSG:3857
        struct.pack("<dd", 439_315, 1_172_251),  # EPSG:27700
        b"near 60.432 north",
        b"near 1.288 west",
    ],
)
def test_the_search_knows_the_ways_a_secret_can_be_written(content: bytes) -> None:
    """A search that knows one way of writing a number passes on every other."""
    assert found_in("x", content, WITHHELD)
