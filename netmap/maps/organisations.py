"""The organisations layer: who is there, by role."""

from netmap.maps.cards import Aside, Card, Entry, Layer, Look, Mark, Tags, table_of
from netmap.maps.facets import or_unknown
from netmap.maps.scene import Scene
from netmap.maps.symbols import NO_ROLE, ROLES
from netmap.maps.words import clean, link, many
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
        "Organisations",
        legend=(*_legend(scene, roles), *_ringed(marks)),
        note=_note(scene, len(asides), len(cards) - len(marks) - len(asides)),
        table=table_of(
            tuple(sorted(cards, key=lambda c: c[0].title.casefold())), "Organisation", tags
        ),
        tags=tags,
        others=tuple(card for card, shown in cards if not shown),
        cards=tuple(card for card, shown in cards if shown),
        marks=tuple(marks),
        asides=tuple(asides),
    )


def _note(scene: Scene, asides: int, nowhere: int) -> str:
    several = any(len(one.roles) > 1 for one in scene.register.organisations)
    said = ["One with several roles is drawn as the first in this list."] * several
    said += [f"{asides} with no recorded place, at the side of the map."] * bool(asides)
    said += [f"{nowhere} with no recorded place, in the table only."] * bool(nowhere)
    return " ".join(said)


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
        for role, (label, look) in {**known, "": ("role not recorded", NO_ROLE)}.items()
        if role in roles
    )


def _ringed(marks: list[Mark]) -> list[Entry]:
    count = sum(mark.look.ringed for mark in marks)
    look = Look(NO_ROLE.symbol, NO_ROLE.colour, NO_ROLE.size_px, ringed=True)
    return [Entry("a ring: if it left, others would be cut off", count, look)] if count else []


def _card(scene: Scene, one: Organisation, ties: tuple[str, ...], *, placed: bool) -> Card:
    facts = (
        ("Roles", scene.labels("role", one.roles)),
        ("Sector", scene.label("sector", one.sector)),
        ("Area", scene.area_name(one.area)),
        ("Led by", scene.labels("community", one.led_by)),
        ("If it left", _cut_off(scene.losses.get(one.id, 0))),
        ("Telephone", clean(one.phone)),
        ("Last checked", one.verified_on.isoformat() if one.verified_on else ""),
    )
    return Card(
        card_id(scene, one.id),
        clean(one.name),
        scene.labels("role", one.roles) or "Organisation",
        scene.flags(one, placed=placed),
        facts,
        (("Ties", ties),) if ties else (),
        links(one.website, one.email),
    )


def _cut_off(count: int) -> str:
    return f"{many(count, 'organisation')} would be cut off" if count else ""


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
    said: dict[str, list[str]] = {}
    for tie in scene.register.ties:
        kind = scene.label("tie_kind", tie.kind)
        ends = tie.source_organisation, tie.target_organisation
        names = [scene.organisation_name(end) for end in ends]
        other = "itself" if ends[0] == ends[1] else names[1]
        said.setdefault(ends[0], []).append(f"{kind} {other}")
        if ends[0] != ends[1]:
            said.setdefault(ends[1], []).append(f"{names[0]} {kind} this")
    return {one: tuple(lines) for one, lines in said.items()}
