"""The layers a map can have, and how each is made from a scene."""

from collections.abc import Callable, Mapping

from netmap.maps.activities import activities_layer
from netmap.maps.areas import areas_layer, reach_layer, rural_urban_layer
from netmap.maps.cards import Layer
from netmap.maps.catchments import catchments_layer
from netmap.maps.event_marks import events_layer
from netmap.maps.gap_marks import gaps_layer
from netmap.maps.organisations import organisations_layer
from netmap.maps.scene import Scene
from netmap.maps.settings import LAYERS
from netmap.maps.suggested import suggestions_layer
from netmap.maps.ties import ties_layer

MAKERS: Mapping[str, Callable[[Scene], Layer]] = {
    "areas": areas_layer,
    "rural_urban": rural_urban_layer,
    "reach": reach_layer,
    "gaps": gaps_layer,
    "ties": ties_layer,
    "organisations": organisations_layer,
    "activities": activities_layer,
    "events": events_layer,
    "suggestions": suggestions_layer,
    "catchments": catchments_layer,
}


def layers(scene: Scene) -> tuple[Layer, ...]:
    """Make the layers a map asks for, in the order they are listed."""
    return tuple(MAKERS[key](scene) for key in LAYERS if key in scene.settings.layers)
