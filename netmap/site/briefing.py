"""The briefing for commissioners: one place on one sheet of A4.

It says of a place what its page says, shortened: figures, who lives there beside what there is for
them, who has nothing, what is most pressing and how sure that is, what is planned, whom to ask.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from netmap.gaps import RULES
from netmap.gaps.gap import Severity
from netmap.networks.models import WHITE, Organisation
from netmap.privacy import SUPPRESSED, Protected
from netmap.site.atlas import Atlas, GapCard
from netmap.site.inputs import SessionView
from netmap.site.paper import lines, part
from netmap.site.place import WITHOUT, PlaceView

MOST_GAPS = 4
# Lines of one of its two columns, and the letters of one; the template cuts messages.
LETTERS, GAP_LINES, SESSION_LINES = 52, 31, 8
MOST_WITHOUT = 3
MOST_SESSIONS = 4
MOST_CONTACTS = 3
MOST_BESIDE = 7
# Whom to ask first about a place.
ASK = (
    *("hub", "lead_organisation", "coordinating_body", "infrastructure_body"),
    *("strategic_partner", "commissioner"),
)


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Beside:
    """One community: its people, what is meant for it here, and what is known about that."""

    label: str
    people: Protected
    percent: float | str | None
    activities: int
    state: str | None


@dataclass(frozen=True, slots=True)
class Briefing:
    """What one sheet says.

    Attributes:
        place: The whole view of the place.
        beside: Communities beside provision, the largest first.
        beside_left_out: How many more there are.
        without: Gaps of people who have nothing.
        untold: Whether a rule that finds such people could not be checked here.
        not_asked: Communities about whom nobody has asked.
        pressing: The most pressing gaps besides those.
        gaps_left_out: How many more gaps its page has.
        sessions: What is planned next.
        sessions_left_out: How many more.
        ask: Whom to talk to.
        ask_here: Whether they are of this place, and not of the whole network.
    """

    place: PlaceView
    beside: tuple[Beside, ...]
    beside_left_out: int
    without: tuple[GapCard, ...]
    untold: bool
    not_asked: tuple[str, ...]
    pressing: tuple[GapCard, ...]
    gaps_left_out: int
    sessions: tuple[SessionView, ...]
    sessions_left_out: int
    ask: tuple[Organisation, ...]
    ask_here: bool


def briefing(atlas: Atlas, place: PlaceView) -> Briefing:
    """Put together the sheet of one place."""
    code = place.area.code
    labels = atlas.site.vocabularies["community"]
    open_gaps = [c for c in place.gaps if not c.gap.settled and c.gap.severity is not Severity.INFO]
    without = tuple(c for c in open_gaps if c.gap.rule in WITHOUT)[:MOST_WITHOUT]
    # What is wrong with the records comes last: it is for who keeps them, not for who pays.
    rest = sorted((c for c in open_gaps if c not in without), key=_of_records)
    # A name of two lines takes the room of three of the smaller ones.
    name = lines(place.area.name, most=2, letters=LETTERS)
    room = GAP_LINES - 3 * (name - 1) - sum(map(_gap_lines, without))
    pressing = _that_fit(rest[:MOST_GAPS], _gap_lines, room)
    sessions = _that_fit(place.sessions[:MOST_SESSIONS], _session_lines, SESSION_LINES)
    beside = _beside(atlas, place)
    unasked = {c.gap.community for c in place.gaps if c.gap.state == "not_asked"}
    ask, here = _ask(atlas, place)
    return Briefing(
        place,
        beside[:MOST_BESIDE],
        max(len(beside) - MOST_BESIDE, 0),
        without,
        _untold(atlas, code),
        tuple(sorted(labels.label(one) for one in unasked if one)),
        pressing,
        len(open_gaps) - len(without) - len(pressing),
        sessions,
        len(place.sessions) - len(sessions),
        ask,
        here,
    )


def _that_fit(those: Sequence[T], taken: Callable[[T], int], room: int) -> tuple[T, ...]:
    kept = part([taken(one) for one in those], room, range(len(those))).kept
    return tuple(those[: len(kept)])


def _gap_lines(card: GapCard) -> int:
    return lines(card.gap.message, most=5, letters=LETTERS) + 2


def _session_lines(session: SessionView) -> int:
    return lines(session.title, most=3, letters=LETTERS) + 1


def _of_records(card: GapCard) -> bool:
    rule = RULES.get(card.gap.rule)
    return rule is not None and rule.family == "records"


def _untold(atlas: Atlas, code: str) -> bool:
    """Tell whether it could not be told who has nothing: absence in a part list means nothing."""
    here = (None, code, *atlas.areas.descendants(code))
    return not atlas.register.surveyed("activities") or any(
        one.rule in WITHOUT for area in here for one in atlas.unchecked_in.get(area, ())
    )


def _beside(atlas: Atlas, place: PlaceView) -> tuple[Beside, ...]:
    """List who is counted here, and those of whom a gap here speaks, the largest first."""
    own = [c.gap for c in place.gaps if c.gap.area == place.area.code and c.gap.community]
    state = {gap.community: gap.state for gap in reversed(own) if gap.state}
    rows = [
        Beside(one.label, one.people, one.percent, one.activities, state.get(one.code))
        for one in place.groups
        if one.code != WHITE
    ]
    counted = {one.code for one in place.groups}
    labels = atlas.site.vocabularies["community"]
    meant = dict(place.communities)
    rows += [
        Beside(
            labels.label(gap.community),
            gap.people,
            None,
            meant.get(labels.label(gap.community), 0),
            gap.state,
        )
        for gap in {gap.community: gap for gap in reversed(own) if gap.state}.values()
        if gap.community and gap.community not in counted
    ]
    return tuple(sorted(rows, key=lambda one: (-_size(one.people), -_size(one.percent), one.label)))


def _size(value: Protected | float | str) -> float:
    if value == SUPPRESSED:
        return 0.5
    return -1.0 if value is None or isinstance(value, str) else float(value)


def _ask(atlas: Atlas, place: PlaceView) -> tuple[tuple[Organisation, ...], bool]:
    """Choose whom to talk to: of the place, else of the whole network."""

    def first(those: tuple[Organisation, ...]) -> tuple[Organisation, ...]:
        fit = [o for o in those if set(o.roles) & set(ASK)]
        ranked = sorted(fit, key=lambda o: min(ASK.index(r) for r in o.roles if r in ASK))
        return tuple(ranked[:MOST_CONTACTS])

    here = first(place.organisations)
    return (here, True) if here else (first(atlas.register.organisations), False)
