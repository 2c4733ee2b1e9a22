"""The headings of one sheet matched to the columns of one table, never two to one column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from netmap.exchange.spreadsheets import aliases, headings, persons
from netmap.exchange.spreadsheets.contents import Contents, contradicted, implausible
from netmap.exchange.spreadsheets.known import How, Known, Meaning
from netmap.tables import column_letter
from netmap.vocabulary import Vocabularies

IGNORE = "ignore"
_MOST_UNKNOWN = 200
_SURE = {How.REMEMBERED: 0, How.EXACT: 1, How.ALIAS: 2}


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """What one heading of a sheet is taken to mean.

    Attributes:
        sheet: The sheet, empty for CSV.
        heading: The heading on one line; of several that are alike, numbered.
        index: Which column of the sheet, from nought.
        column: The column of the register; empty where it is kept as a column of people's own.
        how: How it was matched; what is ``suggested`` is not taken before somebody says so.
        score: Likeness from 0 to 100.
    """

    sheet: str
    heading: str
    index: int
    column: str = ""
    how: How = How.UNEXPECTED
    score: float = 0.0

    @property
    def letter(self) -> str:
        """The column as a spreadsheet names it."""
        return column_letter(self.index)

    @property
    def taken(self) -> bool:
        """Tell whether its cells go into a column of the register without a question."""
        return bool(self.column) and self.column != IGNORE and self.how in _SURE


def match_headings(
    sheet: str,
    listed: Sequence[str],
    contents: Sequence[Contents],
    known: Known,
    vocabularies: Vocabularies,
    remembered: Mapping[str, str] | None = None,
    *,
    ask: bool = True,
) -> tuple[HeadingMatch, ...]:
    """Match the headings of a sheet.

    Args:
        sheet: The sheet's name.
        listed: The headings, told apart; blank where a column has none.
        contents: What stands under each.
        known: What the table's columns are called.
        vocabularies: The controlled terms of this workspace.
        remembered: :func:`headings.identity` of headings to what was agreed about them.
        ask: Whether to look for what headings that are not known may mean.

    Returns:
        One match for each heading that is not blank, in the sheet's order. Of two headings that
        mean one column the better keeps it: what was agreed, then a proper name, then an alias;
        never one above an empty column where another is filled. The other is unexpected.
    """
    blank = [HeadingMatch(sheet, text, i) for i, text in enumerate(listed)]
    meant: dict[int, Meaning] = {}
    settled: dict[int, HeadingMatch] = {}
    for match in blank:
        if not match.heading:
            continue
        agreed = (remembered or {}).get(headings.identity(match.heading))
        if agreed is not None:
            settled[match.index] = replace(match, column=agreed, how=How.REMEMBERED, score=100.0)
            continue
        found = known.meaning(match.heading)
        if found and not contradicted(found.column, contents[match.index], vocabularies):
            meant[match.index] = found
    taken = {m.column for m in settled.values()}
    meant = {i: m for i, m in meant.items() if m.column not in taken}
    if persons.lists_people(listed):
        meant = _without_people(meant, listed)
    meant = _together(meant, listed, contents, known, taken)
    won = _won(meant, contents, taken)
    found_all = [
        settled.get(match.index) or _as_match(match, won.get(match.index))
        for match in blank
        if match.heading
    ]
    # Nobody answers hundreds of questions; so wide a sheet is a table of figures.
    unknown = sum(match.how is How.UNEXPECTED for match in found_all)
    if not ask or unknown > _MOST_UNKNOWN:
        return tuple(found_all)
    return _suggested(found_all, contents, known, vocabularies)


def _as_match(match: HeadingMatch, meaning: Meaning | None) -> HeadingMatch:
    if meaning is None:
        return match
    return replace(match, column=meaning.column, how=meaning.how, score=meaning.score)


def _without_people(meant: Mapping[int, Meaning], listed: Sequence[str]) -> dict[int, Meaning]:
    """Leave out what is said of people; a name is a body's where nothing else is."""
    of_people = {i for i in meant if persons.is_of_person(listed[i])}
    bodies = {m.column for i, m in meant.items() if i not in of_people}
    if not bodies & {"name", "organisation"}:
        of_people -= {i for i, m in meant.items() if m.column == "name"}
    return {i: m for i, m in meant.items() if i not in of_people}


def _together(
    meant: Mapping[int, Meaning],
    listed: Sequence[str],
    contents: Sequence[Contents],
    known: Known,
    taken: Iterable[str],
) -> dict[int, Meaning]:
    """Apply what holds only for headings that stand in one sheet."""
    found = dict(meant)
    if known.table == "ties":
        found |= _ends(listed, known, taken)
    if known.table == "populations":
        counts = {
            i: headings.counts_percent(listed[i])
            for i, m in found.items()
            if m.column in known.communities
        }
        # Percentages beside counts are the same people once more.
        if len(set(counts.values())) > 1:
            found = {i: m for i, m in found.items() if not counts.get(i)}
    if known.table == "activities":
        found = _of_owner(found, taken)
    columns = {m.column for i, m in found.items() if contents[i].filled} | set(taken)
    return {i: m for i, m in found.items() if _needed(m.column, columns)}


def _ends(listed: Sequence[str], known: Known, taken: Iterable[str]) -> dict[int, Meaning]:
    at = {headings.key(text): i for i, text in reversed(list(enumerate(listed))) if text}
    ends = ("source_organisation", "target_organisation")
    if set(ends) & set(taken):
        return {}
    for pair in aliases.aliases_of(known.table).pairs:
        places = [at.get(headings.key(said)) for said in pair]
        first, second = places
        if first is not None and second is not None:
            return {
                first: Meaning(ends[0], How.ALIAS, -1),
                second: Meaning(ends[1], How.ALIAS, -1),
            }
    return {}


def _of_owner(meant: Mapping[int, Meaning], taken: Iterable[str]) -> dict[int, Meaning]:
    """Let what is said of an organisation stand only beside the organisation's name."""
    found = dict(meant)
    columns = {m.column for m in found.values()} | set(taken)
    if "organisation" not in columns:
        owner_id = next((i for i, m in found.items() if m.column == f"{aliases.OWNER}id"), None)
        if owner_id is None:
            return {i: m for i, m in found.items() if not m.column.startswith(aliases.OWNER)}
        found[owner_id] = Meaning("organisation", How.ALIAS)
    return found


def _needed(column: str, columns: Iterable[str]) -> bool:
    """Tell whether a part of a column is of use beside the others."""
    whole = aliases.PARTS.get(column)
    if whole in {"schedule", "status"} and whole in columns:
        return False
    # A time alone says nothing of when people meet.
    if whole == "schedule" and column not in {"day", "frequency"}:
        return bool({"day", "frequency"} & set(columns))
    return True


def _won(
    meant: Mapping[int, Meaning], contents: Sequence[Contents], taken: Iterable[str]
) -> dict[int, Meaning]:
    columns = set(taken)
    won: dict[int, Meaning] = {}
    for i, meaning in sorted(meant.items(), key=lambda item: _worth(item[0], item[1], contents)):
        if meaning.column not in columns:
            columns.add(meaning.column)
            won[i] = meaning
    return won


def _worth(index: int, meaning: Meaning, contents: Sequence[Contents]) -> tuple[float, ...]:
    here = contents[index]
    # Of several numbers that name a row, the one that tells most rows apart is the row's own.
    tells_apart = here.distinct if meaning.column == "id" else 0
    return (not here.filled, -tells_apart, _SURE[meaning.how], meaning.rank, index)


def _likeliest(offer: tuple[Meaning, HeadingMatch]) -> tuple[float, int, int]:
    meaning, match = offer
    return -meaning.score, meaning.rank, match.index


def _suggested(
    found: Sequence[HeadingMatch],
    contents: Sequence[Contents],
    known: Known,
    vocabularies: Vocabularies,
) -> tuple[HeadingMatch, ...]:
    columns = {m.column for m in found if m.column}
    people = persons.lists_people([match.heading for match in found])
    offers = [
        (meaning, match)
        for match in found
        if match.how is How.UNEXPECTED
        and contents[match.index].filled
        and not (people and persons.is_of_person(match.heading))
        # What is known and lost its column to a better heading is nothing to ask about.
        and known.meaning(match.heading) is None
        for meaning in known.suggestions(match.heading)
        if not contradicted(meaning.column, contents[match.index], vocabularies)
        and not implausible(meaning.column, contents[match.index])
    ]
    asked: dict[int, HeadingMatch] = {}
    for meaning, match in sorted(offers, key=_likeliest):
        spoken_for = columns | {m.column for m in asked.values()}
        if match.index in asked or meaning.column in spoken_for:
            continue
        if _needed(meaning.column, spoken_for):
            asked[match.index] = _as_match(match, meaning)
    return tuple(asked.get(match.index, match) for match in found)
