"""The catchments layer: how far from each hub people can reasonably travel."""

from netmap.maps.cards import Card, Entry, Layer, Shape, table_of
from netmap.maps.organisations import card_id
from netmap.maps.scene import Scene
from netmap.maps.symbols import CATCHMENT
from netmap.maps.words import clean, many, number
from netmap.networks.models import Organisation
from netmap.places import RURAL_CLASSES

_METRES = 1000.0


def catchments_layer(scene: Scene) -> Layer:
    """Draw a circle around every hub that has a place, by its area's rural or urban class."""
    hubs = [one for one in scene.register.organisations if "hub" in one.roles]
    cards, shapes = [], []
    for one in hubs:
        at = scene.point_of(one)
        km = _km(scene, one)
        card = Card(
            f"catchment-{card_id(scene, one.id)}",
            clean(one.name),
            "Catchment of a hub",
            scene.flags(one, placed=at is not None),
            (
                ("Area", scene.area_name(one.area)),
                ("Class", "rural" if _rural(scene, one) else "urban"),
                ("Straight line", f"{number(round(km, 1))} km"),
            ),
        )
        cards.append((card, at is not None))
        if at is not None:
            shapes.append(Shape(card.id, at, 0, CATCHMENT, card.title, metres=km * _METRES))
    without = len(hubs) - len(shapes)
    lost = f"{many(without, 'hub')} without a recorded place: in the table only."
    reach = scene.register.settings.reach
    return Layer(
        "catchments",
        "Catchments of hubs",
        on=scene.settings.layers == ("catchments",),
        legend=(Entry("within reach of a hub", len(shapes), fill=CATCHMENT),) if shapes else (),
        note=" ".join(
            [
                (
                    f"{reach.urban_km:g} km by road in towns, {reach.rural_km:g} in the country, "
                    f"as straight lines shorter by a factor of {reach.detour:g}."
                )
            ]
            + [lost] * bool(without)
        ),
        table=table_of(tuple(cards), "Hub"),
        cards=tuple(card for card, placed in cards if placed),
        shapes=tuple(shapes),
    )


def _rural(scene: Scene, one: Organisation) -> bool:
    areas = scene.register.areas
    return bool(one.area in areas and areas[one.area or ""].rural_urban in RURAL_CLASSES)


def _km(scene: Scene, one: Organisation) -> float:
    reach = scene.register.settings.reach
    return (reach.rural_km if _rural(scene, one) else reach.urban_km) / reach.detour
