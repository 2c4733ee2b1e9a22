"""OpenDocument spreadsheets say "this row a million times": refused before it is believed."""

import io
import zipfile

from netmap.errors import UnreadableFileError

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MOST_CELLS = 5_000_000


def refuse_endless(content: bytes, shown: str) -> None:
    """Refuse an ``.ods`` whose cells, written out, are more than a register's.

    Args:
        content: The file; one that is no zip is left to its reader.
        shown: How messages name it.

    Raises:
        UnreadableFileError: It holds too much, or is not what it says.
    """
    if not content.startswith(b"PK"):
        return
    from defusedxml import DefusedXmlException  # noqa: PLC0415  # only for these files
    from defusedxml.ElementTree import iterparse  # noqa: PLC0415

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as xml:
            cells = row_cells = 0
            for _, element in iterparse(xml):
                if element.tag == f"{_TABLE}table-cell":
                    if len(element) or any(key.endswith("}value") for key in element.attrib):
                        row_cells += _times(element, "columns")
                elif element.tag == f"{_TABLE}table-row":
                    cells += row_cells * _times(element, "rows")
                    row_cells = 0
                    element.clear()
                    if cells > _MOST_CELLS:
                        why = f"it stands for more than {_MOST_CELLS:,} cells"
                        raise UnreadableFileError(shown, why)
    except DefusedXmlException as error:
        raise UnreadableFileError(
            shown, "it defines entities, which netmap never follows"
        ) from error
    except (zipfile.BadZipFile, KeyError, SyntaxError, RuntimeError) as error:
        raise UnreadableFileError(shown, f"it is not a spreadsheet ({error})") from error


def _times(element: object, what: str) -> int:
    said = element.get(f"{_TABLE}number-{what}-repeated", "1")  # type: ignore[attr-defined]  # an element of defusedxml's parser
    return int(said) if said.isdigit() else 1
