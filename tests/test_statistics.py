"""Official statistics: published tables are told by what is in them, and join by code."""

import json
from pathlib import Path

import openpyxl
import pytest

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft
from netmap.exchange.statistics import boundaries, read, told
from netmap.exchange.statistics.codes import kind_of_area
from netmap.vocabulary import load

VOCABULARIES = load()


def reading(tmp_path: Path, text: str, kind: str | None = None) -> Draft:
    """Write a table and read it."""
    (tmp_path / "table.csv").write_text(text, encoding="utf-8")
    return read(tmp_path / "table.csv", "table.csv", VOCABULARIES, kind)


def cells(draft: Draft) -> list[dict[str, str]]:
    """Give the cells of a draft's rows."""
    return [dict(row.cells) for row in draft.rows]


def test_a_wide_census_table_becomes_populations(tmp_path: Path) -> None:
    """Headings as the statistical office writes them, long prefix and all."""
    draft = reading(
        tmp_path,
        "date,geography,geography code,Ethnic group: Total: All usual residents,"
        '"Ethnic group: Asian, Asian British or Asian Welsh","Ethnic group: White"\n'
        "2021,Someplace 001A,E01000001,1500,20,1470\n",
    )
    expected = {"area": "E01000001", "measure": "people", "total": "1500"}
    assert cells(draft) == [{**expected, "asian": "20", "white": "1470"}]


def test_the_five_groups_are_added_up_from_finer_ones(tmp_path: Path) -> None:
    """White Irish is no community of its own here, and still counts as White."""
    draft = reading(
        tmp_path,
        "lad21_code,total,white_british,white_irish,white_other,asian_indian,asian_other\n"
        "E06000001,100,70,5,5,15,5\n",
    )
    (row,) = cells(draft)
    assert (row["white"], row["asian"], row["indian"]) == ("80", "20", "15")
    assert "black" not in row


def test_a_sum_with_a_missing_part_is_left_empty(tmp_path: Path) -> None:
    """Part of a sum is not the sum; a withheld count is said."""
    draft = reading(
        tmp_path,
        "lad21_code,total,white_british,white_other,asian_indian\nE06000001,100,70,c,15\n"
        "E06000002,100,70,5,15\nE06000003,90,70,5,15\n",
    )
    assert ["white" in row for row in cells(draft)] == [False, True, True]
    assert [(str(n.spot), n.value) for n in draft.notes if n.code == "no-number"] == [
        ("table.csv!D2", "c")
    ]


def test_a_long_table_is_turned(tmp_path: Path) -> None:
    """One row for each group and area, as the census download gives them."""
    head = "Lower layer Super Output Areas Code,Code,Ethnic group (6),Observation\n"
    rows = "".join(
        f'{code},{n},"{group}",{count}\n'
        for code in ("E01000001", "E01000002")
        for n, (group, count) in enumerate(
            [
                ("Does not apply", 0),
                ("Asian, Asian British or Asian Welsh", 10),
                ("Black, Black British, Black Welsh, Caribbean or African", 5),
                ("Mixed or Multiple ethnic groups", 5),
                ("White", 70),
                ("Other ethnic group", 10),
            ]
        )
    )
    draft = reading(tmp_path, head + rows)
    assert (draft.unit, draft.read) == ("areas", 2)
    assert cells(draft)[0]["total"] == "100"
    assert cells(draft)[1]["black"] == "5"


def test_percentages_are_told_from_counts(tmp_path: Path) -> None:
    """Seven per cent taken as seven people would hide a whole community."""
    draft = reading(
        tmp_path,
        "Area code,All people,White (%),Asian (%),Black (%)\nE06000001,1000,90,7,3\n",
    )
    assert cells(draft)[0]["measure"] == "percent"
    assert cells(draft)[0]["asian"] == "7"


@pytest.mark.parametrize(
    ("code", "words", "slug"),
    [
        ("UN1", "Urban: Nearer", "major_urban"),
        ("RSF1", "x", "rural_80"),
        ("C1", "x", "other_urban"),
    ],
)
def test_rural_urban_codes_of_both_years_are_understood(
    tmp_path: Path, code: str, words: str, slug: str
) -> None:
    """The order of the columns and the words beside the codes differ with every release."""
    draft = reading(tmp_path, f"LSOA21CD,RUC21CD,RUC21NM\nE01000001,{code},{words}\n")
    assert cells(draft) == [{"code": "E01000001", "rural_urban": slug}]
    assert draft.rows[0].patch


def test_the_finer_class_is_taken_of_two(tmp_path: Path) -> None:
    """Urban or rural alone does not tell a city from a town."""
    draft = reading(tmp_path, "lsoa,ruc,code\nE01000001,Urban,UN1\nE01000002,Rural,RSN1\n")
    assert [row["rural_urban"] for row in cells(draft)] == ["major_urban", "rural_80"]


def test_the_overall_decile_of_deprivation_is_taken_among_many(tmp_path: Path) -> None:
    """The published table has eight deciles and ranks beside it."""
    draft = reading(
        tmp_path,
        "LSOA code (2021),LSOA name (2021),Income Decile,"
        '"Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)"\n'
        "E01000001,Someplace 001A,9,3\nE01000002,Someplace 001B,9,11\n",
    )
    assert cells(draft) == [{"code": "E01000001", "deprivation_decile": "3"}]
    assert [(str(n.spot), n.value) for n in draft.set_aside] == [("table.csv!D3", "11")]


def test_a_new_code_of_the_same_area_becomes_an_alias(tmp_path: Path) -> None:
    """Its table of another year then finds it."""
    draft = reading(
        tmp_path,
        "lad20_code,lad20_name,lad21_code,lad21_name\n"
        "E07000100,Oldtown,E06000900,Oldtown\nE07000101,Same,E07000101,Same\n",
    )
    by_code = {row.key: row.cells.get("aliases") for row in draft.rows}
    assert by_code == {"E06000900": "E07000100", "E07000100": "E06000900", "E07000101": None}


def test_merged_areas_are_named_and_not_joined(tmp_path: Path) -> None:
    """A population of one district is not that of the county it went into."""
    draft = reading(
        tmp_path,
        "lad22_code,lad22_name,lad23_code,lad23_name\n"
        "E07000100,East,E06000900,Whole\nE07000101,West,E06000900,Whole\n",
    )
    assert not any("aliases" in row.cells for row in draft.rows)
    assert [note.message for note in draft.notes] == [
        "E07000100 East, then E06000900 Whole: merged or split, so they are not joined.",
        "E07000101 West, then E06000900 Whole: merged or split, so they are not joined.",
    ]


def test_a_lookup_says_which_area_lies_in_which(tmp_path: Path) -> None:
    """Small areas roll up to districts, districts to regions."""
    draft = reading(
        tmp_path,
        "LSOA21CD,LSOA21NM,LAD22CD,LAD22NM\nE01000001,Someplace 001A,E06000001,Someplace\n",
    )
    assert cells(draft) == [
        {"code": "E01000001", "parent": "E06000001"},
        {"code": "E06000001", "kind": "local_authority", "name": "Someplace"},
    ]
    assert draft.rows[1].mention


def test_titles_notes_and_totals_are_no_areas(tmp_path: Path) -> None:
    """The published workbook has a cover sheet, a title, and notes below the table."""
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["Census 2021"])
    sheet = book.create_sheet("Table 1")
    for row in (
        ["Table 1: Ethnic group"],
        [],
        ["Area code", "Area name", "Total", "White", "Asian", "Black"],
        ["E06000001", "Someplace", 100, 80, 15, 5],
        ["Source: census"],
    ):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    draft = read(tmp_path / "t.xlsx", "t.xlsx", VOCABULARIES)
    assert draft.read == len(draft.rows) + len(draft.set_aside) == 2
    assert str(draft.set_aside[0].spot) == "Table 1 row 5"


def test_a_sheet_of_events_by_ward_is_no_statistic(tmp_path: Path) -> None:
    """Codes of areas alone do not make a published table."""
    (tmp_path / "e.csv").write_text(
        "name,start,ward_code\nFair,2023-01-01,E05000001\nWalk,2023-02-01,E05000001\n", "utf-8"
    )
    assert told(tmp_path / "e.csv") is None


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    """Somebody who names a kind hears what was looked for."""
    with pytest.raises(UnreadableFileError, match="an overall decile of deprivation"):
        reading(tmp_path, "lsoa,ruc\nE01000001,UN1\n", "deprivation")


def test_the_kind_of_an_area_is_told_by_its_code() -> None:
    """Districts of all four nations, small areas of Scotland."""
    codes = ("E01000001", "W06000001", "S12000033", "N09000001", "S01006506", "X99999999")
    assert [kind_of_area(code) for code in codes] == [
        "lsoa",
        "local_authority",
        "local_authority",
        "local_authority",
        "data_zone",
        "",
    ]


def outlines(tmp_path: Path, *properties: dict[str, str]) -> Path:
    """Write squares of a tenth of a degree, side by side, with these properties."""
    features = [
        {
            "type": "Feature",
            "properties": said,
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[n, 53], [n + 0.1, 53], [n + 0.1, 53.1], [n, 53.1], [n, 53]],
                ],
            },
        }
        for n, said in enumerate(properties, start=-2)
    ]
    document = {"type": "FeatureCollection", "features": features}
    (tmp_path / "b.geojson").write_text(json.dumps(document), encoding="utf-8")
    return tmp_path / "b.geojson"


def test_boundaries_become_areas_with_the_larger_ones_they_lie_in(tmp_path: Path) -> None:
    """Small areas without their districts would add up to nothing people know."""
    file = outlines(
        tmp_path,
        {
            "LSOA21CD": "E01000001",
            "LSOA21NM": "Some 001A",
            "LAD22CD": "E06000001",
            "LAD22NM": "Some",
        },
        {
            "LSOA21CD": "E01000002",
            "LSOA21NM": "Some 001B",
            "LAD22CD": "E06000001",
            "LAD22NM": "Some",
        },
    )
    assert boundaries.recognises(file)
    draft = boundaries.read(file, "b.geojson", VOCABULARIES)
    assert cells(draft)[0] == {"code": "E06000001", "name": "Some", "kind": "local_authority"}
    small = cells(draft)[1]
    assert (small["code"], small["kind"], small["parent"]) == ("E01000001", "lsoa", "E06000001")
    assert (float(small["longitude"]), float(small["latitude"])) == pytest.approx(
        (-1.95, 53.05), abs=0.001
    )
    assert draft.boundaries is not None
    assert list(draft.boundaries.index) == ["E01000001", "E01000002"]
    assert draft.read == 2


def test_boundaries_with_people_s_own_codes_are_areas_too(tmp_path: Path) -> None:
    """A hub may draw its own delivery areas."""
    file = outlines(
        tmp_path, {"code": "north", "name": "North"}, {"code": "south", "name": "South"}
    )
    assert not boundaries.recognises(file)
    draft = boundaries.read(file, "b.geojson", VOCABULARIES)
    assert [row["code"] for row in cells(draft)] == ["north", "south"]


CODES = [f"E0100000{number}" for number in range(1, 9)]


def test_of_all_sheets_the_most_telling_one_is_read(tmp_path: Path) -> None:
    """The workbooks of the indices begin with scores; deciles stand on a later sheet."""
    book = openpyxl.Workbook()
    scores = book.active
    assert scores is not None
    scores.title = "Scores"
    scores.append(["LSOA code", "LAD code", "IMD Score", "Total population"])
    deciles = book.create_sheet("Deciles")
    deciles.append(["LSOA code", "LAD code", "IMD Decile"])
    for code in CODES:
        scores.append([code, "E08000001", 20.5, 1500])
        deciles.append([code, "E08000001", 3])
    book.save(tmp_path / "imd.xlsx")
    assert told(tmp_path / "imd.xlsx") == "deprivation"
    draft = read(tmp_path / "imd.xlsx", "imd.xlsx", VOCABULARIES)
    assert {row.cells["deprivation_decile"] for row in draft.rows} == {"3"}
    assert read(tmp_path / "imd.xlsx", "imd.xlsx", VOCABULARIES, "population").read == 8


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Group", "Tea"),
        ("Name of organisation", "Tea"),
        ("Postcode", "LS1 1UR"),
        ("Website", "tea.example"),
        ("Phone number", "0113 496 0000"),
    ],
)
def test_a_list_of_groups_with_codes_of_areas_is_no_statistic(
    tmp_path: Path, heading: str, cell: str
) -> None:
    """Members of a group would become the people of the neighbourhood it meets in."""
    lines = [f"LSOA code,{heading},Total,White,Asian,Rural urban"]
    lines += [f"{code},{cell},20,10,5,Urban" for code in CODES]
    file = tmp_path / "groups.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert told(file) is None
    file.write_text("\n".join(lines).replace(heading, "LSOA name"), encoding="utf-8")
    assert told(file) is not None


def test_numbers_of_rows_do_not_hide_a_lookup_and_scores_make_none(tmp_path: Path) -> None:
    """The office's downloads number their rows; an index is by two codes and is no lookup."""
    areas = [f"E010{n:05}" for n in range(60)]
    file = tmp_path / "lookup.csv"
    rows = [f"{code},E08000001,{n}" for n, code in enumerate(areas)]
    file.write_text("\n".join(("LSOA21CD,LAD22CD,ObjectId", *rows)), encoding="utf-8")
    assert told(file) == "area-lookup"
    rows = [f"{code},E08000001,20" for code in areas]
    file.write_text("\n".join(("LSOA21CD,LAD22CD,IMD Score", *rows)), encoding="utf-8")
    assert told(file) is None


def test_a_download_with_underscores_in_its_headings_is_a_long_table(tmp_path: Path) -> None:
    """That is how the office's programming interface heads its numbers."""
    groups = ("White", "Asian, Asian British or Asian Welsh", "Other ethnic group")
    lines = ["GEOGRAPHY_CODE,C2021_ETH_20_NAME,OBS_VALUE"]
    lines += [f'{code},"{group}",5' for code in CODES for group in groups]
    draft = reading(tmp_path, "\n".join(lines))
    assert cells(draft)[0] == {
        "area": "E01000001",
        "measure": "people",
        "white": "5",
        "asian": "5",
        "other_ethnic": "5",
    }
