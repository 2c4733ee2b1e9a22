"""XML files of graph programs: whether one is of a kind, and its root, within limits."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from netmap.errors import UnreadableFileError
from netmap.exchange.opening import content_of, xml_from

LARGEST = 64 * 2**20
# Groups within groups; a file that goes deeper is not a drawing.
DEEPEST = 40
_FIRST = 4096


def looks_like(file: Path, suffix: str, root: str) -> bool:
    """Tell whether a file is of a kind, by its ending or by its first element; never raises."""
    try:
        if not file.is_file():
            return False
        if file.suffix.lower() == suffix:
            return True
        if file.suffix.lower() != ".xml":
            return False
        with file.open("rb") as stream:
            return f"<{root}".encode() in stream.read(_FIRST).lower().replace(b"\0", b"")
    except OSError:
        return False


def root_of(file: Path, shown: str, name: str) -> Element:
    """Read the root element of a graph file.

    Args:
        file: The file.
        shown: How messages name it.
        name: What the root should be called.

    Raises:
        UnreadableFileError: It is too large, is not XML, defines entities, or is something else.
    """
    content = content_of(file, shown)
    if len(content) > LARGEST:
        why = f"it has {len(content) // 2**20} MB, too much for a network"
        raise UnreadableFileError(shown, why)
    root = xml_from(content, shown)
    if local(root) != name:
        raise UnreadableFileError(shown, f"it is not {name}: it begins with <{local(root)}>")
    return root


def local(element: Element) -> str:
    """Give an element's name without its namespace, in lower case."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


def named(element: Element, *names: str) -> Iterator[Element]:
    """Go through the elements directly within one that have one of these names."""
    return (one for one in element if local(one) in names)


def deeper(depth: int, shown: str) -> int:
    """Count one level down.

    Raises:
        UnreadableFileError: That is deeper than any drawing goes.
    """
    if depth >= DEEPEST:
        raise UnreadableFileError(shown, "it is nested too deeply to be a network")
    return depth + 1
