"""What each change was: moved, renamed, cancelled, on again, or something else.

The record of what was told (:mod:`netmap.events.told`) says that a date changed and when; what it
was before is gone once the new state is recorded. So the kind of each date's last change is kept
beside it, and the news of it reads the same on every later run. No former title is kept: it may
hold a name that has to be hidden since.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from netmap.errors import UnreadableFileError
from netmap.events.told import Entry, Told, ToldEvent, told_path
from netmap.privacy import Audience
from netmap.workspace import Workspace

NEW, MOVED, RENAMED, CANCELLED, ON_AGAIN, CHANGED = (
    "new", "moved", "renamed", "cancelled", "on again", "changed",
)  # fmt: skip
# Weightiest first: the first of a change's kinds is the one it is announced as.
KINDS = (CANCELLED, ON_AGAIN, MOVED, RENAMED, CHANGED, NEW)
_FORMAT = 1
# No programme is called this, since its name would have to be that of two files.
_NAME = "changes.all"


@dataclass(frozen=True, slots=True)
class Change:
    """The last change of one date.

    Attributes:
        sequence: Which one it was.
        kinds: What it was, weightiest first.
        was: The local start before, where that changed.
    """

    sequence: int
    kinds: tuple[str, ...]
    was: datetime | None = None

    @property
    def kind(self) -> str:
        """The weightiest of its kinds."""
        return self.kinds[0]


def changes_path(audience: Audience) -> str:
    """Name the file of the record, from the workspace."""
    return told_path(_NAME, audience)


def read_changes(workspace: Workspace, audience: Audience) -> dict[str, Change]:
    """Read the last change of each date, by UID; nothing where nothing changed yet.

    Raises:
        UnreadableFileError: The record cannot be understood.
    """
    shown = changes_path(audience)
    file = workspace.root / Path(shown)
    if not file.exists():
        return {}
    try:
        data = json.loads(file.read_text(encoding="utf-8-sig"))
        if (data["format"], data["audience"]) != (_FORMAT, audience.value):
            raise UnreadableFileError(shown, "it is not a record of what this audience was told")
        return {uid: _change(fields) for uid, fields in data["changes"].items()}
    except OSError as error:
        raise UnreadableFileError(shown, error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        why = "it is not the record netmap wrote (was a merge left unfinished?)"
        raise UnreadableFileError(shown, why) from error


def changes_json(changes: Mapping[str, Change], audience: Audience) -> bytes:
    """Write the record: one date to a line, so that git merges it."""
    lines = ",\n".join(
        f"{json.dumps(uid)}: {json.dumps(_fields(change), sort_keys=True)}"
        for uid, change in sorted(changes.items())
        if change.kind != NEW
    )
    body = f'"changes": {{\n{lines}\n}},\n' if lines else '"changes": {},\n'
    return f'{{\n"audience": "{audience.value}",\n{body}"format": {_FORMAT}\n}}\n'.encode()


def _fields(change: Change) -> dict[str, Any]:
    was = change.was.isoformat() if change.was else None
    return {"sequence": change.sequence, "kinds": list(change.kinds), "was": was}


def _change(fields: Mapping[str, Any]) -> Change:
    kinds = tuple(kind for kind in KINDS if kind in fields["kinds"])
    was = datetime.fromisoformat(fields["was"]) if fields["was"] else None
    return Change(int(fields["sequence"]), kinds or (CHANGED,), was)


def changes_of(
    entries: Iterable[Entry], told: Iterable[Told], known: Mapping[str, Change]
) -> dict[str, Change]:
    """Say what the last change of each date was.

    Args:
        entries: The dates as they are told now.
        told: The records of what was told last.
        known: What was recorded of earlier changes.

    Returns:
        By UID; a date that was never told before is new.
    """
    before = {uid: event for one in told for uid, event in one.events.items()}
    return {
        entry.occurrence.uid: _last(
            entry, before.get(entry.occurrence.uid), known.get(entry.occurrence.uid)
        )
        for entry in entries
    }


def _last(entry: Entry, before: ToldEvent | None, known: Change | None) -> Change:
    one = entry.occurrence
    off = one.status == CANCELLED
    if entry.sequence == 0:
        return Change(0, (CANCELLED if off else NEW,))
    if known is not None and known.sequence == entry.sequence:
        return known
    if before is None or before.sequence != entry.sequence - 1:
        return Change(entry.sequence, (CANCELLED if off else CHANGED,))
    moved = (before.starts, before.ends, before.zone) != (one.starts, one.ends, one.zone)
    found = {
        CANCELLED: off and not before.cancelled,
        ON_AGAIN: before.cancelled and not off,
        MOVED: moved,
        RENAMED: bool(before.title and one.title) and before.title != one.title,
    }
    kinds = tuple(kind for kind in KINDS if found.get(kind))
    was = before.starts if before.starts != one.starts else None
    return Change(entry.sequence, kinds or (CANCELLED if off else CHANGED,), was)
