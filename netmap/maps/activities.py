"""The activities layer: what is offered, open or specific, one by one or as a total."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from itertools import compress

from netmap.language import N_, _, ngettext
from netmap.maps.card_columns import CardColumns, each
from netmap.maps.cards import APPROXIMATE_POSITION, Entry, Layer, Look
from netmap.maps.facets import NOT_RECORDED, or_unknown, weekdays
from netmap.maps.organisations import links
from netmap.maps.scene import Scene
from netmap.maps.symbols import NETWORK, OPEN, SEVERAL, SPECIFIC, UNCLEAR
from netmap.maps.words import all_clean, capital, clean, number
from netmap.networks.models import Activity
from netmap.vocabulary.languages import language_label, language_of

_KINDS: dict[str, tuple[str, Look]] = {
    "open": (N_("open to anyone"), OPEN),
    "specific": (N_("for named communities"), SPECIFIC),
    "unclear": (N_("for whom is not recorded"), UNCLEAR),
    "several": (N_("a total: this many activities"), SEVERAL),
    "network": (N_("a network or meeting of organisations"), NETWORK),
}
Slugs = tuple[str, ...]


def activities_layer(scene: Scene) -> Layer:
    """Draw every activity that has not closed; online and telephone ones are in the table."""
    every = scene.register.activities
    numbers = [n for n, one in enumerate(every) if one.status != "closed"]
    rows = [every[n] for n in numbers]
    kinds = list(map(_kind, rows))
    remote = [one.remote for one in rows]
    points = [None if one.remote else scene.point_of(one) for one in rows]
    placed = [point is not None for point in points]
    columns = CardColumns(
        "act",
        numbers,
        titles=all_clean([one.name for one in rows]),
        what=each(lambda kind: capital(scene.say(_KINDS[kind][0])), kinds),
        flags=list(map(partial(_flags, scene), rows, placed)),
        facts=_facts(scene, rows, kinds),
        items=each(partial(_about, scene), (one.description for one in rows)),
        links=each(lambda both: links(*both), ((one.website, one.email) for one in rows)),
        tags=_tags(scene, rows, kinds),
        points=points,
        looks=each(_look, zip(placed, kinds, map(_dashed, rows), strict=True)),
        texts=each(_badge, ((there, one.count) for there, one in zip(placed, rows, strict=True))),
    )
    return columns.layer(
        "activities",
        _("Activities"),
        _("Activity"),
        legend=_legend(Counter(compress(kinds, placed))),
        note=_note(sum(remote), len(rows) - sum(placed) - sum(remote)),
    )


def _legend(counts: Mapping[str, int]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            _(label),
            counts[kind],
            look if kind != "several" else None,
            fill=look.colour if kind == "several" else "",
            badge="12" if kind == "several" else "",
        )
        for kind, (label, look) in _KINDS.items()
        if kind in counts
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


def _flags(scene: Scene, one: Activity, placed: bool) -> tuple[str, ...]:  # noqa: FBT001  # of a column
    if not one.remote:
        return scene.flags(one, placed=placed)
    return tuple(flag for flag in scene.flags(one) if flag != APPROXIMATE_POSITION)


def _dashed(one: Activity) -> bool:
    return one.illustrative or one.status in {"planned", "paused"}


def _look(key: tuple[bool, str, bool]) -> Look | None:
    placed, kind, dashed = key
    look = _KINDS[kind][1]
    symbol = "" if kind == "several" else look.symbol
    return Look(symbol, look.colour, look.size_px, dashed) if placed else None


def _total(count: int | None) -> str:
    """Write how many activities a row stands for; nothing where it is but one."""
    return number(count) if count and count > 1 else ""


def _badge(key: tuple[bool, int | None]) -> str:
    placed, count = key
    return _total(count) if placed else ""


def _tags(scene: Scene, rows: Sequence[Activity], kinds: Sequence[str]) -> dict[str, list[Slugs]]:
    """Say by what activities are found: who looks for a community looks for those within it."""
    terms = scene.vocabularies["community"]

    def communities(slugs: Slugs) -> Slugs:
        above = (terms.ancestors(slug) if slug in terms else () for slug in slugs)
        line = ((slug, *higher) for slug, higher in zip(slugs, above, strict=True))
        return or_unknown(scene.label("community", slug) for part in line for slug in part)

    def approaches(slugs: tuple[str | None, ...]) -> Slugs:
        return or_unknown(scene.label("approach", slug) for slug in slugs)

    def languages(codes: Slugs) -> Slugs:
        return or_unknown(language_label(language_of(clean(code))) for code in codes)

    return {
        "community": each(communities, (one.communities for one in rows)),
        "approach": each(approaches, ((one.approach, *one.other_approaches) for one in rows)),
        "language": each(languages, (one.languages for one in rows)),
        "open": each(lambda kind: (scene.say(_KINDS[kind][0]),), kinds),
        "day": each(lambda when: or_unknown(weekdays(when)), (one.schedule for one in rows)),
    }


def _facts(
    scene: Scene, rows: Sequence[Activity], kinds: Sequence[str]
) -> list[tuple[str, list[str]]]:
    """Say the facts of all, one label after the other."""
    say = scene.say
    whom = ((kind, one.communities, one.open) for kind, one in zip(kinds, rows, strict=True))
    where = ((one.venue, one.remote, scene.register.area_of(one)) for one in rows)
    approach, topics = partial(scene.label, "approach"), partial(scene.labels, "topic")
    status = partial(scene.label, "status")
    return [
        (say(N_("Activities")), each(_total, (one.count for one in rows))),
        (say(N_("For")), each(partial(_for_whom, scene), whom)),
        (say(N_("Offered by")), each(scene.organisation_name, (one.organisation for one in rows))),
        (say(N_("Approach")), each(approach, (one.approach for one in rows))),
        (say(N_("Topics")), each(topics, (one.topics for one in rows))),
        (say(N_("Where")), each(partial(_where, scene), where)),
        (say(N_("Covers")), each(partial(_covers, scene), (one.serves for one in rows))),
        (say(N_("When")), each(clean, (one.schedule for one in rows))),
        (say(N_("Languages")), each(_languages, (one.languages for one in rows))),
        (say(N_("How to join")), each(clean, (one.how_to_join for one in rows))),
        (say(N_("Telephone")), each(clean, (one.phone for one in rows))),
        (say(N_("Status")), each(status, (one.status for one in rows))),
        (say(N_("Part of")), each(partial(_part_of, scene), (one.part_of for one in rows))),
        (say(N_("Last checked")), each(_day, (one.verified_on for one in rows))),
    ]


def _about(scene: Scene, description: str | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ((scene.say(N_("About")), (clean(description),)),) if description else ()


def _for_whom(scene: Scene, key: tuple[str, Slugs, bool]) -> str:
    kind, communities, anyone = key
    if kind in {"network", "several"}:
        return ""
    named = scene.labels("community", communities)
    if anyone and named:
        return scene.say(N_("%(communities)s, and open to anyone"), communities=named)
    return named or scene.say(N_("open to anyone") if anyone else NOT_RECORDED)


def _where(scene: Scene, key: tuple[str | None, bool, str | None]) -> str:
    venue, remote, area = key
    place = scene.say(N_("online or by telephone")) if remote else scene.area_name(area)
    return ", ".join(filter(None, (clean(venue), place)))


def _covers(scene: Scene, areas: Slugs) -> str:
    return ", ".join(map(scene.area_name, areas))


def _languages(codes: Slugs) -> str:
    return ", ".join(language_label(clean(code)) for code in codes)


def _part_of(scene: Scene, total: str | None) -> str:
    found = scene.register.activity.get(total or "")
    return clean(found.name) if found else ""


def _day(when: date | None) -> str:
    return when.isoformat() if when else ""
