"""Open Referral feeds in JSON: a folder of pages, or one file, in short or in full."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from netmap.errors import UnreadableFileError
from netmap.exchange.directories.drafting import draft_of
from netmap.exchange.directories.feed import Feed
from netmap.exchange.directories.parts import Part, text
from netmap.exchange.draft import Draft, Note, Outcome, Spot
from netmap.exchange.opening import content_of, json_from
from netmap.vocabulary import Vocabularies

_FIRST_BYTES = 2**20
_PAGES = re.compile(r"[0-9]{1,6}")
_MARKS = (
    b'"service_at_locations"', b'"service_areas"', b'"organization_id"',
    b'"organization_identifiers"', b'"eligibilitys"', b'"taxonomy_term"', b'"service_taxonomys"',
    b'"cost_options"', b'"assured_date"', b'"total_pages"',
)  # fmt: skip
# Anybody's list may have an organisation's name in each row; a directory's have all of it.
_WITHIN = re.compile(rb'"organization"\s*:\s*\{')
_OTHERS = (b'"recipientOrganization"', b'"FeatureCollection"', b'"elements"')
_LISTS = ("contents", "content", "data", "results", "items")
_BUNDLES = {
    "services": "service",
    "organizations": "organization",
    "organisations": "organization",
    "service_at_locations": "service_at_location",
    "locations": "location",
    "taxonomy_terms": "taxonomy_term",
}
_SIGNS = {
    "service_at_location": {"service"},
    "service": {
        "organization", "organisation", "organization_id", "service_at_locations", "status",
        "assured_date", "eligibilitys", "service_taxonomys", "minimum_age", "maximum_age",
        "cost_options", "service_areas", "schedules", "application_process", "regular_schedules",
    },
    "location": {"location_type", "addresses", "physical_addresses", "latitude"},
    "organization": {
        "services", "organization_identifiers", "parent_organization_id", "tax_id",
        "tax_status", "legal_status", "year_incorporated", "logo",
    },
    "taxonomy_term": {"taxonomy", "term", "term_uri", "parent_id", "taxonomy_id", "vocabulary"},
    "taxonomy": {"taxonomy_terms", "version"},
}  # fmt: skip
_NAMES = (
    ("service_at_location", "service_at_location"),
    ("taxonom", "taxonomy_term"),
    ("organi", "organization"),
    ("location", "location"),
    ("service", "service"),
)


def recognises(file: Path) -> bool:
    """Tell whether a JSON file, or a folder of them, is a directory's."""
    try:
        found = _files(file)
        return bool(found) and any(_has_marks(one) for one, _ in found)
    except OSError:
        return False


def read(file: Path, shown: str, vocabularies: Vocabularies) -> Draft:
    """Read a feed as organisations and activities.

    Args:
        file: One JSON file, or a folder of the pages of a feed.
        shown: How messages name it.
        vocabularies: To know taxonomy terms by.

    Returns:
        Services by id, the full form of each, and the organisations they name.

    Raises:
        UnreadableFileError: It cannot be opened, or holds neither a service nor an organisation.
    """
    feed = Feed()
    pages = [(said, json_from(content_of(one, said), said)) for one, said in _files(file, shown)]
    try:
        for said, document in pages:
            _gather(feed, document, said)
    except RecursionError as error:
        raise UnreadableFileError(shown, "it is nested too deeply to be data") from error
    feed.notes.extend(_missing_pages(pages))
    if not (feed.services or feed.organisations or feed.set_aside):
        raise UnreadableFileError(shown, "it holds neither services nor organisations")
    return draft_of(feed, "open-referral", shown, vocabularies)


def _files(file: Path, shown: str = "") -> list[tuple[Path, str]]:
    if not file.is_dir():
        return [(file, shown)] if file.suffix.lower() == ".json" else []
    found = sorted(one for one in file.iterdir() if one.suffix.lower() == ".json")
    return [(one, f"{shown}/{one.name}") for one in found]


def _has_marks(file: Path) -> bool:
    with file.open("rb") as stream:
        start = stream.read(_FIRST_BYTES)
    marked = any(m in start for m in _MARKS) or _WITHIN.search(start) is not None
    return marked and not any(m in start for m in _OTHERS)


def _gather(feed: Feed, document: Any, shown: str) -> None:
    number = 0
    for number, (kind, record) in enumerate(_records(document, shown), start=1):
        _add(feed, kind, record, Spot(shown, "", number))
    if not number and not _is_about_the_feed(document):
        message = "there is no service and no organisation in it."
        feed.notes.append(Note(Outcome.WARNED, "nothing-to-take", message, Spot(shown)))


def _is_about_the_feed(document: Any) -> bool:
    about = isinstance(document, dict) and (
        "openapi_url" in document or "profile" in document or document.get("empty") is True
    )
    return about or document == []


def _records(document: Any, shown: str) -> Iterator[tuple[str, Any]]:
    """Give the records of a document with their kind; empty where it cannot be told."""
    if isinstance(document, list):
        for one in document:
            yield from _records(one, shown) if _is_page(one) else [(_kind(one, shown), one)]
        return
    if not isinstance(document, dict):
        return
    if _is_page(document):
        found = (document[n] for n in _LISTS if isinstance(document.get(n), list))
        listed: list[Any] = next(found, [])
        yield from ((_kind(one, shown), one) for one in listed)
        for name, kind in _BUNDLES.items():
            for one in document[name] if isinstance(document.get(name), list) else ():
                yield kind, one
    elif kind := _kind(document, shown):
        yield kind, document


def _is_page(one: Any) -> bool:
    if not isinstance(one, dict) or "id" in one or "name" in one:
        return False
    return any(isinstance(one.get(name), list) for name in (*_LISTS, *_BUNDLES))


def _kind(record: Any, shown: str) -> str:
    if not isinstance(record, dict):
        return ""
    for kind, signs in _SIGNS.items():
        if signs & record.keys():
            return kind
    if not {"id", "name"} & record.keys():
        return ""
    name = shown.rsplit("/", maxsplit=1)[-1].casefold()
    return next((kind for part, kind in _NAMES if part in name), "")


def _add(feed: Feed, kind: str, record: Part, spot: Spot) -> None:
    if not isinstance(record, dict) or not kind:
        feed.refuse("neither a service nor an organisation.", "not-understood", spot)
    elif kind == "service":
        feed.add_service(record, spot)
    elif kind == "organization":
        feed.add_organisation(record, spot)
    elif kind == "service_at_location":
        feed.add_service_at_location(record, spot)
    elif kind == "location":
        _add_location(feed, record)
    else:
        _add_terms(feed, record)


def _add_location(feed: Feed, record: Part) -> None:
    if key := text(record, "id"):
        feed.locations[key] = record


def _add_terms(feed: Feed, record: Part) -> None:
    if key := text(record, "id"):
        feed.terms[key] = record
    for one in record.get("taxonomy_terms") or ():
        if isinstance(one, dict):
            _add_terms(feed, {"taxonomy": text(record, "name"), **one})


def _missing_pages(pages: list[tuple[str, Any]]) -> Iterator[Note]:
    """Say where a feed announces more pages than are here."""
    here: dict[tuple[str, int], list[str]] = {}
    for shown, page in pages:
        if isinstance(page, dict) and _is_page(page):
            said = text(page, "total_pages", "totalPages")
            kind = next((kind for kind, _ in _records(page, shown)), "")
            if _PAGES.fullmatch(said) and kind:
                here.setdefault((kind, int(said)), []).append(shown)
    for (_, announced), names in here.items():
        if announced > len(names):
            message = f"the feed announces {announced} pages; here: {len(names)}."
            hint = "Save the other pages into the same folder."
            yield Note(Outcome.WARNED, "missing-pages", message, Spot(names[0]), hint=hint)
