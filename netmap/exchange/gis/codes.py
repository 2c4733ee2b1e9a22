"""Which properties of a layer hold the codes and the names of areas."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from netmap.tables import normalise_heading

_CODE = re.compile(r"(code|cd|gss)$")
_NAME = re.compile(r"(name|nm)$")
_IDS = ("id", "geoid", "uid", "ref", "gid", "objectid")
# As national statistics and many other registers write codes: E01000001, W06000015, 08111.
_LIKE_A_CODE = re.compile(r"[A-Z]{0,3}\d{3,12}")
_NAMES = ("name", "title", "label")


@dataclass(frozen=True, slots=True)
class Headings:
    """Which properties hold the code and the name of each area; the name may be missing."""

    code: str
    name: str


def headings(said: Sequence[Mapping[str, str]]) -> Headings | None:
    """Find the properties that hold codes and names, the finest areas where there are several.

    Args:
        said: The properties of each feature as text.
    """
    every = dict.fromkeys(name for one in said for name in one)
    plain = {name: normalise_heading(name) for name in every}
    likely = {name: _likelihood(plain[name], [one.get(name, "") for one in said]) for name in every}
    code = max(likely, key=lambda name: likely[name], default="")
    if not code or not likely[code][0]:
        return None
    return Headings(code, _name_beside(code, plain, said))


def _likelihood(heading: str, held: Sequence[str]) -> tuple[int, int, int]:
    """Rate a property as the code: by its name, how many it tells apart, and what it holds."""
    known = [text for text in held if text]
    apart = len(set(known))
    like = sum(1 for text in known if _LIKE_A_CODE.fullmatch(text))
    if not known or _NAME.search(heading):
        return 0, 0, 0
    if heading == "code":
        return 4, apart, like
    if _CODE.search(heading):
        return 3, apart, like
    if like == len(known) == apart and heading not in _IDS:
        return 2, apart, like
    return (1, apart, like) if heading in _IDS and apart == len(held) else (0, 0, 0)


def _name_beside(code: str, plain: Mapping[str, str], said: Sequence[Mapping[str, str]]) -> str:
    """Find the name that belongs to a code: of the same stem, else called a name at all."""
    stem = _CODE.sub("", plain[code])
    likely = [name for name, heading in plain.items() if _NAME.search(heading)]
    beside = [name for name in likely if _NAME.sub("", plain[name]) == stem]
    called = [name for wanted in _NAMES for name, heading in plain.items() if heading == wanted]
    apart = sorted(likely, key=lambda name: -len({one.get(name) for one in said}))
    return next(iter((*beside, *called, *apart)), "")
