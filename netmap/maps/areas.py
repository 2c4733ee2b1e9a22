"""The area layers: shaded places, and badges for rural or urban and for reach."""

from math import sqrt

from netmap import language
from netmap.language import N_, _, ngettext
from netmap.maps.cards import Card, Entry, Layer, Look, Mark, Shape, table_of
from netmap.maps.scene import Scene
from netmap.maps.shades import TOO_FEW, Shading, shading
from netmap.maps.symbols import NO_DATA, NOT_SHOWN, PLAIN, REACH, RURAL
from netmap.maps.words import clean, number
from netmap.networks.models import Area
from netmap.networks.summary import population_of

_NONE, _NONE_KNOWN = N_("none"), N_("none, or not known")
_LARGEST_PX, _SMALLEST_PX, _USUAL_PX, _LESSER_PX = 40.0, 9.0, 22.0, 4.5


def areas_layer(scene: Scene) -> Layer:
    """Draw every place: its outline where there is one, else a circle around its point."""
    shade = shading(scene)
    places = [area for area in scene.register.areas if not area.anonymised]
    people = {area.code: population_of(scene.register, area.code) for area in places}
    points = scene.area_points
    drawn = scene.outlines
    largest = max((n for n in people.values() if n), default=0)
    cards = [(_card(scene, area, shade, people[area.code]), area) for area in places]
    shapes = [
        Shape(
            card.id,
            points[area.code],
            _LESSER_PX if _lesser(shade, area, scene) else _radius(people[area.code], largest),
            _fill(shade, area, scene),
            clean(area.name),
            _lesser(shade, area, scene),
            area.illustrative,
            drawn.rings.get(area.code, ()),
            points.get(area.parent or ""),
            outline=drawn.shapes.get(area.code),
        )
        for card, area in cards
        if area.code in points
    ]
    # Small ones last, so that none lies hidden beneath a larger one.
    shapes.sort(key=lambda s: (s.lesser, s.circle, -s.radius_px, s.card))
    return Layer(
        "areas",
        _("Areas"),
        legend=_legend(shade, shapes, largest if any(s.circle for s in shapes) else 0),
        heading=shade.label,
        note=_note(shapes),
        table=table_of(tuple((card, area.code in points) for card, area in cards), _("Area")),
        cards=tuple(card for card, area in cards if area.code in points),
        shapes=tuple(shapes),
        others=tuple(card for card, area in cards if area.code not in points),
        quantum=drawn.quantum,
    )


def rural_urban_layer(scene: Scene) -> Layer:
    """Write on every area whether it is town or country."""
    found = [a for a in scene.register.areas if a.rural_urban in RURAL and not a.anonymised]
    points, say = scene.area_points, scene.say
    cards, marks = [], []
    for area in found:
        word, colour = RURAL[area.rural_urban or ""]
        label = scene.label("rural_urban", area.rural_urban)
        card = Card(
            f"rural-{scene.area_number[area.code]}",
            clean(area.name),
            say(N_("Rural or urban")),
            scene.flags(area, placed=area.code in points),
            ((say(N_("Class")), label),),
        )
        cards.append((card, area.code in points))
        if area.code in points:
            marks.append(Mark(card.id, points[area.code], Look("", colour, 24), say(word)))
    legend = tuple(
        Entry(scene.label("rural_urban", slug), count, fill=colour, badge=say(word))
        for slug, (word, colour) in RURAL.items()
        if (count := sum(area.rural_urban == slug for area in found))
    )
    without = sum(not a.anonymised for a in scene.register.areas) - len(found)
    unknown = ngettext(
        "No class is recorded for %(count)s area.",
        "No class is recorded for %(count)s areas.",
        without,
    )
    return Layer(
        "rural_urban",
        _("Rural or urban"),
        on="areas" not in scene.settings.layers,
        legend=legend,
        note=unknown if without else "",
        table=table_of(tuple(cards), _("Area")),
        cards=tuple(card for card, placed in cards if placed),
        marks=tuple(marks),
    )


def reach_layer(scene: Scene) -> Layer:
    """Write on every area how far its nearest activity is, kilometres with detour."""
    found = [a for a in scene.register.areas if a.code in scene.reach_km and not a.anonymised]
    points, say = scene.area_points, scene.say
    cards, marks, counts = [], [], [0] * (len(REACH) + 1)
    for area in found:
        km = scene.reach_km[area.code]
        index = next((i for i, (most, _) in enumerate(REACH) if km is not None and km <= most), -1)
        counts[index] += 1
        said = say(_NONE_KNOWN) if km is None else _kilometres(scene, km, 1)
        card = Card(
            f"reach-{scene.area_number[area.code]}",
            clean(area.name),
            say(N_("Reach")),
            scene.flags(area, placed=area.code in points),
            ((say(N_("Nearest activity")), said),),
        )
        cards.append((card, area.code in points))
        if area.code in points:
            colour = "#ffffff" if index < 0 else REACH[index][1]
            text = say(_NONE) if km is None else _kilometres(scene, km, 0)
            marks.append(Mark(card.id, points[area.code], Look("", colour, 24), text))
    return Layer(
        "reach",
        _reach_label(scene),
        on="areas" not in scene.settings.layers,
        legend=_reach_legend(counts),
        note=_(
            "Straight lines times a factor for roads, to the nearest place where people meet; "
            "online and telephone activities are in no distance."
        ),
        table=table_of(tuple(cards), _("Area")),
        cards=tuple(card for card, placed in cards if placed),
        marks=tuple(marks),
    )


def _kilometres(scene: Scene, km: float, decimals: int) -> str:
    return scene.say(N_("%(number)s km"), number=language.number(km, decimals))


def _reach_label(scene: Scene) -> str:
    if not scene.settings.community:
        return _("Distance to the nearest activity")
    community = scene.label("community", scene.settings.community)
    return _("Distance to the nearest activity, %(community)s", community=community)


def _reach_legend(counts: list[int]) -> tuple[Entry, ...]:
    lows = [0.0, *(most for most, _ in REACH)]
    known = [
        Entry(_between(low, most), count, fill=colour, badge=_("km"))
        for low, (most, colour), count in zip(lows, REACH, counts, strict=False)
        if count
    ]
    none = [Entry(_(_NONE_KNOWN), counts[-1], fill="#ffffff", badge=_(_NONE))]
    return (*known, *(none if counts[-1] else []))


def _between(low: float, most: float) -> str:
    if most == float("inf"):
        return _("over %(low)s km", low=language.number(low))
    return _("%(low)s to %(high)s km", low=language.number(low), high=language.number(most))


def _card(scene: Scene, area: Area, shade: Shading, people: int | None) -> Card:
    say = scene.say
    count = scene.activities_in[area.code]
    inhabitants = say(N_("People who live there"))
    # Where the shading is one of these figures it comes first, and once.
    facts = {
        shade.label or inhabitants: shade.said(area.code),
        inhabitants: "" if people is None else number(people),
        say(N_("Activities")): number(count)
        if count or area.code in scene.register.areas.top
        else "",
        say(N_("Rural or urban")): scene.label("rural_urban", area.rural_urban),
        say(N_("Part of")): scene.area_name(area.parent),
    }
    gaps = tuple(clean(gap.message) for gap in scene.gaps_by_area.get(area.code, ()))
    return Card(
        f"area-{scene.area_number[area.code]}",
        clean(area.name),
        scene.label("area_kind", area.kind) or say(N_("Area")),
        scene.flags(area, placed=area.code in scene.area_points),
        tuple(facts.items()),
        ((say(N_("Gaps")), gaps),) if gaps and "gaps" in scene.settings.layers else (),
    )


def _lesser(shade: Shading, area: Area, scene: Scene) -> bool:
    known = area.code in (shade.values or {}) or area.code in shade.hidden
    return area.code not in scene.register.areas.top and not known


def _fill(shade: Shading, area: Area, scene: Scene) -> str:
    return "#ffffff" if _lesser(shade, area, scene) else shade.fill(area.code)


def _radius(people: int | None, largest: int) -> float:
    """Make a circle's area, not its radius, the number; all alike where no number is known."""
    if not largest:
        return _USUAL_PX
    if not people:
        return _SMALLEST_PX
    return round(max(_LARGEST_PX * sqrt(people / largest), _SMALLEST_PX), 1)


def _legend(shade: Shading, shapes: list[Shape], largest: int) -> tuple[Entry, ...]:
    entries = [Entry(words, count, fill=colour) for words, colour, count in shade.classes]
    if shade.values is None:
        entries = [Entry(_("area"), sum(s.fill == PLAIN for s in shapes), fill=PLAIN)]
    for words, fill in ((N_("no figure recorded"), NO_DATA), (TOO_FEW, NOT_SHOWN)):
        count = sum(shape.fill == fill for shape in shapes)
        entries += [Entry(_(words), count, fill=fill)] if count else []
    lesser = sum(shape.lesser for shape in shapes)
    if lesser:
        words = _("a place within an area")
        entries.append(Entry(words, lesser, radius_px=_LESSER_PX, fill="#fff"))
    if largest:
        for people in sorted({_nice(largest / 4), _nice(largest / 16)}, reverse=True):
            size = _radius(people, largest)
            words = ngettext(
                "a circle this big: %(count)s person",
                "a circle this big: %(count)s people",
                people,
            )
            entries.append(Entry(words, radius_px=size, fill=PLAIN))
    return tuple(entries)


def _nice(value: float) -> int:
    power = int(10 ** (len(str(int(value))) - 1))
    return max(int(value // power) * int(power), 1)


def _note(shapes: list[Shape]) -> str:
    if not shapes or any(not shape.circle for shape in shapes):
        return ""
    return _("Circles stand at a point within each area; they are not its boundary.")
