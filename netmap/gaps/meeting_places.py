"""The rule about programmes whose sessions are all held in one place."""

from collections import Counter
from collections.abc import Sequence

from netmap.gaps.context import listed, number
from netmap.gaps.gap import Gap, SessionFact
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext

_FEWEST = 3  # two sessions in one place are no habit
_FILE = "events/<programme>.csv"


@rule(
    "events-one-place",
    N_("All in-person sessions in one place"),
    "targets",
    "medium",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:11810-11811]: quarterly meetings were always in "
        "London, and it is not clear why; [003:12071-12079]: go to new places, rather than "
        "expecting people to come."
    ),
    prompt=N_(
        "Ask people further away whether they would come to a session nearer to them, and who "
        "there has a room."
    ),
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
            _(
                "No hub or network has as many as %(fewest)s sessions in person recorded.",
                fewest=number(_FEWEST),
            ),
            _FILE,
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
            _(
                "Not all sessions in person have a venue, and those that have one are in one "
                "place: %(whose)s.",
                whose=listed(unsettled),
            ),
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
    return known.name if known else hub or _("the network")


def _gap(check: Check, hub: str, subject: str, held: Sequence[SessionFact]) -> Gap:
    context = check.context
    known = context.register.organisation.get(hub)
    venues = sorted({one.venue or "" for one in held})
    (area,) = {one.area for one in held} if len({one.area for one in held}) == 1 else (None,)
    where = context.name(area) if area else None
    return check.gap(
        _message(len(held), len(venues), _whose(context, hub), where),
        area=known.area if known else None,
        subject=subject,
        value=1,
        threshold=2,
        unit=pgettext("unit", "places"),
        evidence=(
            ngettext(
                "%(count)s venue: %(venues)s.",
                "%(count)s venues: %(venues)s.",
                len(venues),
                venues=listed(venues),
            ),
            f"events/{held[0].programme}.csv.",
        ),
    )


def _message(sessions: int, venues: int, whose: str, area: str | None) -> str:
    if venues > 1:
        return ngettext(
            "All %(count)s session in person of %(whose)s are in %(area)s.",
            "All %(count)s sessions in person of %(whose)s are in %(area)s.",
            sessions,
            whose=whose,
            area=area,
        )
    if area is None:
        return ngettext(
            "All %(count)s session in person of %(whose)s are at one venue.",
            "All %(count)s sessions in person of %(whose)s are at one venue.",
            sessions,
            whose=whose,
        )
    return ngettext(
        "All %(count)s session in person of %(whose)s are at one venue in %(area)s.",
        "All %(count)s sessions in person of %(whose)s are at one venue in %(area)s.",
        sessions,
        whose=whose,
        area=area,
    )
