"""The activities layer: what is offered, open or specific, one by one or as a total."""

from netmap.language import N_, _, ngettext
from netmap.maps.cards import APPROXIMATE_POSITION, Card, Entry, Layer, Look, Mark, Tags, table_of
from netmap.maps.facets import NOT_RECORDED, or_unknown, weekdays
from netmap.maps.organisations import links
from netmap.maps.scene import Scene
from netmap.maps.symbols import NETWORK, OPEN, SEVERAL, SPECIFIC, UNCLEAR
from netmap.maps.words import capital, clean, number
from netmap.networks.models import Activity
from netmap.vocabulary import Vocabulary
from netmap.vocabulary.languages import language_label, language_of

_KINDS: dict[str, tuple[str, Look]] = {
    "open": (N_("open to anyone"), OPEN),
    "specific": (N_("for named communities"), SPECIFIC),
    "unclear": (N_("for whom is not recorded"), UNCLEAR),
    "several": (N_("a total: this many activities"), SEVERAL),
    "network": (N_("a network or meeting of organisations"), NETWORK),
}


def activities_layer(scene: Scene) -> Layer:
    """Draw every activity that has not closed; online and telephone ones are in the table."""
    cards, marks, kinds = [], [], []
    tags: dict[str, Tags] = {}
    remote = nowhere = 0
    for index, one in enumerate(scene.register.activities):
        if one.status == "closed":
            continue
        point = None if one.remote else scene.point_of(one)
        kind = _kind(one)
        card = _card(scene, one, f"act-{index}", kind, placed=point is not None)
        cards.append((card, point is not None))
        tags[card.id] = _tags(scene, one, kind)
        remote += one.remote
        nowhere += point is None and not one.remote
        if point is not None:
            kinds.append(kind)
            text = number(one.count or 1) if one.aggregate else ""
            marks.append(Mark(card.id, point, _look(one, kind), text))
    return Layer(
        "activities",
        _("Activities"),
        legend=tuple(
            Entry(
                _(label),
                kinds.count(kind),
                look if kind != "several" else None,
                fill=look.colour if kind == "several" else "",
                badge="12" if kind == "several" else "",
            )
            for kind, (label, look) in _KINDS.items()
            if kind in kinds
        ),
        note=_note(remote, nowhere),
        table=table_of(
            tuple(sorted(cards, key=lambda c: c[0].title.casefold())), _("Activity"), tags
        ),
        tags=tags,
        others=tuple(card for card, placed in cards if not placed),
        cards=tuple(card for card, placed in cards if placed),
        marks=tuple(marks),
    )


def _note(remote: int, nowhere: int) -> str:
    far = ngettext(
        "%(count)s activity online or by telephone: in the table only.",
        "%(count)s activities online or by telephone: in the table only.",
        remote,
    )
    without = ngettext(
        "%(count)s activity without a recorded place: in the table only.",
        "%(count)s activities without a recorded place: in the table only.",
        nowhere,
    )
    return " ".join([far] * bool(remote) + [without] * bool(nowhere))


def _kind(one: Activity) -> str:
    if one.is_network:
        return "network"
    if one.aggregate:
        return "several"
    if one.open:
        return "open"
    return "specific" if one.communities else "unclear"


def _tags(scene: Scene, one: Activity, kind: str) -> Tags:
    """Say by what an activity is found: who looks for a community looks for those within it."""
    terms = scene.vocabularies["community"]
    line = (slug for own in one.communities for slug in (own, *_above(terms, own)))
    approaches = (one.approach, *one.other_approaches)
    return {
        "community": or_unknown(scene.label("community", slug) for slug in line),
        "approach": or_unknown(scene.label("approach", slug) for slug in approaches),
        "language": or_unknown(language_label(language_of(clean(code))) for code in one.languages),
        "open": (scene.say(_KINDS[kind][0]),),
        "day": or_unknown(weekdays(one.schedule)),
    }


def _above(terms: Vocabulary, slug: str) -> tuple[str, ...]:
    return terms.ancestors(slug) if slug in terms else ()


def _look(one: Activity, kind: str) -> Look:
    look = _KINDS[kind][1]
    symbol = "" if kind == "several" else look.symbol
    dashed = one.illustrative or one.status in {"planned", "paused"}
    return Look(symbol, look.colour, look.size_px, dashed)


def _card(scene: Scene, one: Activity, card: str, kind: str, *, placed: bool) -> Card:
    say = scene.say
    total = scene.register.activity.get(one.part_of or "")
    facts = (
        (say(N_("Activities")), number(one.count or 1) if one.aggregate else ""),
        (say(N_("For")), _for_whom(scene, one, kind)),
        (say(N_("Offered by")), scene.organisation_name(one.organisation)),
        (say(N_("Approach")), scene.label("approach", one.approach)),
        (say(N_("Topics")), scene.labels("topic", one.topics)),
        (say(N_("Where")), ", ".join(filter(None, (clean(one.venue), _area(scene, one))))),
        (say(N_("Covers")), ", ".join(scene.area_name(code) for code in one.serves)),
        (say(N_("When")), clean(one.schedule)),
        (say(N_("Languages")), ", ".join(language_label(clean(code)) for code in one.languages)),
        (say(N_("How to join")), clean(one.how_to_join)),
        (say(N_("Telephone")), clean(one.phone)),
        (say(N_("Status")), scene.label("status", one.status)),
        (say(N_("Part of")), clean(total.name) if total else ""),
        (say(N_("Last checked")), one.verified_on.isoformat() if one.verified_on else ""),
    )
    flags = scene.flags(one, placed=placed or one.remote)
    return Card(
        card,
        clean(one.name),
        capital(say(_KINDS[kind][0])),
        tuple(f for f in flags if not (one.remote and f == APPROXIMATE_POSITION)),
        facts,
        ((say(N_("About")), (clean(one.description),)),) if one.description else (),
        links(one.website, one.email),
    )


def _area(scene: Scene, one: Activity) -> str:
    if one.remote:
        return scene.say(N_("online or by telephone"))
    return scene.area_name(scene.register.area_of(one))


def _for_whom(scene: Scene, one: Activity, kind: str) -> str:
    if kind in {"network", "several"}:
        return ""
    named = scene.labels("community", one.communities)
    if one.open and named:
        return scene.say(N_("%(communities)s, and open to anyone"), communities=named)
    return named or scene.say(N_("open to anyone") if one.open else NOT_RECORDED)
