"""From the files of one programme to a :class:`~netmap.events.programme.Programme`.

Every problem is found at once. What names an area or an organisation stays as written here; the
register is needed to know it (:mod:`netmap.events.resolving`).
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from netmap.errors import UnreadableFileError
from netmap.events import avoidance
from netmap.events.busy import read_busy, window_of
from netmap.events.models import SESSION_COLUMNS, TERM_COLUMNS, VENUE_COLUMNS, Session, Term, Venue
from netmap.events.programme import Programme, Words
from netmap.events.rows import Rows, read_rows
from netmap.events.settings import EventSettings, ProgrammeSettings
from netmap.events.uids import added_uid
from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.language import _
from netmap.networks.models import Record
from netmap.vocabulary import Vocabularies, Vocabulary
from netmap.workspace import Workspace, read_toml, settings_from


def read_programme(
    workspace: Workspace, name: str, vocabularies: Vocabularies
) -> tuple[Programme, list[Finding]]:
    """Read one programme.

    Args:
        workspace: Where it is kept.
        name: The name of its TOML file, without ending.
        vocabularies: The controlled terms of the workspace.

    Returns:
        The programme as staff may see it, names of areas and organisations as written, and all
        that was noticed. A session without a UID has been given one, and that is among the
        findings (``uid-filled``): write the table back.

    Raises:
        UnknownNameError: There is no such programme.
        UnreadableFileError: Its TOML cannot be used, or its sessions are not text.
    """
    workspace.one_of("programme", name, workspace.programmes())
    folder = workspace.root / "events"
    shown = f"events/{name}.toml"
    data: dict[str, Any] = {"time_zone": workspace.settings.time_zone}
    data |= read_toml(folder / f"{name}.toml")
    settings, findings = settings_from(ProgrammeSettings, data, shown)
    settings = _known_network(settings, workspace, shown, findings)
    settings = _known_kinds(settings, vocabularies["event_kind"], shown, findings)
    findings += avoidance.unknown_wishes(settings.when.avoid, shown)
    busy, noticed, remarks = read_busy(
        workspace,
        settings.when.busy,
        settings.time_zone,
        window_of(settings.starts, settings.ends),
        shown,
    )
    findings += noticed
    where = workspace, vocabularies, shown, findings
    venues = _named_table(Venue, settings.where.venues, VENUE_COLUMNS, "where.venues", *where)
    terms = _named_table(Term, settings.when.term_dates, TERM_COLUMNS, "when.term_dates", *where)
    findings += _refuges(venues.kept)
    if settings.where.venues and not venues.kept:
        remarks.append(f"No venue could be read from {settings.where.venues}.")
    programme = Programme(
        name=name,
        settings=settings,
        domain=workspace.settings.uid_domain,
        venues=venues.kept,
        terms=tuple(term for term in terms.kept if _in_order(term, findings)),
        words=_words(vocabularies),
        remarks=tuple(remarks),
        busy=busy,
    )
    return _with_sessions(programme, folder / f"{name}.csv", vocabularies, findings), findings


def _known_network(
    settings: ProgrammeSettings, workspace: Workspace, shown: str, findings: list[Finding]
) -> ProgrammeSettings:
    known = workspace.networks()
    if not settings.network and len(known) == 1:
        return settings.model_copy(update={"network": known[0]})
    if settings.network not in known:
        name = settings.network
        message = f"there is no network '{name}'." if name else "it does not say which network."
        hint = did_you_mean(name, known) if name else f"Known: {', '.join(known) or 'none'}."
        place = Place(shown, None, "network")
        findings.append(Finding(Level.ERROR, "unknown-network", message, place, name or None, hint))
    return settings


def _known_kinds(
    settings: ProgrammeSettings, kinds: Vocabulary, shown: str, findings: list[Finding]
) -> ProgrammeSettings:
    events: list[EventSettings] = []
    for number, event in enumerate(settings.event, start=1):
        place = Place(shown, None, f"event {number}, kind")
        slug = kinds.resolve(event.kind)
        if slug is None:
            message = f"'{event.kind}' is not a known kind of event; these events are not planned."
            hint = did_you_mean(event.kind, kinds)
            findings.append(Finding(Level.ERROR, "unknown-term", message, place, event.kind, hint))
            continue
        if event.sequence and event.count < len(event.sequence):
            left = ", ".join(event.sequence[event.count - 1 : -1])
            message = (
                f"{event.count} events cannot hold {len(event.sequence)} steps; left out: {left}."
            )
            place = replace(place, column=f"event {number}, sequence")
            findings.append(Finding(Level.WARNING, "sequence-too-long", message, place))
        events.append(event.model_copy(update={"kind": slug}))
    return settings.model_copy(update={"event": events})


def _named_table(
    model: type[Any],
    named: str | None,
    columns: tuple[str, ...],
    setting: str,
    workspace: Workspace,
    vocabularies: Vocabularies,
    shown: str,
    findings: list[Finding],
) -> Rows[Any]:
    if not named:
        return Rows()
    file = workspace.root / named
    key = (lambda row: row.id) if model is Venue else (lambda _: "")
    try:
        return read_rows(model, file, workspace.shown(file), columns, vocabularies, findings, key)
    except UnreadableFileError as error:
        message = f"{named} cannot be read: {error.why}."
        place = Place(shown, None, setting)
        findings.append(Finding(Level.ERROR, "unreadable-file", message, place, named))
        return Rows()


def _in_order(term: Term, findings: list[Finding]) -> bool:
    if term.starts and term.ends and term.starts <= term.ends:
        return True
    message = "the term ends before it starts; the row is set aside."
    findings.append(Finding(Level.ERROR, "bad-term", message, _at(term, "ends"), str(term.ends)))
    return False


def _at(row: Record, column: str) -> Place:
    return replace(row.at, column=column)


def _refuges(venues: tuple[Venue, ...]) -> list[Finding]:
    """Warn of venues that are hidden until somebody decides."""
    message = "looks like a refuge or safe house, and is withheld from every output but staff's."
    hint = "Write public, area_only or withheld under visibility to settle it."
    return [
        Finding(
            Level.WARNING, "looks-like-refuge", message, _at(venue, "visibility"), venue.name, hint
        )
        for venue in venues
        if venue.visibility is None
        and "visibility" not in venue.faulted
        and venue.hidden_as.value == "withheld"
    ]


def _words(vocabularies: Vocabularies) -> Words:
    kinds, communities = vocabularies["event_kind"], vocabularies["community"]
    return Words(
        {slug: _kind(kinds, slug) for slug in kinds},
        {slug: communities.label(slug) for slug in communities},
        {slug: above for slug in communities if (above := communities.ancestors(slug))},
    )


def _kind(kinds: Vocabulary, slug: str) -> str:
    """Say a kind: "Networking event", but not "Commissioner meeting event"; the aliases know.

    In another language its label alone, where it is not what English calls it too.
    """
    label = kinds.label(slug)
    known = kinds.resolve(f"{label} event") == slug
    return _("%(kind)s event", kind=label) if known else label


def _with_sessions(
    programme: Programme, file: Path, vocabularies: Vocabularies, findings: list[Finding]
) -> Programme:
    if not file.exists():
        return programme
    rows = read_rows(
        Session, file, programme.file, SESSION_COLUMNS, vocabularies, findings, lambda s: s.uid
    )
    taken = {session.uid for session in rows.kept}
    sessions: list[Session] = []
    for row in rows.kept:
        session = _with_sound_end(row, findings)
        if not session.uid:
            uid = added_uid(programme.name, session.hub, session.kind, programme.domain, taken)
            taken.add(uid)
            message = f"had no uid and was given {uid}."
            findings.append(Finding(Level.NOTICE, "uid-filled", message, _at(session, "uid"), None))
            session = session.model_copy(update={"uid": uid})
        sessions.append(session)
    return replace(programme, sessions=tuple(sessions), aside=rows.aside)


def _with_sound_end(session: Session, findings: list[Finding]) -> Session:
    if session.ends is None or session.ends > session.starts:
        return session
    ends = session.ends.isoformat()
    message = f"it ends ({ends}) before it starts, or as it starts; the cell is left empty."
    findings.append(Finding(Level.WARNING, "bad-end", message, _at(session, "ends"), ends))
    return session.model_copy(
        update={
            "ends": None,
            "faulted": session.faulted | {"ends"},
            "unread": {**session.unread, "ends": ends},
        }
    )
