"""Which table of the register a sheet is, by its headings, then by its name."""

from collections.abc import Collection, Mapping, Sequence

from netmap.exchange.spreadsheets import aliases, headings
from netmap.exchange.spreadsheets.heading_rows import HeadingRow
from netmap.exchange.spreadsheets.known import How
from netmap.exchange.spreadsheets.matching import HeadingMatch
from netmap.networks.models import TABLES, columns, required

# What says clearly that something is offered, and what only suggests it.
_OFFERED = frozenset(
    {"schedule", "day", "time", "frequency", "approach", "communities", "exclusive"}
)
_OFFER_LIKE = frozenset(
    {"focus", "topics", "access_routes", "age_range", "venue", "how_to_join", "cost", "languages"}
    | {"capacity", "facilitators", "membership", "planned_contacts", "waiting_list", "start_time"}
    | {"end_time", "count", "serves", "facilitation", "leadership", "step_free", "active"}
)
_BODY = frozenset({"roles", "sector", "identifiers", "charity_number", "company_number", "led_by"})
_CLEARLY, _PERHAPS = 2, 1
_BY_NAME = 0.5
_MOSTLY = 0.9
_PLACE = frozenset(columns(TABLES["areas"])) - frozenset(columns(TABLES["organisations"]))


def which_table(
    sheet: str, row: HeadingRow, candidates: Mapping[str, Sequence[HeadingMatch]]
) -> str | None:
    """Say which table a sheet is.

    Args:
        sheet: The sheet's name, empty for CSV.
        row: Its headings.
        candidates: For each table, what its headings would mean.

    Returns:
        The table that knows most of the headings, of those that have what they cannot do without;
        the sheet's name decides between equals. A sheet of names is organisations unless it says
        what is offered. None where it is no table at all.
    """
    found = {table: _columns(matches) for table, matches in candidates.items()}
    possible = {
        table: len(known) + (_BY_NAME if table == named_as(sheet) else 0)
        for table, known in found.items()
        if is_possible(table, known)
    }
    # A list of areas has each once; other lists say of each row in which area it is.
    if "areas" in possible and not _each_once(candidates["areas"], row):
        del possible["areas"]
    if not possible:
        return None
    # A sheet of bodies or activities may have a column for each community; a census has no names.
    if {"organisations", "activities"} & possible.keys():
        possible.pop("populations", None)
    order = list(TABLES)
    best = max(possible, key=lambda table: (possible[table], -order.index(table)))
    if best not in {"organisations", "activities"}:
        return best
    offers = "activities" in possible and _offers(sheet, row.headings, found)
    return "activities" if offers or "organisations" not in possible else "organisations"


def once_answered(row: HeadingRow, candidates: Mapping[str, Sequence[HeadingMatch]]) -> str | None:
    """Say which table a sheet would be if the questions about its headings had a yes; or None."""
    possible = {}
    for table, matches in candidates.items():
        known = {match.column for match in matches if match.column}
        fits = any(match.how is How.SUGGESTED for match in matches) and is_possible(table, known)
        if fits and (table != "areas" or _each_once(matches, row)):
            possible[table] = len(known)
    return max(possible, key=lambda table: possible[table]) if possible else None


def is_possible(table: str, known: Collection[str]) -> bool:
    """Tell whether a sheet has the columns without which it cannot be this table."""
    match table:
        case "organisations":
            return "name" in known
        case "activities":
            return "name" in known or ("organisation" in known and bool(_OFFERED & set(known)))
        case "ties":
            return {"source_organisation", "target_organisation"} <= set(known)
        case "areas":
            return bool({"code", "name"} & set(known)) and bool(_PLACE & set(known))
        case "populations":
            own = set(columns(TABLES["populations"]))
            return "area" in known and ("total" in known or bool(set(known) - own))
        case "enquiries":
            return {"area", "community"} <= set(known) and bool({"asked", "answer"} & set(known))
        case "targets":
            return {"owner", "measure", "target"} <= set(known)
        case _:
            return {"area", "dimension", "key", "percent"} <= set(known)


def can_be(table: str, known: Collection[str]) -> bool:
    """Tell whether rows under these columns could be taken as this table at all."""
    if table == "activities":
        return bool({"name", "organisation"} & set(known))
    if table == "areas":
        return bool({"name", "code"} & set(known))
    # The kind of a tie may be agreed on later; without its ends it is nothing.
    needed = set(required(TABLES[table])) - {"id", "kind"}
    return needed <= set(known)


def named_as(sheet: str) -> str | None:
    """Say which table a sheet's name speaks for."""
    words = f" {' '.join(headings.words(sheet))} "
    for table, names in aliases.sheet_names().items():
        if any(f" {name} " in words for name in names):
            return table
    return None


def _columns(matches: Sequence[HeadingMatch]) -> frozenset[str]:
    return frozenset(match.column for match in matches if match.taken)


def _each_once(matches: Sequence[HeadingMatch], row: HeadingRow) -> bool:
    named = {match.column: row.contents[match.index] for match in matches if match.column}
    here = named.get("code") or named["name"]
    return here.distinct >= _MOSTLY * max(c.filled for c in (here, *named.values()))


def _offers(sheet: str, listed: Sequence[str], found: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a sheet lists what is offered rather than the bodies that offer it."""
    known = found["activities"]
    if {"name", "organisation"} <= known:
        return True
    signs = {headings.key(said) for said in aliases.signs()}
    # The heading that is the schedule is not a second sign beside the column it is.
    said = sum(headings.key(text) in signs for text in listed if text)
    clear = max(len(known & _OFFERED), said)
    offered = _CLEARLY * clear + _PERHAPS * len(known & _OFFER_LIKE)
    body = _CLEARLY * len(found.get("organisations", frozenset()) & _BODY)
    if offered == body:
        return named_as(sheet) == "activities"
    return offered > body
