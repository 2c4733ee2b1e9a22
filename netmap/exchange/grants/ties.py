"""Grants as ``funds`` ties: one for each funder, recipient and first day."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from netmap.exchange.draft import DraftRow, Note, Outcome, Spot
from netmap.exchange.grants.grant import Grant
from netmap.exchange.grants.parties import FUNDER, RECIPIENT, key_of
from netmap.networks.cells import as_number
from netmap.tables import as_text
from netmap.times import is_day_first, parse_date

KIND = "funds"
_FIRST_DAY_OF_EXCEL = date(1899, 12, 30)
_SERIAL = re.compile(r"[0-9]{5}")
_SERIALS = range(20_000, 80_000)
_TWELVE = 12


@dataclass(slots=True)
class Funding:
    """The grants from one body to another that begin on one day."""

    spot: Spot
    since: str
    until: str = ""
    grants: int = 0
    amounts: dict[str, float] = field(default_factory=dict)
    lists: dict[str, dict[str, None]] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)


Fundings = dict[tuple[str, str, str], Funding]


def day_of(grant: Grant, name: str, notes: list[Note]) -> str:
    """Read a day as ISO text; empty, with a note, where it is none."""
    text = grant.text(name)
    if not text:
        return ""
    spot = grant.at(name)
    if _SERIAL.fullmatch(text) and int(text) in _SERIALS:
        day = (_FIRST_DAY_OF_EXCEL + timedelta(days=int(text))).isoformat()
        message = "Excel's number of a day was read as the day."
        notes.append(Note(Outcome.MENDED, "bad-date", message, spot, text, day))
        return day
    found = parse_date(text)
    if found is None:
        message, hint = "this is not a date; the cell is left out.", "Write it as 2026-03-31."
        notes.append(Note(Outcome.REFUSED, "bad-date", message, spot, text, hint=hint))
        return ""
    if is_day_first(text) and found.day <= _TWELVE and found.day != found.month:
        other = date(found.year, found.day, found.month)
        message = f"read as {found.isoformat()}, day first; {other.isoformat()} is possible too."
        notes.append(Note(Outcome.WARNED, "ambiguous-date", message, spot, text))
    return found.isoformat()


def fund(fundings: Fundings, grant: Grant, awarded: str, notes: list[Note]) -> None:
    """Add a grant to the tie it belongs to.

    Args:
        fundings: By funder, recipient and first day; gets the tie where it is new.
        grant: The grant; both its sides are named.
        awarded: The day of the award, ISO, or empty.
        notes: Gets what could not be read.
    """
    starts = day_of(grant, "starts", notes)
    since = starts or awarded
    until = day_of(grant, "ends", notes) or _after(starts, grant.text("months"))
    if until and since and until < since:
        message = f"it ends on {until}, before it begins on {since}; the end is left out."
        notes.append(Note(Outcome.REFUSED, "ends-before-start", message, grant.at("ends"), until))
        until = ""
    key = (key_of(grant, FUNDER), key_of(grant, RECIPIENT), since)
    tie = fundings.setdefault(key, Funding(grant.spot, since))
    tie.until = max(tie.until, until)
    tie.grants += 1
    _add_amount(tie, grant, notes)
    for column, name in (
        ("grant_ids", "id"),
        ("grant_programme", "programme"),
        ("beneficiary_areas", "beneficiary"),
        ("source", "source"),
    ):
        for item in filter(None, grant.text(name).split(";")):
            tie.lists.setdefault(column, {})[item.strip()] = None
    _name_columns(tie, grant, starts)


def tie_rows(fundings: Fundings) -> list[DraftRow]:
    """Make the rows of the ties, in the order met."""
    return [_row(funder, recipient, tie) for (funder, recipient, _), tie in fundings.items()]


def _row(funder: str, recipient: str, tie: Funding) -> DraftRow:
    cells = {
        "source_organisation": funder,
        "target_organisation": recipient,
        "kind": KIND,
        "since": tie.since,
        "until": tie.until,
        "grants": str(tie.grants),
        "amount_awarded": ";".join(as_text(round(sum_, 2)) for sum_ in tie.amounts.values()),
        "currency": ";".join(tie.amounts),
        **{column: ";".join(items) for column, items in tie.lists.items()},
    }
    kept = {column: text for column, text in cells.items() if text}
    return DraftRow("ties", kept, tie.spot, columns=tie.columns)


def _add_amount(tie: Funding, grant: Grant, notes: list[Note]) -> None:
    text = grant.text("amount")
    if not text:
        return
    amount = as_number(text.lstrip("£$€ "))
    if amount is None:
        message = "this is not an amount; the cell is left out."
        notes.append(Note(Outcome.REFUSED, "bad-number", message, grant.at("amount"), text))
        return
    currency = grant.text("currency").upper() or "unknown"
    tie.amounts[currency] = tie.amounts.get(currency, 0.0) + amount


def _name_columns(tie: Funding, grant: Grant, starts: str) -> None:
    for column, name in (
        ("source_organisation", f"{FUNDER}.id"),
        ("target_organisation", f"{RECIPIENT}.id"),
        ("since", "starts" if starts else "awarded"),
        ("until", "ends"),
        ("amount_awarded", "amount"),
        ("source", "source"),
    ):
        if name in grant.cells:
            tie.columns.setdefault(column, grant.cells[name].column)


def _after(starts: str, months: str) -> str:
    """Find the last day of a grant that says how many months it runs; empty where it does not."""
    number = as_number(months) if months else None
    if not starts or number is None or not number.is_integer() or not 0 < number <= _TWELVE * 50:
        return ""
    first = date.fromisoformat(starts)
    year, month = divmod(first.year * _TWELVE + first.month - 1 + int(number), _TWELVE)
    # The day before the same day of the month, or of its last day where it has none.
    after = date(year, month + 1, 1) + timedelta(days=first.day - 1)
    if after.month != month + 1:
        after = after.replace(day=1)
    return (after - timedelta(days=1)).isoformat()
