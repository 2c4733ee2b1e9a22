"""Who is named in an event: known for one moment, so that their names go no further."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from netmap.events.foreign.lines import Line
from netmap.networks.personal_data import looks_personal

_ADDRESS = re.compile(r"(?:mailto:)?[^\s@<>,;:\"'()]{1,64}@[\w-][\w.-]{0,200}", re.IGNORECASE)
_NAME = re.compile(r";\s*CN\s*=\s*(?:\"([^\"]*)\"|([^;:\"]*))", re.IGNORECASE)
_ROOM = re.compile(r";\s*CUTYPE\s*=\s*\"?(?:ROOM|RESOURCE)", re.IGNORECASE)
_LEAST, _MOST, _LONGEST = 3, 400, 2000
GONE = "…"


@dataclass(frozen=True, slots=True)
class People:
    """The words that may say who somebody is."""

    pattern: re.Pattern[str] | None = None

    def without(self, text: str) -> tuple[str, bool]:
        """Take names and addresses out of words; tell whether there were any."""
        kept = _ADDRESS.sub(GONE, text)
        if self.pattern is not None:
            kept = self.pattern.sub(GONE, kept)
        return kept, kept != text

    def named_in(self, uid: str) -> bool:
        """Tell whether a UID may say who somebody is."""
        if self.pattern is not None and self.pattern.search(uid):
            return True
        return looks_personal(uid, ())


def people_of(lines: Iterable[Line]) -> People:
    """Learn the names and addresses in lines about people; rooms are not people."""
    words: set[str] = set()
    for line in lines:
        text = line.text[:_LONGEST]
        if _ROOM.search(text):
            continue
        names = [a or b for a, b in _NAME.findall(text)]
        addresses = [found.removeprefix("mailto:") for found in _ADDRESS.findall(text.lower())]
        words |= {*names, *addresses}
        for address in addresses:
            if looks_personal(address, ()):
                words |= {w for name in names for w in re.findall(r"[^\W\d_]+", name)}
                words |= set(re.findall(r"[^\W\d_]+", address.partition("@")[0]))
    long = sorted(
        {w.strip() for w in words if len(w.strip()) >= _LEAST}, key=lambda w: (-len(w), w)
    )
    if not long:
        return People()
    joined = "|".join(re.escape(word) for word in long[:_MOST])
    return People(re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE))
