"""Which events a programme asks for, and which sessions already answer them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from netmap.events.models import Session
from netmap.events.programme import Programme
from netmap.events.settings import EventSettings
from netmap.events.uids import planned_number
from netmap.networks.areas import plain


@dataclass(frozen=True, slots=True)
class Wanted:
    """One event that is to be held.

    Attributes:
        hub: Whose it is; None for the whole network.
        kind: Its kind.
        theme: What it is about, None where the programme does not say.
        minutes: How long it lasts.
        block: Which ``[[event]]`` asks for it, from nought.
        place: Its number within that block and hub, from nought.
        of: How many there are in that block and hub.
        ordered: Whether their order matters.
        days_apart: The least number of days between two of them.
        ideal: The day that spreads a hub's events evenly.
        rank: Its number among all the hub's events, by that day.
        people: How many are expected, None where the programme does not say.
    """

    hub: str | None
    kind: str
    theme: str | None
    minutes: int
    block: int
    place: int
    of: int
    ordered: bool
    days_apart: int
    ideal: date
    rank: int = 0
    people: int | None = None

    @property
    def series(self) -> tuple[str, int]:
        """What it is one of."""
        return self.hub or "", self.block

    def __str__(self) -> str:
        """Say it: ``skills: safeguarding``."""
        return f"{self.kind}: {self.theme.replace('_', ' ')}" if self.theme else self.kind


def wanted_for(programme: Programme, hubs: Sequence[str]) -> tuple[Wanted, ...]:
    """List every event the programme asks for.

    Args:
        programme: What is to be held.
        hubs: The hubs, in order; not used where the programme is for the whole network.

    Returns:
        By hub, block and place. Each hub's events are spread over the window, the beginning of a
        sequence first and its end last; the seed decides which hub is a little early or late.
    """
    whom: list[str | None] = [None] if programme.settings.held_for == "network" else [*hubs]
    turns = list(range(len(whom)))
    Random(programme.settings.seed).shuffle(turns)  # noqa: S311  # a choice, not a secret
    found: list[Wanted] = []
    for hub, turn in zip(whom, turns, strict=True):
        lean = (turn + 0.5) / len(whom) - 0.5
        found.extend(_of_hub(programme, hub, lean))
    return tuple(found)


def _of_hub(programme: Programme, hub: str | None, lean: float) -> list[Wanted]:
    settings = programme.settings
    steps = [
        (_turn(event, place), block, place, event)
        for block, event in enumerate(settings.event)
        for place in range(event.count)
    ]
    steps.sort(key=lambda step: step[:3])
    total, length = len(steps), (settings.ends - settings.starts).days
    made = [
        Wanted(
            hub=hub,
            kind=event.kind,
            theme=theme_of(event, place),
            minutes=event.minutes,
            block=block,
            place=place,
            of=event.count,
            ordered=bool(event.sequence),
            days_apart=event.min_weeks_apart * 7,
            ideal=settings.starts + timedelta(days=round((rank + 0.5 + lean / 2) / total * length)),
            rank=rank,
            people=event.people,
        )
        for rank, (_, block, place, event) in enumerate(steps)
    ]
    return sorted(made, key=lambda one: (one.block, one.place))


def _turn(event: EventSettings, place: int) -> float:
    """Say where in the window an event belongs, 0 to 1; a sequence reaches from end to end."""
    if event.sequence and event.count > 1:
        return place / (event.count - 1)
    return (place + 0.5) / event.count


def theme_of(event: EventSettings, place: int) -> str | None:
    """Choose a theme: the steps of a sequence from first to last, else the themes in turn."""
    steps = event.sequence
    if not steps:
        return event.themes[place % len(event.themes)] if event.themes else None
    if place == 0 or len(steps) == 1:
        return steps[0]
    if place == event.count - 1:
        return steps[-1]
    middle = steps[1:-1] or steps[:1]
    return middle[min((place - 1) * len(middle) // max(event.count - 2, 1), len(middle) - 1)]


def answered(
    programme: Programme, wanted: Iterable[Wanted]
) -> tuple[dict[Wanted, Session], list[Session]]:
    """Find the session that answers each wanted event.

    A cancelled session answers nothing. By its UID first, then by its theme, then in order.

    Returns:
        The sessions by the event they answer, and those that answer none.
    """
    free = sorted(
        (s for s in programme.sessions if not s.cancelled and not s.repeats),
        key=lambda s: (s.starts, s.uid),
    )
    groups: dict[tuple[str | None, str], list[Wanted]] = {}
    for one in wanted:
        groups.setdefault((one.hub, one.kind), []).append(one)
    found: dict[Wanted, Session] = {}
    for (hub, kind), asked in groups.items():
        own = [s for s in free if (s.hub, s.kind) == (hub, kind)]
        found |= _matched(programme, asked, own)
    used = {session.uid for session in found.values()}
    return found, [s for s in programme.sessions if s.uid not in used]


def _matched(
    programme: Programme, asked: Sequence[Wanted], own: list[Session]
) -> Mapping[Wanted, Session]:
    found: dict[Wanted, Session] = {}
    for number, one in enumerate(asked, start=1):
        for session in own:
            if planned_number(session.uid, programme.name, one.hub, one.kind) == number:
                found[one] = session
    for same in (_same_theme, _any_theme):
        for one in asked:
            taken = {s.uid for s in found.values()}
            left = [s for s in own if s.uid not in taken and same(one, s)]
            if one not in found and left:
                found[one] = left[0]
    return found


def _same_theme(one: Wanted, session: Session) -> bool:
    return bool(one.theme) and plain(one.theme or "") == plain(session.theme or "")


def _any_theme(_one: Wanted, _session: Session) -> bool:
    return True
