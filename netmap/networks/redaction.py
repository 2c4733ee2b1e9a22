"""A register as one audience may see it. Everything shown is worked out from what this returns.

Withheld rows go, and with them every tie, target and mention; area-only rows lose what would
locate them; contacts, notes and unknown columns stay with those they are for; small counts of
people are protected. Staff see the register as it is.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from netmap.networks.areas import Areas
from netmap.networks.models import (
    CENSUS_GROUPS,
    MINORITY_ETHNIC,
    PEOPLE_MEASURES,
    WHITE,
    Activity,
    Area,
    Enquiry,
    Organisation,
    Population,
    Record,
    Sensitive,
    Target,
)
from netmap.networks.people import amount
from netmap.networks.register import Hidden, Register
from netmap.networks.summary import weight
from netmap.privacy import SUPPRESSED, Audience, Visibility, protect_count, protect_row, strictest
from netmap.workspace import PrivacySettings

REMOVED = "[withheld]"
_LEAST_NAME = 4

R = TypeVar("R", bound=Record)


def for_audience(register: Register, audience: Audience, privacy: PrivacySettings) -> Register:
    """Make the register that an audience may see.

    Args:
        register: The register as read, for staff.
        audience: Who the output is for.
        privacy: How counts of people are protected.
    """
    if audience is Audience.STAFF:
        return register
    seen = {row.id: hidden_as(register, row) for row in register.organisations}
    done = {row.id: hidden_as(register, row) for row in register.activities}
    organisations = [o for o in register.organisations if seen[o.id] is not Visibility.WITHHELD]
    activities = [a for a in register.activities if done[a.id] is not Visibility.WITHHELD]
    scrub = _scrubber(_secret_words(register, audience, seen, done))
    ids = {o.id for o in organisations}
    gone = {o.id for o in register.organisations} - ids
    kept_ids = {a.id for a in activities}

    def shown(row: Sensitive, visibility: Visibility) -> dict[str, Any]:
        return _hidden_cells(row, audience, hide=_veiled(visibility, audience))

    def tidy(rows: Iterable[R]) -> tuple[R, ...]:
        return tuple(_plain(row, scrub) for row in rows)

    return replace(
        register,
        audience=audience,
        settings=register.settings.model_copy(
            update={
                key: scrub(getattr(register.settings, key))
                for key in ("title", "summary", "source", "licence", "disclaimer")
            }
        ),
        organisations=tidy(o.model_copy(update=shown(o, seen[o.id])) for o in organisations),
        activities=tidy(
            a.model_copy(
                update={
                    **shown(a, done[a.id]),
                    **({"part_of": None} if a.part_of and a.part_of not in kept_ids else {}),
                }
            )
            for a in activities
        ),
        areas=Areas(_plain_area(area, scrub) for area in register.areas),
        ties=tidy(
            tie
            for tie in register.ties
            if tie.source_organisation in ids and tie.target_organisation in ids
        ),
        populations=tidy(_protected_population(p, audience, privacy) for p in register.populations),
        enquiries=tidy(_shown_enquiry(e, gone) for e in register.enquiries),
        targets=tidy(
            _protected_target(t, audience, privacy) for t in register.targets if t.owner not in gone
        ),
        shares=tidy(register.shares),
        hidden=_hidden(register, done),
    )


def hidden_as(register: Register, row: Organisation | Activity) -> Visibility:
    """Say how hidden a row is: the strictest of itself and its organisation."""
    if isinstance(row, Organisation):
        return row.hidden_as
    organisation = register.organisation.get(row.organisation or "")
    return strictest((row.hidden_as, *((organisation.hidden_as,) if organisation else ())))


def _hidden_cells(row: Sensitive, audience: Audience, *, hide: bool) -> dict[str, Any]:
    """Empty the cells of a row that an audience may not see."""
    update: dict[str, Any] = {}
    if hide:
        update = {"postcode": None, "latitude": None, "longitude": None}
        update |= {"venue": None} if isinstance(row, Activity) else {}
    if not _may_contact(row, audience):
        update |= {"email": None, "phone": None}
    return update


def _may_contact(row: Sensitive, audience: Audience) -> bool:
    return audience.includes(Audience(row.contact or Audience.STAFF))


def _plain(row: R, scrub: Callable[[str], str]) -> R:
    """Take staff's columns from a row, and every mention of what is withheld."""
    update: dict[str, Any] = {"notes": None, "extra": {}}
    for column in type(row).model_fields:
        value = getattr(row, column)
        if isinstance(value, str) and column not in _KEYS:
            clean = scrub(value)
            if clean != value:
                update[column] = clean
        elif isinstance(value, tuple) and column == "aliases":
            update[column] = tuple(scrub(item) for item in value)
    return row.model_copy(update=update)


_KEYS = frozenset(
    [
        "id",
        "code",
        "area",
        "parent",
        "organisation",
        "part_of",
        "owner",
        "source_organisation",
        "target_organisation",
        "main_settlement",
        "community",
        "measure",
        "confidence",
        "visibility",
        "contact",
    ]
)


def _plain_area(area: Area, scrub: Callable[[str], str]) -> Area:
    """Take staff's columns from an area; its name stays, whatever else goes by it."""
    source = scrub(area.source) if area.source else None
    return area.model_copy(update={"notes": None, "extra": {}, "source": source})


def _veiled(visibility: Visibility, audience: Audience) -> bool:
    """Tell whether an audience may know no more of a row's place than its area."""
    return visibility is Visibility.AREA_ONLY and audience is Audience.PUBLIC


def _secret_words(
    register: Register,
    audience: Audience,
    seen: dict[str, Visibility],
    done: dict[str, Visibility],
) -> list[str]:
    """Collect the names, addresses and postcodes that must not turn up in anybody's words."""
    words: set[str] = set()
    shown: set[str] = set()
    rows: list[tuple[Organisation | Activity, Visibility]] = [
        *((o, seen[o.id]) for o in register.organisations),
        *((a, done[a.id]) for a in register.activities),
    ]
    for row, visibility in rows:
        contacts = {w for w in (row.email, row.phone) if w}
        place = {w for w in (row.postcode, getattr(row, "venue", None)) if w}
        if visibility is Visibility.WITHHELD:
            words |= {row.id, row.name, *getattr(row, "aliases", ()), *contacts, *place}
            words |= {row.website} if row.website else set()
            continue
        (shown if _may_contact(row, audience) else words).update(contacts)
        (words if _veiled(visibility, audience) else shown).update(place)
    # Two halves of one body may share a telephone, a venue or a postcode, one of them openly.
    secret = {w for w in words - shown if len(w) >= _LEAST_NAME}
    return sorted(secret, key=lambda w: (-len(w), w))


def _scrubber(words: list[str]) -> Callable[[str], str]:
    if not words:
        return lambda text: text
    # However it is spaced: LS1 1UR is LS11UR.
    spaced = [re.sub(r"(?:\\\s)+", r"\\s*", re.escape(word)) for word in words]
    pattern = re.compile("|".join(rf"(?<!\w){word}(?!\w)" for word in spaced), re.IGNORECASE)
    return lambda text: pattern.sub(REMOVED, text)


def _hidden(register: Register, done: dict[str, Visibility]) -> tuple[Hidden, ...]:
    """Leave what is withheld known only as "something", in the area at the top."""
    withheld = [
        (a, register.areas.top_of(code))
        for a in register.provision
        if done[a.id] is Visibility.WITHHELD and (code := register.area_of(a))
    ]
    beside = {
        register.areas.top_of(code)
        for a in register.provision
        if done[a.id] is not Visibility.WITHHELD and weight(a) and (code := register.area_of(a))
    }
    return tuple(
        Hidden(area, activity.communities, weight(activity) if area in beside else 0)
        for activity, area in sorted(withheld, key=lambda pair: (pair[1], pair[0].communities))
    )


def _shown_enquiry(row: Enquiry, gone: set[str]) -> Enquiry:
    return row.model_copy(update={"by": None, "words": None}) if row.by in gone else row


def _protected_population(
    row: Population, audience: Audience, privacy: PrivacySettings
) -> Population:
    """Protect the head-counts of communities; percentages become those of protected counts."""
    if row.measure == "percent" and row.total is None:
        return row
    whole = row.total or 0.0
    counts: dict[str, float | None] = {
        group: value if row.measure == "people" else value / 100 * whole
        for group, value in row.groups.items()
    }
    # Written out, or the total less `white` would tell what may be too small to tell.
    derived = amount(row, MINORITY_ETHNIC)
    if derived is not None:
        counts[MINORITY_ETHNIC] = derived if row.measure == "people" else derived / 100 * whole
    limits = {"suppress_at_most": privacy.suppress_at_most, "round_to": privacy.round_to}
    small = {g for g, n in counts.items() if protect_count(n, audience, **limits) == SUPPRESSED}
    # First what adds up to a total that is shown, then the row as people see it.
    for family in (CENSUS_GROUPS, (WHITE, MINORITY_ETHNIC), tuple(counts)):
        members = {g: 0 if g in small else counts[g] for g in family if g in counts}
        protected = protect_row(members, audience, **limits)
        small |= {g for g, n in protected.items() if n == SUPPRESSED}
    kept = {
        g: float(n)
        for g, count in counts.items()
        if g not in small and isinstance(n := protect_count(count, audience, **limits), int)
    }
    if row.measure == "percent" and whole:
        kept = {g: n / whole * 100 for g, n in kept.items()}
    return row.model_copy(update={"groups": kept, "suppressed": frozenset(small)})


def _protected_target(row: Target, audience: Audience, privacy: PrivacySettings) -> Target:
    """Protect a count of people reached; rounding never turns a target met into one missed."""
    if row.actual is None or row.measure not in PEOPLE_MEASURES:
        return row
    count = protect_count(
        row.actual, audience, suppress_at_most=privacy.suppress_at_most, round_to=privacy.round_to
    )
    if not isinstance(count, int):
        return row.model_copy(update={"actual": None, "suppressed": True})
    met = row.actual >= row.target
    actual = max(count, row.target) if met else min(count, row.target - 1)
    return row.model_copy(update={"actual": float(actual)})
