"""Other people's JSON and XML, opened so that a hostile file costs a message and no more."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netmap.errors import UnreadableFileError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LARGEST = 512 * 2**20
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def content_of(file: Path, shown: str) -> bytes:
    """Read a file that is to be understood as a whole.

    Raises:
        UnreadableFileError: It is not there, open elsewhere, or larger than any register.
    """
    try:
        if file.stat().st_size > _LARGEST:
            size = file.stat().st_size // 2**20
            raise UnreadableFileError(shown, f"it has {size} MB, too much for a register")
        return file.read_bytes()
    except PermissionError as error:
        raise UnreadableFileError(shown, "it is open in another program; close it there") from error
    except OSError as error:
        raise UnreadableFileError(shown, error.strerror or str(error)) from error


def json_from(content: bytes, shown: str) -> Any:
    """Read JSON, byte-order mark or not.

    Raises:
        UnreadableFileError: It is not JSON, or nested too deep to be anything but an attack.
    """
    try:
        text = content.decode(_encoding(content))
        found = json.loads(text)
        return _whole(found) if _HALF.search(text) else found
    except RecursionError as error:
        raise UnreadableFileError(shown, "it is nested too deeply to be data") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(shown, "it is not in UTF-8; save it again as UTF-8") from error
    except json.JSONDecodeError as error:
        raise UnreadableFileError(shown, f"it is not JSON ({error})") from error
    except ValueError as error:
        why = "it holds a number of thousands of digits, which is no data"
        raise UnreadableFileError(shown, why) from error


def _encoding(content: bytes) -> str:
    return "utf-16" if content.startswith(_UTF16) else "utf-8-sig"


def _whole(value: Any) -> Any:
    """Replace halves of characters, which JSON can name and no file can hold."""
    match value:
        case str():
            return _SURROGATES.sub("\ufffd", value)
        case list():
            return [_whole(one) for one in value]
        case dict():
            return {_whole(name): _whole(one) for name, one in value.items()}
        case _:
            return value


def xml_from(content: bytes, shown: str) -> "Element":
    """Read XML without entities, external files or a document type of its own.

    Raises:
        UnreadableFileError: It is not XML, or defines entities.
    """
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415  # the error alone

    from defusedxml import DefusedXmlException  # noqa: PLC0415
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415

    try:
        root: Element = fromstring(content)
    except DefusedXmlException as error:
        why = "it defines entities or points to other files, which netmap never follows"
        raise UnreadableFileError(shown, why) from error
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableFileError(shown, f"it is not XML ({error})") from error
    return root
