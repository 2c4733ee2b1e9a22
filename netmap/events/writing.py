"""The sessions as a table: the bytes of ``events/<programme>.csv``."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from netmap.events.models import EVERY_ROW, FIELDS, SESSION_COLUMNS, Session
from netmap.tables import write_csv


def sessions_csv(sessions: Iterable[Session], aside: Iterable[Mapping[str, str]] = ()) -> bytes:
    """Write sessions so that reading them gives the same sessions.

    Args:
        sessions: In the order the file shall have.
        aside: The cells of rows that could not be used (``Programme.aside``); they follow, as
            they were written.

    Returns:
        CSV with the columns of the contract, confidence and source, and where there are any,
        notes and the columns netmap does not know.
    """
    rows = [_cells(session) for session in sessions] + [dict(cells) for cells in aside]
    used = {column for row in rows for column, value in row.items() if value not in (None, "", ())}
    columns = [*SESSION_COLUMNS, "confidence", "source"]
    columns += ["notes"] if "notes" in used else []
    columns += sorted(used - {*SESSION_COLUMNS, *EVERY_ROW})
    return write_csv(columns, rows)


def _cells(session: Session) -> dict[str, object]:
    names = (*SESSION_COLUMNS, *EVERY_ROW)
    cells = {name: getattr(session, FIELDS.get(name, name)) for name in names}
    if session.all_day:
        ends = session.ends - timedelta(days=1) if session.ends else None
        cells |= {"starts": session.starts.date(), "ends": ends.date() if ends else None}
    unread = {
        name: session.unread[FIELDS.get(name, name)]
        for name in names
        if FIELDS.get(name, name) in session.unread
    }
    return {**session.extra, **cells, **unread}
