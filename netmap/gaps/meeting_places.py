"""The rule about programmes whose sessions are all held in one place."""

from collections import Counter
from collections.abc import Sequence

from netmap.gaps.context import listed, plural
from netmap.gaps.gap import Gap, SessionFact
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context

_FEWEST = 3  # two sessions in one place are no habit
_FILE = "events/<programme>.csv"


@rule(
    "events-one-place",
    "All in-person sessions in one place",
    "targets",
    "medium",
    evidence="Side by Side evaluation, 2017 [003:11810-11811]: quarterly meetings were always in "
    "London, and it is not clear why; [003:12071-12079]: go to new places, rather than expecting "
    "people to come.",
    prompt="Ask people further away whether they would come to a session nearer to them, and who "
    "there has a room.",
)
def events_one_place(check: Check) -> Said:
    """Report hubs, or networks, whose programme never meets anywhere else."""
    context = check.context
    series: dict[tuple[str, str], list[SessionFact]] = {}
    for one in context.sessions or ():
        if not one.online and one.status != "cancelled":
            series.setdefault((one.hub or "", one.programme), []).append(one)
    if not any(len(held) >= _FEWEST for held in series.values()):
        yield check.unchecked(
            f"No hub or network has as many as {_FEWEST} sessions in person recorded.", _FILE
        )
    programmes = Counter(hub for hub, _ in series)
    unsettled: list[str] = []
    for (hub, programme), held in sorted(series.items()):
        settled = [one for one in held if one.venue]
        if len(held) < _FEWEST or (settled and not _one_place(context, hub, settled)):
            continue
        if len(settled) < len(held):
            unsettled.append(_whose(context, hub))
        else:
            several = programmes[hub] > 1
            yield _gap(check, hub, f"{hub} {programme}" if several else hub or programme, held)
    if unsettled:
        yield check.unchecked(
            "Not all sessions in person have a venue, and those that have one are in one place: "
            f"{listed(unsettled)}.",
            f"{_FILE} venue",
        )


def _one_place(context: Context, hub: str, held: Sequence[SessionFact]) -> bool:
    """Tell whether sessions are all in one venue, or in one area of those that they are for."""
    if len({one.venue for one in held}) == 1:
        return True
    codes = {one.area for one in held}
    if len(codes) > 1 or None in codes:
        return False
    (code,) = codes
    known = context.register.organisation.get(hub)
    if known is None:
        return len(context.register.areas.top) > 1
    # A hub for a town may hold everything in the town; a hub for a county should be asked.
    home = context.places_above(known.area) if known.area else ()
    return bool(home) and code not in home


def _whose(context: Context, hub: str) -> str:
    known = context.register.organisation.get(hub)
    return known.name if known else hub or "the network"


def _gap(check: Check, hub: str, subject: str, held: Sequence[SessionFact]) -> Gap:
    context = check.context
    known = context.register.organisation.get(hub)
    venues = sorted({one.venue or "" for one in held})
    (area,) = {one.area for one in held} if len({one.area for one in held}) == 1 else (None,)
    where = f" in {context.name(area)}" if area else ""
    place = f"at one venue{where}" if len(venues) == 1 else where.strip()
    return check.gap(
        f"All {plural(len(held), 'session')} in person of {_whose(context, hub)} are {place}.",
        area=known.area if known else None,
        subject=subject,
        value=1,
        threshold=2,
        unit="places",
        evidence=(
            f"{plural(len(venues), 'venue')}: {listed(venues)}.",
            f"events/{held[0].programme}.csv.",
        ),
    )
