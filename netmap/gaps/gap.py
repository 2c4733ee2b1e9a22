"""What a rule says: a gap, or that it could not be checked.

A gap is a prompt for discussion, never a verdict. Both kinds are values; the engine puts them in
order and ``cli``, ``maps`` and ``site`` show them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, overload

from netmap.networks.sureness import Sureness, sureness_of
from netmap.privacy import Protected

__all__ = [
    "Decision",
    "Gap",
    "Later",
    "Report",
    "RolledUp",
    "SessionFact",
    "Severity",
    "Sureness",
    "Unchecked",
    "sureness_of",
]


class Severity(StrEnum):
    """How pressing a gap is, most pressing first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Nought for the most pressing."""
        return _RANKS[self]


_RANKS = {severity: n for n, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Decision:
    """What people decided about a gap: it stays visible, and stops shouting.

    Attributes:
        gap: The gap's id.
        decision: ``accepted``, ``planned``, ``disputed`` or ``done``.
        by: An organisation or a role, never a person.
        on: The day, ISO 8601.
        note: Why.
    """

    gap: str
    decision: str
    by: str = ""
    on: str = ""
    note: str = ""

    @property
    def settles(self) -> bool:
        """Tell whether the gap need not be brought up again for now."""
        return self.decision in {"accepted", "planned"}


class Later(Sequence[str]):
    """Sentences that are put together when they are first read; equal to the tuple they make."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], tuple[str, ...]]) -> None:
        self._make: Callable[[], tuple[str, ...]] | None = make
        self._made: tuple[str, ...] = ()

    def _all(self) -> tuple[str, ...]:
        if self._make is not None:
            self._made, self._make = self._make(), None
        return self._made

    def __len__(self) -> int:
        """Count the sentences."""
        return len(self._all())

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        """Give one sentence, or several."""
        return self._all()[at]

    def __eq__(self, other: object) -> bool:
        """Compare with other sentences, whether they are put together yet or not."""
        return isinstance(other, Sequence) and self._all() == tuple(other)

    def __hash__(self) -> int:
        """Hash as the tuple does."""
        return hash(self._all())

    def __repr__(self) -> str:
        """Show the tuple."""
        return repr(self._all())


class Gap(NamedTuple):
    """One finding about provision, structure, targets or records.

    There are a hundred thousand of them in a country; a named tuple is the cheapest value to make.

    Attributes:
        id: network/rule and then area code, community, subject, as far as they apply.
        rule: The rule's slug.
        severity: How pressing.
        state: What is known about the community there; None for rules about something else.
        area: The area's code, or None.
        area_name: The area's name, empty where there is no area.
        community: The community's code, or None.
        subject: An organisation, activity, topic or measure, or ``a>b`` for a tie.
        people: How many it concerns: a count, ``*`` where suppressed, None where unknown.
        value: What was found.
        threshold: What it was compared with.
        unit: The unit of both.
        message: What was looked at and what was found, blaming nobody.
        prompt: What people could do next.
        evidence: What the gap rests on, one sentence each.
        confidence: ``stated``, or the weakest of the rows it rests on.
        planned: UIDs of the sessions that answer it.
        stands: The share of alternative settings under which it stands, 0 to 1; None where it
            rests on no setting that could as well be another.
        decision: What people decided about it, or None.
    """

    id: str
    rule: str
    severity: Severity
    message: str
    prompt: str = ""
    state: str | None = None
    area: str | None = None
    area_name: str = ""
    community: str | None = None
    subject: str | None = None
    people: Protected = None
    value: float | None = None
    threshold: float | None = None
    unit: str | None = None
    evidence: Sequence[str] = ()
    confidence: str = "stated"
    planned: tuple[str, ...] = ()
    stands: float | None = None
    decision: "Decision | None" = None

    @property
    def sureness(self) -> Sureness | None:
        """How far the finding rests on the settings; None where it rests on none."""
        return None if self.stands is None else sureness_of(self.stands)

    @property
    def settled(self) -> bool:
        """Tell whether people decided to live with it, or how to answer it."""
        return self.decision is not None and self.decision.settles


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Something a rule could not check, with the columns that would let it."""

    rule: str
    message: str
    area: str | None = None
    area_name: str = ""
    subject: str | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RolledUp:
    """The gaps of one kind in one place, or in the whole network.

    Attributes:
        rule: The rule's slug.
        severity: How pressing.
        state: What is known about the community, or None.
        community: The community's code, or None.
        area: The place's code; None for the whole network.
        area_name: The place's name; empty for the whole network.
        gaps: How many gaps.
        areas: In how many areas.
        people: How many people these concern, each counted once; None where no area's number is
            known.
        uncounted: Of how many areas the number of people is not known, or too small to show.
    """

    rule: str
    severity: Severity
    state: str | None
    community: str | None
    area: str | None
    area_name: str
    gaps: int
    areas: int
    people: int | None
    uncounted: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything found in one network, in order, and everything that could not be checked.

    ``rolled_up`` has the same gaps by place and for the network.
    """

    network: str
    as_of: str
    audience: str
    gaps: tuple[Gap, ...]
    could_not_check: tuple[Unchecked, ...]
    rolled_up: tuple[RolledUp, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Gaps by severity, every severity present."""
        return {
            severity.value: sum(gap.severity is severity for gap in self.gaps)
            for severity in Severity
        }

    @property
    def unsettled(self) -> tuple[Gap, ...]:
        """The gaps that nobody has accepted and that nothing is planned for."""
        return tuple(gap for gap in self.gaps if not gap.settled)


@dataclass(frozen=True, slots=True)
class SessionFact:
    """What a rule may know of a session: the calendar itself stays in its own room.

    Attributes:
        uid: Its identity in the programme.
        programme: The programme's name.
        hub: The hub's id, or None for the whole network.
        kind: ``networking``, ``skills`` and so on.
        theme: What it is about.
        starts: Local start, ISO 8601.
        area: Where it is held, or None when online.
        venue: The venue's id, or None.
        online: Whether it is held online only.
        status: ``tentative``, ``confirmed`` or ``cancelled``.
        closes: Ids of the gaps it answers.
    """

    uid: str
    programme: str
    hub: str | None
    kind: str
    theme: str
    starts: str
    area: str | None
    venue: str | None
    online: bool
    status: str
    closes: tuple[str, ...] = ()
