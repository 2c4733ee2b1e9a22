"""The organisations layer: who is there, by role."""

from netmap.language import N_, _, ngettext
from netmap.maps.cards import Aside, Card, Entry, Layer, Look, Mark, Tags, table_of
from netmap.maps.facets import or_unknown
from netmap.maps.scene import Scene
from netmap.maps.symbols import NO_ROLE, ROLES
from netmap.maps.words import clean, link
from netmap.networks.models import Organisation


def card_id(scene: Scene, one: str) -> str:
    """Name an organisation's card, in letters the page can trust."""
    return f"org-{scene.organisation_number[one]}"


def organisations_layer(scene: Scene) -> Layer:
    """Draw every organisation at its point, else its area's.

    Those without either stand at the side of the map where a tie leads to them, else in the table
    only.
    """
    ties = _ties(scene)
    cards, marks, asides, roles = [], [], [], []
    for one in scene.register.organisations:
        point, aside = scene.point_of(one), one.id in scene.asides
        card = _card(scene, one, ties.get(one.id, ()), placed=point is not None)
        cards.append((card, aside or point is not None))
        role, look = _look(scene, one)
        roles += [role] if cards[-1][1] else []
        if point is not None:
            marks.append(Mark(card.id, point, look))
        elif aside:
            asides.append(Aside(card.id, card.title, look))
    asides.sort(key=lambda aside: aside.card)
    tags: dict[str, Tags] = {
        card_id(scene, one.id): {"role": or_unknown(scene.label("role", r) for r in one.roles)}
        for one in scene.register.organisations
    }
    return Layer(
        "organisations",
        _("Organisations"),
        legend=(*_legend(scene, roles), *_ringed(marks)),
        note=_note(scene, len(asides), len(cards) - len(marks) - len(asides)),
        table=table_of(
            tuple(sorted(cards, key=lambda c: c[0].title.casefold())), _("Organisation"), tags
        ),
        tags=tags,
        others=tuple(card for card, shown in cards if not shown),
        cards=tuple(card for card, shown in cards if shown),
        marks=tuple(marks),
        asides=tuple(asides),
    )


def _note(scene: Scene, asides: int, nowhere: int) -> str:
    several = any(len(one.roles) > 1 for one in scene.register.organisations)
    said = [_("One with several roles is drawn as the first in this list.")] * several
    beside = ngettext(
        "%(count)s with no recorded place, at the side of the map.",
        "%(count)s with no recorded place, at the side of the map.",
        asides,
    )
    lost = ngettext(
        "%(count)s with no recorded place, in the table only.",
        "%(count)s with no recorded place, in the table only.",
        nowhere,
    )
    return " ".join(said + [beside] * bool(asides) + [lost] * bool(nowhere))


def _look(scene: Scene, one: Organisation) -> tuple[str, Look]:
    role = next((role for role in ROLES if role in one.roles), "")
    look = ROLES.get(role, NO_ROLE)
    return role, Look(
        look.symbol, look.colour, look.size_px, one.illustrative, one.id in scene.losses
    )


def _legend(scene: Scene, roles: list[str]) -> tuple[Entry, ...]:
    known = {role: (scene.label("role", role), look) for role, look in ROLES.items()}
    return tuple(
        Entry(label, roles.count(role), look)
        for role, (label, look) in {**known, "": (_("role not recorded"), NO_ROLE)}.items()
        if role in roles
    )


def _ringed(marks: list[Mark]) -> list[Entry]:
    count = sum(mark.look.ringed for mark in marks)
    look = Look(NO_ROLE.symbol, NO_ROLE.colour, NO_ROLE.size_px, ringed=True)
    words = _("a ring: if it left, others would be cut off")
    return [Entry(words, count, look)] if count else []


def _card(scene: Scene, one: Organisation, ties: tuple[str, ...], *, placed: bool) -> Card:
    say = scene.say
    facts = (
        (say(N_("Roles")), scene.labels("role", one.roles)),
        (say(N_("Sector")), scene.label("sector", one.sector)),
        (say(N_("Area")), scene.area_name(one.area)),
        (say(N_("Led by")), scene.labels("community", one.led_by)),
        (say(N_("If it left")), cut_off(scene.losses.get(one.id, 0))),
        (say(N_("Telephone")), clean(one.phone)),
        (say(N_("Last checked")), one.verified_on.isoformat() if one.verified_on else ""),
    )
    return Card(
        card_id(scene, one.id),
        clean(one.name),
        scene.labels("role", one.roles) or say(N_("Organisation")),
        scene.flags(one, placed=placed),
        facts,
        ((say(N_("Ties")), ties),) if ties else (),
        links(one.website, one.email),
    )


def cut_off(count: int) -> str:
    """Say how many would be cut off; nothing for nobody."""
    if not count:
        return ""
    return ngettext(
        "%(count)s organisation would be cut off",
        "%(count)s organisations would be cut off",
        count,
    )


def links(website: str | None, email: str | None) -> tuple[tuple[str, str], ...]:
    """List a row's website and mail address, as far as they are safe to follow."""
    found = []
    if address := link(website):
        found.append((address.removeprefix("https://").removeprefix("http://"), address))
    if address := link(f"mailto:{clean(email)}" if email else None):
        found.append((clean(email), address))
    return tuple(found)


def _ties(scene: Scene) -> dict[str, tuple[str, ...]]:
    """Say every organisation's ties, also those that cannot be drawn."""
    say = scene.say
    said: dict[str, list[str]] = {}
    for tie in scene.register.ties:
        kind = scene.label("tie_kind", tie.kind)
        ends = tie.source_organisation, tie.target_organisation
        names = [scene.organisation_name(end) for end in ends]
        if ends[0] == ends[1]:
            said.setdefault(ends[0], []).append(say(N_("%(kind)s itself"), kind=kind))
            continue
        out = say(N_("%(kind)s %(name)s"), kind=kind, name=names[1])
        said.setdefault(ends[0], []).append(out)
        back = say(N_("%(name)s %(kind)s this"), name=names[0], kind=kind)
        said.setdefault(ends[1], []).append(back)
    return {one: tuple(lines) for one, lines in said.items()}
