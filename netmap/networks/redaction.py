"""A register as one audience may see it. Everything shown is worked out from what this returns.

Withheld rows go, and with them every tie, target and mention; area-only rows lose what would
locate them; contacts, notes and unknown columns stay with those they are for; small counts of
people are protected. Staff see the register as it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from netmap.networks.areas import Areas
from netmap.networks.duplicates import Decisions, given_up
from netmap.networks.models import Activity, Enquiry, Organisation
from netmap.networks.records import Record, Sensitive
from netmap.networks.register import Hidden, Register
from netmap.networks.scrubbing import REMOVED, plain, plain_area, scrubber, with_cells
from netmap.networks.small_numbers import protected_population, protected_target
from netmap.networks.summary import weight
from netmap.privacy import Audience, Visibility, rule_in_words, strictest
from netmap.workspace import PrivacySettings

__all__ = ["REMOVED", "for_audience", "hidden_as", "names_withheld"]
LEAST_NAME = 4
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
    scrub = scrubber(_secret_words(register, audience, seen, done))
    ids = {o.id for o in organisations}
    gone = {o.id for o in register.organisations} - ids
    kept_ids = {a.id for a in activities}

    def shown(row: Sensitive, visibility: Visibility) -> dict[str, Any]:
        return _hidden_cells(row, audience, hide=_veiled(visibility, audience))

    def tidy(rows: Iterable[R]) -> tuple[R, ...]:
        return tuple(plain(row, scrub) for row in rows)

    return replace(
        register,
        audience=audience,
        privacy=privacy,
        protection=rule_in_words(
            suppress_at_most=privacy.suppress_at_most, round_to=privacy.round_to
        ),
        settings=register.settings.model_copy(
            update={
                key: scrub(getattr(register.settings, key))
                for key in ("title", "summary", "source", "licence", "disclaimer")
            }
        ),
        organisations=tidy(with_cells(o, shown(o, seen[o.id])) for o in organisations),
        activities=tidy(
            with_cells(
                a,
                {
                    **shown(a, done[a.id]),
                    **({"part_of": None} if a.part_of and a.part_of not in kept_ids else {}),
                },
            )
            for a in activities
        ),
        areas=Areas(plain_area(area, scrub) for area in register.areas),
        ties=tidy(
            tie
            for tie in register.ties
            if tie.source_organisation in ids and tie.target_organisation in ids
        ),
        populations=tidy(protected_population(p, audience, privacy) for p in register.populations),
        enquiries=tidy(_shown_enquiry(e, gone) for e in register.enquiries),
        targets=tidy(
            protected_target(t, audience, privacy) for t in register.targets if t.owner not in gone
        ),
        shares=tidy(register.shares),
        hidden=_hidden(register, done),
        decided=Decisions(),
    )


def names_withheld(register: Register, audience: Audience) -> Callable[[str], bool]:
    """Make what tells whether a text holds a word that an audience may not see.

    Args:
        register: The register as read, for staff.
        audience: Who the text is for.
    """
    seen = {row.id: hidden_as(register, row) for row in register.organisations}
    done = {row.id: hidden_as(register, row) for row in register.activities}
    scrub = scrubber(_secret_words(register, audience, seen, done))
    # A short id is no word to take out of every text, but alone in a cell it means its row.
    gone = {id_ for id_, how in {**done, **seen}.items() if how is Visibility.WITHHELD}
    return lambda text: text in gone or scrub(text) != text


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
        # What gave way when two rows became one is as secret as what stayed.
        contacts |= {*given_up(row.extra, "email", "phone")}
        place |= {*given_up(row.extra, "postcode", "venue")}
        if visibility is Visibility.WITHHELD:
            words |= {row.id, row.name, *getattr(row, "aliases", ()), *contacts, *place}
            words |= {row.website} if row.website else set()
            continue
        (shown if _may_contact(row, audience) else words).update(contacts)
        (words if _veiled(visibility, audience) else shown).update(place)
    # Two halves of one body may share a telephone, a venue or a postcode, one of them openly.
    secret = {w for w in words - shown if len(w) >= LEAST_NAME}
    return sorted(secret, key=lambda w: (-len(w), w))


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
