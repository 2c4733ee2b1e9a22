"""The events layer: what is on, one marker for each place."""

from netmap.language import N_, _, ngettext
from netmap.maps.cards import HEADED, ILLUSTRATIVE, Card, Entry, Layer, Look, Mark, Row, Table
from netmap.maps.facets import month_of
from netmap.maps.scene import Scene
from netmap.maps.sessions import MapSession
from netmap.maps.symbols import EVENT
from netmap.maps.words import clean, moment

_HEADINGS = (
    N_("Event"),
    N_("Starts"),
    N_("Place"),
    N_("Kind"),
    N_("Status"),
    N_("Notes"),
)
_STATUS = {"tentative": N_("tentative"), "cancelled": N_("cancelled")}
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
        cards.append(_card(scene, found, ids[at]))
        dashed = all(one.illustrative for one in found)
        look = Look(EVENT.symbol, EVENT.colour, EVENT.size_px, dashed)
        marks.append(Mark(ids[at], at, look, str(len(found)) if len(found) > 1 else ""))
    online = len(sessions) - sum(map(len, places.values()))
    said = ngettext(
        "%(count)s event online or of unknown place: in the table only.",
        "%(count)s events online or of unknown place: in the table only.",
        online,
    )
    invented = sum(one.illustrative for one in sessions)
    marked = ngettext("%(count)s event illustrative.", "%(count)s events illustrative.", invented)
    return Layer(
        "events",
        _("Events"),
        legend=(Entry(_("events at a place"), len(marks), EVENT),) if marks else (),
        note=" ".join([marked] * bool(invented) + [said] * bool(online)),
        table=Table(tuple(map(_, _HEADINGS)), tuple(_row(scene, one, ids) for one in sessions)),
        cards=tuple(cards),
        marks=tuple(marks),
        # Many dates at once hide what they belong to; they are one tick away.
        on=scene.settings.layers == ("events",),
    )


def _line(scene: Scene, one: MapSession) -> str:
    say = scene.say
    event = say(HEADED, heading=moment(one.starts), text=clean(one.title))
    if one.status not in {"", "confirmed"}:
        known = _STATUS.get(one.status)
        event += f" ({say(known) if known else clean(one.status)})"
    return f"{event} ({say(ILLUSTRATIVE)})" if one.illustrative else event


def _card(scene: Scene, found: list[MapSession], card: str) -> Card:
    lines = [_line(scene, one) for one in found[:_LISTED]]
    if len(found) > _LISTED:
        lines.append(
            ngettext(
                "and %(count)s more event, in the table",
                "and %(count)s more events, in the table",
                len(found) - _LISTED,
            )
        )
    place = clean(found[0].place) or scene.say(N_("Here"))
    return Card(
        card,
        ngettext(
            "%(place)s: %(count)s event",
            "%(place)s: %(count)s events",
            len(found),
            place=place,
        ),
        scene.say(N_("Events")),
        (ILLUSTRATIVE,) if all(one.illustrative for one in found) else (),
        (),
        ((scene.say(N_("What is on")), tuple(lines)),),
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
            f"({scene.say(ILLUSTRATIVE)})" if one.illustrative else "",
        ),
        known,
        tags={"month": (month_of(one.starts),)},
        illustrative=one.illustrative,
    )
