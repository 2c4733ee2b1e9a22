"""Content lines of RFC 5545: escaped, folded, and never more than one.

Only what a feed of ours has in it. Tests hold every line against the ``icalendar`` library, which
writes the same bytes and takes many times as long: it encodes each character on its own.
"""

import re

_LONGEST = 74  # octets before a fold; with the space that follows one, 75
_CONTINUES, _LEAD = 0x80, 0xC0
_ESCAPES = b"\\^"
# What may stand in no line at all, whatever came before; breaks within a text are escaped first.
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_NOT_IN_ADDRESSES = re.compile(r"""[^\w\-.~:/?#\[\]@!$&'()*+,;=%]""", re.ASCII)


def line(name: str, value: str) -> bytes:
    """Write one property whose value is written as it is: a time, a number, an address."""
    return folded(f"{name}:{value}")


def text_line(name: str, value: str) -> bytes:
    r"""Write one property whose value is text: ``;`` ``,`` ``\`` and breaks are escaped."""
    return folded(f"{name}:{escaped(value)}")


def texts_line(name: str, values: tuple[str, ...]) -> bytes:
    """Write one property that lists texts."""
    return folded(f"{name}:{','.join(escaped(value) for value in values)}")


def escaped(text: str) -> str:
    r"""Escape a text; every kind of break in it becomes ``\n``."""
    told = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return told.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def quoted(text: str) -> str:
    """Write the value of a parameter; a double quote cannot be told there, so it is a single."""
    return '"' + _CONTROL.sub(" ", text).replace('"', "'") + '"'


def address(text: str) -> str:
    """Percent-encode what may not stand in an address, breaks and spaces among it."""
    return _NOT_IN_ADDRESSES.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode(errors="replace")), text
    )


def folded(content: str) -> bytes:
    """End a line by CRLF, folded where it is longer than 75 octets, never inside a character.

    Nor after a backslash: some readers take an escape that is parted for a plain letter.
    """
    data = _CONTROL.sub("", content).encode()
    if len(data) <= _LONGEST:
        return data + b"\r\n"
    parts, start = [], 0
    while len(data) - start > _LONGEST:
        end = start + _LONGEST
        while data[end] & _LEAD == _CONTINUES:
            end -= 1
        if data[end - 1] in _ESCAPES:
            end -= 1
        parts.append(data[start:end])
        start = end
    parts.append(data[start:])
    return b"\r\n ".join(parts) + b"\r\n"
