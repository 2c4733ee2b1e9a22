"""The command that takes other people's files in: import."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netmap.cli.app import Call, Form, Format, app

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.build.importing import Import
    from netmap.exchange.draft import Note
    from netmap.exchange.intake import RowChange, TableChange
    from netmap.exchange.spreadsheets import HeadingMatch

_ROWS_SHOWN = 8
_HOW = {
    "remembered": "agreed before",
    "exact": "",
    "alias": "known by this name",
    "suggested": "perhaps: asked about",
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
            "or a folder of JSON pages.",
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

    Kinds: spreadsheet, netmap, directory (Open Referral UK, HSDS), outpost, 360giving, gis,
    kumu, graphml, gexf, boundaries, population, rural-urban, deprivation, area-codes.
    """
    from netmap.build import importing  # noqa: PLC0415
    from netmap.cli.console import aside, print_json  # noqa: PLC0415
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
        print_json(_as_json(made, written, preview=preview))
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

    console, intake = out(), made.intake
    print_title(
        console,
        f"{made.file.name}: {intake.read:,} {intake.unit} read, {intake.taken:,} taken, "
        f"{intake.read - intake.taken:,} set aside",
        note=f"read as {made.kind}, into {made.shown}, remembered as '{intake.source}'",
    )
    _show_headings(console, made)
    for name, change in intake.changes.items():
        _show_change(console, name, change)
    print_notes(console, "Set aside", intake.set_aside)
    print_notes(console, "Noticed in cells", intake.notes)
    console.print()
    _show_end(console, made, written, preview=preview)


def _show_headings(console: "Console", made: "Import") -> None:
    from netmap.cli.console import print_table  # noqa: PLC0415

    for sheet in made.sheets:
        agreed = all(match.how.value == "remembered" for match in sheet.matches)
        if not sheet.table or agreed:
            continue
        console.print()
        where = f"Sheet {sheet.sheet}" if sheet.sheet else "The sheet"
        console.print(f"{where}, headings in row {sheet.heading_row}, read as {sheet.table}:")
        rows = [(m.letter, m.heading, m.column or "-", _HOW[m.how.value]) for m in sheet.matches]
        print_table(console, ("", "heading", "column", ""), rows)
        if sheet.missing:
            console.print(f"Not in the file: {', '.join(sheet.missing)}")


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
        console.print("Nothing to change: the register has all of it.")
    else:
        console.print(f"Wrote {', '.join(written)}.")
        console.print(f"Undo with: netmap import --undo --into {made.network}")
    if made.checked and not preview:
        console.print(f"A copy with every problem marked: {made.checked}")
    for line in made.next_steps:
        console.print(line)


def _as_json(made: "Import", written: tuple[str, ...], *, preview: bool) -> dict[str, Any]:
    intake = made.intake
    return {
        "file": made.file.name,
        "network": made.network,
        "kind": made.kind,
        "source": intake.source,
        "preview": preview,
        "rows": {
            "unit": intake.unit,
            "read": intake.read,
            "taken": intake.taken,
            "set_aside": intake.read - intake.taken,
        },
        "headings": [
            {
                "sheet": sheet.sheet,
                "table": sheet.table,
                "row": sheet.heading_row,
                "missing": list(sheet.missing),
                "columns": [
                    {
                        "letter": m.letter,
                        "heading": m.heading,
                        "column": m.column,
                        "how": m.how.value,
                    }
                    for m in sheet.matches
                ],
            }
            for sheet in made.sheets
        ],
        "tables": {
            name: {
                "new": [row.label for row in change.new],
                "changed": [
                    {"row": row.label, "cells": {c: list(two) for c, two in row.cells.items()}}
                    for row in change.changed
                ],
                "unchanged": change.unchanged,
                "missing": [row.label for row in change.missing],
                "removed": [row.label for row in change.removed],
            }
            for name, change in intake.changes.items()
        },
        "set_aside": [_note_as_json(note) for note in intake.set_aside],
        "notes": [_note_as_json(note) for note in intake.notes],
        "written": list(written),
        "checked": str(made.checked) if made.checked and not preview else None,
    }


def _note_as_json(note: "Note") -> dict[str, Any]:
    return {
        "outcome": note.outcome.value,
        "code": note.code,
        "place": str(note.spot),
        "file": note.spot.file,
        "sheet": note.spot.sheet or None,
        "row": note.spot.row,
        "column": note.spot.column or None,
        "value": note.value,
        "became": note.became,
        "message": note.message,
        "hint": note.hint,
    }
