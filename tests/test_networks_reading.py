"""From files to a register: every problem found once, and the good rows all there."""

import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import geopandas as gpd
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shapely.geometry import box

from netmap.findings import Finding, Level, in_order
from netmap.networks.register import Register

WriteNetwork = Callable[..., tuple[Register, list[Finding]]]

ORGANISATIONS = "id,name,area\nhub,Hub,leeds\nmind,Mind,\n"
AREAS = "code,name,latitude,longitude\nleeds,Leeds,53.8,-1.55\n"


def book(sheets: Mapping[str, list[list[object]]]) -> bytes:
    """Make the bytes of a workbook with these sheets."""
    made = openpyxl.Workbook()
    if made.active is not None:
        made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def said(findings: list[Finding]) -> list[tuple[str, str, int | None, str | None]]:
    """Give code, file (without the network), row and column of each finding, in order."""
    return [
        (
            f.code,
            (f.place.file or "").removeprefix("networks/example/"),
            f.place.row,
            f.place.column,
        )
        for f in in_order(findings)
    ]


# ---------------------------------------------------------------------- twenty planted faults

FAULTY: Mapping[str, str | bytes] = {
    # 1 the file is cp1252 with ; between cells
    "organisations": (
        "id;name;area;visibility;verified_on;email\n"
        "hub;Café Hub;leeds;;2026-05-01;hub@example.org\n"
        "mind;Mind;Leedz;;2026-05-01;\n"  # 2 unknown area, the likely one suggested
        "group;Group;leeds;;2026-02-30;\n"  # 3 no such date
        "hub;Hub again;leeds;;2026-05-01;\n"  # 4 an id used twice
        "script;<script>alert(1)</script>;leeds;;2026-05-01;\n"  # 5 a script as a name
        "dales;Dales Women's Refuge;leeds;;2026-05-01;\n"  # 6 looks like a refuge
        "sum;Sum;leeds;;2026-05-01;=A1&B1\n"  # 7 a formula
        "last;Last;leeds;public;2026-05-01;\n"
    ).encode("cp1252"),
    "areas": """
        code,name,latitude,longitude,parent
        leeds,Leeds,53.80,-1.55,
        bradford,Bradford,53.79,-1.75,
        halifax,Halifax,53.72,-1.86,
        swapped,Swapped,-1.50,53.68,
        half,Half,53.65,,
    """,  # 8 swapped, 9 a latitude alone
    "populations": """
        area,measure,white,asian,black,mixed,other_ethnic
        leeds,percent,80,8,6,3,1
        bradford,percent,60,30,4,4,2
    """,  # 10 adds up to 98
    "activities": """
        id,name,organisation,approach,capacity,consent_until,mood,
        walk,Walk,hub,suport_group,12,,,
        talk,Talk,hub,support_group,many,,,
        gone,Gone,hub,support_group,12,2026-11-21,,
        knit,Knit,hub,drop_in,12,,sunny,stray
    """,  # 11 unknown term, 12 text for a number, 13 consent ended, 14 unknown column, 15 nameless
    "enquiries": b"",  # 16 an empty file
    "targets": "owner,measure,due\nhub,new_members,2026-12-31\n",  # 17 no heading `target`
    "organisatons": "id,name\nx,X\n",  # 18 a stray file
    "register.xlsx": book(
        {
            "ties": [
                ["source_organisation", "target_organisation", "kind"],
                ["hub", "mind", "advises"],
                ["hub", "mnid", "funds"],  # 19 an unknown organisation
            ],
            "Sheet2": [["notes to self"]],  # 20 a stray sheet
        }
    ),
}


def test_twenty_planted_faults_give_twenty_findings(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """Each fault once, where it stands; nothing follows from another; the rest is used."""
    register, findings = write_network(tmp_path, FAULTY)
    assert len(findings) == 20
    assert said(findings) == [
        ("duplicate-id", "organisations.csv", 5, "id"),
        ("formula", "organisations.csv", 8, "email"),
        ("missing-heading", "targets.csv", 1, "target"),
        ("unknown-organisation", "register.xlsx#ties", 3, "target_organisation"),
        ("bad-date", "organisations.csv", 4, "verified_on"),
        ("bad-number", "activities.csv", 3, "capacity"),
        ("consent-ended", "activities.csv", 4, "consent_until"),
        ("empty-file", "enquiries.csv", None, None),
        ("half-coordinates", "areas.csv", 6, "latitude"),
        ("looks-like-refuge", "organisations.csv", 7, "visibility"),
        ("markup", "organisations.csv", 6, "name"),
        ("missing-heading", "activities.csv", 1, "column H"),
        ("shares-disagree", "populations.csv", 2, None),
        ("swapped-coordinates", "areas.csv", 5, "latitude"),
        ("unknown-area", "organisations.csv", 3, "area"),
        ("unknown-term", "activities.csv", 2, "approach"),
        ("file-format", "organisations.csv", None, None),
        ("stray-file", "organisatons.csv", None, None),
        ("stray-sheet", "register.xlsx#Sheet2", None, None),
        ("unknown-column", "activities.csv", 1, "mood"),
    ]
    hints = {f.code: f.hint for f in findings}
    assert hints["unknown-area"] == "Did you mean 'Leeds'?"
    assert hints["unknown-organisation"] == "Did you mean 'mind'?"
    assert hints["unknown-term"] == "Did you mean 'support_group'?"
    assert hints["stray-file"] == "Did you mean 'organisations'?"
    assert [o.id for o in register.organisations] == [
        "hub",
        "mind",
        "group",
        "script",
        "dales",
        "sum",
        "last",
    ]
    assert register.organisations[0].name == "Café Hub"
    assert [a.id for a in register.activities] == ["walk", "talk", "knit"]
    assert [t.kind for t in register.ties] == ["advises"]
    assert len(register.areas) == 5
    assert len(register.populations) == 2
    assert {name: n for name, n in register.set_aside.items() if n} == {
        "organisations": 1,
        "ties": 1,
    }


OTHERS: list[tuple[str, Mapping[str, str | bytes], tuple[str, str, int | None, str | None]]] = [
    (
        "a formula nobody worked out, in a sheet",
        {"register.xlsx": book({"organisations": [["id", "name", "email"], ["a", "A", "=B2"]]})},
        ("formula", "register.xlsx#organisations", 2, "email"),
    ),
    (
        "the same table in two places",
        {
            "organisations": "id,name\na,A\n",
            "register.xlsx": book({"Organisations": [["id", "name"], ["b", "B"]]}),
        },
        ("table-twice", "register.xlsx#Organisations", None, None),
    ),
    (
        "a latitude beyond the pole",
        {"organisations": "id,name,latitude,longitude\na,A,153.8,-1.5\n"},
        ("out-of-range", "organisations.csv", 2, "latitude"),
    ),
    (
        "a formula for an id",
        {
            "organisations": "id,name\n=A1,A\nb,B\n",
        },
        ("formula", "organisations.csv", 2, "id"),
    ),
    (
        "an id with a space",
        {"organisations": "id,name\nLeeds Mind,A\n"},
        ("bad-id", "organisations.csv", 2, "id"),
    ),
    (
        "a point in the Gulf of Guinea",
        {"organisations": "id,name,latitude,longitude\na,A,0,0\n"},
        ("no-place", "organisations.csv", 2, "latitude"),
    ),
    (
        "no organisations at all",
        {"areas": AREAS},
        ("missing-file", "networks/example", None, None),
    ),
    (
        "an area within itself",
        {"organisations": "id,name\na,A\n", "areas": "code,name,parent\nx,X,y\ny,Y,x\n"},
        ("area-circle", "areas.csv", 2, "parent"),
    ),
    (
        "a second population row for one area, by its name",
        {
            "organisations": "id,name\na,A\n",
            "areas": AREAS,
            "populations": "area,total\nleeds,10\nLEEDS,20\n",
        },
        ("duplicate-id", "populations.csv", 3, "area"),
    ),
    (
        "neither people nor percent",
        {
            "organisations": "id,name\na,A\n",
            "areas": AREAS,
            "populations": "area,measure,total,white,bame\nleeds,precent,1000,60,40\n",
        },
        ("unknown-term", "populations.csv", 2, "measure"),
    ),
    (
        "a wrong word in network.toml",
        {"organisations": "id,name\na,A\n", "network.toml": "surveyed = ['activites']\n"},
        ("unknown-term", "network.toml", None, "surveyed"),
    ),
]


@pytest.mark.parametrize(("files", "finding"), [o[1:] for o in OTHERS], ids=[o[0] for o in OTHERS])
def test_one_fault_is_one_finding(
    tmp_path: Path,
    write_network: WriteNetwork,
    files: Mapping[str, str | bytes],
    finding: tuple[str, str, int | None, str | None],
) -> None:
    """Two findings for one fault send people looking for a second one."""
    _, findings = write_network(tmp_path, files)
    assert said(findings) == [finding]


# ---------------------------------------------------------------------- nothing cascades


def test_rows_that_refer_to_a_row_set_aside_are_told_with_it(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """The organisation is not unknown: its row is faulty, and that is what to put right."""
    files = {
        "organisations": "id,name\nhub,Hub\nlost,\n",
        "activities": "id,name,organisation\nwalk,Walk,lost\n",
        "ties": "source_organisation,target_organisation,kind\nhub,lost,funds\n",
    }
    register, (finding,) = write_network(tmp_path, files)
    assert (finding.code, finding.place.row) == ("missing-value", 3)
    assert finding.message.endswith(
        "Rows that refer to it: networks/example/activities.csv row 2, "
        "networks/example/ties.csv row 2."
    )
    assert register.activities[0].organisation is None
    assert register.ties == ()
    assert register.set_aside["ties"] == 1


def test_a_row_lost_to_a_formula_says_so_and_keeps_its_own_finding(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """What is said of the rows that refer to it must not stand under another row's fault."""
    files = {
        "organisations": "id,name,verified_on\nlost,=A1,\nhub,Hub,never\n",
        "ties": "source_organisation,target_organisation,kind\nhub,lost,funds\n",
    }
    _, findings = write_network(tmp_path, files)
    formula, bad_date = in_order(findings)
    assert "the row is set aside" in formula.message
    assert "ties.csv row 2" in formula.message
    assert "ties.csv" not in bad_date.message


def test_an_area_that_was_set_aside_is_missed_by_its_name_too(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """People write Leeds, not its code."""
    files = {
        "organisations": "id,name,area\nhub,Hub,Leeds\nmind,Mind,the city\n",
        "areas": "code,name,aliases\n,Leeds,the city\n",
    }
    _, (finding,) = write_network(tmp_path, files)
    assert finding.code == "missing-value"
    assert "organisations.csv row 2" in finding.message
    assert "organisations.csv row 3" in finding.message


@pytest.mark.parametrize(
    ("organisations", "code"),
    [
        (b"", "empty-file"),
        (b"id\nhub\nmind\n", "missing-heading"),
        (b"\x89PNG\x00", "unreadable-file"),
        (b'id,name\n"hub,Hub\nmind,Mind\n', "unclosed-quote"),
    ],
)
def test_a_table_that_cannot_be_read_is_one_finding_however_many_refer_to_it(
    tmp_path: Path, write_network: WriteNetwork, organisations: bytes, code: str
) -> None:
    """Three hundred unknown organisations would hide the one thing that is wrong."""
    files = {
        "organisations": organisations,
        "activities": "id,name,organisation\nwalk,Walk,hub\n",
        "ties": "source_organisation,target_organisation,kind\nhub,mind,funds\n",
        "targets": "owner,measure,target\nhub,new_members,4\n",
    }
    register, (finding,) = write_network(tmp_path, files)
    assert finding.code == code
    assert "ties.csv row 2" in finding.message
    assert [a.id for a in register.activities] == ["walk"]


def test_a_workbook_that_cannot_be_read_is_one_finding(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """The organisations are very likely in it, so they are not said to be missing as well."""
    ties = "source_organisation,target_organisation,kind\nhub,mind,funds\n"
    _, (finding,) = write_network(tmp_path, {"register.xlsx": b"broken", "ties": ties})
    assert finding.code == "unreadable-file"


# ---------------------------------------------------------------------- habits


def test_day_first_dates_are_read_with_one_notice_for_the_file(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """Two dates, one notice, nothing rewritten."""
    content = "id,name,verified_on\na,A,31/03/2026\nb,B,01/04/2026\n"
    register, (finding,) = write_network(tmp_path, {"organisations": content})
    assert [o.verified_on for o in register.organisations] == [date(2026, 3, 31), date(2026, 4, 1)]
    assert (finding.level, finding.code) == (Level.NOTICE, "file-format")
    assert "day-first dates" in finding.message
    written = tmp_path / "networks" / "example" / "organisations.csv"
    assert written.read_text(encoding="utf-8") == content


def test_numbers_are_read_as_people_write_them(tmp_path: Path, write_network: WriteNetwork) -> None:
    """Where ; stands between cells, 53,8 is 53.8; 2,474,920 is over two million."""
    files = {
        "organisations": "id;name;latitude;longitude\na;A;53,8;-1,5\n",
        "areas": "code,name\nleeds,Leeds\n",
        "populations": 'area,measure,total,bame\nleeds,PERCENT,"2,474,920",40 %\n',
    }
    register, findings = write_network(tmp_path, files)
    assert register.organisations[0].point == (-1.5, 53.8)
    assert register.populations[0].total == 2_474_920
    assert register.populations[0].groups == {"bame": 40}
    assert [f.code for f in findings] == ["file-format"]


@pytest.mark.parametrize("text", ["inf", "nan", "-5", "1,2,3x", "0x10"])
def test_what_is_no_count_empties_its_cell(
    tmp_path: Path, write_network: WriteNetwork, text: str
) -> None:
    """Infinity would swallow every sum."""
    files = {
        "organisations": "id,name\na,A\n",
        "areas": AREAS,
        "populations": f'area,total,bame\nleeds,1000,"{text}"\n',
        "targets": f'owner,measure,target,actual\na,new_members,4,"{text}"\n',
    }
    register, findings = write_network(tmp_path, files)
    assert register.populations[0].groups == {}
    assert register.targets[0].actual is None
    assert [(f.place.file or "")[17:] for f in in_order(findings)] in (
        ["populations.csv", "targets.csv"],
        ["targets.csv", "populations.csv"],
    )


def test_communities_are_known_as_headings_by_their_other_names(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """`BME` is `bame`; a heading nobody knows is told and kept apart."""
    files = {
        "organisations": "id,name\na,A\n",
        "areas": AREAS,
        "populations": "area,total,BME,martians\nleeds,1000,200,3\n",
    }
    register, (finding,) = write_network(tmp_path, files)
    assert register.populations[0].groups == {"bame": 200}
    assert (finding.code, finding.place.column) == ("unknown-column", "martians")
    assert register.populations[0].extra == {"martians": "3"}


def test_unknown_terms_leave_a_list_and_the_known_stay(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """Losing all topics for one misspelling would make a group look under-specified."""
    files = {
        "organisations": "id,name\na,A\n",
        "activities": "id,name,topics\nx,X,bereavement; greif; Anxiety\n",
    }
    register, (finding,) = write_network(tmp_path, files)
    assert register.activities[0].topics == ("bereavement", "anxiety")
    assert (finding.code, finding.value, finding.place.column) == (
        "unknown-term",
        "greif",
        "topics",
    )


def test_a_list_left_without_a_known_item_is_unknown_not_open(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """An activity for a community we cannot read is not open to anyone."""
    files = {
        "organisations": "id,name\na,A\n",
        "activities": "id,name,communities\nx,X,martians\ny,Y,\n",
    }
    register, _ = write_network(tmp_path, files)
    assert [a.open for a in register.activities] == [False, True]


def test_consent_ends_after_its_day_and_takes_what_belongs_to_it(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """On its last day the row is in; the day after, neither it nor its activities nor its ties."""
    files = {
        "organisations": "id,name,consent_until\nold,Old,2026-11-21\nnew,New,2026-11-22\n",
        "activities": "id,name,organisation\na,A,old\nb,B,new\n",
        "ties": "source_organisation,target_organisation,kind\nold,new,funds\n",
        "targets": "owner,measure,target\nold,new_members,4\n",
        "enquiries": "area,community,asked,by\n*,bame,yes,old\n",
    }
    register, (finding,) = write_network(tmp_path, files)
    assert finding.code == "consent-ended"
    assert [o.id for o in register.organisations] == ["new"]
    assert [a.id for a in register.activities] == ["b"]
    assert len(register.ties) == len(register.targets) == 0
    assert register.enquiries[0].by is None


def test_an_explicit_visibility_settles_a_refuge_warning(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """Somebody decided."""
    files = {"organisations": "id,name,visibility\na,National Refuge Charity,public\n"}
    register, findings = write_network(tmp_path, files)
    assert findings == []
    assert register.organisations[0].hidden_as == "public"


def test_a_register_describes_the_earlier_day(tmp_path: Path, write_network: WriteNetwork) -> None:
    """A register of 2020 is not stale in 2026; one dated tomorrow is as of today."""
    files = {"organisations": ORGANISATIONS, "areas": AREAS}
    old, _ = write_network(tmp_path, files, toml="as_of = 2020-07-31\n")
    assert old.day == date(2020, 7, 31)
    ahead, _ = write_network(tmp_path, files, toml="as_of = 2027-01-01\n", name="ahead")
    assert ahead.day == date(2026, 11, 22)
    assert ahead.title == "ahead"


# ---------------------------------------------------------------------- Parquet and boundaries


def squares(codes: list[str], crs: int | None = 27700) -> gpd.GeoDataFrame:
    """Make a kilometre square for each code, in a row near Leeds."""
    shapes = [box(430_000 + 1000 * n, 433_000, 431_000 + 1000 * n, 434_000) for n in range(9)]
    return gpd.GeoDataFrame({"CODE": codes}, geometry=shapes[: len(codes)], crs=crs)


def test_areas_in_parquet_carry_attributes(tmp_path: Path, write_network: WriteNetwork) -> None:
    """Thousands of small areas are read from Parquet like a handful from CSV."""
    network = tmp_path / "networks" / "example"
    network.mkdir(parents=True)
    content = {"code": ["x"], "name": ["X"], "latitude": [53.8], "longitude": [-1.5]}
    pq.write_table(pa.table(content), network / "areas.parquet")
    register, findings = write_network(tmp_path, {"organisations": "id,name,area\na,A,x\n"})
    assert register.areas["x"].point == (-1.5, 53.8)
    assert register.boundaries is None
    assert findings == []


def test_geoparquet_may_carry_both_attributes_and_boundaries(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """One file for a thousand small areas."""
    network = tmp_path / "networks" / "example"
    network.mkdir(parents=True)
    frame = squares(["x", "y"]).rename(columns={"CODE": "code"}).assign(name=["X", "Y"])
    frame.to_parquet(network / "areas.parquet", index=False)
    register, findings = write_network(tmp_path, {"organisations": "id,name,area\na,A,x\n"})
    assert [area.name for area in register.areas] == ["X", "Y"]
    assert register.boundaries is not None
    assert list(register.boundaries.index) == ["x", "y"]
    assert findings == []


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "parquet"])
@pytest.mark.parametrize("where", ["csv", "xlsx"])
def test_boundaries_stand_beside_the_table_and_are_joined_on_code(
    tmp_path: Path, write_network: WriteNetwork, ending: str, where: str
) -> None:
    """Any CRS that says what it is; a shape of nobody's is told; the table is not there twice."""
    network = tmp_path / "networks" / "example"
    network.mkdir(parents=True)
    frame = squares(["y", "x", "nobody"])
    if ending == "parquet":
        frame.to_parquet(network / "areas.parquet", index=False)
    else:
        frame.to_crs(4326 if ending == "geojson" else 27700).to_file(network / f"areas.{ending}")
    areas: list[list[object]] = [["code", "name"], ["x", "X"], ["y", "Y"]]
    files: dict[str, str | bytes] = {"organisations": "id,name\na,A\n"}
    if where == "csv":
        files["areas"] = "code,name\nx,X\ny,Y\n"
    else:
        files["register.xlsx"] = book({"areas": areas})
    register, (finding,) = write_network(tmp_path, files)
    assert finding.code == "unknown-area"
    assert "nobody" in finding.message
    boundaries = register.boundaries
    assert boundaries is not None
    assert list(boundaries.index) == ["x", "y"]
    assert boundaries.crs == 4326
    assert boundaries.loc["x"].geometry.centroid.x == pytest.approx(-1.52, abs=0.02)
    assert boundaries.loc["y"].geometry.centroid.x < boundaries.loc["x"].geometry.centroid.x


def test_broken_boundaries_cost_only_themselves(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """A map without outlines is better than none."""
    files = {"organisations": ORGANISATIONS, "areas": AREAS, "areas.geojson": "{"}
    register, (finding,) = write_network(tmp_path, files)
    assert (finding.code, (finding.place.file or "")[17:]) == ("unreadable-file", "areas.geojson")
    assert len(register.organisations) == 2
    broken = {"organisations": ORGANISATIONS, "areas": AREAS, "areas.parquet": b"PAR1"}
    _, findings = write_network(tmp_path, broken, name="other")
    assert [f.code for f in findings] == ["unreadable-file"]
