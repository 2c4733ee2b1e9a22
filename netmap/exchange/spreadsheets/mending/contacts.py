"""Email addresses, telephone numbers and web addresses as people type them."""

import re

from netmap.exchange.spreadsheets.mending.cleaning import one_line
from netmap.exchange.spreadsheets.mending.outcomes import (
    Understood,
    mended,
    quoted,
    refused,
    taken,
    warned,
)

_EMAIL = re.compile(
    r"""[^\s@<>()\[\],;:"'|/]+@[^\s@<>()\[\],;:"'|/.]+(?:\.[^\s@<>()\[\],;:"'|/.]+)+"""
)
_AT_IN_WORDS = re.compile(r"\s*[(\[]\s*at\s*[)\]]\s*|\s+at\s+", re.IGNORECASE)
_DOT_IN_WORDS = re.compile(r"\s*[(\[]\s*dot\s*[)\]]\s*|\s+dot\s+", re.IGNORECASE)
_APART_AT = re.compile(r"\s*@\s*")
_WEB = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_ALMOST_WEB = re.compile(r"(?:h?ttps?|htps?|htpps?)\s*[:;]?\s*[/\\]{1,3}\s*(?=\w)", re.IGNORECASE)
_APART_WWW = re.compile(r"\bwww\s*\.\s*", re.IGNORECASE)
_HOST = re.compile(
    r"(?:www\.)?[\w\-]+(?:\.[\w\-]+)*\.[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)
_LOST_ZERO = re.compile(r"[12378]\d{9}", re.ASCII)
_LOST_PLUS = re.compile(r"44\d{10}", re.ASCII)
_IN_POWERS = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_LONGEST = 2000
_MORE = "Only one can stand here."


def read_email(text: str) -> Understood:
    """Read an email address; of several the first is taken.

    Args:
        text: The cell, tidied.
    """
    text = text[:_LONGEST]
    if _EMAIL.fullmatch(text):
        return taken(text)
    squeezed = _APART_AT.sub("@", re.sub(r"mailto:", " ", text, flags=re.IGNORECASE))
    found = [hit[0].strip(".") for hit in _EMAIL.finditer(squeezed)]
    addresses = list(dict.fromkeys(address for address in found if _EMAIL.fullmatch(address)))
    if not addresses:
        return _no_email(text)
    if len(addresses) > 1:
        message = f"it holds more than one address: {addresses[0]} is taken."
        return warned(addresses[0], "several-values", message, _MORE)
    return mended(addresses[0], "email", f"{addresses[0]} is taken, and not what stands around it.")


def _no_email(text: str) -> Understood:
    message = f"{quoted(text)} is not an email address."
    spelled = _DOT_IN_WORDS.sub(".", _AT_IN_WORDS.sub("@", text)).replace(",", ".").strip()
    if _EMAIL.fullmatch(spelled):
        return refused("bad-email", message, f"Is it {spelled}?")
    return refused("bad-email", message, "It looks like name@example.org.")


def read_phone(text: str, *, is_number: bool) -> Understood:
    """Read a telephone number, which is text.

    Args:
        text: The cell, tidied.
        is_number: The spreadsheet holds it as a number, and so lost what stood in front.
    """
    number = one_line(text)
    bare = number.replace(" ", "")
    if _IN_POWERS.fullmatch(bare):
        hint = "Format the column as text, and type the number once more."
        message = f"{quoted(text)} is what a spreadsheet made of a telephone number."
        return refused("bad-phone", message, hint)
    if is_number and _LOST_PLUS.fullmatch(bare):
        return mended(f"+{bare}", "phone", "the plus in front was lost.")
    if _LOST_ZERO.fullmatch(bare):
        # A CSV, or a copy as text, does not say any more that it was a number.
        if is_number or bare == number:
            return mended(f"0{bare}", "phone", "the 0 in front was lost.")
        return warned(number, "phone", "a 0 in front may have been lost.", f"Is it 0{bare}?")
    if not any(letter.isdigit() for letter in number):
        return warned(number, "phone", f"{quoted(text)} has no number in it.")
    return taken(number)


def read_website(text: str) -> Understood:
    """Read a web address; of several the first is taken.

    Args:
        text: The cell, tidied.

    Returns:
        An address that begins with ``https://`` or ``http://``.
    """
    if _WEB.fullmatch(text):
        return taken(text)
    if len(text) > _LONGEST:
        return _no_website(text)
    right = _APART_WWW.sub("www.", _ALMOST_WEB.sub(_scheme, text))
    parts = [part.strip(" .,<>()[]\"'") for part in re.split(r"[\s;,|]+", right)]
    found = [address for address in map(_address, parts) if address]
    if not found:
        return _no_website(text)
    others = [address for address in dict.fromkeys(found) if address != found[0]]
    if others:
        message = f"it holds more than one address: {found[0]} is taken."
        return warned(found[0], "several-values", message, _MORE)
    return mended(found[0], "address", f"read as {found[0]}.")


def _scheme(found: re.Match[str]) -> str:
    return "https://" if "s" in found[0].casefold() else "http://"


def _address(part: str) -> str:
    if _WEB.fullmatch(part):
        return part
    return f"https://{part}" if _HOST.fullmatch(part) and "@" not in part else ""


def _no_website(text: str) -> Understood:
    message = f"{quoted(text)} is not a web address."
    hint = "It begins with https://"
    if "@" in text and "." in text:
        hint = "It looks like an email address; there is a column for those."
    elif text.startswith("@"):
        hint = "Write the address of the page, as in facebook.com/name."
    return refused("bad-address", message, hint)
