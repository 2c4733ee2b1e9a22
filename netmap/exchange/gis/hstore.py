"""Tags as OpenStreetMap's files have them: PostgreSQL's hstore text, or JSON, in one property."""

import json
import re
from collections.abc import Mapping

# "key"=>"value", with \\" and \\\\ inside; a value may be NULL without quotation marks.
_PAIR = re.compile(
    r'\s*"((?:[^"\\]|\\.)*)"\s*=>\s*(?:"((?:[^"\\]|\\.)*)"|(NULL))\s*(?:,|$)',
    re.DOTALL | re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def tags_of(text: str) -> dict[str, str] | None:
    """Read tags from hstore text or a JSON object.

    Args:
        text: As ``"addr:city"=>"Leeds","opening_hours"=>"Mo-Fr 09:00-17:00"``.

    Returns:
        Key to value, the first of two alike, in the text's order; None where it is neither.
    """
    text = text.strip()
    if text.startswith("{"):
        return _from_json(text)
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        pair = _PAIR.match(text, at)
        if pair is None:
            return None
        if pair[3] is None:
            found.setdefault(_plain(pair[1]), _plain(pair[2]))
        at = pair.end()
    return found


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _from_json(text: str) -> dict[str, str] | None:
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return tags_in(held) if isinstance(held, Mapping) else None


def tags_in(held: Mapping[object, object]) -> dict[str, str]:
    """Take the tags of an object; what holds more than words or numbers is kept as JSON."""
    return {
        str(key): value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in held.items()
        if value is not None
    }
