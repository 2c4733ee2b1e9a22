"""One row folded into another that stands for the same body. Privacy never loosens by it.

Empty cells are filled, lists united; of two wishes to be hidden the strictest holds, of two ends
of consent the earliest. What has to give way is kept beside, in columns that only staff see.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from netmap.networks.areas import plain
from netmap.networks.models import Activity, Organisation, columns
from netmap.privacy import Audience, Visibility, strictest

R = TypeVar("R", Organisation, Activity)

ALSO_RECORDED_AS = "also recorded as"
_OTHER = "other "
_WHERE = ("area", "postcode", "latitude", "longitude")
_CONTACTS = ("email", "phone")
_GUARDING = frozenset({"visibility", "consent_until", "contact"})
# An empty list of communities means open to anyone: nothing to be filled.
_SAID_BY_BEING_EMPTY = frozenset({"communities", "exclusive", "community_type", "count"})
_OWN_RULE = frozenset(
    {"id", "name", "aliases", "notes", "source", "confidence", "verified_on", *_WHERE, *_GUARDING}
)


def folded(kept: R, other: R) -> R:
    """Fold one row into another.

    Args:
        kept: The row that stays, with its id and name.
        other: The row that becomes part of it.

    Returns:
        The row that stays, poorer in nothing and as hidden as the stricter of the two.
    """
    update: dict[str, Any] = {}
    for column in columns(type(kept)):
        if column not in _OWN_RULE and column not in _SAID_BY_BEING_EMPTY:
            update[column] = _filled(getattr(kept, column), getattr(other, column))
    update |= _where(kept, other)
    update |= _guarded(kept, other)
    update["verified_on"] = _of(max, kept.verified_on, other.verified_on)
    update["notes"] = _joined(kept.notes, other.notes)
    update["source"] = _joined(kept.source, other.source)
    if other.illustrative:
        update["confidence"] = other.confidence  # invented data is never passed off as real
    if isinstance(kept, Organisation) and isinstance(other, Organisation):
        update["aliases"] = _aliases(kept, other)
    update["extra"] = _beside(kept, other, update)
    if isinstance(kept, Organisation) and update["visibility"] == Visibility.WITHHELD.value:
        # What was given up has to be known as secret where other rows mention it.
        secret: tuple[str, ...] = (
            *update["extra"][ALSO_RECORDED_AS].split("; "),
            *given_up(update["extra"], "postcode", "website", *_CONTACTS),
        )
        update["aliases"] = tuple(dict.fromkeys((*update["aliases"], *secret)))
    empty = {c for c in kept.faulted if not update.get(c, getattr(kept, c, None))}
    update["faulted"] = frozenset(empty | ((kept.faulted | other.faulted) & _GUARDING))
    return kept.model_copy(update=update)


def given_up(extra: Mapping[str, str], *cells: str) -> tuple[str, ...]:
    """List what gave way in some cells when rows were folded into one.

    Args:
        extra: The folded row's columns that only staff see.
        cells: Of ``postcode``, ``venue``, ``email``, ``phone`` and ``website``.
    """
    headings = (f"{_OTHER}{cell}" for cell in cells)
    return tuple(part for h in headings if h in extra for part in extra[h].split("; "))


def _filled(one: Any, other: Any) -> Any:
    if isinstance(one, tuple):
        return tuple(dict.fromkeys((*one, *other)))
    return other if one is None else one


def _where(kept: R, other: R) -> dict[str, Any]:
    """Fill the place, unless the two are in different places."""
    if kept.area and other.area and kept.area != other.area:
        return {}
    found: dict[str, Any] = {"area": kept.area or other.area}
    if kept.postcode and other.postcode and kept.postcode != other.postcode:
        return found
    if kept.point is None:
        found |= {"latitude": other.latitude, "longitude": other.longitude}
    if kept.postcode is None and (kept.point is None or kept.point == other.point):
        found["postcode"] = other.postcode
    return found


def _guarded(kept: R, other: R) -> dict[str, Any]:
    asked = [one for one in (kept, other) if one.visibility is not None]
    visibility = strictest(one.hidden_as for one in (kept, other)).value if asked else None
    return {
        "visibility": visibility,
        "consent_until": _of(min, kept.consent_until, other.consent_until),
        "contact": _strictest_contact((kept, other)),
    }


def _strictest_contact(rows: "Iterable[Organisation | Activity]") -> str | None:
    """Choose whom contacts are for; a row that has none and says nothing has no say."""
    having = [r for r in rows if r.contact or r.email or r.phone or "contact" in r.faulted]
    if not having:
        return None
    wished = [Audience(row.contact) if row.contact else Audience.STAFF for row in having]
    return max(wished, key=lambda audience: audience.rank).value


def _of(
    choose: "Callable[[list[date]], date]", one: date | None, other: date | None
) -> date | None:
    known = [day for day in (one, other) if day is not None]
    return choose(known) if known else None


def _joined(*texts: str | None) -> str | None:
    return "; ".join(dict.fromkeys(text for text in texts if text)) or None


def _aliases(kept: Organisation, other: Organisation) -> tuple[str, ...]:
    found = {plain(kept.name): kept.name}
    for name in (*kept.aliases, other.name, *other.aliases):
        found.setdefault(plain(name), name)
    return tuple(found.values())[1:]


def _given_up(kept: R, other: R, update: Mapping[str, Any]) -> dict[str, str]:
    """List what the other row says of place and contacts that the one row has otherwise."""
    cells = ("postcode", "website", *_CONTACTS, *(("venue",) if isinstance(kept, Activity) else ()))
    told = ((cell, getattr(other, cell), update.get(cell, getattr(kept, cell))) for cell in cells)
    return {cell: text for cell, text, stays in told if text and text != stays}


def _beside(kept: R, other: R, update: Mapping[str, Any]) -> dict[str, str]:
    given_up = {f"{_OTHER}{c}": text for c, text in _given_up(kept, other, update).items()}
    told = (kept.extra, other.extra, {ALSO_RECORDED_AS: other.id}, given_up)
    headings = dict.fromkeys(heading for cells in told for heading in cells)
    return {heading: _joined(*(cells.get(heading) for cells in told)) or "" for heading in headings}
