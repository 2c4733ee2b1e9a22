"""Begin a translation, or bring one up to date with the texts of this version."""

import io
import re
from dataclasses import dataclass
from typing import Final

from netmap.errors import UnreadableFileError
from netmap.language.loading import shipped

_CHANGING: Final = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By): .*\n', re.MULTILINE
)
_HEADER: Final = "# What netmap says on pages, maps and feeds, translated."


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation to be written.

    Attributes:
        content: A gettext ``.po`` file, for Poedit, Weblate or a text editor.
        texts: How many texts there are.
        translated: How many of them are translated.
    """

    content: bytes
    texts: int
    translated: int


def translation(language: str, existing: bytes | None, file: str) -> Translation:
    """Put the texts of this version into a translation; what is translated stays.

    Args:
        language: BCP 47, one of which :func:`netmap.language.is_language` holds.
        existing: The translation as it is; None to begin one.
        file: What it is called, for messages.

    Returns:
        The same bytes for the same texts; texts that netmap no longer has stand at the end, marked
        as obsolete.

    Raises:
        UnreadableFileError: What is there is no ``.po`` file.
    """
    from babel.messages import Catalog  # noqa: PLC0415  # only translators wait for it
    from babel.messages.pofile import PoFileError, read_po, write_po  # noqa: PLC0415

    tag = language.replace("-", "_")
    try:
        if existing is None:
            found = Catalog(locale=tag, project="netmap", header_comment=_HEADER, fuzzy=False)
        else:
            found = read_po(io.BytesIO(existing), locale=tag, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise UnreadableFileError(file, str(error)) from error
    found.update(shipped())
    written = io.BytesIO()
    write_po(written, found, width=0, sort_by_file=False, include_lineno=False)
    done = [bool(_all_of(one.string)) and not one.fuzzy for one in found if one.id]
    return Translation(_CHANGING.sub(b"", written.getvalue()), len(done), sum(done))


def _all_of(text: object) -> bool:
    return all(text) if isinstance(text, tuple | list) else bool(text)
