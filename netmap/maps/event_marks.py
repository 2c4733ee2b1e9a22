"""The events layer: what is on, one marker for each place."""

from netmap.maps.cards import Card, Entry, Layer, Look, Mark, Row, Table
from netmap.maps.facets import month_of
from netmap.maps.scene import Scene
from netmap.maps.sessions import MapSession
from netmap.maps.symbols import EVENT
from netmap.maps.words import clean, many, moment

_HEADINGS = ("Event", "Starts", "Place", "Kind", "Status", "Notes")
_LISTED = 30


def events_layer(scene: Scene) -> Layer:
    """Draw one marker for each place where something is on; the rest is in the table."""
    sessions = sorted(scene.sessions, key=lambda s: (s.starts, s.place, s.title))
    places: dict[tuple[float, float], list[MapSession]] = {}
    for one in sessions:
        if one.longitude is not None and one.latitude is not None:
            places.setdefault((one.longitude, one.latitude), []).append(one)
    cards: list[Card] = []
    marks: list[Mark] = []
    ids: dict[tuple[float, float], str] = {}
    for at in sorted(places):
        found = places[at]
        ids[at] = f"event-{len(cards)}"
        cards.append(_card(found, ids[at]))
        dashed = all(one.illustrative for one in found)
        look = Look(EVENT.symbol, EVENT.colour, EVENT.size_px, dashed)
        marks.append(Mark(ids[at], at, look, str(len(found)) if len(found) > 1 else ""))
    online = len(sessions) - sum(map(len, places.values()))
    said = f"{many(online, 'event')} online or of unknown place: in the table only."
    invented = f"{many(sum(one.illustrative for one in sessions), 'event')} illustrative."
    return Layer(
        "events",
        "Events",
        legend=(Entry("events at a place", len(marks), EVENT),) if marks else (),
        note=" ".join(
            [invented] * any(one.illustrative for one in sessions) + [said] * bool(online)
        ),
        table=Table(_HEADINGS, tuple(_row(scene, one, ids) for one in sessions)),
        cards=tuple(cards),
        marks=tuple(marks),
        # Many dates at once hide what they belong to; they are one tick away.
        on=scene.settings.layers == ("events",),
    )


def _line(one: MapSession) -> str:
    invented = " (illustrative)" if one.illustrative else ""
    status = "" if one.status in {"", "confirmed"} else f" ({clean(one.status)})"
    return f"{moment(one.starts)}: {clean(one.title)}{status}{invented}"


def _card(found: list[MapSession], card: str) -> Card:
    lines = [_line(one) for one in found[:_LISTED]]
    if len(found) > _LISTED:
        lines.append(f"and {many(len(found) - _LISTED, 'more event')}, in the table")
    place = clean(found[0].place) or "Here"
    return Card(
        card,
        f"{place}: {many(len(found), 'event')}",
        "Events",
        ("illustrative",) if all(one.illustrative for one in found) else (),
        (),
        (("What is on", tuple(lines)),),
    )


def _row(scene: Scene, one: MapSession, ids: dict[tuple[float, float], str]) -> Row:
    at = (one.longitude, one.latitude)
    known = ids.get((at[0], at[1]), "") if at[0] is not None and at[1] is not None else ""
    return Row(
        clean(one.title),
        (
            moment(one.starts),
            clean(one.place),
            scene.label("event_kind", one.kind),
            scene.label("session_status", one.status),
            "(illustrative)" if one.illustrative else "",
        ),
        known,
        tags={"month": (month_of(one.starts),)},
    )
