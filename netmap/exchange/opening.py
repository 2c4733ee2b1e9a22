"""Other people's JSON and XML, opened so that a hostile file costs a message and no more."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netmap.errors import UnreadableFileError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LARGEST = 512 * 2**20


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
        return json.loads(content.decode("utf-8-sig"))
    except RecursionError as error:
        raise UnreadableFileError(shown, "it is nested too deeply to be data") from error
    except ValueError as error:
        raise UnreadableFileError(shown, f"it is not JSON ({error})") from error


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
