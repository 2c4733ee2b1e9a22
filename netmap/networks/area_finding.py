"""The area of each row: the lowest whose boundary holds its point, or that its postcode names.

Only rows without an area of their own get one. For the others it is said where their point lies
clearly elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from netmap.findings import Finding, Level
from netmap.networks.areas import Areas
from netmap.networks.holding import Holding
from netmap.networks.models import Activity, Organisation
from netmap.networks.redaction import hidden_as
from netmap.networks.register import Point, Register
from netmap.privacy import Visibility

if TYPE_CHECKING:
    from netmap.places import Degrees

NEAR_KM = 0.5
BOUNDARY = "boundary"
POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of where a row is.

    Attributes:
        row: The row.
        point: Its exact point, (longitude, latitude) in degrees, or None.
        codes: Codes a postcode table has for it, smallest area first.
        column: The column its point is from.
    """

    row: Organisation | Activity
    point: Point | None
    codes: tuple[str, ...]
    column: str


@dataclass(frozen=True)
class _Places:
    """A register's areas, as one may find one's way in them."""

    areas: Areas
    holding: Holding | None

    @cached_property
    def by_code(self) -> dict[str, str]:
        """The area that each code and alias means; what could mean two means none."""
        found: dict[str, set[str]] = {}
        for area in self.areas:
            if not area.anonymised:
                for name in (area.code, *area.aliases):
                    found.setdefault(name, set()).add(area.code)
        return {name: min(codes) for name, codes in found.items() if len(codes) == 1}

    def named(self, codes: Sequence[str], *, bounded: bool) -> str | None:
        """Find the first area that a code means; `bounded` areas count only if wanted."""
        has_boundary = self.holding.index if self.holding else {}
        known = (self.by_code[code] for code in codes if code in self.by_code)
        return next((code for code in known if bounded or code not in has_boundary), None)

    def standing_for(self, code: str) -> frozenset[int]:
        """Find the boundaries of an area: its own, else those below it, else the next above."""
        index = self.holding.index if self.holding else {}
        if code in index:
            return frozenset({index[code]})
        below = frozenset(index[one] for one in self.areas.descendants(code) if one in index)
        above = (index[one] for one in self.areas.ancestors(code) if one in index)
        return below or frozenset([*above][:1])


def areas_for(
    register: Register, sought: Sequence[Sought], findings: list[Finding]
) -> dict[int, tuple[str, str]]:
    """Find the areas of the rows that have none.

    A row shown to the public by its area only gets the highest area above the one found, lest
    its area tell more of its address than anybody decided to tell.

    Args:
        register: Its areas and boundaries.
        sought: The rows.
        findings: Gets what lies outside every area, only near one, or elsewhere than it says.

    Returns:
        For the index of a row, the code of its area and what it was worked out from.
    """
    holding = Holding(register.boundaries, register.areas) if _bounded(register) else None
    places = _Places(register.areas, holding)
    found: dict[int, tuple[str, str]] = {}
    exact = {index: one for index, one in enumerate(sought) if holding and one.point is not None}
    if holding and exact:
        found = _by_boundary(places, holding, exact, findings)
    for index, one in enumerate(sought):
        if one.row.area is None and index not in exact:
            # Without an exact point, the district is all that a postcode tells.
            code = places.named(one.codes, bounded=True)
            if code:
                found[index] = code, POSTCODE
    return {
        index: (_tellable(register, sought[index].row, code), source)
        for index, (code, source) in sorted(found.items())
    }


def _bounded(register: Register) -> bool:
    return register.boundaries is not None and len(register.boundaries) > 0


def _tellable(register: Register, row: Organisation | Activity, code: str) -> str:
    area_only = hidden_as(register, row) is Visibility.AREA_ONLY
    return register.areas.top_of(code) if area_only else code


def _by_boundary(
    places: _Places,
    holding: Holding,
    sought: Mapping[int, Sought],
    findings: list[Finding],
) -> dict[int, tuple[str, str]]:
    """Find areas for rows with an exact point; say where a point and an area stated disagree."""
    rows = list(sought.values())
    points = np.array([one.point for one in rows], dtype=np.float64)
    held = _held_by(holding, points)
    found: dict[int, tuple[str, str]] = {}
    outside: list[int] = []
    for at, (index, one) in enumerate(sought.items()):
        if one.row.area is not None:
            continue
        if held[at]:
            found[index] = holding.codes[held[at][0]], BOUNDARY
        elif code := places.named(one.codes, bounded=False):
            found[index] = code, POSTCODE
        else:
            outside.append(at)
    apart = _apart_from_stated(places, holding, rows, points, held)
    nearest = _nearest(holding, points, [*outside, *(at for at in apart if not held[at])])
    indices = list(sought)
    for at in outside:
        shape, km = nearest[at]
        if km <= NEAR_KM:
            found[indices[at]] = holding.codes[shape], BOUNDARY
            findings.append(_near(rows[at], places.areas.name(holding.codes[shape]), km))
        elif not _remote(rows[at]):
            findings.append(_outside(rows[at], places, holding, nearest[at]))
    for at, km in apart.items():
        shape, away = (held[at][0], 0.0) if held[at] else nearest[at]
        if away <= NEAR_KM:
            findings.append(_disagrees(rows[at], places, holding.codes[shape], km))
        else:
            findings.append(_outside(rows[at], places, holding, nearest[at]))
    return found


def _held_by(holding: Holding, points: "Degrees") -> list[list[int]]:
    held: list[list[int]] = [[] for _ in points]
    for spot, shape in zip(*(pairs.tolist() for pairs in holding.holders(points)), strict=True):
        held[spot].append(shape)
    return held


def _nearest(
    holding: Holding, points: "Degrees", wanted: Sequence[int]
) -> dict[int, tuple[int, float]]:
    if not wanted:
        return {}
    shapes, km = holding.nearest(points[list(wanted)])
    return dict(zip(wanted, zip(shapes.tolist(), km.tolist(), strict=True), strict=True))


def _apart_from_stated(
    places: _Places,
    holding: Holding,
    rows: Sequence[Sought],
    points: "Degrees",
    held: Sequence[Sequence[int]],
) -> dict[int, float]:
    """Find the points that are clearly not in the area their row states, and how far off they are.

    What takes part without going anywhere is left out: its address is an office.
    """
    doubtful: dict[str, list[int]] = {}
    for at, one in enumerate(rows):
        stated = one.row.area
        if stated is not None and not _remote(one) and not _agrees(places, stated, held[at]):
            doubtful.setdefault(stated, []).append(at)
    apart: dict[int, float] = {}
    for stated, those in sorted(doubtful.items()):
        km = holding.km_from(points[those], places.standing_for(stated)).tolist()
        apart |= {at: away for at, away in zip(those, km, strict=True) if not away <= NEAR_KM}
    return dict(sorted(apart.items()))


def _remote(one: Sought) -> bool:
    return isinstance(one.row, Activity) and one.row.remote


def _agrees(places: _Places, stated: str, holders: Sequence[int]) -> bool:
    """Tell whether a point lies in the area stated, as far as boundaries can tell."""
    shapes = places.standing_for(stated)
    return not shapes or not shapes.isdisjoint(holders)


def _near(one: Sought, name: str, km: float) -> Finding:
    message = (
        f"the point lies {km * 1000:.0f} m outside every area; it is taken to be in {name}, "
        "the nearest."
    )
    place = replace(one.row.at, column=one.column)
    return Finding(Level.NOTICE, "near-area", message, place, None, "Name its area if it is not.")


def _outside(one: Sought, places: _Places, holding: Holding, nearest: tuple[int, float]) -> Finding:
    shape, km = nearest
    name = places.areas.name(holding.codes[shape])
    where = f"; the nearest is {name}, {km:,.1f} km away" if np.isfinite(km) else ""
    message = f"the point lies in none of the areas that have a boundary{where}."
    hint = "Is the point right? The row stays, and counts in no area it does not name."
    place = replace(one.row.at, column=one.column)
    return Finding(Level.WARNING, "outside-every-area", message, place, one.row.postcode, hint)


def _disagrees(one: Sought, places: _Places, other: str, km: float) -> Finding:
    stated = one.row.area or ""
    away = f"{km:,.1f} km" if np.isfinite(km) else "far"
    names = places.areas.name(other), places.areas.name(stated)
    message = f"the point lies in {names[0]}, {away} outside {names[1]}."
    hint = "Is it the area or the point? Both are kept as they are."
    place = replace(one.row.at, column="area")
    return Finding(Level.NOTICE, "area-disagrees", message, place, stated, hint)
