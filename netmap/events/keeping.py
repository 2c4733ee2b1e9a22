"""What one run worked out for feeds, kept for the next of the same process.

Nothing is right because it is here: each thing is kept with all it came from, and is used again
only where that is the same. A run with what another kept gives the bytes it would give without.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass, field

from netmap.events.calendar import Manner, event_bytes
from netmap.events.occurrence import Occurrence
from netmap.events.told import Entry, Settled

Written = tuple[Entry, bytes]


@dataclass
class Kept:
    """What was worked out last; empty at first.

    Attributes:
        lasting: Whether anything is kept at all.
        dates: The dates of a series by its UID, and what they were worked out from.
        settled: What was told of each date by record.
        written: Each event by UID, with the manner it was written in.
        made: Each feed by path, with what it says of itself and its events.
    """

    lasting: bool = True
    dates: dict[str, tuple[object, tuple[Occurrence, ...]]] = field(default_factory=dict)
    settled: dict[str, Settled] = field(default_factory=dict)
    written: dict[str, tuple[Manner, Written]] = field(default_factory=dict)
    made: dict[str, tuple[object, list[Written], bytes]] = field(default_factory=dict)

    def event(self, entry: Entry, manner: Manner) -> Written:
        """Write an event, if it is not the very one that was written last."""
        uid = entry.occurrence.uid
        known = self.written.get(uid)
        if known is not None and known[1][0] is entry and known[0] == manner:
            return known[1]
        pair = entry, event_bytes(entry, manner)
        if self.lasting:
            self.written[uid] = manner, pair
        return pair

    def feed(
        self, path: str, whence: object, pairs: list[Written], make: Callable[[], bytes]
    ) -> bytes:
        """Put a feed together, if it is not the very one that was put together last."""
        known = self.made.get(path)
        if known is not None and known[0] == whence and known[1] == pairs:
            return known[2]
        content = make()
        if self.lasting:
            self.made[path] = whence, pairs, content
        return content

    def settled_of(self, record: str) -> Settled | None:
        """Give what was told of the dates of a record, to be brought up to date."""
        return self.settled.setdefault(record, Settled()) if self.lasting else None

    def forget_all_but(self, uids: Container[str]) -> None:
        """Forget events that are not told any more."""
        self.written = {uid: one for uid, one in self.written.items() if uid in uids}
