"""XML written line by line, with every text made safe; reading is for the standard parser."""

from collections.abc import Iterable, Iterator, Mapping

from netmap.exchange.tabular.cells import allowed

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
# A parser turns a bare return, and in attributes every line end, into something else.
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = _TEXT | str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})


def element(
    tag: str, attributes: Mapping[str, str], inside: str | Iterable[str] = ()
) -> Iterator[str]:
    """Write one element.

    Args:
        tag: Its name, ours.
        attributes: Their names, ours, and their texts, anybody's.
        inside: Its text, anybody's, or the lines of the elements in it.

    Yields:
        Lines, indented by one space for each element they stand in.
    """
    said = "".join(f' {name}="{_attribute(text)}"' for name, text in attributes.items())
    if isinstance(inside, str):
        yield f"<{tag}{said}>{allowed(inside).translate(_TEXT)}</{tag}>"
        return
    lines = [f" {line}" for line in inside]
    if not lines:
        yield f"<{tag}{said}/>"
        return
    yield f"<{tag}{said}>"
    yield from lines
    yield f"</{tag}>"


def _attribute(text: str) -> str:
    return allowed(text).translate(_ATTRIBUTE)


def document(lines: Iterable[str]) -> bytes:
    """Put the lines of a document together, UTF-8."""
    return "\n".join([HEAD, *lines, ""]).encode()
