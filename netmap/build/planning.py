"""Plan a programme and keep its sessions."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmap import events
from netmap.build.workplace import Workplace
from netmap.errors import NoNetworkError
from netmap.findings import Finding
from netmap.privacy import Audience
from netmap.workspace import write_atomically

if TYPE_CHECKING:
    from netmap.events import Plan, Programme
    from netmap.events.schedule import Progress


@dataclass(frozen=True, slots=True)
class Planned:
    """A programme on days and venues, and what was noticed while reading it."""

    programme: "Programme"
    plan: "Plan"
    findings: tuple[Finding, ...]
    written: str | None


def plan_programme(
    place: Workplace,
    name: str,
    *,
    preview: bool,
    seconds: float | None = None,
    progress: "Progress" = lambda _what, _score: None,
) -> Planned:
    """Put a programme on days and venues.

    Args:
        place: The workspace, opened for staff.
        name: The programme.
        preview: Whether to write nothing.
        seconds: How long CP-SAT may look for something better, where it is installed.
        progress: Told of every better schedule.

    Raises:
        UnknownNameError: There is no such programme.
        NoNetworkError: The programme's network is not there.
        NoScheduleError: No schedule satisfies the programme.
    """
    workspace = place.workspace
    programme = place.programme(workspace.one_of("programme", name, workspace.programmes()))
    network = programme.settings.network
    if network not in workspace.networks():
        raise NoNetworkError(network, workspace.networks())
    register = place.full_register(network)
    told = {
        event.row
        for audience in Audience
        for event in events.read_told(workspace, name, audience).events.values()
        if not event.cancelled
    }
    planned = events.plan(
        programme,
        register,
        place.as_of,
        published=frozenset(told),
        seconds=events.SECONDS if seconds is None else seconds,
        progress=progress,
    )
    file = workspace.root / "events" / f"{name}.csv"
    if not preview:
        write_atomically(file, events.sessions_csv(planned.sessions, programme.aside))
    findings = place.programme_findings(name)
    return Planned(programme, planned, findings, None if preview else workspace.shown(file))
