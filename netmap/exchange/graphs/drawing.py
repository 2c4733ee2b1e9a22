"""What a graph program drew, before anybody says which of it are organisations and ties."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from netmap.exchange.draft import Note, Spot


@dataclass(frozen=True, slots=True)
class Thing:
    """A node or element.

    Attributes:
        spot: Where it stands.
        key: What makes it the same in next month's file: its id, else what stands for one.
        label: What people see; may be empty.
        fields: Heading to text; several values are joined by ``;``.
        columns: Heading to its column's letter, in files that have any.
        box: It is drawn around others and stands for none itself.
    """

    spot: Spot
    key: str
    label: str
    fields: Mapping[str, str]
    columns: Mapping[str, str] = field(default_factory=dict)
    box: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An edge or connection; ``direction`` is ``directed``, ``undirected`` or ``mutual``."""

    spot: Spot
    source: str
    target: str
    label: str
    direction: str
    fields: Mapping[str, str]
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawing:
    """All of one file.

    Attributes:
        things: In the file's order.
        links: In the file's order; several from one spot are one unit.
        notes: What was noticed about the file.
        set_aside: Units that are neither things nor links, with the reason.
        bars: Whether ``|`` stands between the values of a list, in every file of this kind.
        by_label: Whether a link may name its ends by their labels, even ends that stand nowhere
            else.
        overwrites: Whether a thing with a key that was there before changes the first.
    """

    things: tuple[Thing, ...]
    links: tuple[Link, ...]
    notes: tuple[Note, ...] = ()
    set_aside: tuple[Note, ...] = ()
    bars: bool = False
    by_label: bool = False
    overwrites: bool = False
