"""What a source calls its rows, the same in next month's file."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from netmap.exchange.spreadsheets import headings

_SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
_WHOLE = re.compile(r"\d+\.0+")


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Reduce a name to what is compared: its words in one case; itself where it has none."""
    return " ".join(headings.words(name)) or name


def slug_of(text: str) -> str:
    """Make a code of a name, as ``north-moor``."""
    return "-".join(headings.words(text))


def is_slug(text: str) -> bool:
    """Tell whether a text could be an id of a register as it stands."""
    return _SLUG.fullmatch(text) is not None


def as_id(text: str) -> str:
    """Tell what of a source's own number can be the row's id: a slug with a letter, or nothing."""
    return text if is_slug(text) and not text.replace("-", "").isdecimal() else ""


@dataclass(frozen=True, slots=True)
class Keys:
    """Gives keys to the rows of one source, in their order.

    Attributes:
        given: How often each key made of a name was given, by table.
        named: The keys made of each name, by table.
    """

    given: Counter[tuple[str, str]] = field(default_factory=Counter)
    named: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def of(self, table: str, own: str, cells: Mapping[str, str]) -> str:
        """Give a row's key.

        Args:
            table: Its table.
            own: What the source's own column of ids holds; a repeated one is given again.
            cells: Its cells.

        Returns:
            The source's own number, else the code, else the name with postcode or area, numbered
            where it repeats; nothing for rows that have no name.
        """
        if own:
            return _WHOLE.sub(own.partition(".")[0], own) if _WHOLE.fullmatch(own) else own
        if cells.get("code"):
            return cells["code"]
        if not cells.get("name"):
            return ""
        place = cells.get("postcode") or cells.get("area", "")
        name = name_key(cells["name"])
        key = "|".join(part for part in (name, name_key(place)) if part)
        self.given[table, key] += 1
        number = self.given[table, key]
        key = key if number == 1 else f"{key}|{number}"
        self.named.setdefault((table, name), set()).add(key)
        return key

    def shortened(self) -> Mapping[tuple[str, str], str]:
        """Give the key of each row whose name no other row has: the name alone.

        Who moves, or whose postcode is put right, is then the same next month.

        Returns:
            Table and key as given before, to the name.
        """
        return {
            (table, key): name
            for (table, name), keys in self.named.items()
            if len(keys) == 1
            for key in keys
            if key != name
        }
