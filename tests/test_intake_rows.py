"""Rows of a file find the register's rows they mean, get ids that last, and name each other."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from netmap.exchange.draft import Draft, DraftRow, Note, Outcome, Spot
from netmap.exchange.intake import Intake, plan, write
from netmap.exchange.intake.names import new_id, slug
from netmap.vocabulary import load

SHOWN = "networks/leeds"
HEADINGS = "id,name,aliases,identifiers,postcode\n"


def row(
    table: str,
    number: int,
    cells: Mapping[str, str],
    *,
    key: str = "",
    patch: bool = False,
    mention: bool = False,
) -> DraftRow:
    """Make a row of a draft as a reader of a sheet would; columns get letters in their order."""
    letters = {column: chr(ord("A") + at) for at, column in enumerate(cells)}
    spot = Spot("groups.xlsx", "Groups", number)
    return DraftRow(table, cells, spot, key, letters, patch, mention)


def draft(*rows: DraftRow) -> Draft:
    """Make a draft in which every row of the sheet is one unit."""
    return Draft("spreadsheet", "rows", len({one.spot.row for one in rows}), rows)


def organisations(*cells: Mapping[str, str]) -> Draft:
    """Make a draft of organisations, from row 2 of a sheet on."""
    return draft(*(row("organisations", n, one) for n, one in enumerate(cells, start=2)))


def network(folder: Path, **tables: str) -> Path:
    """Write a network with a settings file and some tables."""
    home = folder / "leeds"
    home.mkdir(parents=True, exist_ok=True)
    (home / "network.toml").write_text('title = "Leeds"\n', encoding="utf-8")
    for table, text in tables.items():
        (home / f"{table}.csv").write_text(text, encoding="utf-8", newline="")
    return home


def planned(made: Draft, home: Path, source: str = "groups", *, remove: bool = False) -> Intake:
    """Plan an import."""
    return plan(made, home, SHOWN, source, load(), remove_missing=remove)


def imported(made: Draft, home: Path, source: str = "groups", *, remove: bool = False) -> Intake:
    """Plan an import and write it."""
    intake = planned(made, home, source, remove=remove)
    write(intake, home)
    return intake


def lines(home: Path, table: str) -> list[str]:
    """Read a table's file line by line."""
    return (home / f"{table}.csv").read_text(encoding="utf-8").splitlines()


def codes(notes: tuple[Note, ...]) -> list[str]:
    """List the codes of notes."""
    return [note.code for note in notes]


def test_a_row_of_the_same_id_is_the_same(tmp_path: Path) -> None:
    """What netmap gave out comes back to where it was."""
    home = network(tmp_path, organisations=f"{HEADINGS}hub,The Hub,,,\n")
    intake = imported(organisations({"id": "hub", "name": "The Hub", "phone": "1"}), home)
    assert lines(home, "organisations") == [
        "id,name,aliases,identifiers,postcode,phone",
        "hub,The Hub,,,,1",
    ]
    assert intake.changes["organisations"].changed[0].cells == {"phone": ("", "1")}


def test_an_identifier_that_one_has_tells_who_is_meant(tmp_path: Path) -> None:
    """A charity's number outlives its name; blanks and capitals are nothing."""
    home = network(tmp_path, organisations=f"{HEADINGS}mind,Leeds Mind,,GB-CHC-1007625,\n")
    made = organisations({"name": "Mind in Leeds", "identifiers": "gb-chc-100 7625"})
    intake = planned(made, home)
    assert not intake.changes["organisations"].new
    assert intake.matched[0].message == "row 2 is 'mind', by its number gb-chc-100 7625."
    assert codes(intake.notes) == ["differs"]


def test_another_name_at_another_place_is_a_branch(tmp_path: Path) -> None:
    """Branches give their parent's charity number; a merge would move the parent's office."""
    text = f"{HEADINGS}mind,Mind,,GB-CHC-219830,E20 1JQ\n"
    home = network(tmp_path, organisations=text)
    cells = {"name": "Leeds Mind shop", "identifiers": "GB-CHC-219830", "postcode": "LS1 1UR"}
    intake = imported(organisations(cells), home)
    assert [one.id for one in intake.changes["organisations"].new] == ["leeds-mind-shop"]
    assert codes(intake.notes) == ["branch"]
    assert planned(organisations(cells), home).files == {}


def test_an_identifier_that_two_share_tells_nothing(tmp_path: Path) -> None:
    """Which of the two is meant is not guessed."""
    text = f"{HEADINGS}a,A,,GB-COH-1,\nb,B,,GB-COH-1,\n"
    made = organisations({"name": "C", "identifiers": "GB-COH-1"})
    assert planned(made, network(tmp_path, organisations=text)).changes["organisations"].new


def test_a_name_alone_is_not_enough(tmp_path: Path) -> None:
    """Two groups called Carers' Café are two groups until somebody says otherwise."""
    home = network(tmp_path, organisations=f"{HEADINGS}cafe,Carers' Café,,,\n")
    intake = planned(organisations({"name": "Carers' Café", "phone": "1"}), home)
    assert [one.id for one in intake.changes["organisations"].new] == ["carers-cafe"]
    home = network(tmp_path, organisations=f"{HEADINGS}carers-cafe,Carers' Café,,,\n")
    intake = planned(organisations({"name": "Carers' Café", "phone": "1"}), home)
    assert [one.id for one in intake.changes["organisations"].new] == ["carers-cafe-2"]


def test_what_is_only_mentioned_goes_by_its_exact_name(tmp_path: Path) -> None:
    """A grant names its funder; the register's funder of that name or alias is meant."""
    home = network(tmp_path, organisations=f"{HEADINGS}fund,The Big Fund,Big Fund & Co,,\n")
    made = draft(
        row("organisations", 2, {"name": "big fund and co", "website": "x.org"}, mention=True),
        row("organisations", 2, {"name": "New Group"}, mention=True),
        row(
            "ties",
            2,
            {
                "source_organisation": "big fund and co",
                "target_organisation": "new group",
                "kind": "funds",
            },
        ),
    )
    intake = imported(made, home)
    assert lines(home, "ties")[1] == "fund,new-group,funds"
    assert lines(home, "organisations")[1:] == [
        "fund,The Big Fund,Big Fund & Co,,",
        "new-group,New Group,,,",
    ]
    assert intake.matched[0].message == "row 2 is 'fund', by its name."
    assert planned(made, home).files == {}


def test_other_numbers_of_one_register_are_others(tmp_path: Path) -> None:
    """Women's Health Matters and its namesake have different charity numbers."""
    home = network(tmp_path, organisations=f"{HEADINGS}st-marys,St Mary's,,GB-CHC-1,\n")
    cells = {"name": "St Mary's", "identifiers": "GB-CHC-2"}
    intake = planned(draft(row("organisations", 2, cells, mention=True, key="x")), home)
    assert [one.id for one in intake.changes["organisations"].new] == ["st-marys-2"]


def test_the_source_s_own_key_is_remembered(tmp_path: Path) -> None:
    """A group that changes its name keeps its id, and everything that refers to it."""
    home = network(tmp_path)
    imported(draft(row("organisations", 2, {"name": "Old"}, key="77")), home)
    intake = imported(draft(row("organisations", 9, {"name": "New"}, key="77")), home)
    assert lines(home, "organisations") == ["id,name", "old,New"]
    assert intake.changes["organisations"].changed[0].cells == {"name": ("Old", "New")}


def test_rows_without_a_key_are_found_again_whatever_their_order(tmp_path: Path) -> None:
    """People sort their sheets."""
    home = network(tmp_path)
    cells = [
        {"name": "Choir", "postcode": "LS1 1UR"},
        {"name": "Choir", "postcode": "BD1 1AA"},
        {"name": "Allotment"},
    ]
    imported(organisations(*cells), home)
    assert [line.split(",")[0] for line in lines(home, "organisations")[1:]] == [
        "choir",
        "choir-2",
        "allotment",
    ]
    assert planned(organisations(*reversed(cells)), home).files == {}


def test_a_row_taken_out_by_hand_does_not_come_back(tmp_path: Path) -> None:
    """Somebody took it out for a reason; next month's file must not undo it."""
    home = network(tmp_path)
    made = organisations({"name": "A"}, {"name": "B"})
    imported(made, home)
    (home / "organisations.csv").write_text("id,name\nb,B\n", encoding="utf-8")
    intake = planned(made, home)
    assert codes(intake.set_aside) == ["removed-by-hand"]
    assert intake.files == {}
    assert (intake.read, intake.taken) == (2, 1)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Café Été", "cafe-ete"),
        ("Health & Wellbeing", "health-and-wellbeing"),
        ("Women's Health", "womens-health"),
        ("Łódź Straße", "lodz-strasse"),
        ("日本", ""),
        ("a" * 70, "a" * 60),
        (("abcdefghi " * 7).strip(), "-".join(["abcdefghi"] * 6)),
    ],
)
def test_an_id_is_made_of_the_name(name: str, id_: str) -> None:
    """Ids are in addresses of pages; they should be read."""
    assert slug(name) == id_


def test_new_ids_are_free() -> None:
    """Two of one name get two ids, and what cannot be written gets a number."""
    assert new_id("organisations", "Choir", {"choir", "choir-2"}) == "choir-3"
    assert new_id("organisations", "日本", set()) == "organisation-1"
    assert new_id("activities", "日本", {"activity-1"}) == "activity-2"
    assert new_id("organisations", "a" * 70, {"a" * 60}) == f"{'a' * 58}-2"


def test_names_that_differ_in_capitals_get_ids_of_their_own(tmp_path: Path) -> None:
    """They may be two groups."""
    intake = planned(organisations({"name": "MIND"}, {"name": "Mind"}), network(tmp_path))
    assert [one.id for one in intake.changes["organisations"].new] == ["mind", "mind-2"]


def test_an_id_that_cannot_be_one_is_mended(tmp_path: Path) -> None:
    """Other people's ids have capitals; what refers to them still finds them."""
    made = draft(
        row("organisations", 2, {"id": "ORG_1", "name": "A"}),
        row("activities", 3, {"name": "Walk", "organisation": "ORG_1"}),
    )
    home = network(tmp_path)
    intake = imported(made, home)
    assert lines(home, "activities")[1] == "walk,Walk,org-1"
    assert [(n.code, n.value, n.became) for n in intake.notes] == [("bad-id", "ORG_1", "org-1")]


def test_references_go_by_key_then_id_then_name(tmp_path: Path) -> None:
    """The file's own names come first, or a row named `hub` would be taken for the register's."""
    home = network(tmp_path, organisations=f"{HEADINGS}hub,Other,,,\nx,Exact,,,\n")
    made = draft(
        row("organisations", 2, {"name": "Mine"}, key="hub"),
        *(
            row("activities", n, {"name": f"W{n}", "organisation": ref})
            for n, ref in enumerate(("hub", "x", "exact"), start=3)
        ),
    )
    imported(made, home)
    assert lines(home, "activities")[1:] == ["w3,W3,mine", "w4,W4,x", "w5,W5,x"]


def test_a_needed_reference_that_leads_nowhere_costs_the_row(tmp_path: Path) -> None:
    """A tie to nobody is no tie; one letter wrong is suggested."""
    home = network(tmp_path, organisations=f"{HEADINGS}leeds-mind,Leeds Mind,,,\n")
    cells = {
        "source_organisation": "leeds-mind",
        "target_organisation": "leeds-mnd",
        "kind": "funds",
    }
    intake = planned(draft(row("ties", 2, cells)), home)
    (note,) = intake.set_aside
    assert (note.outcome, note.code, str(note.spot)) == (
        Outcome.REFUSED,
        "unknown-organisation",
        "Groups!B2",
    )
    assert note.hint == "Did you mean 'Leeds Mind'?"
    assert (intake.read, intake.taken, intake.files) == (1, 0, {})


def test_another_reference_that_leads_nowhere_costs_the_cell(tmp_path: Path) -> None:
    """A course of an organisation nobody knows is still a course."""
    home = network(tmp_path)
    made = draft(row("activities", 2, {"name": "A", "organisation": "Nobody"}))
    intake = imported(made, home)
    assert lines(home, "activities") == ["id,name", "a,A"]
    assert [(n.outcome, n.code) for n in intake.notes] == [
        (Outcome.REFUSED, "unknown-organisation")
    ]
    assert (intake.taken, intake.set_aside) == (1, ())


def test_an_area_nobody_knows_yet_stays_as_written(tmp_path: Path) -> None:
    """The areas often come later, and the row then finds its own without another import."""
    home = network(tmp_path)
    sheet = organisations({"name": "A", "area": "Leeds"})
    intake = imported(sheet, home)
    assert lines(home, "organisations") == ["id,name,area", "a,A,Leeds"]
    assert [(n.outcome, n.code, str(n.spot)) for n in intake.notes] == [
        (Outcome.WARNED, "unknown-area", "Groups!B2")
    ]
    imported(draft(row("areas", 2, {"code": "E08000035", "name": "Leeds"})), home, "areas")
    again = planned(sheet, home)
    assert "organisations.csv" not in again.files
    assert again.changes["organisations"].unchanged == 1


def test_areas_go_by_code_alias_or_name(tmp_path: Path) -> None:
    """The worked networks call Leeds `leeds`; ONS calls it E08000035."""
    home = network(tmp_path, areas="code,name,aliases\nleeds,Leeds,E08000035\n")
    made = draft(
        row("areas", 2, {"code": "E08000035", "rural_urban": "major_urban"}, patch=True),
        row("populations", 3, {"area": "E08000035", "total": "100"}),
    )
    intake = imported(made, home)
    assert lines(home, "areas") == [
        "code,name,aliases,rural_urban",
        "leeds,Leeds,E08000035,major_urban",
    ]
    assert lines(home, "populations") == ["area,total", "leeds,100"]
    assert intake.matched[0].message == "row 2 is 'leeds', by its code E08000035."


def test_areas_of_one_name_and_two_codes_are_two(tmp_path: Path) -> None:
    """Every third town has a ward called Central."""
    home = network(tmp_path, areas="code,name\nE05000001,Central\n")
    intake = planned(draft(row("areas", 2, {"code": "E05000777", "name": "Central"})), home)
    assert [one.id for one in intake.changes["areas"].new] == ["E05000777"]


def test_a_refused_cell_is_left_out_with_its_place(tmp_path: Path) -> None:
    """`Groups!C2` is where to put it right; the rest of the row is used."""
    home = network(tmp_path)
    cells = {"name": "A", "postcode": "ls11ur", "roles": "hub; wizard", "website": "no no"}
    intake = imported(organisations(cells), home)
    assert lines(home, "organisations") == ["id,name,roles,postcode", "a,A,hub,LS1 1UR"]
    assert [(n.code, str(n.spot)) for n in intake.notes] == [
        ("bad-address", "Groups!D2"),
        ("unknown-term", "Groups!C2"),
    ]


def test_a_refused_needed_cell_sets_the_row_aside(tmp_path: Path) -> None:
    """A group without a name cannot be shown to anyone."""
    intake = planned(organisations({"postcode": "LS1 1UR"}, {"name": "B"}), network(tmp_path))
    assert [(n.code, n.spot.row) for n in intake.set_aside] == [("missing-value", 2)]
    assert (intake.read, intake.taken) == (2, 1)


def test_what_hides_a_row_is_never_dropped(tmp_path: Path) -> None:
    """An unreadable `visibility` left out would put a refuge on the public map."""
    home = network(tmp_path)
    cells = {"name": "A", "visibility": "hmm", "consent_until": "soon", "roles": "hub"}
    intake = imported(organisations(cells), home)
    assert lines(home, "organisations")[1] == "a,A,hub,hmm,soon"
    assert {n.outcome for n in intake.notes} == {Outcome.WARNED}


def test_communities_nobody_knows_do_not_open_an_activity(tmp_path: Path) -> None:
    """An empty list means open to anyone."""
    home = network(tmp_path)
    imported(draft(row("activities", 2, {"name": "A", "communities": "martians"})), home)
    assert lines(home, "activities") == ["id,name,communities", "a,A,martians"]


def test_a_row_said_twice_is_one_row(tmp_path: Path) -> None:
    """Sheets are put together by copying."""
    cells = {"id": "a", "name": "A"}
    intake = planned(organisations(cells, cells), network(tmp_path))
    assert (intake.taken, len(intake.changes["organisations"].new), intake.set_aside) == (2, 1, ())


def test_two_sayings_of_one_id_are_not_both_taken(tmp_path: Path) -> None:
    """The first stays, and the other is named with it."""
    intake = planned(
        organisations({"id": "a", "name": "A"}, {"id": "a", "name": "B"}), network(tmp_path)
    )
    assert [n.message for n in intake.set_aside] == [
        "it has the same identifier as row 2, and says other things; it is set aside."
    ]
    assert [one.label for one in intake.changes["organisations"].new] == ["A"]


def test_ties_are_one_by_who_whom_and_what(tmp_path: Path) -> None:
    """A tie has no id: the same two, kind, topic and start are the same tie."""
    home = network(
        tmp_path,
        organisations=f"{HEADINGS}a,A,,,\nb,B,,,\n",
        ties="source_organisation,target_organisation,kind,since,notes\na,b,Funds,01/02/2026,\n",
    )
    cells = {
        "source_organisation": "A",
        "target_organisation": "B",
        "kind": "funds",
        "since": "2026-02-01",
        "notes": "x",
    }
    more = {**cells, "notes": "y"}
    intake = planned(
        draft(row("ties", 2, cells), row("ties", 3, cells), row("ties", 4, more)), home
    )
    assert [one.cells for one in intake.changes["ties"].changed] == [{"notes": ("", "x")}]
    assert [n.spot.row for n in intake.set_aside] == [4]
    assert intake.taken == 2


def test_units_of_several_rows_are_counted_once(tmp_path: Path) -> None:
    """783 grants are 783, however many funders, recipients and ties they make."""
    made = draft(
        row("organisations", 2, {"name": "A"}, mention=True),
        row("ties", 2, {"source_organisation": "A", "target_organisation": "A", "kind": "funds"}),
        row("organisations", 3, {"name": "A"}, mention=True),
        row("ties", 3, {"source_organisation": "A", "target_organisation": "?", "kind": "funds"}),
    )
    intake = planned(made, network(tmp_path))
    assert (intake.read, intake.taken, len(intake.set_aside)) == (2, 1, 1)


def test_codes_left_over_are_told_once(tmp_path: Path) -> None:
    """The wrong boundary year shows as a list of codes, not as a thousand lines."""
    home = network(tmp_path, areas="code,name\nE07000001,A\nE07000002,B\nE12000001,C\n")
    made = draft(
        *(
            row("areas", n, {"code": f"E070000{n:02}", "deprivation_decile": "1"}, patch=True)
            for n in range(2, 30)
        )
    )
    intake = planned(made, home)
    (note,) = intake.notes
    assert (note.outcome, note.code) == (Outcome.WARNED, "left-over-codes")
    assert note.message.startswith("27 codes of the file fit no area of the register: E07000003, ")
    assert "E07000022 and 7 more; " in note.message
    assert note.message.endswith("the file says nothing about 1 area it could: E07000001.")
    assert "boundary years" in note.hint
    assert (intake.read, intake.taken, len(intake.set_aside)) == (28, 1, 27)


def test_people_of_an_unknown_area_are_left_over(tmp_path: Path) -> None:
    """A population without its area would be counted nowhere."""
    home = network(tmp_path, areas="code,name\nE01000001,A\n")
    made = draft(*(row("populations", n, {"area": f"E0100000{n}", "total": "9"}) for n in (1, 2)))
    intake = planned(made, home)
    assert [n.code for n in intake.set_aside] == ["unknown-area"]
    assert "1 code of the file fit no area" in intake.notes[-1].message
