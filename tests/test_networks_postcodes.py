"""A postcode table in any usual form gives the same answers, quickly the second time."""

import gzip
import io
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.errors import CannotWriteError, UnreadableFileError
from netmap.findings import Level
from netmap.networks.postcodes import (
    Places,
    PostcodeTable,
    State,
    keeping,
    look_alikes,
    named_table,
    open_table,
)
from netmap.networks.postcodes.tidying import ENDED_SOME_TIME, LIVE, month_ended
from netmap.places import to_metres
from netmap.workspace import open_workspace

# One point in the Pennines, in degrees, and on the British National Grid.
LAT, LON = 53.8, -2.0
EASTING, NORTHING = (round(v) for v in to_metres(np.array([[LON, LAT]]), 27700)[0].tolist())
EXACT, TERMINATED, NO_PLACE, UNKNOWN, OUTWARD = State

ONSPD = f"""pcd,pcd2,pcds,dointr,doterm,oscty,oslaua,osward,oseast1m,osnrth1m,osgrdind,lsoa11,ru11ind,lat,long,lsoa21
QQ1 1AA,QQ1  1AA,QQ1 1AA,198001,,E99999999,E08000099,E05000001,{EASTING},0{NORTHING},1,E01000011,A1,{LAT},{LON},E01000021
"""  # noqa: E501  # as published: one line for each postcode
FORMS: dict[str, bytes] = {
    "onspd.csv": ONSPD.encode(),
    "nspl.csv": (
        "pcd7,pcds,dointr,doterm,lad25cd,east1m,north1m,gridind,lat,long,lsoa21cd,ruc21ind\n"
        f"QQ1 1AA,QQ1 1AA,198001,,E08000099,{EASTING},{NORTHING},1,{LAT},{LON},E01000021,UN1\n"
    ).encode(),
    "codepoint.csv": (
        f'"QQ1 1AA",10,{EASTING},{NORTHING},"E9","E1","E18","","E08000099","E05"\n'
    ).encode(),
    "headed.csv": (
        "Postcode,Positional_quality_indicator,Eastings,Northings,Admin_district_code\n"
        f"QQ11AA,10,{EASTING},{NORTHING},E08000099\n"
    ).encode(),
    "short.csv": (
        "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\n"
        f"QQ11AA,10,{EASTING},{NORTHING},E92000001,,,,E08000099,E05000001\n"
    ).encode(),
    "plain.csv": (
        f"\ufeffid,Post Code,Latitude (WGS84),Longitude (WGS84)\n1,qq1 1aa,{LAT},{LON}\n"
    ).encode(),
    "german.csv": f"postcode;lat;lng\nQQ1 1AA;{LAT};{LON}\n".replace(".", ",").encode(),
    "titles.csv": (
        f"Our postcodes\n\nAs of May,,\nname,postcode,lat,lon\nHall,QQ1 1AA,{LAT},{LON}\n"
    ).encode(),
    "unicode.txt": f"Name\tPostcode\tlat\tlon\nHôtel\tQQ1 1AA\t{LAT}\t{LON}\n".encode("utf-16"),
    "windows.csv": f"place,postcode,lat,lon\nCafé,QQ1\xa01AA,{LAT},{LON}\n".encode("cp1252"),
    "metres.csv": f"postcode,X,Y\nQQ1 1AA,{EASTING},{NORTHING}\n".encode(),
    "degrees.tsv": f"postcode\tx\ty\nQQ1 1AA\t{LON}\t{LAT}\n".encode(),
    "trailing.csv": f"postcode,lat,lon\nQQ1 1AA,{LAT},{LON},\n".encode(),
}


def table_of(folder: Path, text: str | bytes, name: str = "table.csv") -> PostcodeTable:
    """Write a table and open it."""
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return open_table(file, name)


def states(found: Places) -> list[State]:
    """Give the states of an answer."""
    return [State(one) for one in found.state.tolist()]


@pytest.mark.parametrize("name", FORMS)
def test_a_postcode_is_found_in_every_usual_form_of_table(tmp_path: Path, name: str) -> None:
    """People take whichever table they can get, and open it in Excel on the way."""
    found = table_of(tmp_path, FORMS[name], name).find(["QQ1 1AA"])
    assert states(found) == [EXACT]
    assert found.latitude[0] == pytest.approx(LAT, abs=2e-5)
    assert found.longitude[0] == pytest.approx(LON, abs=2e-5)


@pytest.mark.parametrize(
    ("name", "lsoa"),
    [("onspd.csv", "E01000021"), ("nspl.csv", "E01000021"), ("codepoint.csv", None)],
)
def test_district_and_the_newest_small_area_are_kept(
    tmp_path: Path, name: str, lsoa: str | None
) -> None:
    """Without boundaries they are all that says which area a postcode is in."""
    found = table_of(tmp_path, FORMS[name], name).find(["QQ1 1AA"])
    assert found.district.tolist() == ["E08000099"]
    assert found.lsoa.tolist() == [lsoa]


def test_parquet_and_gzip_are_read_as_the_table_in_them(tmp_path: Path) -> None:
    """Both are how large tables are handed round."""
    columns = {
        "pcds": ["QQ1 1AA"],
        "lat": [LAT],
        "long": [LON],
        "doterm": pa.array([201001], pa.int32()),
    }
    pq.write_table(pa.table(columns), tmp_path / "table.parquet")
    from_parquet = open_table(tmp_path / "table.parquet", "table.parquet").find(["QQ1 1AA"])
    assert (states(from_parquet), from_parquet.terminated.tolist()) == ([TERMINATED], [201001])
    zipped = table_of(tmp_path, gzip.compress(FORMS["onspd.csv"]), "onspd.csv.gz").find(["QQ1 1AA"])
    assert zipped.latitude.tolist() == [LAT]


def test_a_folder_of_files_without_headings_is_one_table(tmp_path: Path) -> None:
    """Code-Point Open comes as one file for each area, and its headings in a file of their own."""
    data, doc = tmp_path / "codepo" / "Data" / "CSV", tmp_path / "codepo" / "Doc"
    data.mkdir(parents=True)
    doc.mkdir()
    headings = "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\nPostcode,Quality,Eastings,Northings,a,b,c,d,e,f\n"
    (doc / "headings.csv").write_text(headings, encoding="utf-8")
    for area in ("QQ", "QX"):
        row = f'"{area}1 1AA",10,{EASTING},{NORTHING},"","","","","E08000099",""\n'
        (data / f"{area.lower()}.csv").write_text(row, encoding="utf-8")
    table = open_table(tmp_path / "codepo", "codepo")
    assert states(table.find(["QQ1 1AA", "QX1 1AA"])) == [EXACT, EXACT]
    assert table.kept.set_aside == 0


def test_a_zip_that_holds_everything_twice_is_read_once(tmp_path: Path) -> None:
    """The statistics office puts one file of all postcodes beside one for each postcode area."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("Documents/LAU names.csv", "lad25cd,lad25nm\nE08000099,Anywhere\n")
        archive.writestr("Data/ONSPD_UK.csv", ONSPD)
        archive.writestr("Data/multi_csv/ONSPD_QQ.csv", ONSPD.replace(f",{LAT},", ",10,"))
    table = table_of(tmp_path, content.getvalue(), "ONSPD.zip")
    assert table.find(["QQ1 1AA"]).latitude.tolist() == [LAT]
    assert table.kept.set_aside == 0


def test_northern_irish_grid_references_are_on_the_irish_grid(tmp_path: Path) -> None:
    """Taken for the British grid, Belfast City Hall (J 338 740) would lie in Galloway."""
    table = table_of(tmp_path, "postcode,easting,northing\nBT1 5GS,333800,374000\n")
    found = table.find(["BT1 5GS"])
    assert found.latitude[0] == pytest.approx(54.596, abs=0.01)
    assert found.longitude[0] == pytest.approx(-5.930, abs=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "pcds,lat,long\nQQ1 1AA,99.999999,0.000000\nQQ2 1AA,53,-2\n",
        "pcds,lat,long\nQQ1 1AA,,\nQQ2 1AA,53,-2\n",
        "pcds,lat,long\nQQ1 1AA,0,0\nQQ2 1AA,53,-2\n",
        "pcds,lat,long\nQQ1 1AA,n/a,n/a\nQQ2 1AA,53,-2\n",
        "postcode,easting,northing\nQQ1 1AA,0,0\nQQ2 1AA,400000,400000\n",
        "postcode,quality,easting,northing\nQQ1 1AA,90,400000,400000\nQQ2 1AA,10,400000,400000\n",
    ],
)
def test_a_postcode_the_table_cannot_place_has_no_point(tmp_path: Path, text: str) -> None:
    """Each kind of table has its own way to say so; none of them is a point in the Atlantic."""
    table = table_of(tmp_path, text)
    found = table.find(["QQ1 1AA", "QQ2 1AA"])
    assert states(found) == [NO_PLACE, EXACT]
    assert np.isnan([found.latitude[0], found.longitude[0]]).all()
    assert states(table.find(["QQ1"])) == [UNKNOWN]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("", LIVE),
        ("0", LIVE),
        ("200906", 200906),
        ("2009-06-30", 200906),
        ("30/06/2009", 200906),
        ("200900", ENDED_SOME_TIME),
        ("yes", ENDED_SOME_TIME),
    ],
)
def test_the_month_a_postcode_ended_is_read_however_it_is_written(text: str, month: int) -> None:
    """An ended postcode taken for a live one sends people to a demolished hall."""
    assert month_ended(text) == month


def test_an_outward_code_stands_at_the_middle_of_its_live_postcodes(tmp_path: Path) -> None:
    """Ended ones lie where nobody lives now; they count only where no other is left."""
    table = table_of(
        tmp_path,
        "pcds,doterm,lat,long,laua\nQQ1 1AA,,50,-2,A\nQQ1 1AB,,52,-4,A\nQQ1 1AC,200001,58,-6,B\n"
        "QQ2 1AA,200001,55,-3,A\nQQ3 1AA,,51,-1,A\nQQ3 1AB,,53,-1,B\n",
    )
    found = table.find(["qq1", "QQ2", "QQ3", "QQ4"])
    assert states(found) == [OUTWARD, OUTWARD, OUTWARD, UNKNOWN]
    assert found.latitude.tolist()[:3] == [51, 55, 52]
    assert found.longitude.tolist()[:3] == [-3, -3, -1]
    # QQ3 lies in two districts: which one is not known.
    assert found.district.tolist() == ["A", "A", None, None]


def test_a_table_of_outward_codes_places_full_postcodes_roughly(tmp_path: Path) -> None:
    """It cannot tell which postcodes exist, so it does not say that one does not."""
    table = table_of(
        tmp_path, "outcode,lat,lon,district_code,n_districts\nQQ1,50,-2,A,1\nQQ2,51,-3,B,2\n"
    )
    found = table.find(["QQ1 1AA", "QQ2", "QX1 1AA"])
    assert states(found) == [OUTWARD, OUTWARD, UNKNOWN]
    assert found.latitude.tolist()[:2] == [50, 51]
    assert found.district.tolist() == ["A", None, None]
    assert table.kept.areas == {"QQ"}


def test_an_unknown_postcode_stands_at_its_outward_code_with_what_it_may_have_been(
    tmp_path: Path,
) -> None:
    """A letter O for a nought is the commonest slip of all."""
    table = table_of(tmp_path, "pcds,lat,long\nW10 3AA,51,0\nW1O 1AA,53,0\n")
    found = table.find(["W1O 3AA", "W10 9ZZ", "W1O 3AA"])
    assert states(found) == [UNKNOWN] * 3
    assert found.latitude.tolist() == [53, 51, 53]
    assert found.mends == {"W1O3AA": ("W10 3AA",)}


def test_look_alikes_are_well_formed_and_other_than_what_was_written() -> None:
    """A hint that is no postcode, or the same one, helps nobody."""
    assert look_alikes("SE1OEH") == ("SE1 0EH",)
    assert look_alikes("W1O 3AA") == ("W10 3AA", "WI0 3AA")
    assert look_alikes("LS7 4AB") == ()


def test_of_two_rows_with_one_postcode_the_live_one_with_a_place_is_used(tmp_path: Path) -> None:
    """Postcodes are ended and used again; a folder may hold one file twice."""
    table = table_of(
        tmp_path,
        "pcds,doterm,lat,long\nQQ1 1AA,,99.999999,0\nQQ11AA,200001,50,-2\nqq1 1aa,,51,-3\n"
        "QQ1 1AA,,52,-4\n",
    )
    found = table.find(["QQ1 1AA"])
    assert (states(found), found.latitude.tolist()) == ([EXACT], [51])


def test_the_table_is_read_once_and_again_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Millions of rows at each command would be a reason not to use it."""
    table = table_of(tmp_path, "pcds,lat,long\nQQ1 1AA,50,-2\n")
    made = tmp_path / ".netmap-table.csv.parquet"
    assert table.kept.content == made
    with monkeypatch.context() as patch:
        patch.setattr(keeping, "_read", lambda *_: pytest.fail("read again"))
        assert open_table(tmp_path / "table.csv", "t").find(["QQ1 1AA"]).latitude.tolist() == [50]
    again = table_of(tmp_path, "pcds,lat,long\nQQ1 1AA,51.25,-2\n")
    assert again.find(["QQ1 1AA"]).latitude.tolist() == [51.25]
    made.write_bytes(b"PAR1, cut off")
    keeping._made.cache_clear()
    assert open_table(tmp_path / "table.csv", "t").find(["QQ1 1AA"]).latitude.tolist() == [51.25]


def test_what_was_made_and_is_broken_meanwhile_costs_a_message(tmp_path: Path) -> None:
    """A disk that fills up must not end in a traceback."""
    table = table_of(tmp_path, "pcds,lat,long\nQQ1 1AA,50,-2\n")
    (tmp_path / ".netmap-table.csv.parquet").write_bytes(b"gone")
    with pytest.raises(UnreadableFileError):
        table.find(["QQ1 1AA"])


def test_a_folder_that_cannot_be_written_costs_a_notice_and_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table may lie on a shared drive that is there to be read."""

    def refuse(file: Path, _content: bytes) -> None:
        raise CannotWriteError(file, "no permission")

    monkeypatch.setattr(keeping, "write_atomically", refuse)
    (tmp_path / "netmap.toml").write_text('[places]\npostcodes = "p.csv"\n', encoding="utf-8")
    (tmp_path / "p.csv").write_text(
        "pcds,lat,long\nQQ1 1AA,50,-2\nnobody\n,1,2\n", encoding="utf-8"
    )
    table, findings = named_table(open_workspace(tmp_path))
    assert table is not None
    assert table.find(["QQ1 1AA"]).latitude.tolist() == [50]
    assert [(f.level, f.code) for f in findings] == [
        (Level.NOTICE, "rows-set-aside"),
        (Level.NOTICE, "slow-postcodes"),
    ]
    assert findings[0].message.startswith("2 of its rows")
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".parquet"] == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("nul.csv", b"\x00" * 100),
        ("names.csv", b"postcode,name\nQQ1 1AA,Hall\n"),
        ("headings.csv", b"postcode,lat,lon\n"),
        ("nowhere.csv", b"postcode,lat,lon\nQQ1 1AA,,\n"),
        ("cut.csv.gz", gzip.compress(ONSPD.encode() * 9999)[:-20]),
        ("no.zip", b"PK\x03\x04 not really"),
        ("no.parquet", b"PAR1"),
        ("table.docx", b"postcode,lat,lon\nQQ1 1AA,50,-2\n"),
    ],
)
def test_a_table_that_is_none_is_one_error_and_no_crash(
    tmp_path: Path, name: str, content: bytes
) -> None:
    """The register is there all the same, and is shown without points from postcodes."""
    (tmp_path / name).write_bytes(content)
    (tmp_path / "netmap.toml").write_text(f'[places]\npostcodes = "{name}"\n', encoding="utf-8")
    table, findings = named_table(open_workspace(tmp_path))
    assert table is None
    assert [(f.level, f.code) for f in findings] == [(Level.ERROR, "unreadable-file")]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, "netmap.toml"])


def test_a_small_file_with_endless_rows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gzip file of a megabyte can hold more rows than memory."""
    monkeypatch.setattr(keeping, "_MOST_ROWS", 1000)
    with pytest.raises(UnreadableFileError, match="more rows than there can be postcodes"):
        table_of(tmp_path, gzip.compress(FORMS["plain.csv"] * 1000), "bomb.csv.gz")


def test_a_table_that_is_not_there_is_an_error_and_none_named_is_none(tmp_path: Path) -> None:
    """People without a table have nothing to put right."""
    settings_file = tmp_path / "netmap.toml"
    settings_file.write_text("", encoding="utf-8")
    assert named_table(open_workspace(tmp_path)) == (None, [])
    settings_file.write_text('[places]\npostcodes = "data/p.csv"\n', encoding="utf-8")
    table, (finding,) = named_table(open_workspace(tmp_path))
    assert table is None
    assert (finding.level, finding.code) == (Level.ERROR, "missing-file")
    assert str(finding).startswith("netmap.toml, places.postcodes: the postcode table data/p.csv")


_UNITS = st.sampled_from(
    [f"Q{a}{n} {d}A{u}" for a in "QX" for n in "12" for d in "12" for u in "AB"]
)


@settings(deadline=None, max_examples=25)
@given(
    rows=st.dictionaries(_UNITS, st.integers(50, 58), min_size=1),
    asked=st.lists(_UNITS),
    per_group=st.integers(1, 5),
)
def test_looking_up_agrees_with_reading_every_row(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[str, int], asked: list[str], per_group: int
) -> None:
    """The parts of the file that are passed over must hold nothing that was asked for."""
    lines = "".join(f"{one},{lat},-2\n" for one, lat in rows.items())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "_ROWS_OF_A_GROUP", per_group)
        found = table_of(tmp_path_factory.mktemp("t"), f"pcds,lat,long\n{lines}").find(asked)
    exact = [one in rows for one in asked]
    assert [state is EXACT for state in states(found)] == exact
    assert [lat for lat, known in zip(found.latitude.tolist(), exact, strict=True) if known] == [
        rows[one] for one in asked if one in rows
    ]
