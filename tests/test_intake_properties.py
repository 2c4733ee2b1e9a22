"""Whatever people write in a sheet: an import loses nothing, and twice is once."""

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from test_intake_merging import content
from test_intake_rows import codes, draft, imported, planned, row

from netmap.exchange.draft import Draft, DraftRow
from netmap.exchange.intake import undo
from netmap.tables import read_tables

TEXTS = st.text(st.sampled_from("aB é;,'\"=+-@\t\n\r\u00a0<x0123456789\u2028\ufffe"), max_size=8)
NAMES = st.sampled_from(["A", "a", "Ab", "Café", "É", "=x", "'=x", "Mind & Co", "日"])
COLUMNS = ("phone", "postcode", "latitude", "roles", "aliases", "identifiers", "own", "=own")
KEYS = st.sampled_from(["", "", "1", "2", "x y"])
REFERENCES = st.one_of(NAMES, KEYS, st.just("a"))
CODES = st.sampled_from(["", "x", "E01000001", "E01000002", "a"])
DECILES = st.sampled_from(["", "1", "2", "11"])
LIMITS = settings(deadline=None, max_examples=40)


@st.composite
def organisation(draw: st.DrawFn) -> DraftRow:
    """Draw an organisation as a careless sheet has it."""
    cells = draw(st.dictionaries(st.sampled_from(COLUMNS), TEXTS, max_size=4))
    if draw(st.booleans()):
        cells["name"] = draw(NAMES)
    if draw(st.booleans()):
        cells["area"] = draw(st.one_of(REFERENCES, CODES))
    mention = draw(st.integers(0, 4)) == 0
    if not mention and draw(st.integers(0, 4)) == 0:
        cells["id"] = draw(st.sampled_from(["a", "b", "A!", "ab"]))
    return row("organisations", draw(st.integers(2, 9)), cells, key=draw(KEYS), mention=mention)


@st.composite
def tie(draw: st.DrawFn) -> DraftRow:
    """Draw a tie between whoever."""
    cells = {
        "source_organisation": draw(REFERENCES),
        "target_organisation": draw(REFERENCES),
        "kind": draw(st.sampled_from(["funds", "advises", "?"])),
        "notes": draw(TEXTS),
    }
    return row("ties", draw(st.integers(2, 9)), cells, key=draw(KEYS))


@st.composite
def activity(draw: st.DrawFn) -> DraftRow:
    """Draw an activity that may be part of another."""
    cells = {"name": draw(NAMES), "organisation": draw(REFERENCES), "part_of": draw(REFERENCES)}
    return row("activities", draw(st.integers(2, 9)), cells, key=draw(KEYS))


@st.composite
def area(draw: st.DrawFn) -> DraftRow:
    """Draw an area that lies in another, the mention of one, or cells for one."""
    number, code = draw(st.integers(2, 9)), {"code": draw(CODES)}
    how = draw(st.sampled_from(["whole", "mention", "patch"]))
    if how == "patch":
        return row("areas", number, {**code, "deprivation_decile": draw(DECILES)}, patch=True)
    cells = {**code, "name": draw(NAMES)}
    if how == "mention":
        return row("areas", number, cells, mention=True)
    parent = {"parent": draw(REFERENCES), "deprivation_decile": draw(DECILES)}
    return row("areas", number, cells | parent, key=draw(KEYS))


DRAFTS = st.lists(
    st.one_of(organisation(), organisation(), tie(), activity(), area()), max_size=9
).map(lambda rows: draft(*rows))
GRIDS = st.lists(st.lists(TEXTS, min_size=1, max_size=5), max_size=5)


def written(home: Path, rows: list[list[str]]) -> list[list[str]]:
    """Write a table of organisations as people keep one, and give its cells."""
    (home / "network.toml").write_text("", encoding="utf-8")
    grid = [["id", "Name", "postcode", "mine"], ["a", "A", "LS1 1UR", "=1"], *rows]
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(grid)
    (home / "organisations.csv").write_bytes(out.getvalue().encode())
    return grid


@LIMITS
@given(DRAFTS, GRIDS)
def test_importing_twice_changes_nothing(made: Draft, rows: list[list[str]]) -> None:
    """Byte for byte, with whatever was there and whatever the file says."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        written(home, rows)
        first = imported(made, home)
        assert first.read == first.taken + len(first.set_aside)
        before = content(home)
        again = imported(made, home)
        assert again.files == {}
        assert content(home) == before
        assert again.taken == first.taken
        assert [(n.code, n.spot) for n in again.set_aside] == [
            (n.code, n.spot) for n in first.set_aside
        ]


@LIMITS
@given(DRAFTS, DRAFTS, GRIDS)
def test_no_cell_of_a_table_is_lost(made: Draft, newer: Draft, rows: list[list[str]]) -> None:
    """What stands in a cell stays there, in its row and column, unless it is said to change."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        grid = written(home, rows)
        for one in (made, newer):
            imported(one, home)
        text = (home / "organisations.csv").read_bytes().decode()
        after = list(csv.reader(io.StringIO(text, newline="")))
        for before, now in zip(grid[2:], after[2:], strict=False):
            assert now[: len(before)] == before or before[0].strip() in {"a", "b", "ab"}
        assert len(after) >= len(grid)


@LIMITS
@given(DRAFTS)
def test_what_is_taken_is_what_is_read_back(made: Draft) -> None:
    """A cell that a spreadsheet would run is guarded, and comes back without its guard."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "n"
        intake = imported(made, home)
        known = dict.fromkeys(("organisations", "activities", "ties", "areas"), ("id",))
        tables = read_tables(home, "x", known, {})[0] if home.is_dir() else {}
        for table, change in intake.changes.items():
            taken = [{c: text for c, (_, text) in one.cells.items()} for one in change.new]
            rows = tables[table].rows if table in tables else ()
            assert [dict(one.cells) for one in rows] == taken


@LIMITS
@given(DRAFTS, DRAFTS)
def test_every_import_can_be_undone(made: Draft, newer: Draft) -> None:
    """Byte for byte, as it was before."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        written(home, [])
        imported(made, home)
        before = {n: c for n, c in content(home).items() if not n.endswith(".zip")}
        if imported(newer, home).files:
            undo(home, "x")
            assert content(home) == before


@LIMITS
@given(DRAFTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_next_month(made: Draft, random: object) -> None:
    """People sort their sheets; rows that contradict each other are another matter."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        written(home, [])
        first = imported(made, home)
        keys = [
            (one.table, called)
            for one in made.rows
            for called in {one.key, one.cells.get("id", ""), one.cells.get("code", "")} - {""}
        ]
        repeated = len(set(keys)) < len(keys) or "repeated" in codes(first.notes)
        if first.set_aside or repeated:
            return
        rows = list(made.rows)
        random.shuffle(rows)  # type: ignore[attr-defined]  # hypothesis gives a Random
        again = planned(draft(*rows), home)
        assert not [path for path in again.files if not path.startswith("imports/")]
