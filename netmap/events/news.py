"""What changed for subscribers, as RSS 2.0: new, moved, cancelled and renamed dates.

For people who want to be told rather than to look. Dates of one series that changed in one way on
one day are one item. The texts are people's own words, and many readers take them for HTML: they
are escaped once as HTML and once more as XML, by the library.
"""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from netmap.events.announcing import Announcement, last_day
from netmap.events.changes import (
    CANCELLED,
    CHANGED,
    MOVED,
    NEW,
    ON_AGAIN,
    RENAMED,
    Change,
)
from netmap.events.dates import feed_window
from netmap.events.occurrence import Occurrence, called_off
from netmap.language import N_, _, current, day, ngettext, pgettext, weekday_names
from netmap.times import add_months

MOST_ITEMS = 100
# How many months may lie between two builds before what comes into the window is taken for news.
_LATELY = 3
_HEADLINES = {
    NEW: N_("New: %(title)s"),
    MOVED: N_("Moved: %(title)s"),
    RENAMED: N_("Renamed: %(title)s"),
    CANCELLED: N_("Cancelled: %(title)s"),
    ON_AGAIN: N_("On again: %(title)s"),
    CHANGED: N_("Changed: %(title)s"),
}
_ANGLES = {ord("<"): "\u2039", ord(">"): "\u203a"}
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile(
    "[^\\n\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class Channel:
    """What the news says of itself.

    Attributes:
        title: What people see in their reader.
        description: What it holds.
        page: The page it belongs to.
        address: Where it will be found, empty where that is not known.
    """

    title: str
    description: str
    page: str
    address: str = ""


def changes_rss(
    announcements: Iterable[Announcement],
    changes: Mapping[str, Change],
    channel: Channel,
    address: Callable[[Announcement], str],
) -> bytes:
    """Write the news, newest first, at most a hundred items.

    Args:
        announcements: The dates of the feeds, as the audience may see them.
        changes: The last change of each, by UID.
        channel: What the news says of itself.
        address: Where a date is to be read; empty where that is not known.

    Returns:
        UTF-8. The same dates give the same bytes; ``guid`` is ``<uid>#<sequence>``, of the last
        date where an item is of several, since that one stays longest.
    """
    ET.register_namespace("atom", _ATOM)
    root = ET.Element("rss", version="2.0")
    top = ET.SubElement(root, "channel")
    _add(top, "title", channel.title)
    _add(top, "link", channel.page)
    _add(top, "description", channel.description)
    _add(top, "language", current().language)
    items = _grouped(announcements, changes)
    if items:
        _add(top, "lastBuildDate", format_datetime(items[0][-1].entry.stamp, usegmt=True))
    _add(top, "ttl", "60")
    if channel.address:
        kind = "application/rss+xml"
        ET.SubElement(top, f"{{{_ATOM}}}link", href=_clean(channel.address), rel="self", type=kind)
    for those in items[:MOST_ITEMS]:
        _item(top, those, changes[those[-1].entry.occurrence.uid], address(those[0]))
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _grouped(
    announcements: Iterable[Announcement], changes: Mapping[str, Change]
) -> list[list[Announcement]]:
    """Put together what is one piece of news, newest first, then soonest first."""
    series: dict[tuple[str, str], list[Announcement]] = {}
    for said in announcements:
        one = said.entry.occurrence
        # What is hidden has no row that may be told of, so nothing ties it to another date.
        series.setdefault((said.record, one.uid if said.hidden else one.row), []).append(said)
    items = []
    for dates in series.values():
        found: dict[tuple[object, ...], list[Announcement]] = {}
        for said in sorted(dates, key=_by_start):
            kinds = changes[said.entry.occurrence.uid].kinds
            found.setdefault((said.entry.stamp, said.entry.sequence, kinds), []).append(said)
        items += [t for (*_, k), t in found.items() if k != (NEW,) or not _goes_on(t, dates)]
    items.sort(key=lambda those: _by_start(those[0]))
    return sorted(items, key=lambda those: those[-1].entry.stamp, reverse=True)


def _goes_on(those: list[Announcement], series: list[Announcement]) -> bool:
    """Tell whether new dates are only what a series brings as time goes by, which is no news."""
    first, stamp = those[0].entry.occurrence.starts, those[0].entry.stamp
    before = [o.entry.occurrence.starts for o in series if o.entry.stamp < stamp]
    closes = feed_window(stamp.date())[1].date()
    return bool(before) and max(before) < first and first.date() >= add_months(closes, -_LATELY)


def _by_start(said: Announcement) -> tuple[datetime, str]:
    return said.entry.occurrence.starts, said.entry.occurrence.uid


def _item(top: ET.Element, those: list[Announcement], change: Change, address: str) -> None:
    first, last = those[0], those[-1].entry
    item = ET.SubElement(top, "item")
    _add(item, "title", headline(first, change, len(those)))
    if address:
        _add(item, "link", address)
    lines = _lines(those, change)
    _add(item, "description", "<br>\n".join(html.escape(line, quote=False) for line in lines))
    words = _in_a_word(change.kind), first.kind, first.hub, first.area
    for word in dict.fromkeys(filter(None, words)):
        _add(item, "category", word)
    guid = _add(item, "guid", f"{last.occurrence.uid}#{last.sequence}")
    guid.set("isPermaLink", "false")
    _add(item, "pubDate", format_datetime(last.stamp, usegmt=True))


def headline(said: Announcement, change: Change, dates: int = 1) -> str:
    """Say what happened to what, as ``Moved: Tea and talk``; no angle bracket survives."""
    title = said.entry.occurrence.title
    if not title:
        return called_off("")
    if dates > 1:
        title = ngettext(
            "%(title)s (%(count)s date)", "%(title)s (%(count)s dates)", dates, title=title
        )
    # Some readers take a title for HTML and some do not: what both show alike is left.
    return _(_HEADLINES[change.kind], title=title).translate(_ANGLES)


def _in_a_word(kind: str) -> str:
    return {
        NEW: pgettext("what happened to an event", "new"),
        MOVED: pgettext("what happened to an event", "moved"),
        RENAMED: pgettext("what happened to an event", "renamed"),
        CANCELLED: pgettext("what happened to an event", "cancelled"),
        ON_AGAIN: pgettext("what happened to an event", "on again"),
        CHANGED: pgettext("what happened to an event", "changed"),
    }[kind]


def _lines(those: list[Announcement], change: Change) -> list[str]:
    one, alone = those[0].entry.occurrence, len(those) == 1
    lines = [_when(one) if alone else _from_to(those)]
    if alone and change.was and MOVED in change.kinds:
        lines.append(_was(change.was, all_day=one.all_day))
    if change.kind == CANCELLED:
        lines.append(_("It does not take place.") if alone else _("They do not take place."))
    if len(change.kinds) > 1:
        words = ", ".join(_in_a_word(kind) for kind in change.kinds)
        lines.append(_("What changed: %(changes)s.", changes=words))
    elif change.kind not in {NEW, CANCELLED, MOVED}:
        lines.append(
            _("Compare it with what you have noted.") if alone else _("Please compare them.")
        )
    if one.location:
        lines.append(_("Where: %(place)s", place=one.location))
    return [*lines, *one.description.split("\n")] if one.description else lines


def _from_to(those: list[Announcement]) -> str:
    first, last = those[0].entry.occurrence, those[-1].entry.occurrence
    return ngettext(
        "%(count)s date, from %(first)s to %(last)s.",
        "%(count)s dates, from %(first)s to %(last)s.",
        len(those),
        first=_when(first),
        last=_day(last.starts),
    )


def _was(moment: datetime, *, all_day: bool) -> str:
    if all_day:
        return _("It was to be on %(day)s.", day=_day(moment))
    return _("It was to be on %(day)s, %(time)s.", day=_day(moment), time=f"{moment:%H:%M}")


def _when(one: Occurrence) -> str:
    first = _day(one.starts)
    if one.all_day:
        last = last_day(one)
        if last > one.starts.date():
            return _("%(first)s to %(last)s, all day", first=first, last=_day(last))
        return _("%(day)s, all day", day=first)
    starts, zone = f"{one.starts:%H:%M}", one.zone
    if one.ends is None:
        return _("%(day)s, %(starts)s (%(zone)s)", day=first, starts=starts, zone=zone)
    hours = {"starts": starts, "ends": f"{one.ends:%H:%M}", "zone": zone}
    if one.ends.date() == one.starts.date():
        return _("%(day)s, %(starts)s to %(ends)s (%(zone)s)", day=first, **hours)
    return _(
        "%(day)s, %(starts)s to %(ends)s on %(last)s (%(zone)s)",
        day=first,
        last=_day(one.ends),
        **hours,
    )


def _day(moment: date) -> str:
    name = weekday_names()[moment.weekday()]
    return _("%(weekday)s %(day)s", weekday=name, day=day(moment))


def _add(parent: ET.Element, tag: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    """Take out what XML cannot hold, and the controls that nobody should see."""
    return _NOT_XML.sub(" ", text.replace("\r\n", "\n"))
