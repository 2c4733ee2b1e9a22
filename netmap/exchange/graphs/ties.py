"""From a link somebody drew to the rows of ties, or the reason why it is none."""

from collections.abc import Iterator

from netmap.exchange.draft import DraftRow, Note, Outcome
from netmap.exchange.graphs.drawing import Link
from netmap.exchange.graphs.network import OWN_PREFIX, TIE_SOURCE, TIE_TYPE
from netmap.networks.models import Tie, columns
from netmap.tables import normalise_heading, tidy
from netmap.vocabulary import Vocabularies

_ENDS = ("source_organisation", "target_organisation")
_PROPER = {
    normalise_heading(name): name for name in columns(Tie) if name not in {"kind", *_ENDS}
} | {normalise_heading(TIE_SOURCE): "source"}
# Columns of a tie that a foreign heading must not fill, and ids that are not ours.
_RESERVED = frozenset({"id", "kind", *map(normalise_heading, _ENDS)})
# Where a file may say the kind of a tie, the plainest first.
_KINDS = (
    *(normalise_heading(TIE_TYPE), "kind", "type", "connectiontype", "edgetype", "relation"),
    *("relationship", "relationshiptype", "interaction", "label", "edgelabel"),
)
_DIRECTIONS = frozenset({"directed", "undirected", "mutual", "mixed"})
_PLAIN_WEIGHTS = frozenset({"1", "1.0"})


def ties_of(
    link: Link,
    ends: tuple[str, str],
    vocabularies: Vocabularies,
    tie_kind: str,
    *,
    own: bool,
) -> tuple[DraftRow, ...] | Note:
    """Understand a link as a tie, or two where it runs both ways.

    Args:
        link: The link.
        ends: The keys of the organisations it runs from and to.
        vocabularies: For kinds of ties and topics.
        tie_kind: What it is where it does not say; empty where that is not known.
        own: Whether the file is netmap's own.

    Returns:
        The rows, or the note that says why there is none. A tie without direction is one row, as
        it is drawn, with a column ``direction`` of its own.
    """
    kind, heading, written = _kind(link, vocabularies)
    if not kind and (written or not tie_kind):
        return _no_kind(link, written, heading, vocabularies)
    cells, used = {"kind": kind or tie_kind}, {"kind": link.columns.get(heading, heading)}
    for column, text, name in _cells(link, vocabularies, heading, own=own):
        cells.setdefault(column, text)
        used.setdefault(column, link.columns.get(name, name))
    if link.direction == "undirected":
        cells["direction"] = link.direction
    pairs = [ends, ends[::-1]] if link.direction == "mutual" else [ends]
    return tuple(
        DraftRow("ties", {**dict(zip(_ENDS, pair, strict=True)), **cells}, link.spot, "", used)
        for pair in pairs
    )


def _kind(link: Link, vocabularies: Vocabularies) -> tuple[str, str, str]:
    """Find the kind, the heading that says it, and what stands there; the first known one wins."""
    candidates = list(_said(link))
    for heading, text in candidates:
        slug = vocabularies["tie_kind"].resolve(text)
        if slug:
            return slug, heading, text
    return ("", *candidates[0]) if candidates else ("", "", "")


def _said(link: Link) -> Iterator[tuple[str, str]]:
    by_plain = {normalise_heading(heading): heading for heading in link.fields}
    for plain in _KINDS:
        heading = by_plain.get(plain, "")
        text = tidy(link.fields.get(heading, ""))
        if text and text.casefold() not in _DIRECTIONS:
            yield heading, text
    if tidy(link.label):
        yield "label", tidy(link.label)


def _cells(
    link: Link, vocabularies: Vocabularies, kind_heading: str, *, own: bool
) -> Iterator[tuple[str, str, str]]:
    for heading, raw in link.fields.items():
        text, plain = tidy(raw), normalise_heading(heading)
        if not text or heading == kind_heading:
            continue
        if own and heading.startswith(OWN_PREFIX):
            yield heading.removeprefix(OWN_PREFIX), text, heading
        elif plain == "topic":
            yield plain, vocabularies[plain].resolve(text) or text, heading
        elif plain in _PROPER:
            yield _PROPER[plain], text, heading
        elif not _is_derived(plain, text, own=own):
            yield f"{heading} in the file" if plain in _RESERVED else heading, text, heading


def _is_derived(plain: str, text: str, *, own: bool) -> bool:
    """Tell what the program or netmap worked out for the picture."""
    if own:
        return plain in {"weight", "label", "id", "type", "kind"}
    return plain == "weight" and text in _PLAIN_WEIGHTS


def _no_kind(link: Link, written: str, heading: str, vocabularies: Vocabularies) -> Note:
    if not written:
        message = "it does not say what kind of tie it is."
        hint = f"Add '{TIE_TYPE}' with a kind such as 'refers_to', or name one kind for all."
        return Note(Outcome.REFUSED, "missing-kind", message, link.spot, hint=hint)
    near = vocabularies["tie_kind"].suggest(written)
    hint = f"Did you mean '{near}'?" if near else "docs/glossary.md lists the kinds of ties."
    message = f"'{written}' is not a known kind of tie."
    spot = type(link.spot)(
        link.spot.file, link.spot.sheet, link.spot.row, link.columns.get(heading, heading)
    )
    return Note(Outcome.REFUSED, "unknown-term", message, spot, written, hint=hint)
