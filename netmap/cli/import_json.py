"""What an import did, as JSON for scripts."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netmap.build.importing import Import
    from netmap.exchange.draft import Note


def import_as_json(made: "Import", written: tuple[str, ...], *, preview: bool) -> dict[str, Any]:
    """Give the counts, the headings, the difference, and every note with its place.

    Args:
        made: The import.
        written: The files written in the network's folder.
        preview: Whether nothing was to be written.
    """
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
        **({"travel": asdict(made.travel)} if made.travel else {}),
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
