"""Very many ties: one line for each pair of areas and kind; the browser makes many wide."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from netmap.language import _, ngettext
from netmap.maps.cards import Block, LonLat, Look
from netmap.maps.scene import Scene
from netmap.maps.symbols import tie_style
from netmap.maps.words import number
from netmap.networks.models import Tie

# The browser draws the strongest of those in view that leave the map readable.
MOST_LINES = 400
BUNDLE = "ties-"

Pair = tuple[str, str, str]


@dataclass(slots=True)
class Bundle:
    """Ties of one kind from one place to another, by number in the register."""

    source: str
    target: str
    kind: str
    ties: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bundled:
    """Bundles with their columns.

    Attributes:
        block: One entry for each bundle.
        opens: Tie to the card of its bundle; ties on the thinnest lines have none.
    """

    block: Block
    opens: dict[int, str]


def bundled(scene: Scene, ties: Sequence[int]) -> Bundled:
    """Join ties, named by their numbers in the register, between the areas of their ends.

    Areas are as small as leaves at most :data:`MOST_LINES` lines; should even the widest leave
    more, those with fewest ties are left out.
    """
    found: list[Bundle] = []
    for depth in range(_deepest(scene), -1, -1):
        found = _joined(scene, ties, depth)
        if len(found) <= MOST_LINES:
            break
    found.sort(key=lambda bundle: -len(bundle.ties))
    kept = found[:MOST_LINES]
    opens = {tie: f"{BUNDLE}{n}" for n, bundle in enumerate(kept) for tie in bundle.ties}
    return Bundled(_columns(scene, kept), opens)


def _deepest(scene: Scene) -> int:
    areas = scene.register.areas
    return max((len(areas.ancestors(area.code)) for area in areas), default=0)


def _place(scene: Scene, one: str, depth: int) -> str:
    """Name where an organisation is: its area, or the one above it at some depth, else itself."""
    code = scene.register.organisation[one].area
    if not code or code not in scene.register.areas:
        return f"organisation {one}"
    line = (*scene.register.areas.ancestors(code)[::-1], code)
    found = next((c for c in line[: depth + 1][::-1] if c in scene.middles), None)
    return found or f"organisation {one}"


def _joined(scene: Scene, ties: Sequence[int], depth: int) -> list[Bundle]:
    found: dict[Pair, Bundle] = {}
    places = {one.id: _place(scene, one.id, depth) for one in scene.register.organisations}
    for n in ties:
        tie = scene.register.ties[n]
        key = (places[tie.source_organisation], places[tie.target_organisation], tie.kind)
        found.setdefault(key, Bundle(*key)).ties.append(n)
    return list(found.values())


def _columns(scene: Scene, bundles: Sequence[Bundle]) -> Block:
    kinds = tuple(scene.vocabularies["tie_kind"])
    used = tuple(dict.fromkeys((bundle.kind, _unsure(scene, bundle)) for bundle in bundles))
    starts = np.array([_point(scene, b.source) for b in bundles], dtype=np.float64).reshape(-1, 2)
    ends = np.array([_point(scene, b.target) for b in bundles], dtype=np.float64).reshape(-1, 2)
    names = [(_name(scene, b.source), _name(scene, b.target)) for b in bundles]
    return Block(
        names=[
            ngettext(
                "%(source)s to %(target)s: %(count)s tie",
                "%(source)s to %(target)s: %(count)s ties",
                len(b.ties),
                source=one,
                target=other,
            )
            for b, (one, other) in zip(bundles, names, strict=True)
        ],
        longitudes=starts[:, 0],
        latitudes=starts[:, 1],
        ends=(ends[:, 0], ends[:, 1]),
        turns=_turns(bundles),
        looks=tuple(Look("", tie_style(k, kinds)[0], dashed=unsure) for k, unsure in used),
        look=[used.index((b.kind, _unsure(scene, b))) for b in bundles],
        what=[scene.label("tie_kind", b.kind) for b in bundles],
        facts={
            scene.tie_ends[0]: [ends[0] for ends in names],
            scene.tie_ends[1]: [ends[1] for ends in names],
            _("Ties"): [number(len(b.ties)) for b in bundles],
        },
        ids=[f"{BUNDLE}{n}" for n in range(len(bundles))],
    )


def _turns(bundles: Sequence[Bundle]) -> list[int]:
    """Number the lines between the same two places, so that they do not lie on one another."""
    seen: dict[frozenset[str], int] = {}
    turns = []
    for bundle in bundles:
        key = frozenset((bundle.source, bundle.target))
        turns.append(seen.get(key, 0))
        seen[key] = turns[-1] + 1
    return turns


def _unsure(scene: Scene, bundle: Bundle) -> bool:
    rows: tuple[Tie, ...] = scene.register.ties
    return all(rows[n].uncertain or rows[n].illustrative for n in bundle.ties)


def _point(scene: Scene, place: str) -> LonLat:
    known = scene.register.organisation.get(place.removeprefix("organisation "))
    at = scene.middles.get(place) or (scene.point_of(known) if known else None)
    return at or (float("nan"), float("nan"))


def _name(scene: Scene, place: str) -> str:
    if place.startswith("organisation "):
        return scene.organisation_name(place.removeprefix("organisation "))
    return scene.area_name(place)
