"""From the bytes of a calendar to whole lines: unfolded, decoded, each with its line number.

Unfolding comes before decoding, so that a fold inside a character does no harm.
"""

import codecs
import re
from dataclasses import dataclass

from netmap.errors import UnreadableFileError
from netmap.events.foreign.noticed import Noticed

MOST_BYTES = 20_000_000
_LINE_END = re.compile(rb"\r\n|\n|\r")
_NAME = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]*)[ \t]*[;:]")
_BEGIN = re.compile(rb"^[ \t]*begin[ \t]*:[ \t]*(?:vcalendar|vevent)", re.IGNORECASE | re.MULTILINE)
_LONGEST = 75
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_KNOWN = frozenset(
    [
        "BEGIN",
        "END",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "DUE",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "RECURRENCE-ID",
        "STATUS",
        "TRANSP",
        "CLASS",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "CATEGORIES",
        "SEQUENCE",
        "ATTENDEE",
        "ORGANIZER",
        "ATTACH",
        "URL",
        "GEO",
        "CREATED",
        "LAST-MODIFIED",
        "PRIORITY",
        "COMMENT",
        "CONTACT",
        "RESOURCES",
        "VERSION",
        "PRODID",
        "METHOD",
        "CALSCALE",
        "TZID",
        "TZNAME",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "TZURL",
        "ACTION",
        "TRIGGER",
        "REPEAT",
        "FREEBUSY",
        "NAME",
        "COLOR",
        "SOURCE",
        "CONFERENCE",
        "IMAGE",
    ]
)


@dataclass(frozen=True, slots=True)
class Line:
    r"""One whole line.

    Attributes:
        number: The line of the file it begins on, the first being 1.
        name: The name of its property, in capitals.
        text: All of it; a line break within it is written as in a calendar, ``\n``.
    """

    number: int
    name: str
    text: str

    @property
    def value(self) -> str:
        """What stands after the first colon."""
        return self.text.partition(":")[2].strip()


def whole_lines(content: bytes, noticed: Noticed) -> list[Line]:
    """Split a calendar into whole lines.

    Raises:
        UnreadableFileError: It is no calendar, or too large to be one.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableFileError(
            noticed.shown,
            f"it is larger than {MOST_BYTES // 1_000_000} MB; export a shorter stretch of time",
        )
    content = _without_mark(content, noticed)
    _insist(content, noticed.shown)
    if content.count(b"\n") != content.count(b"\r\n") or b"\n" not in content:
        message = "lines do not end as they should in a calendar (CR LF); read all the same."
        noticed.repair("line-ends", message, 1)
    return _named(_unfolded(_LINE_END.split(content), noticed), noticed)


def _without_mark(content: bytes, noticed: Noticed) -> bytes:
    if content.startswith(_UTF_16):
        noticed.repair("utf-16", "the file is written in UTF-16; it was read all the same.", 1)
        return content.decode("utf-16", "replace").encode()
    if content.startswith(codecs.BOM_UTF8):
        noticed.repair(
            "byte-order-mark", "an invisible mark before the first letter was left out.", 1
        )
        return content.removeprefix(codecs.BOM_UTF8)
    return content


def _insist(content: bytes, shown: str) -> None:
    head = content[:2000].lower()
    if _BEGIN.search(content):
        return
    if not content.strip():
        raise UnreadableFileError(shown, "it is empty")
    if b"<html" in head or b"<!doctype" in head:
        why = "it is a web page and no calendar; perhaps the link asks you to sign in first"
        raise UnreadableFileError(shown, why)
    if content.startswith(b"PK"):
        raise UnreadableFileError(shown, "it is a zip file; unpack it and take the .ics in it")
    raise UnreadableFileError(shown, "it is no calendar: there is no BEGIN:VCALENDAR in it")


def _unfolded(physical: list[bytes], noticed: Noticed) -> list[tuple[int, list[bytes]]]:
    """Put folded lines together, and say what is odd about how lines are written."""
    whole: list[tuple[int, list[bytes]]] = []
    long: list[int] = []
    blank: list[int] = []
    waiting: list[int] = []
    for number, line in enumerate(physical, start=1):
        if not line:
            waiting.append(number)
            continue
        blank += waiting
        waiting = []
        if len(line) > _LONGEST:
            long.append(number)
        if line[:1] in {b" ", b"\t"} and whole:
            whole[-1][1].append(line[1:])
        else:
            whole.append((number, [line]))
    first = whole[0][0] if whole else 1
    leading, inner = [n for n in blank if n < first], [n for n in blank if n > first]
    _say(noticed, "leading-blank-lines", "empty before the calendar begins; left out", leading)
    _say(noticed, "blank-lines", "empty; left out", inner)
    _say(noticed, "long-lines", f"longer than {_LONGEST} bytes; read all the same", long)
    return whole


def _say(noticed: Noticed, code: str, what: str, numbers: list[int]) -> None:
    if numbers:
        said = "a line is" if len(numbers) == 1 else f"{len(numbers):,} lines are"
        where = ", the first here" if len(numbers) > 1 else ""
        noticed.repair(code, f"{said} {what}{where}.", numbers[0])


def _named(whole: list[tuple[int, list[bytes]]], noticed: Noticed) -> list[Line]:
    """Decode and name whole lines; one without a name goes on the one before."""
    lines: list[Line] = []
    for number, pieces in whole:
        text = _decoded(number, pieces, noticed)
        found = _NAME.match(text)
        if found and _is_name(found[1]):
            lines.append(Line(number, found[1].upper(), text.strip()))
        elif not text.strip():
            continue
        elif not lines:
            message = "what stands before the calendar begins was left out."
            noticed.repair("text-before-calendar", message, number, look=True)
        else:
            message = (
                "the line before breaks off here, as if somebody had pressed Enter in a text; "
                "the two were put together."
            )
            noticed.repair("broken-line", message, number, lines[-1].name)
            last = lines[-1]
            lines[-1] = Line(last.number, last.name, f"{last.text}\\n{text.strip()}")
    return lines


def _is_name(name: str) -> bool:
    return name.upper() in _KNOWN or name.isupper() or name[:2] in {"X-", "x-"}


def _decoded(number: int, pieces: list[bytes], noticed: Noticed) -> str:
    line = b"".join(pieces)
    if line.isascii():
        return line.decode("ascii")
    try:
        text = line.decode()
    except UnicodeDecodeError:
        message = "these are not UTF-8 letters; they were read as Windows writes them."
        noticed.repair("windows-characters", message, number, look=True)
        return line.decode("cp1252", "replace")
    if len(pieces) > 1 and any(not _decodes(piece) for piece in pieces):
        message = "a line is folded in the middle of a letter; it was put together again."
        noticed.repair("split-character", message, number)
    return text


def _decodes(piece: bytes) -> bool:
    try:
        piece.decode()
    except UnicodeDecodeError:
        return False
    return True
