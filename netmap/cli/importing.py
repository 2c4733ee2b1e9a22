"""The command that takes other people's files in: import."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netmap.cli.app import Call, Form, Format, app

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.build.importing import Import
    from netmap.exchange.intake import RowChange, TableChange
    from netmap.exchange.spreadsheets import HeadingMatch

_ROWS_SHOWN = 8
_ABOUT_HEADINGS = frozenset({"unexpected-heading", "missing-heading"})
_HOW = {
    "remembered": "agreed",
    "exact": "",
    "alias": "known by this name",
    "suggested": "perhaps: not agreed yet, kept as it is",
    "unexpected": "not known: kept as it is, for staff",
}


@app.command(
    "import",
    epilog="Example: netmap import groups.xlsx --into leeds --preview",
)
def import_file(
    context: typer.Context,
    into: Annotated[str, typer.Option(metavar="NETWORK", help="The network; made if it is new.")],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="A spreadsheet, a directory feed, a grants file, a map layer, a graph, "
            "a table of travel times, or a folder of JSON pages.",
            show_default=False,
        ),
    ] = None,
    preview: Annotated[  # noqa: FBT002  # a flag
        bool, typer.Option("--preview", help="Show what would happen; write nothing.")
    ] = False,
    yes: Annotated[  # noqa: FBT002
        bool, typer.Option("--yes", "-y", help="Accept the suggested headings without asking.")
    ] = False,
    kind: Annotated[
        str | None,
        typer.Option(
            help="What the file is, where it cannot be told: see the list below.",
            show_default=False,
        ),
    ] = None,
    table: Annotated[
        str | None,
        typer.Option(help="Which table its rows are for, as organisations.", show_default=False),
    ] = None,
    tie_kind: Annotated[
        str | None,
        typer.Option(
            help="What the ties of a graph are where it does not say, as signposts_to.",
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            help="Where it comes from: headings and rows are remembered under this name. "
            "The file's name without dates, unless named.",
            show_default=False,
        ),
    ] = None,
    remove_missing: Annotated[  # noqa: FBT002
        bool,
        typer.Option(
            "--remove-missing", help="Remove rows this source gave before and has no more."
        ),
    ] = False,
    new: Annotated[  # noqa: FBT002
        bool, typer.Option("--new", help="Make a new network although another has a like name.")
    ] = False,
    undo: Annotated[  # noqa: FBT002
        bool, typer.Option("--undo", help="Put back what stood before the last import.")
    ] = False,
    form: Format = Form.TEXT,
) -> None:
    """Take a file in: what was understood, mended, refused, and what would change.

    Kinds: spreadsheet, netmap, oruk, hsds, outpost, 360giving, gis, kumu, kumu-sheets, graphml,
    gexf, boundaries, population, rural-urban, deprivation, area-codes, area-lookup,
    travel.
    """
    from netmap.build import importing  # noqa: PLC0415
    from netmap.cli.console import aside, print_json  # noqa: PLC0415
    from netmap.cli.import_json import import_as_json  # noqa: PLC0415
    from netmap.exchange.kinds import Wishes  # noqa: PLC0415

    call: Call = context.obj
    place = call.open()
    if undo:
        for name in importing.undo(place, into):
            typer.echo(f"Put back {name}")
        return
    if file is None:
        raise typer.BadParameter("name the FILE to import, or give --undo.")
    asking = _asker(yes=yes)
    with aside().status(f"Reading {file.name}") as status:
        made = importing.prepare(
            place,
            file,
            into,
            kind=kind,
            wishes=Wishes(table, tie_kind, call.as_of),
            source=source,
            new=new,
            remove_missing=remove_missing,
            accept=lambda match: _paused(status, asking, match),
        )
    written = () if preview else importing.carry_out(made)
    if form is Form.JSON:
        print_json(import_as_json(made, written, preview=preview))
    else:
        _show(made, written, preview=preview)


def _asker(*, yes: bool) -> Any:
    """Choose who answers for headings that are not clear: the option, a person, or nobody."""
    import sys  # noqa: PLC0415

    if yes:
        return lambda _: True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return lambda _: None

    def ask(match: "HeadingMatch") -> bool:
        question = f"Is '{match.heading}' (column {match.letter}) meant as {match.column}?"
        return typer.confirm(question, default=True, err=True)

    return ask


def _paused(status: Any, asking: Any, match: "HeadingMatch") -> bool | None:
    """Ask while the spinner stands still."""
    status.stop()
    answer: bool | None = asking(match)
    status.start()
    return answer


def _show(made: "Import", written: tuple[str, ...], *, preview: bool) -> None:
    from netmap.cli.console import out, print_title  # noqa: PLC0415
    from netmap.cli.notes import print_notes  # noqa: PLC0415
    from netmap.cli.travel import travel_in_words  # noqa: PLC0415

    console, intake = out(), made.intake
    print_title(
        console,
        f"{made.file.name}: {_counted(intake.read, intake.unit)} read, {intake.taken:,} taken, "
        f"{intake.read - intake.taken:,} set aside",
        note=f"read as {made.kind}, into {made.shown}, remembered as '{intake.source}'",
    )
    if made.travel:
        for line in travel_in_words(made.travel):
            console.print(line)
    listed = _show_headings(console, made)
    for name, change in intake.changes.items():
        _show_change(console, name, change)
    print_notes(console, "Set aside", intake.set_aside)
    print_notes(console, "Noticed", [n for n in intake.notes if n.code not in listed])
    console.print()
    _show_end(console, made, written, preview=preview)


def _counted(number: int, unit: str) -> str:
    return f"{number:,} {unit.removesuffix('s') if number == 1 else unit}"


def _show_headings(console: "Console", made: "Import") -> frozenset[str]:
    """Show how headings were understood; give the codes of the notes that would say it again."""
    from netmap.cli.console import print_table  # noqa: PLC0415

    shown = False
    for sheet in made.sheets:
        agreed = all(match.how.value == "remembered" for match in sheet.matches)
        if not sheet.table or agreed:
            continue
        shown = True
        console.print()
        where = f"Sheet {sheet.sheet}" if sheet.sheet else "The sheet"
        console.print(f"{where}, headings in row {sheet.heading_row}, read as {sheet.table}:")
        rows = [(m.letter, m.heading, m.column or "-", _HOW[m.how.value]) for m in sheet.matches]
        print_table(console, ("", "heading", "column", ""), rows)
        if sheet.missing:
            console.print(f"Not in the file: {', '.join(sheet.missing)}")
    return _ABOUT_HEADINGS if shown else frozenset()


def _show_change(console: "Console", name: str, change: "TableChange") -> None:
    counted = {
        "new": len(change.new),
        "changed": len(change.changed),
        "unchanged": change.unchanged,
        "no longer in the file": len(change.missing),
        "removed": len(change.removed),
    }
    said = ", ".join(f"{n:,} {what}" for what, n in counted.items() if n)
    if not said:
        return
    console.print()
    console.print(f"{name}: {said}")
    _show_rows(console, "new", change.new)
    _show_rows(console, "changed", change.changed)
    _show_rows(console, "no longer in the file", change.missing)
    _show_rows(console, "removed", change.removed)


def _show_rows(console: "Console", what: str, rows: "tuple[RowChange, ...]") -> None:
    for row in rows[:_ROWS_SHOWN]:
        cells = (
            "" if what == "new" else "; ".join(_cell(name, *two) for name, two in row.cells.items())
        )
        console.print(f"  {what}: {row.label}{'  ' + cells if cells else ''}")
    if len(rows) > _ROWS_SHOWN:
        console.print(f"  and {len(rows) - _ROWS_SHOWN:,} more {what}")


def _cell(name: str, before: str, after: str) -> str:
    return f"{name}: {before or 'empty'} -> {after or 'empty'}"


def _show_end(
    console: "Console", made: "Import", written: tuple[str, ...], *, preview: bool
) -> None:
    if preview:
        console.print("This was a preview: nothing was written.")
    elif not written:
        console.print(
            "Nothing to change: the register has all of it."
            if made.intake.taken
            else "Nothing was written: no row could be taken."
        )
    else:
        console.print(f"Wrote {', '.join(written)}.")
        console.print(f"Undo with: netmap import --undo --into {made.network}")
        console.print(f"See duplicates and what is unclear with: netmap check {made.network}")
    if made.checked and not preview:
        console.print(f"A copy with every problem marked: {made.checked}")
