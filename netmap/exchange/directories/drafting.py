"""From a gathered feed to its draft, every service and organisation accounted for."""

from collections import Counter
from collections.abc import Iterator, Mapping

from netmap.exchange.directories import organisations, services
from netmap.exchange.directories.contacts import names_of_people
from netmap.exchange.directories.feed import Entry, Feed
from netmap.exchange.directories.organisations import organisation_cells
from netmap.exchange.directories.own import is_stand_in, with_own
from netmap.exchange.directories.parts import Part, oddities, text, words
from netmap.exchange.directories.services import activities_of
from netmap.exchange.draft import Draft, DraftRow, Note, Outcome, Spot
from netmap.vocabulary import Vocabularies

_MOST_NAMED = 30


def draft_of(
    feed: Feed,
    kind: str,
    shown: str,
    vocabularies: Vocabularies,
    ties: tuple[DraftRow, ...] = (),
) -> Draft:
    """Make the draft of a feed.

    Args:
        feed: What was gathered.
        kind: Which reader gathered it.
        shown: How messages name the file or folder.
        vocabularies: The controlled terms.
        ties: What only netmap's own exports have.
    """
    notes = list(feed.notes)
    set_aside = list(feed.set_aside)
    rows: list[DraftRow] = []
    # An organisation that only netmap's export needed is none, and no activity refers to it.
    real = {key: one for key, one in feed.organisations.items() if not is_stand_in(one.record)}
    for table, entries in (("organisations", real), ("activities", feed.services)):
        for key, entry in entries.items():
            notes.extend(oddities(entry.record, entry.spot))
            if not text(entry.record, "name"):
                what = "an organisation" if table == "organisations" else "a service"
                message = f"This is {what} without a name."
                set_aside.append(Note(Outcome.REFUSED, "no-name", message, entry.spot))
            elif table == "organisations":
                rows.append(_organisation(key, entry, feed, vocabularies, notes))
            else:
                rows.extend(_activities(entry, feed, vocabularies, notes))
    notes.extend(_of_file(feed, shown))
    read = len(real) + len(feed.services) + len(feed.set_aside) + len(ties)
    return Draft(
        kind,
        "services and organisations" if not ties else "services, organisations and ties",
        read,
        (*rows, *ties),
        tuple(notes),
        tuple(set_aside),
    )


def read_organisation(
    entry: Entry, feed: Feed, vocabularies: Vocabularies, notes: list[Note]
) -> dict[str, str]:
    """Read one organisation as cells, netmap's own beside the standard's."""
    cells = organisation_cells(entry.record, feed, vocabularies, entry.spot, notes)
    return with_own(entry.record, cells)


def read_service(
    entry: Entry, feed: Feed, vocabularies: Vocabularies, notes: list[Note]
) -> list[tuple[str, dict[str, str]]]:
    """Read one service as the cells of its activities, netmap's own beside the standard's."""
    found = activities_of(entry.record, feed, vocabularies, entry.spot, notes)
    return [(place, with_own(entry.record, cells)) for place, cells in found]


def _organisation(
    key: str, entry: Entry, feed: Feed, vocabularies: Vocabularies, notes: list[Note]
) -> DraftRow:
    cells = read_organisation(entry, feed, vocabularies, notes)
    named = _named(cells, organisations.COLUMNS)
    mention = set(cells) <= {"name", "visibility"}
    return DraftRow("organisations", cells, entry.spot, key, named, mention=mention)


def _activities(
    entry: Entry, feed: Feed, vocabularies: Vocabularies, notes: list[Note]
) -> Iterator[DraftRow]:
    found = read_service(entry, feed, vocabularies, notes)
    for number, (place, cells) in enumerate(found, start=1):
        further = f" at {place or number}" if number > 1 else ""
        key = f"{entry.key}{further}" if entry.key else ""
        named = _named(cells, services.COLUMNS)
        yield DraftRow("activities", cells, entry.spot, key, named)


def _named(cells: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    return {column: columns[column] for column in cells if column in columns}


def _of_file(feed: Feed, shown: str) -> Iterator[Note]:
    entries = [*feed.services.values(), *feed.organisations.values()]
    people = sum(names_of_people(one.record) for one in entries)
    if people:
        message = f"names of people in contacts are not taken: {people}."
        yield Note(Outcome.WARNED, "people", message, Spot(shown))
    marked = sum(_has_markup(one.record) for one in entries)
    if marked:
        message = f"the markup of web pages was taken out of descriptions: {marked}."
        yield Note(Outcome.MENDED, "markup", message, Spot(shown))
    unused = Counter(
        name
        for known, found in (
            (services.USED, feed.services),
            (organisations.USED, feed.organisations),
        )
        for one in found.values()
        for name, value in one.record.items()
        if name not in known and _says_something(value)
    )
    if unused:
        listed = [f"{name} ({count})" for name, count in sorted(unused.items())]
        more = len(listed) - _MOST_NAMED
        rest = f" and {more} more" if more > 0 else ""
        message = f"a register has no place for: {', '.join(listed[:_MOST_NAMED])}{rest}."
        yield Note(Outcome.WARNED, "not-taken", message, Spot(shown))


def _has_markup(record: Part) -> bool:
    return words(record, "description") != text(record, "description")


def _says_something(value: object) -> bool:
    return value not in (None, "", [], {})
