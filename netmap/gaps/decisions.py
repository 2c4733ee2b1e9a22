"""What people decided about gaps, put to the gaps that are found.

A gap that is accepted or planned stays where everybody can see it and stops shouting: it comes
after the others, and counts for nothing that should alarm. Reading and writing the decisions is
for :mod:`netmap.networks.gap_decisions`.
"""

from collections.abc import Iterable
from dataclasses import replace

from netmap.gaps.gap import Decision, Report
from netmap.networks.gap_decisions import GapDecision


def decisions_of(rows: Iterable[GapDecision]) -> tuple[Decision, ...]:
    """Take the decisions from the rows of a file; a row without one is still to be decided."""
    return tuple(
        Decision(
            row.gap,
            row.decision,
            row.by or "",
            row.on.isoformat() if row.on else "",
            row.note or "",
        )
        for row in rows
        if row.decision
    )


def decided(report: Report, decisions: Iterable[Decision]) -> Report:
    """Note on each gap what people decided about it.

    Args:
        report: What was found.
        decisions: What was decided; about gaps that are not in the report, in vain.

    Returns:
        The report with its severities and counts as they were; gaps that are settled come last,
        otherwise in the order they had.
    """
    made = {one.gap: one for one in decisions}
    if not made:
        return report
    gaps = (gap._replace(decision=made.get(gap.id, gap.decision)) for gap in report.gaps)
    return replace(report, gaps=tuple(sorted(gaps, key=lambda gap: gap.settled)))


def in_words(made: Decision) -> str:
    """Say a decision: what, by whom, when and why, as far as it is known."""
    by = f" by {made.by}" if made.by else ""
    on = f" on {made.on}" if made.on else ""
    note = f": {made.note}" if made.note else ""
    return f"{made.decision}{by}{on}{note}"
