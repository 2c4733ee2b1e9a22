"""The areas of a register as a forest: parents, children, and the names people use for them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from netmap.networks.models import Area

_BETWEEN_WORDS = re.compile(r"[\W_]+")


def plain(name: str) -> str:
    """Reduce a name to what is compared: no case, punctuation, 'and' as '&'."""
    return _BETWEEN_WORDS.sub(" ", name.casefold().replace("&", " and ")).strip()


class Areas:
    """The areas of a register, by code, in code order."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.by_code: Mapping[str, Area] = {
            area.code: area for area in sorted(areas, key=lambda a: a.code)
        }
        self._above: dict[str, tuple[str, ...]] = {}
        self._below: dict[str, tuple[str, ...]] = {}

    def __iter__(self) -> Iterator[Area]:
        return iter(self.by_code.values())

    def __len__(self) -> int:
        return len(self.by_code)

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def __getitem__(self, code: str) -> Area:
        return self.by_code[code]

    def name(self, code: str) -> str:
        """Name an area, by its code where it is not known."""
        return self.by_code[code].name if code in self.by_code else code

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The codes directly below each area that has any."""
        below: dict[str, list[str]] = {}
        for area in self:
            if area.parent:
                below.setdefault(area.parent, []).append(area.code)
        return {code: tuple(codes) for code, codes in below.items()}

    @cached_property
    def top(self) -> tuple[str, ...]:
        """The codes of the places without a parent; letters in a report are no places."""
        return tuple(area.code for area in self if not area.parent and not area.anonymised)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The codes above an area, nearest first."""
        if code not in self._above:
            self._above[code] = self._climbed(code)
        return self._above[code]

    def _climbed(self, code: str) -> tuple[str, ...]:
        above: list[str] = []
        area = self.by_code.get(code)
        while area and area.parent and area.parent not in above and area.parent != code:
            above.append(area.parent)
            area = self.by_code.get(area.parent)
        return tuple(above)

    def descendants(self, code: str) -> tuple[str, ...]:
        """The codes below an area, at any depth, in code order."""
        if code not in self.children:
            return ()
        if code not in self._below:
            self._below[code] = self._descended(code)
        return self._below[code]

    def _descended(self, code: str) -> tuple[str, ...]:
        found: set[str] = set()
        waiting = list(self.children[code])
        while waiting:
            one = waiting.pop()
            if one not in found and one != code:
                found.add(one)
                waiting.extend(self.children.get(one, ()))
        return tuple(sorted(found))

    def line(self, code: str) -> frozenset[str]:
        """The area itself with all above and below it."""
        return frozenset((code, *self.ancestors(code), *self.descendants(code)))

    def top_of(self, code: str) -> str:
        """The area without a parent that an area lies in."""
        above = self.ancestors(code)
        return above[-1] if above else code

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for area in self:
            for name in (area.code, area.name, *area.aliases):
                found.setdefault(plain(name), {})[area.code] = None
        return {name: tuple(codes) for name, codes in found.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """Every code, name and alias."""
        return tuple(n for area in self for n in (area.code, area.name, *area.aliases))

    def resolve(self, text: str) -> tuple[str, ...]:
        """Find the areas that a code, alias or name can mean.

        Returns:
            One code where it is clear, none where it is unknown, several where it is ambiguous.
            A code goes before a name, and an area before those below it.
        """
        if text in self.by_code:
            return (text,)
        codes = self._names.get(plain(text), ())
        if len(codes) <= 1:
            return codes
        highest = tuple(c for c in codes if not set(self.ancestors(c)) & set(codes))
        return highest if len(highest) == 1 else codes
