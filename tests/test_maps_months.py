"""Events on a map can be narrowed down to a month."""

from netmap.maps.cards import Layer, Row, Table
from netmap.maps.facets import facets_of, month_of


def events(*starts: str) -> Layer:
    """Make a layer of events that start then."""
    rows = tuple(
        Row("Event", (at,), f"event-{n}", tags={"month": (month_of(at),)})
        for n, at in enumerate(starts)
    )
    return Layer("events", "Events", table=Table(("Event", "Starts"), rows))


def test_months_are_offered_in_their_order() -> None:
    """Not by their letters: April comes after March, and next year after this one."""
    layer = events("2027-04-01T10:00:00", "2026-12-24T10:00:00", "2027-03-31T18:30:00")
    (facet,) = facets_of([layer])
    assert facet.label == "Month of events"
    assert facet.terms == ("December 2026", "March 2027", "April 2027")


def test_one_month_is_nothing_to_choose_between() -> None:
    """A list of one only takes room."""
    assert facets_of([events("2027-03-01T10:00:00", "2027-03-02T10:00:00")]) == ()
