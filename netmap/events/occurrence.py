"""One date in a calendar, as a subscriber sees it, and the mark by which a change is known."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from netmap.language import _
from netmap.networks.register import Point

_NOT_IN_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_LONGEST_LINE, _LONGEST_LINK, _LONGEST_TEXT = 300, 2000, 5000


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date.

    Attributes:
        uid: Its identity, for ever.
        row: The UID of the session or the id of the activity that it comes from.
        starts: Local start.
        ends: Local end, None where it is not known.
        zone: The zone of both.
        title: In one line.
        status: ``tentative``, ``confirmed`` or ``cancelled``.
        description: In plain text, lines apart by LF.
        location: In one line.
        point: (longitude, latitude) in degrees WGS 84, None where the audience may not see it.
        categories: What it is about.
        link: Where to take part online, or what is said of it elsewhere.
        feeds: The feeds it is in, as paths below ``feeds/``.
        joins: Whether the link is where to take part.
        tint: What decides its colour, as its kind; a colour is no change.
        all_day: Whether it is told by its days alone; it ends at the midnight after the last.
        online: Whether it is nowhere but online; its location then only says so.
        invented: Whether it is an invented example; its title then says so.
    """

    uid: str
    row: str
    starts: datetime
    ends: datetime | None
    zone: str
    title: str
    status: str = "confirmed"
    description: str = ""
    location: str = ""
    point: Point | None = None
    categories: tuple[str, ...] = ()
    link: str = ""
    feeds: frozenset[str] = frozenset()
    joins: bool = False
    tint: str = ""
    all_day: bool = False
    online: bool = False
    invented: bool = False

    @property
    def summary(self) -> str:
        """Its title, with the word before it where it does not take place."""
        return called_off(self.title) if self.status == "cancelled" else self.title

    @property
    def mark(self) -> str:
        """A digest of all that a subscriber sees of it.

        It is that of a JSON object with its keys in order, put together by hand: of the dates of a
        series all but the times is the same, and most of the work of a large feed was here.
        """
        first, between, last = _same_all_along(
            self.categories, self.description, self.link, self.location, self.point, self.status,
            self.summary, self.zone, all_day=self.all_day,
        )  # fmt: skip
        ends = f'"{self.ends.isoformat()}"' if self.ends else "null"
        seen = f'{first}{ends}{between}"{self.starts.isoformat()}"{last}'
        return sha256(seen.encode()).hexdigest()[:16]


@lru_cache(maxsize=256)
def _same_all_along(
    categories: tuple[str, ...],
    description: str,
    link: str,
    location: str,
    point: Point | None,
    status: str,
    summary: str,
    zone: str,
    *,
    all_day: bool,
) -> tuple[str, str, str]:
    """Write what all dates of a series share: what stands before, between and after their own."""
    write = json.dumps
    what = f'{_ALL_DAY if all_day else ""}"categories": {write(categories)}'
    place = f'"location": {write(location)}, "point": {write(point)}'
    return (
        f'{{{what}, "description": {write(description)}, "ends": ',
        f', "link": {write(link)}, {place}, "starts": ',
        f', "status": {write(status)}, "title": {write(summary)}, "zone": {write(zone)}}}',
    )


_ALL_DAY = '"all_day": true, '


def called_off(title: str) -> str:
    """Say that something does not take place; of what is hidden no more than that."""
    return _("Cancelled: %(title)s", title=title) if title else _("Cancelled")


def one_line(text: str) -> str:
    """Keep what may stand in one line: no control character, no break, not endless."""
    return _short(" ".join(_NOT_IN_LINES.sub(" ", text).split()), _LONGEST_LINE)


def link(address: str | None) -> str:
    """Keep an address that somebody could follow; one without end would fill the feed."""
    return address if address and len(address) <= _LONGEST_LINK else ""


def plain_text(text: str) -> str:
    """Keep what may stand in a description: lines apart by LF, no other control character."""
    lines = re.sub(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]", "\n", text)
    return _short(_NOT_IN_LINES.sub("", lines.replace("\t", " ")).strip(), _LONGEST_TEXT)


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
