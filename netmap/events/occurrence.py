"""One date in a calendar, as a subscriber sees it, and the mark by which a change is known."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from netmap.networks.register import Point

_NOT_IN_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_LONGEST_LINE, _LONGEST_TEXT = 300, 5000
CANCELLED = "Cancelled"


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
        link: Where to take part online.
        feeds: The feeds it is in, as paths below ``feeds/``.
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

    @property
    def summary(self) -> str:
        """Its title, with the word before it where it does not take place."""
        if self.status != "cancelled":
            return self.title
        return f"{CANCELLED}: {self.title}" if self.title else CANCELLED

    @property
    def mark(self) -> str:
        """A digest of all that a subscriber sees of it."""
        seen: Mapping[str, object] = {
            "starts": self.starts.isoformat(),
            "ends": self.ends.isoformat() if self.ends else None,
            "zone": self.zone,
            "title": self.summary,
            "status": self.status,
            "description": self.description,
            "location": self.location,
            "point": self.point,
            "categories": self.categories,
            "link": self.link,
        }
        return sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]


def one_line(text: str) -> str:
    """Keep what may stand in one line: no control character, no break, not endless."""
    return _short(" ".join(_NOT_IN_LINES.sub(" ", text).split()), _LONGEST_LINE)


def plain_text(text: str) -> str:
    """Keep what may stand in a description: lines apart by LF, no other control character."""
    lines = re.sub(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]", "\n", text)
    return _short(_NOT_IN_LINES.sub("", lines.replace("\t", " ")).strip(), _LONGEST_TEXT)


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
