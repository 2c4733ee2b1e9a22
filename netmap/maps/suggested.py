"""The suggestions layer: where new activities would reach most people, and who could help."""

from netmap.language import N_, _
from netmap.maps.cards import HEADED, Card, Entry, Layer, Mark, Row, Table
from netmap.maps.scene import Scene
from netmap.maps.symbols import SUGGESTED
from netmap.maps.words import clean, number
from netmap.networks.people import lowest
from netmap.networks.suggestions import Site, area_points, suggest
from netmap.networks.sureness import Sureness
from netmap.privacy import Protected

_SITES = 5
# Without a clock, so that the same files give the same page; what is proved takes `netmap suggest`.
_SECONDS = 0.0
_HEADINGS = (
    N_("Place"),
    N_("People newly within reach"),
    N_("Areas"),
    N_("How sure"),
    N_("Who could help"),
)
_SURENESS = {
    Sureness.FIRM: N_("firm"),
    Sureness.LIKELY: N_("likely"),
    Sureness.DEPENDS: N_("depends"),
}


def suggestions_layer(scene: Scene) -> Layer:
    """Draw places for new activities for the map's community."""
    community = scene.settings.community
    if not community:
        note = _("The map's file names no community to suggest places for.")
        return Layer("suggestions", _("Suggestions"), note=note)
    offered = area_points(scene.register, lowest(scene.register))
    if not offered:
        return Layer("suggestions", _("Suggestions"), note=_("No area could be looked at."))
    terms = scene.vocabularies["community"]
    found = suggest(scene.register, terms, {community: 1.0}, _SITES, offered, seconds=_SECONDS)
    cards, marks, rows = [], [], []
    for index, site in enumerate(found.sites):
        card = _card(scene, site, f"suggestion-{index}")
        placed = site.longitude is not None and site.latitude is not None
        rows.append(_row(scene, site, card, placed=placed))
        if site.longitude is not None and site.latitude is not None:
            cards.append(card)
            at = (site.longitude, site.latitude)
            marks.append(Mark(card.id, at, SUGGESTED, str(index + 1)))
    whom = scene.label("community", community)
    said = _(
        "For %(community)s: where most people would have something within reach, surest first. "
        "A prompt for discussion; `netmap suggest` says more and proves it.",
        community=whom,
    )
    nobody = _("For %(community)s: no place would reach anybody who has nothing.", community=whom)
    return Layer(
        "suggestions",
        _("Suggestions"),
        on=scene.settings.layers == ("suggestions",),
        legend=(Entry(_("a place for a new activity"), len(marks), SUGGESTED),) if marks else (),
        note=said if rows else nobody,
        table=Table(tuple(map(_, _HEADINGS)), tuple(rows)),
        cards=tuple(cards),
        marks=tuple(marks),
    )


def _people(people: Protected) -> str:
    if people is None:
        return ""
    return people if isinstance(people, str) else number(people)


def _card(scene: Scene, site: Site, card: str) -> Card:
    say = scene.say
    facts = (
        (say(N_("People newly within reach")), _people(site.newly_covered)),
        (say(N_("Areas")), number(site.areas)),
        (say(N_("How sure")), say(_SURENESS[site.sureness])),
    )
    helpers = tuple(
        say(HEADED, heading=scene.organisation_name(one.organisation), text=clean(one.why))
        for one in site.helpers
    )
    return Card(
        card,
        clean(site.name),
        say(N_("A place for a new activity: a suggestion")),
        (),
        facts,
        ((say(N_("Who could help")), helpers),) if helpers else (),
    )


def _row(scene: Scene, site: Site, card: Card, *, placed: bool) -> Row:
    helpers = "; ".join(line for _, lines in card.items for line in lines)
    sure = scene.say(_SURENESS[site.sureness])
    cells = (_people(site.newly_covered), number(site.areas), sure, helpers)
    return Row(clean(site.name), cells, card.id if placed else "")
