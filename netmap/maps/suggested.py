"""The suggestions layer: where new activities would reach most people, and who could help."""

from netmap.maps.cards import Card, Entry, Layer, Mark, Row, Table
from netmap.maps.scene import Scene
from netmap.maps.symbols import SUGGESTED
from netmap.maps.words import clean, number
from netmap.networks.suggestions import Site, area_points, lowest, suggest
from netmap.privacy import Protected

_SITES = 5
# Without a clock, so that the same files give the same page; what is proved takes `netmap suggest`.
_SECONDS = 0.0
_HEADINGS = ("Place", "People newly within reach", "Areas", "How sure", "Who could help")


def suggestions_layer(scene: Scene) -> Layer:
    """Draw places for new activities for the map's community."""
    community = scene.settings.community
    if not community:
        note = "The map's file names no community to suggest places for."
        return Layer("suggestions", "Suggestions", note=note)
    offered = area_points(scene.register, lowest(scene.register))
    if not offered:
        return Layer("suggestions", "Suggestions", note="No area could be looked at.")
    terms = scene.vocabularies["community"]
    found = suggest(scene.register, terms, {community: 1.0}, _SITES, offered, seconds=_SECONDS)
    cards, marks, rows = [], [], []
    for index, site in enumerate(found.sites):
        card = _card(scene, site, f"suggestion-{index}")
        placed = site.longitude is not None and site.latitude is not None
        rows.append(_row(site, card, placed=placed))
        if site.longitude is not None and site.latitude is not None:
            cards.append(card)
            at = (site.longitude, site.latitude)
            marks.append(Mark(card.id, at, SUGGESTED, str(index + 1)))
    whom = scene.label("community", community)
    said = (
        f"For {whom}: where most people would have something within reach, surest first. "
        "A prompt for discussion; `netmap suggest` says more and proves it."
    )
    return Layer(
        "suggestions",
        "Suggestions",
        on=scene.settings.layers == ("suggestions",),
        legend=(Entry("a place for a new activity", len(marks), SUGGESTED),) if marks else (),
        note=said if rows else f"For {whom}: no place would reach anybody who has nothing.",
        table=Table(_HEADINGS, tuple(rows)),
        cards=tuple(cards),
        marks=tuple(marks),
    )


def _people(people: Protected) -> str:
    if people is None:
        return ""
    return people if isinstance(people, str) else number(people)


def _card(scene: Scene, site: Site, card: str) -> Card:
    facts = (
        ("People newly within reach", _people(site.newly_covered)),
        ("Areas", number(site.areas)),
        ("How sure", site.sureness.value),
    )
    helpers = tuple(
        f"{scene.organisation_name(one.organisation)}: {clean(one.why)}" for one in site.helpers
    )
    return Card(
        card,
        clean(site.name),
        "A place for a new activity: a suggestion",
        (),
        facts,
        (("Who could help", helpers),) if helpers else (),
    )


def _row(site: Site, card: Card, *, placed: bool) -> Row:
    helpers = "; ".join(line for _, lines in card.items for line in lines)
    cells = (_people(site.newly_covered), number(site.areas), site.sureness.value, helpers)
    return Row(clean(site.name), cells, card.id if placed else "")
