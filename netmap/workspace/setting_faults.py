"""What pydantic found wrong with settings: at which key, in which words, and what has to go."""

from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel

from netmap.findings import Finding, Level, Place, did_you_mean

KeyPath = tuple[int | str, ...]


def path_of(data: Any, fault: Any) -> KeyPath:
    """Find the keys that lead to a fault; pydantic's own words for what it tried are no keys."""
    path: list[int | str] = []
    for part in fault["loc"]:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
        path.append(part)
    return (*path, fault["loc"][-1]) if fault["type"] == "missing" else tuple(path)


def holder_of(data: Any, path: KeyPath) -> tuple[dict[str, Any], str] | None:
    """Find the deepest key on `path` that can be left out, and the table it is in."""
    found = None
    for part in path:
        if isinstance(data, dict) and part in data:
            found = data, str(part)
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
    return found


def finding_of(model: type[BaseModel], fault: Any, path: KeyPath, file: str) -> Finding:
    """Word one fault.

    Args:
        model: The settings that were to be made.
        fault: One of pydantic's errors.
        path: The keys that lead to it.
        file: How messages name the file.
    """
    place = Place(file, None, ".".join(map(str, path)))
    if fault["type"] == "extra_forbidden":
        key = str(path[-1])
        hint = did_you_mean(key, _keys_beside(model, path))
        message = "this key is not known and is left out."
        return Finding(Level.NOTICE, "unknown-setting", message, place, key, hint)
    said = fault["msg"].removeprefix("Value error, ")
    value = None if fault["type"] == "missing" else str(fault["input"])
    if fault["type"] == "missing":
        return Finding(Level.ERROR, "missing-setting", "this key is needed.", place)
    return Finding(
        Level.ERROR,
        "bad-setting",
        f"{said[:1].lower()}{said[1:]}; the key is left out.",
        place,
        value,
    )


def _keys_beside(model: Any, path: KeyPath) -> Iterable[str]:
    """Name the keys that are known where the last of `path` stands."""
    for part in path[:-1]:
        if isinstance(model, type) and issubclass(model, BaseModel):
            field = model.model_fields.get(str(part))
            model = field.annotation if field else None
        else:
            model = (get_args(model) or (None,))[-1]
    is_model = isinstance(model, type) and issubclass(model, BaseModel)
    return model.model_fields if is_model else ()
