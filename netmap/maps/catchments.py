"""The catchments layer: how far from each hub people can reasonably travel."""

from netmap import language
from netmap.language import N_, _, ngettext
from netmap.maps.cards import Card, Entry, Layer, Shape, table_of
from netmap.maps.organisations import card_id
from netmap.maps.scene import Scene
from netmap.maps.symbols import CATCHMENT
from netmap.maps.words import clean, number
from netmap.networks.models import Organisation
from netmap.places import RURAL_CLASSES

_METRES = 1000.0


def catchments_layer(scene: Scene) -> Layer:
    """Draw a circle around every hub that has a place, by its area's rural or urban class."""
    hubs = [one for one in scene.register.organisations if "hub" in one.roles]
    say = scene.say
    cards, shapes = [], []
    for one in hubs:
        at = scene.point_of(one)
        km = _km(scene, one)
        card = Card(
            f"catchment-{card_id(scene, one.id)}",
            clean(one.name),
            say(N_("Catchment of a hub")),
            scene.flags(one, placed=at is not None),
            (
                (say(N_("Area")), scene.area_name(one.area)),
                (say(N_("Class")), say(N_("rural") if _rural(scene, one) else N_("urban"))),
                (
                    say(N_("Straight line")),
                    say(N_("%(number)s km"), number=number(round(km, 1))),
                ),
            ),
        )
        cards.append((card, at is not None))
        if at is not None:
            shapes.append(Shape(card.id, at, 0, CATCHMENT, card.title, metres=km * _METRES))
    without = len(hubs) - len(shapes)
    lost = ngettext(
        "%(count)s hub without a recorded place: in the table only.",
        "%(count)s hubs without a recorded place: in the table only.",
        without,
    )
    reach = scene.register.settings.reach
    near = _(
        "%(urban)s km by road in towns, %(rural)s in the country, as straight lines shorter by a "
        "factor of %(detour)s.",
        urban=language.number(reach.urban_km),
        rural=language.number(reach.rural_km),
        detour=language.number(reach.detour),
    )
    return Layer(
        "catchments",
        _("Catchments of hubs"),
        on=scene.settings.layers == ("catchments",),
        legend=(Entry(_("within reach of a hub"), len(shapes), fill=CATCHMENT),) if shapes else (),
        note=" ".join([near] + [lost] * bool(without)),
        table=table_of(tuple(cards), _("Hub")),
        cards=tuple(card for card, placed in cards if placed),
        shapes=tuple(shapes),
    )


def _rural(scene: Scene, one: Organisation) -> bool:
    areas = scene.register.areas
    return bool(one.area in areas and areas[one.area or ""].rural_urban in RURAL_CLASSES)


def _km(scene: Scene, one: Organisation) -> float:
    reach = scene.register.settings.reach
    return (reach.rural_km if _rural(scene, one) else reach.urban_km) / reach.detour
