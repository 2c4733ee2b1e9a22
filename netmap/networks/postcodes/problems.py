"""What is said of a row's postcode that the table does not know, or knows something of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from netmap.findings import Finding, Level, Place
from netmap.networks.postcodes.places import State
from netmap.networks.records import Sensitive

_MONTH_KNOWN = 100000
_NAMED_ROWS = 5
_FAR = "One of the two is wrong; the row stays where its coordinates are."


def unknown(row: Sensitive, mends: Sequence[str], outcode: str, *, placed: bool) -> Finding:
    """Word that the table lacks a postcode.

    Args:
        row: The row, whose coordinates, if it has any, are used.
        mends: Postcodes of the table that it may have been meant to be.
        outcode: Its first half.
        placed: The table has that first half.
    """
    message = f"{row.postcode} is not in the postcode table"
    if row.point is not None:
        message += "."
    elif placed:
        message += f"; the row stands roughly, at the middle of {outcode}."
    else:
        message += f", nor is anything in {outcode}; it gives the row no point."
    hint = f"Is it {' or '.join(mends)}?" if mends else "Is it right, and is the table up to date?"
    return _finding(Level.WARNING, "unknown-postcode", message, row, hint)


def uncovered(area: str, rows: Sequence[Sensitive]) -> Finding:
    """Word that a table has nothing at all in a postcode area, once for all rows of one file.

    Args:
        area: The letters that the postcodes begin with.
        rows: The rows, of one file, in its order.
    """
    named = ", ".join(str(row.at.row) for row in rows[:_NAMED_ROWS])
    more = f" and {len(rows) - _NAMED_ROWS:,} more" if len(rows) > _NAMED_ROWS else ""
    which = f"row{'s' if len(rows) > 1 else ''} {named}{more}"
    message = (
        f"the postcode table has no postcode that begins with {area}; those of {len(rows):,} "
        f"row{'s' if len(rows) > 1 else ''} give no point ({which})."
    )
    hint = "Is the table for another part of the country?"
    return replace(_finding(Level.WARNING, "unknown-postcode", message, rows[0], hint), value=area)


def terminated(row: Sensitive, month: int) -> Finding:
    """Word that a postcode is no longer in use; `month` is yyyymm, or less where unknown."""
    when = f" in {month // 100}-{month % 100:02d}" if month > _MONTH_KNOWN else ""
    message = f"{row.postcode} was ended{when}; the row stands where it was."
    return _finding(Level.NOTICE, "terminated-postcode", message, row, "Is it still right?")


def without_place(row: Sensitive) -> Finding:
    """Word that the table has a postcode, but no place for it."""
    message = f"the postcode table does not say where {row.postcode} is; it gives the row no point."
    hint = "Add latitude and longitude if they are known."
    return _finding(Level.NOTICE, "postcode-without-place", message, row, hint)


def far_from_point(row: Sensitive, km: float) -> Finding:
    """Word that a row's coordinates and its postcode are far apart, in kilometres."""
    message = f"{row.postcode} is {km:,.0f} km from the row's latitude and longitude."
    return _finding(Level.WARNING, "postcode-far-from-point", message, row, _FAR)


def of_state(
    row: Sensitive, state: State, month: int, mends: Mapping[str, Iterable[str]], *, placed: bool
) -> Finding | None:
    """Word what the table says of a row's postcode; None where there is nothing to say."""
    postcode = row.postcode or ""
    match state:
        case State.TERMINATED:
            return terminated(row, month)
        case State.NO_PLACE if row.point is None:
            return without_place(row)
        case State.UNKNOWN:
            tries = tuple(mends.get("".join(postcode.split()), ()))
            return unknown(row, tries, postcode.split(" ")[0], placed=placed)
        case _:
            return None


def _finding(level: Level, code: str, message: str, row: Sensitive, hint: str) -> Finding:
    place: Place = replace(row.at, column="postcode")
    return Finding(level, code, message, place, row.postcode, hint)
