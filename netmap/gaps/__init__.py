"""The rules, a module per family, and the engine that asks them all.

A rule is a small function registered with its slug, its evidence and its settings
(:mod:`netmap.gaps.rules`). :func:`find` runs them over one register and puts what they say in
order. Sessions come in as a value; this room knows no calendar, and nothing of how gaps are shown.
"""

from collections.abc import Callable, Iterable, Mapping

from netmap.gaps import (  # noqa: F401  # importing registers the rules
    alike,
    concentration,
    coverage,
    delivery,
    hubs,
    location,
    meeting_places,
    money,
    people,
    records,
    structure,
    targets,
)
from netmap.gaps.context import in_steady_order
from netmap.gaps.gap import Gap, Report, SessionFact, Severity, Unchecked
from netmap.gaps.rolling_up import roll_up
from netmap.gaps.rules import FAMILIES, RULES, Check, Rule, rule_called
from netmap.gaps.standing import with_standing
from netmap.gaps.states import Context
from netmap.networks.register import Register
from netmap.vocabulary import Vocabularies

__all__ = [
    "RULES",
    "Gap",
    "Report",
    "Rule",
    "SessionFact",
    "Severity",
    "Unchecked",
    "find",
    "largest",
    "rule_called",
]


def find(
    register: Register,
    vocabularies: Vocabularies,
    sessions: tuple[SessionFact, ...] | None = None,
    progress: Callable[[str], None] = lambda _stage: None,
) -> Report:
    """Ask every rule that the workspace has not switched off.

    Args:
        register: The network, as the audience may see it.
        vocabularies: The controlled terms.
        sessions: The sessions of the network's programmes; None where it has none.
        progress: Told which rule is looked at.

    Returns:
        Gaps by severity, then most people affected (unknown last), then id; what could not be
        checked by rule, area and subject. The order of rows in the register changes nothing.
    """
    context = Context(in_steady_order(register), vocabularies, sessions)
    gaps: list[Gap] = []
    unchecked: list[Unchecked] = []
    for rule in RULES.values():
        if register.settings.gaps.rules.get(rule.slug) == "off":
            continue
        progress(f"Looking: {rule.title}")
        for said in rule.look(Check(rule, context)):
            (gaps if isinstance(said, Gap) else unchecked).append(said)  # type: ignore[arg-type]
    found = in_order(with_standing(gaps, context, progress))
    return Report(
        register.name,
        register.as_of.isoformat(),
        register.audience.value,
        found,
        tuple(
            sorted(dict.fromkeys(unchecked), key=lambda u: (u.rule, u.area or "", u.subject or ""))
        ),
        roll_up(found, register.areas),
    )


def largest(reports: Iterable[Report], most: int) -> tuple[Gap, ...]:
    """Choose the largest gaps of several networks, of those that people have not settled.

    Returns:
        By severity, then most people affected, then what concerns people before what concerns
        ties and records (the order of families), then id.
    """

    def size(gap: Gap) -> tuple[int, float, int, str]:
        affected = -gap.people if isinstance(gap.people, int) else 1
        return gap.severity.rank, affected, FAMILIES.index(RULES[gap.rule].family), gap.id

    return tuple(sorted((gap for one in reports for gap in one.unsettled), key=size)[:most])


def in_order(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Sort gaps: most severe, then most people, then by id; of one id the first stays."""
    first: Mapping[str, Gap] = {gap.id: gap for gap in reversed(list(gaps))}
    return tuple(
        sorted(
            first.values(),
            key=lambda g: (g.severity.rank, -g.people if isinstance(g.people, int) else 1, g.id),
        )
    )
