"""Coordinates, distances and postcodes."""

import numpy as np
import pytest

from netmap.places import (
    distance_class,
    looks_swapped,
    metric_crs,
    tidy_postcode,
    to_metres,
)

LEEDS = (-1.55, 53.80)


def test_points_in_great_britain_are_measured_on_the_national_grid() -> None:
    """The grid is true to scale there, and its numbers are those on British maps."""
    easting, northing = to_metres(np.array([LEEDS]))[0]
    assert metric_crs(np.array([LEEDS])) == 27700
    assert easting == pytest.approx(429_700, abs=300)
    assert northing == pytest.approx(433_700, abs=300)


def test_points_elsewhere_are_measured_in_their_utm_zone() -> None:
    """A network in Sydney, or half in Dublin, is not squeezed into the British grid."""
    assert metric_crs(np.array([(151.2, -33.9)])) == 32756
    assert metric_crs(np.array([LEEDS, (-9.5, 53.3)])) == 32629 + 1


def test_the_antimeridian_does_not_split_a_network() -> None:
    """179 and -179 degrees are neighbours; their mean number, nought, lies in Ghana."""
    assert metric_crs(np.array([(179.0, -17.0), (-179.0, -17.0)])) in {32701, 32760}


def test_an_unknown_point_stays_unknown() -> None:
    """NaN must not become a place, nor choose the CRS."""
    metres = to_metres(np.array([(np.nan, np.nan), LEEDS]))
    assert np.isnan(metres[0]).all()
    assert np.isfinite(metres[1]).all()
    assert metric_crs(np.empty((0, 2))) == 27700


@pytest.mark.parametrize(
    ("lat", "lon", "others", "swapped"),
    [
        (-1.55, 53.80, [], True),  # no other point: Great Britain is what is near
        (53.80, -1.55, [], False),
        (-1.55, 53.80, [(-1.55, 53.80)], True),  # the only area of a register, itself swapped
        (53.80, -1.55, [(-1.55, 53.80), (53.80, -1.55)], False),
        (151.2, -33.9, [(-33.9, 151.2)] * 3, True),  # Sydney: by its neighbours
        (-33.9, 151.2, [(-33.9, 151.2)] * 3, False),
        (40.0, 10.0, [(53.8, -1.5)] * 3, False),  # far away either way: somebody's own business
    ],
)
def test_swapped_coordinates_are_told_from_far_ones(
    lat: float, lon: float, others: list[tuple[float, float]], *, swapped: bool
) -> None:
    """Latitude and longitude in each other's column put a hub in the Indian Ocean."""
    assert looks_swapped(lat, lon, others) is swapped


def test_postcodes_are_written_the_usual_way() -> None:
    """One body with ls11ur and LS1 1UR is one body."""
    assert tidy_postcode(" ls11ur ") == "LS1 1UR"
    assert tidy_postcode("EC1A  1BB") == "EC1A 1BB"
    assert tidy_postcode("ls1") == "LS1"
    assert tidy_postcode("Leeds") is None


def test_an_area_without_a_class_counts_as_urban() -> None:
    """The design says so, and that the reader is told."""
    assert distance_class("rural_80") == distance_class("significant_rural") == "rural"
    assert distance_class(None) == distance_class("other_urban") == "urban"
