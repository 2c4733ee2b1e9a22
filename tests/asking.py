"""What the tests of rules share: picking from a report what one rule said."""

from collections.abc import Callable

from netmap.gaps import Gap, Report, Unchecked

Look = Callable[..., Report]


def gaps(report: Report, rule: str) -> list[Gap]:
    """Pick the findings of one rule."""
    return [gap for gap in report.gaps if gap.rule == rule]


def unchecked(report: Report, rule: str) -> list[Unchecked]:
    """Pick what one rule could not check; each entry has to say what would let it."""
    found = [one for one in report.could_not_check if one.rule == rule]
    assert all(one.needs and all(one.needs) and one.message for one in found)
    return found
