"""Very many ties: one line for each pair of areas and kind; the browser makes many wide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from netmap.language import _, ngettext
from netmap.maps.cards import Block, Look
from netmap.maps.neighbours import SQUARE, Spot, neighbours
from netmap.maps.scene import Scene
from netmap.maps.symbols import tie_style
from netmap.maps.words import number
from netmap.networks.models import Tie

# The browser draws the strongest of those in view that leave the map readable.
MOST_LINES = 400
BUNDLE = "ties-"

Pair = tuple[Spot, Spot, str]


@dataclass(slots=True)
class Bundle:
    """Ties of one kind from one place to another, by number in the register."""

    source: Spot
    target: Spot
    kind: str
    ties: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bundled:
    """Bundles with their columns.

    Attributes:
        block: One entry for each bundle.
        opens: Tie to the card of its bundle; ties on the thinnest lines have none.
        squares: Whether organisations of no area are joined by squares.
    """

    block: Block
    opens: dict[int, str]
    squares: bool


def bundled(scene: Scene, ties: Sequence[int]) -> Bundled:
    """Join ties, named by their numbers in the register, between the areas of their ends.

    Areas are as small as leaves at most :data:`MOST_LINES` lines; should even the widest leave
    more, organisations of no area are joined by squares, and then those lines are left out that
    have fewest ties.
    """
    found: list[Bundle] = []
    for places in _ever_wider(scene):
        found = _joined(scene, ties, places)
        if len(found) <= MOST_LINES:
            break
    found.sort(key=lambda bundle: -len(bundle.ties))
    kept = found[:MOST_LINES]
    opens = {tie: f"{BUNDLE}{n}" for n, bundle in enumerate(kept) for tie in bundle.ties}
    squares = any(end.key.startswith(SQUARE) for one in kept for end in (one.source, one.target))
    return Bundled(_columns(scene, kept), opens, squares)


def _ever_wider(scene: Scene) -> Iterator[Mapping[str, Spot]]:
    """Say where each organisation is: in its area, in ever wider ones, at last in a square."""
    areas = scene.register.areas
    deepest = max((len(areas.ancestors(area.code)) for area in areas), default=0)
    organisations = [one.id for one in scene.register.organisations]
    for depth in range(deepest, -1, -1):
        yield {one: _place(scene, one, depth) for one in organisations}
    widest = {one: _place(scene, one, 0) for one in organisations}
    alone = [one for one in organisations if widest[one].key == _alone(one)]
    yield {**widest, **neighbours(scene, alone)}


def _alone(one: str) -> str:
    return f"organisation {one}"


def _place(scene: Scene, one: str, depth: int) -> Spot:
    """Say where an organisation is: its area, or the one above it at some depth, else itself."""
    row, areas = scene.register.organisation[one], scene.register.areas
    code = row.area if row.area and row.area in areas else None
    line = (*areas.ancestors(code)[::-1], code) if code else ()
    found = next((c for c in line[: depth + 1][::-1] if c in scene.middles), None)
    if found:
        return Spot(found, scene.area_name(found), scene.middles[found])
    nowhere = (float("nan"), float("nan"))
    return Spot(_alone(one), scene.organisation_name(one), scene.point_of(row) or nowhere)


def _joined(scene: Scene, ties: Sequence[int], places: Mapping[str, Spot]) -> list[Bundle]:
    found: dict[Pair, Bundle] = {}
    for n in ties:
        tie = scene.register.ties[n]
        key = (places[tie.source_organisation], places[tie.target_organisation], tie.kind)
        found.setdefault(key, Bundle(*key)).ties.append(n)
    return list(found.values())


def _columns(scene: Scene, bundles: Sequence[Bundle]) -> Block:
    kinds = tuple(scene.vocabularies["tie_kind"])
    used = tuple(dict.fromkeys((bundle.kind, _unsure(scene, bundle)) for bundle in bundles))
    starts = np.array([b.source.point for b in bundles], dtype=np.float64).reshape(-1, 2)
    ends = np.array([b.target.point for b in bundles], dtype=np.float64).reshape(-1, 2)
    names = [(b.source.name, b.target.name) for b in bundles]
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
        key = frozenset((bundle.source.key, bundle.target.key))
        turns.append(seen.get(key, 0))
        seen[key] = turns[-1] + 1
    return turns


def _unsure(scene: Scene, bundle: Bundle) -> bool:
    rows: tuple[Tie, ...] = scene.register.ties
    return all(rows[n].uncertain or rows[n].illustrative for n in bundle.ties)
