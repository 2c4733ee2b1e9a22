"""Where postcodes are: one answer for each that was asked for, in columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
    Whole = np.ndarray[tuple[int], np.dtype[np.int32]]
    States = np.ndarray[tuple[int], np.dtype[np.int8]]
    Words = np.ndarray[tuple[int], np.dtype[np.object_]]


class State(IntEnum):
    """What a postcode table knows of a postcode.

    ``EXACT`` and ``TERMINATED`` are places of their own; ``NO_PLACE`` is in the table without
    one; ``OUTWARD`` is known by its first half only, because that is all that was asked for
    or all that the table has; ``UNKNOWN`` is not in the table.
    """

    EXACT = 0
    TERMINATED = 1
    NO_PLACE = 2
    UNKNOWN = 3
    OUTWARD = 4


@dataclass(frozen=True, slots=True)
class Places:
    """One answer for each postcode asked for, in that order.

    Attributes:
        latitude: Degrees WGS 84, shape (n,); NaN where unknown. A postcode that is unknown stands
            at the middle of its outward code, where that is known.
        longitude: As latitude.
        state: A :class:`State` for each, shape (n,).
        terminated: Month it ended as yyyymm, 0 for a live one, 1 where the month is unknown.
        district: Code of its district or None; for an outward code only where there is but one.
        lsoa: Code of its small area or None.
        mends: For an unknown postcode, those of the table that differ by O and 0 or I and 1.
    """

    latitude: "Floats"
    longitude: "Floats"
    state: "States"
    terminated: "Whole"
    district: "Words"
    lsoa: "Words"
    mends: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
