"""What a map says and draws, as values.

A card is what a popup and a table row say of one thing. Marks, shapes and lines are where it is
drawn; a layer is all of one sort with its legend and its table. The page writes the tables, the
script draws the rest, and both say the same because both are given these.
"""

from dataclasses import dataclass

LonLat = tuple[float, float]
Rings = tuple[tuple[LonLat, ...], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What is said of one thing.

    Attributes:
        id: Unique on the page; made of letters, digits and hyphens by netmap alone.
        title: Its name.
        what: What sort of thing it is.
        flags: What to be careful about: ``illustrative``, ``position approximate``.
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
    """

    symbol: str
    colour: str
    size_px: int = 26
    dashed: bool = False


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
    """One row of a table; ``card`` is empty where the thing is not on the map."""

    name: str
    cells: tuple[str, ...]
    card: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Everything of one layer, in words. The first heading is the name's."""

    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


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

    @property
    def drawn(self) -> int:
        """How many things are drawn."""
        return len(self.marks) + len(self.shapes) + len(self.lines) + len(self.asides)


def table_of(cards: "tuple[tuple[Card, bool], ...]", first: str) -> Table:
    """Lay cards out as a table.

    Args:
        cards: Each card with whether it is on the map.
        first: The heading of the names.

    Returns:
        One column for each label that any card has a value for; what to be careful about and
        the lists go into the last column.
    """
    said = dict.fromkeys(label for card, _ in cards for label, value in card.facts if value)
    order = dict.fromkeys(label for card, _ in cards for label, _ in card.facts)
    labels = tuple(label for label in order if label in said)
    rows = tuple(
        Row(
            card.title,
            (*(dict(card.facts).get(label, "") for label in labels), _notes(card)),
            card.id if placed else "",
            card.links,
        )
        for card, placed in cards
    )
    return Table((first, *labels, "Notes"), rows)


def _notes(card: Card) -> str:
    said = [f"({flag})" for flag in card.flags]
    said += [f"{heading}: {'; '.join(lines)}" for heading, lines in card.items]
    return " ".join(said)
