"""An earlier register, as hidden as the later one: what was shown once may not be shown now.

Somebody who compares two registers would otherwise read what was withheld since, or whose consent
ended since, from the earlier one.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from netmap.networks.areas import Areas
from netmap.networks.consent import without
from netmap.networks.models import TABLES, Activity, Organisation
from netmap.networks.redaction import LEAST_NAME, hidden_as
from netmap.networks.register import Register
from netmap.networks.scrubbing import scrubber
from netmap.privacy import Audience

R = TypeVar("R", Organisation, Activity)


def as_hidden_since(earlier: Register, later: Register) -> Register:
    """Hide in an earlier register what the later one hides of the same rows.

    Args:
        earlier: The earlier register, for staff.
        later: The later register, for staff.
    """
    return replace(
        earlier,
        organisations=_hidden(earlier, earlier.organisations, later, later.organisation),
        activities=_hidden(earlier, earlier.activities, later, later.activity),
    )


def without_rows(register: Register, organisations: set[str], activities: set[str]) -> Register:
    """Take rows out of a register with all that refers to them, as when a consent has ended."""
    rows: dict[str, Any] = {name: tuple(getattr(register, name)) for name in TABLES}
    rows["organisations"] = tuple(o for o in rows["organisations"] if o.id not in organisations)
    rows["activities"] = tuple(a for a in rows["activities"] if a.id not in activities)
    left = without(rows, organisations, activities)
    return replace(register, **{**left, "areas": Areas(left["areas"])})


def names_rows(rows: Iterable[Organisation | Activity]) -> Callable[[str], bool]:
    """Make what tells whether a text names one of these rows, by its id, name or alias."""
    gone = list(rows)
    ids = {row.id for row in gone}
    words = {w for row in gone for w in (row.id, row.name, *getattr(row, "aliases", ()))}
    scrub = scrubber(sorted(word for word in words if len(word) >= LEAST_NAME))
    return lambda text: text in ids or scrub(text) != text


def _hidden(earlier: Register, rows: Iterable[R], later: Register, now: Any) -> tuple[R, ...]:
    return tuple(
        _as_now(earlier, row, later, now[row.id]) if row.id in now else row for row in rows
    )


def _as_now(earlier: Register, row: R, later: Register, now: R) -> R:
    update: dict[str, str] = {}
    was, is_ = hidden_as(earlier, row), hidden_as(later, now)
    if is_.rank > was.rank:
        update["visibility"] = is_.value
    whom, whom_now = (Audience(one.contact or Audience.STAFF) for one in (row, now))
    if whom_now.rank > whom.rank:
        update["contact"] = whom_now.value
    return row.model_copy(update=update) if update else row
