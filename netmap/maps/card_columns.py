"""Cards as columns: what is said of very many things of one sort, with no object for each.

Most of what is said of things is said of many: :func:`each` words it once and hands it out. A layer
of few things is still made of cards, which can be elements of the page.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from netmap.language import _
from netmap.maps.cards import Block, Card, Entry, Layer, LonLat, Look, Mark, Table, table_of
from netmap.maps.scene import MOST_ELEMENTS
from netmap.maps.weight import MANY_ROWS
from netmap.maps.words import Say

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
_NOWHERE = (float("nan"), float("nan"))


def each(say: Callable[[Key], Value], keys: Iterable[Key]) -> list[Value]:
    """Say something of each key, working it out once for those that are equal."""
    keys = list(keys)
    said = {key: say(key) for key in dict.fromkeys(keys)}
    return list(map(said.__getitem__, keys))


@dataclass(frozen=True, slots=True, eq=False)
class CardColumns:
    """What the cards of one layer say and how they are marked, one entry each.

    Attributes:
        prefix: What their ids begin with.
        numbers: What their ids end in.
        titles: Their names.
        what: What sort of thing each is.
        flags: What to be careful about: texts that are still to be said.
        facts: Label and values, in order.
        items: Headings, each with the lines below it.
        links: Texts and addresses.
        tags: Facet to terms.
        points: Where they are drawn; None where they are not.
        looks: How their markers look; None where they have none.
        texts: The short badges at their markers.
    """

    prefix: str
    numbers: Sequence[int]
    titles: Sequence[str]
    what: Sequence[str]
    flags: Sequence[tuple[str, ...]]
    facts: Sequence[tuple[str, Sequence[str]]]
    items: Sequence[tuple[tuple[str, tuple[str, ...]], ...]]
    links: Sequence[tuple[tuple[str, str], ...]]
    tags: Mapping[str, Sequence[tuple[str, ...]]]
    points: Sequence[LonLat | None]
    looks: Sequence[Look | None]
    texts: Sequence[str]

    def layer(
        self, key: str, label: str, first: str, *, legend: tuple[Entry, ...], note: str
    ) -> Layer:
        """Make a layer of these: of columns where they are many, else of cards.

        Args:
            key: The layer's name in a map file.
            label: The same in plain words.
            first: The heading of the names in its table.
            legend: What its looks mean.
            note: What else a reader must know.
        """
        placed = len(self.points) - self.points.count(None)
        if placed > MOST_ELEMENTS and len(self.titles) > MANY_ROWS:
            block = self._block()
            table = Table((first, *block.facts, _("Notes")))
            return Layer(key, label, legend=legend, note=note, table=table, block=block)
        cards = self._cards()
        tags = {
            card.id: {facet: terms[row] for facet, terms in self.tags.items()}
            for row, card in enumerate(cards)
        }
        shown = [(card, point is not None) for card, point in zip(cards, self.points, strict=True)]
        named = tuple(sorted(shown, key=lambda one: one[0].title.casefold()))
        return Layer(
            key,
            label,
            legend=legend,
            note=note,
            table=table_of(named, first, tags),
            tags=tags,
            others=tuple(card for card, there in shown if not there),
            cards=tuple(card for card, there in shown if there),
            marks=tuple(
                Mark(card.id, point, look, text)
                for card, point, look, text in zip(
                    cards, self.points, self.looks, self.texts, strict=True
                )
                if point is not None and look is not None
            ),
        )

    def _cards(self) -> list[Card]:
        labels = [label for label, _values in self.facts]
        columns = (values for _label, values in self.facts)
        rows = zip(*columns, strict=True)
        return [
            Card(
                f"{self.prefix}-{number}",
                self.titles[row],
                self.what[row],
                self.flags[row],
                tuple(zip(labels, values, strict=True)),
                self.items[row],
                self.links[row],
            )
            for row, (number, values) in enumerate(zip(self.numbers, rows, strict=True))
        ]

    def _block(self) -> Block:
        say = Say()
        looks = tuple(look for look in dict.fromkeys(self.looks) if look is not None)
        number: dict[Look | None, int] = {None: 0} | {look: n for n, look in enumerate(looks)}
        at = np.array([point or _NOWHERE for point in self.points], dtype=np.float64)
        return Block(
            self.titles,
            at[:, 0],
            at[:, 1],
            looks,
            list(map(number.__getitem__, self.looks)),
            what=self.what,
            flags=each(lambda flags: tuple(map(say, flags)), self.flags),
            texts=self.texts,
            facts={label: values for label, values in self.facts if any(values)},
            items=self.items,
            links=each(lambda links: tuple(address for _, address in links), self.links),
            tags=self.tags,
        )
