"""Codes of areas: what they look like, and what kind of area each is of.

Source of the pattern and the kinds: ONS, Register of Geographic Codes.
"""

import re

_CODE = re.compile(r"[EWSNKJLM]\d{8}")
_KINDS = {
    "E00": "output_area",
    "W00": "output_area",
    "S00": "output_area",
    "E01": "lsoa",
    "W01": "lsoa",
    "S01": "data_zone",
    "N21": "data_zone",
    "E02": "msoa",
    "W02": "msoa",
    "E05": "ward",
    "W05": "ward",
    "S13": "ward",
    "N08": "ward",
    "E04": "parish",
    "W04": "parish",
    "E06": "local_authority",
    "E07": "local_authority",
    "E08": "local_authority",
    "E09": "local_authority",
    "W06": "local_authority",
    "S12": "local_authority",
    "N09": "local_authority",
    "E10": "county",
    "E11": "county",
    "E47": "county",
    "E12": "region",
    "E92": "country",
    "W92": "country",
    "S92": "country",
    "N92": "country",
}
# From the smallest to the largest, so that what holds what can be told.
_SIZES = (
    "output_area",
    "lsoa",
    "data_zone",
    "msoa",
    "parish",
    "ward",
    "local_authority",
    "county",
    "region",
    "country",
)


def is_code(text: str) -> bool:
    """Tell whether a text is a code as the statistical offices give them."""
    return _CODE.fullmatch(text.strip()) is not None


def kind_of_area(code: str) -> str:
    """Say what kind of area a code is of; empty where it is not known."""
    return _KINDS.get(code.strip()[:3], "")


def size_of(code: str) -> int:
    """Rank the kind of an area by size, the smallest first; unknown kinds come last."""
    kind = kind_of_area(code)
    return _SIZES.index(kind) if kind in _SIZES else len(_SIZES)
