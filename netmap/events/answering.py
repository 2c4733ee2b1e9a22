"""Which gaps the sessions of a programme answer, and which nothing answers."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from netmap.events.programme import Programme
from netmap.findings import Finding, Level, Place
from netmap.gaps.gap import Gap, Severity

_PRESSING = (Severity.HIGH, Severity.MEDIUM)
_SHOWN = 3


def check_answers(programme: Programme, gaps: Iterable[Gap]) -> list[Finding]:
    """Say of each session which gaps it answers, and of the network what is left unanswered.

    Args:
        programme: As staff see it.
        gaps: Those of its network that are found now, in their order.
    """
    known = {gap.id: gap for gap in gaps}
    named: set[str] = set()
    found: list[Finding] = []
    for session in programme.sessions:
        if session.cancelled:
            continue
        named |= {*session.closes_gap}
        place = replace(session.at, column="closes_gap")
        found += _of_session(session.closes_gap, known, place)
    return [*found, *_unanswered(programme, [g for g in known.values() if g.id not in named])]


def _of_session(ids: Iterable[str], known: dict[str, Gap], place: Place) -> Iterator[Finding]:
    for one in ids:
        gap = known.get(one)
        if gap is None:
            message = f"no gap '{one}' is found now: it is closed, or its id is not right."
            hint = "The ids are in netmap gaps --format json."
            yield Finding(Level.WARNING, "unknown-gap", message, place, one, hint)
        else:
            yield Finding(Level.NOTICE, "gap-answered", f"answers: {gap.message}", place, one)


def _unanswered(programme: Programme, gaps: list[Gap]) -> Iterator[Finding]:
    open_gaps = [gap for gap in gaps if not gap.settled and not gap.planned]
    for severity in _PRESSING:
        those = [gap for gap in open_gaps if gap.severity is severity]
        if not those:
            continue
        first = " ".join(gap.message for gap in those[:_SHOWN])
        more = f" The first {_SHOWN}: {first}" if len(those) > _SHOWN else f" {first}"
        are = "gap is" if len(those) == 1 else "gaps are"
        message = f"{len(those):,} {severity.value} {are} answered by no session.{more}"
        hint = "Write a gap's id under closes_gap of the session that is meant to answer it."
        place = Place(programme.file)
        yield Finding(Level.NOTICE, "gaps-unanswered", message, place, severity.value, hint)
