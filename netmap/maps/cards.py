"""What a map says and draws, as values.

A card is what a popup and a table row say of one thing. Marks, shapes and lines are where it is
drawn; a layer is all of one sort with its legend and its table. The page writes the tables, the
script draws the rest, and both say the same because both are given these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from netmap.language import N_, _
from netmap.maps.words import Say

if TYPE_CHECKING:
    from numpy.typing import NDArray

LonLat = tuple[float, float]
# What to be careful about; cards have these as they stand here, pages as they are said.
ILLUSTRATIVE = N_("illustrative")
INFERRED = N_("inferred")
APPROXIMATE = N_("approximate")
APPROXIMATE_POSITION = N_("position approximate")
NO_PLACE = N_("no place recorded")
HEADED = N_("%(heading)s: %(text)s")
Rings = tuple[tuple[LonLat, ...], ...]
# Facet to terms: by what a row can be found; see netmap.maps.facets.
Tags = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Card:
    """What is said of one thing.

    Attributes:
        id: Unique on the page; made of letters, digits and hyphens by netmap alone.
        title: Its name.
        what: What sort of thing it is.
        flags: What to be careful about: texts that are said where they are written.
        facts: Label and value, in order; an empty value is not shown.
        items: Heading and the lines below it.
        links: Text and address; addresses have passed :func:`netmap.maps.words.link`.
    """

    id: str
    title: str
    what: str
    flags: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    items: tuple[tuple[str, tuple[str, ...]], ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How a marker looks, on the map and in the legend.

    Attributes:
        symbol: The name of a shape in :mod:`netmap.maps.symbols`; empty for a text badge.
        colour: The fill, ``#rrggbb``.
        size_px: Width and height.
        dashed: Drawn with a dashed outline: invented, or only planned.
        ringed: Drawn with a ring around it: without it, others would be cut off.
    """

    symbol: str
    colour: str
    size_px: int = 26
    dashed: bool = False
    ringed: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """One marker. ``text`` is a short badge beside or instead of the symbol."""

    card: str
    at: LonLat
    look: Look
    text: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """One thing without a place, listed at the side of the map so that its ties can be drawn."""

    card: str
    name: str
    look: Look


@dataclass(frozen=True, slots=True)
class Shape:
    """One area: its outline where it has one, else a circle around its point.

    Attributes:
        card: The card that says what it is.
        at: Its point.
        radius_px: The circle's radius.
        fill: ``#rrggbb``, or the name of a pattern.
        name: Written beside it.
        lesser: A place within another area, drawn small.
        dashed: Invented.
        rings: The outline, outer rings and holes alike, even-odd.
        above: The point of the area it belongs to, joined by a thin line.
        metres: The radius of a circle on the ground.
        outline: The outline as a geometry instead of rings, where there are very many areas.
    """

    card: str
    at: LonLat
    radius_px: float
    fill: str
    name: str
    lesser: bool = False
    dashed: bool = False
    rings: Rings = ()
    above: LonLat | None = None
    metres: float = 0
    outline: Any = None

    @property
    def circle(self) -> bool:
        """Whether it is a circle around its point."""
        return not self.rings and self.outline is None


@dataclass(frozen=True, slots=True)
class Line:
    """One tie from a marker's card to another's.

    Attributes:
        card: The card that says what it is.
        source: The card it leads from.
        target: The card it leads to.
        start: Where it starts should the organisations not be drawn; None at the map's side.
        end: Likewise where it ends.
        colour: ``#rrggbb``.
        head: The mark at its end.
        turn: Keeps parallel ties apart.
        stroke: ``solid``, ``dashed`` or ``dotted``.
        bridge: Whether others would be cut off without it.
    """

    card: str
    source: str
    target: str
    start: LonLat | None
    end: LonLat | None
    colour: str
    head: str
    turn: int = 0
    stroke: str = "solid"
    bridge: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend.

    Attributes:
        label: In plain words.
        count: How many things look like this; None where that says nothing.
        look: For a marker.
        fill: For an area class.
        line: (colour, head) for a tie.
        radius_px: For a circle of a size.
        badge: For a text badge, with its colour in ``fill``.
    """

    label: str
    count: int | None = None
    look: Look | None = None
    fill: str = ""
    line: tuple[str, str] | None = None
    radius_px: float = 0
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; ``card`` is empty where the thing is not on the map.

    ``tags`` are its terms to narrow the map down by, ``ends`` the cards of a tie's two ends;
    ``illustrative`` is what is invented.
    """

    name: str
    cells: tuple[str, ...]
    card: str = ""
    links: tuple[tuple[str, str], ...] = ()
    tags: Tags = field(default_factory=dict)
    ends: tuple[str, ...] = ()
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Everything of one layer, in words. The first heading is the name's."""

    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Many things as columns, one entry each; what is empty is so for all.

    Attributes:
        names: What they are called.
        longitudes: Degrees WGS 84; NaN for what has no place.
        latitudes: Degrees WGS 84, likewise.
        looks: The ways a marker looks.
        look: Which of these each has.
        what: What sort of thing it is.
        flags: What to be careful about.
        texts: The short badge at a marker.
        facts: Label to values; an empty one is not shown.
        items: Headings, each with the lines below it.
        links: Addresses that have passed :func:`netmap.maps.words.link`.
        ids: Cards' ids, where a table in the page leads to them.
        opens: Which card a row of a table leads to.
        tags: Facet to terms.
        radius: Of areas without an outline, or the width of lines, pixels.
        ends: Where lines end, as longitudes and latitudes.
        turns: Keeps parallel lines apart.
        fills: Of areas, ``#rrggbb`` or the name of a pattern.
        shapes: Outlines, simplified; None for an area without one.
        quantum: To how many degrees outlines are rounded; None where there are none.
    """

    names: Sequence[str]
    longitudes: "NDArray[np.float64]"
    latitudes: "NDArray[np.float64]"
    looks: tuple[Look, ...] = ()
    look: Sequence[int] = ()
    what: Sequence[str] = ()
    flags: Sequence[tuple[str, ...]] = ()
    texts: Sequence[str] = ()
    facts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    items: Sequence[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    links: Sequence[tuple[str, ...]] = ()
    ids: Sequence[str] = ()
    opens: Sequence[str] = ()
    tags: Mapping[str, Sequence[tuple[str, ...]]] = field(default_factory=dict)
    radius: Sequence[float] = ()
    ends: "tuple[NDArray[np.float64], NDArray[np.float64]] | None" = None
    turns: Sequence[int] = ()
    fills: Sequence[str] = ()
    shapes: Sequence[Any] = ()
    quantum: float | None = None

    @property
    def placed(self) -> int:
        """How many have a place."""
        return int((np.isfinite(self.longitudes) & np.isfinite(self.latitudes)).sum())


@dataclass(frozen=True, slots=True)
class Layer:
    """All of one sort.

    Attributes:
        key: Its name in a map file.
        label: In plain words.
        on: Whether it is shown at first.
        legend: What its colours and shapes mean.
        heading: What the legend's classes are classes of.
        note: What else a reader must know.
        table: All of it in words, also what has no place.
        cards: What popups say.
        marks: Its markers.
        shapes: Its areas.
        lines: Its ties.
        asides: What stands at the side of the map.
        others: Cards of what has no place, where the table is one of cards.
        tags: Card to terms, of all cards where the table is one of cards.
        quantum: To how many degrees these outlines may be rounded.
        block: All of it as columns, instead of cards, marks and shapes, where it is much.
        listed: The rows of its table as columns, where these are many and not those of ``block``.
    """

    key: str
    label: str
    on: bool = True
    legend: tuple[Entry, ...] = ()
    heading: str = ""
    note: str = ""
    table: Table = Table()
    cards: tuple[Card, ...] = ()
    marks: tuple[Mark, ...] = ()
    shapes: tuple[Shape, ...] = ()
    lines: tuple[Line, ...] = ()
    asides: tuple[Aside, ...] = ()
    others: tuple[Card, ...] = ()
    tags: Mapping[str, Tags] = field(default_factory=dict)
    quantum: float | None = None
    block: Block | None = None
    listed: Block | None = None

    @property
    def drawn(self) -> int:
        """How many things are drawn."""
        columns = self.block.placed if self.block else 0
        one_by_one = len(self.marks) + len(self.shapes) + len(self.lines) + len(self.asides)
        return one_by_one + columns

    @property
    def illustrative(self) -> bool:
        """Tell whether any row of its table is invented."""
        said = _(ILLUSTRATIVE)
        flags = set(self.block.flags) if self.block else set()
        return any(row.illustrative for row in self.table.rows) or any(said in f for f in flags)

    @property
    def rows(self) -> int:
        """How many rows its table has, in the page or made by the browser."""
        if self.table.rows:
            return len(self.table.rows)
        columns = self.listed or self.block
        return len(columns.names) if columns else 0


def table_of(
    cards: "tuple[tuple[Card, bool], ...]", first: str, tags: Mapping[str, Tags] | None = None
) -> Table:
    """Lay cards out as a table.

    Args:
        cards: Each card with whether it is on the map.
        first: The heading of the names.
        tags: Card to terms.

    Returns:
        One column for each label that any card has a value for; what to be careful about and
        the lists go into the last column.
    """
    said = dict.fromkeys(label for card, _ in cards for label, value in card.facts if value)
    order = dict.fromkeys(label for card, _ in cards for label, _ in card.facts)
    labels = tuple(label for label in order if label in said)
    say = Say()
    rows = tuple(
        Row(
            card.title,
            (*map(dict(card.facts).get, labels, repeat("")), _notes(say, card)),
            card.id if placed else "",
            card.links,
            (tags or {}).get(card.id, {}),
            illustrative=ILLUSTRATIVE in card.flags,
        )
        for card, placed in cards
    )
    return Table((first, *labels, _("Notes")), rows)


def in_brackets(say: Say, flags: Sequence[str]) -> str:
    """Say in a table what to be careful about."""
    return " ".join(f"({say(flag)})" for flag in flags)


def _notes(say: Say, card: Card) -> str:
    said = [in_brackets(say, card.flags)] if card.flags else []
    said += [say(HEADED, heading=heading, text="; ".join(lines)) for heading, lines in card.items]
    return " ".join(said)
