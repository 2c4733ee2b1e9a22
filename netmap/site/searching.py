"""What the search box of every page looks through: an index made with the site, no server.

It is a script that does nothing but hand over data, since a page opened from the disk may load a
script from beside it and nothing else. It is made of what the pages show: registers as their
audience may see them.
"""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from netmap.language import N_, _, own_script
from netmap.networks.models import Activity
from netmap.site import paths, words
from netmap.site.atlas import Atlas, spoken
from netmap.site.inputs import SiteInput

# In a country there are a hundred thousand; the gaps page has a search of its own.
MOST_GAPS = 3000
KINDS = (N_("Place"), N_("Organisation"), N_("Activity"), N_("Gap"), N_("Event"))


class Entry(NamedTuple):
    """One thing that can be found.

    Attributes:
        kind: One of :data:`KINDS`.
        title: What it is called.
        detail: Where it belongs, shown beside it.
        also: Further words it is found by.
        target: Where it stands, from the site's root.
    """

    kind: str
    title: str
    detail: str
    also: str
    target: str


def search_index(site: SiteInput, atlases: Iterable[Atlas]) -> bytes:
    """Make the index: details are kept once, rows name them by number."""
    there = tuple(atlases)
    entries = [entry for atlas in there for entry in _of_network(atlas)]
    entries += _events(site)
    entries.sort(key=lambda e: (KINDS.index(e.kind), e.title.casefold(), e.detail, e.target))
    details = sorted({entry.detail for entry in entries})
    number = {detail: n for n, detail in enumerate(details)}
    rows = [
        [
            KINDS.index(one.kind),
            words.shown(one.title),
            number[one.detail],
            words.shown(one.also),
            paths.link(paths.INDEX, one.target),
        ]
        for one in entries
    ]
    index = {
        "kinds": [_(kind) for kind in KINDS],
        "details": [words.shown(one) for one in details],
        "rows": rows,
    }
    if any(atlas.spoken is not None for atlas in there):
        index |= {"spoken": spoken(there), "script": own_script()}
    return f"self.netmapIndex={json.dumps(index, separators=(',', ':'))};\n".encode()


def _of_network(atlas: Atlas) -> Iterator[Entry]:
    yield from _places(atlas)
    labels = atlas.site.vocabularies["role"]
    directory = paths.directory_page(atlas.name)
    for body in atlas.register.organisations:
        spot = f"{directory}#{paths.anchor(body.id)}"
        also = " ".join((*body.aliases, *map(labels.label, body.roles)))
        yield Entry("Organisation", body.name, _where(atlas, body.area), also, spot)
    for activity in atlas.register.activities:
        yield _activity(atlas, activity)
    for card in atlas.cards[:MOST_GAPS]:
        yield Entry("Gap", card.gap.message, atlas.title, card.rule, card.spot)


def _places(atlas: Atlas) -> Iterator[Entry]:
    for area in atlas.areas:
        page = atlas.page_of(area.code)
        if page and not area.anonymised:
            also = " ".join((area.code, *area.aliases))
            yield Entry("Place", area.name, _where(atlas, area.parent), also, page)


def _activity(atlas: Atlas, activity: Activity) -> Entry:
    body = atlas.register.organisation.get(activity.organisation or "")
    area = atlas.register.area_of(activity)
    page = atlas.page_of(area)
    if page:
        target = f"{page}#what"
    elif body:
        target = f"{paths.directory_page(atlas.name)}#{paths.anchor(body.id)}"
    else:
        target = paths.network_page(atlas.name)
    labels = atlas.site.vocabularies["community"]
    also = " ".join((body.name if body else "", *map(labels.label, activity.communities)))
    return Entry("Activity", activity.name, _where(atlas, area), also.strip(), target)


def _where(atlas: Atlas, code: str | None) -> str:
    if not code or code not in atlas.areas:
        return atlas.title
    return _("%(place)s, %(network)s", place=atlas.areas.name(code), network=atlas.title)


def _events(site: SiteInput) -> Iterator[Entry]:
    """List each session to come once, a series at its next date."""
    told: set[str] = set()
    for one in site.in_order():
        if one.starts.date() < site.as_of or one.uid in told:
            continue
        told.add(one.uid)
        detail = ", ".join(
            part
            for part in (
                _("cancelled") if one.cancelled else "",
                words.day(one.starts.date()),
                one.area_name,
            )
            if part
        )
        also = " ".join(filter(None, (one.hub_name, one.kind_label, one.place)))
        spot = paths.anchor(one.date_uid or one.uid)
        yield Entry("Event", one.title, detail, also, f"{paths.EVENTS}#{spot}")
