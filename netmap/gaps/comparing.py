"""Two reports of one network, set side by side: what opened, closed and changed.

A gap that is no longer found has closed only if somebody still looked: where a rule is switched
off, not known to the other side, or could not be checked any more, that is said instead. Why a
gap came or went is for :mod:`netmap.gaps.reasons`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from netmap.gaps.gap import Gap, Report, Unchecked
from netmap.gaps.shape import gap_as_json
from netmap.networks.changes import Change

COMPARED = ("severity", "state", "people", "value", "sureness", "decision")
_Key = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Side:
    """A report, and which rules were asked for it; None where that is not known."""

    report: Report
    rules: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """One gap that came, went or changed.

    Attributes:
        gap: As the later report has it, else as the earlier had it.
        changes: What differs, before and after.
        why: The rows, settings or the day that may explain it, nearest first; not every one.
        note: Why one side did not look for it, or what that side could not check beside it.
    """

    gap: Gap
    changes: Mapping[str, tuple[Any, Any]]
    why: tuple[Change, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two reports of one network, compared.

    Attributes:
        network: Its name.
        before: The day of the earlier report, ISO 8601.
        after: The day of the later one.
        opened: Gaps that only the later has, in its order.
        closed: Gaps that only the earlier has, in its order.
        changed: Gaps that both have, and that differ.
        no_longer_checked: Gaps of the earlier that nobody looked for any more.
        newly_checked: Gaps of the later that nobody looked for before.
        unchanged: How many are as they were.
        rows: How many rows came, went or differ, by table; None where rows cannot be compared.
        settings: What differs in ``network.toml``.
    """

    network: str
    before: str
    after: str
    opened: tuple[Moved, ...] = ()
    closed: tuple[Moved, ...] = ()
    changed: tuple[Moved, ...] = ()
    no_longer_checked: tuple[Moved, ...] = ()
    newly_checked: tuple[Moved, ...] = ()
    unchanged: int = 0
    rows: Mapping[str, Mapping[str, int]] | None = None
    settings: tuple[Change, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many gaps came, went, changed and stayed."""
        return {
            "opened": len(self.opened),
            "closed": len(self.closed),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "no_longer_checked": len(self.no_longer_checked),
            "newly_checked": len(self.newly_checked),
        }


def compare(
    before: Side,
    after: Side,
    why: Callable[[Gap], tuple[Change, ...]] = lambda _gap: (),
    rows: Mapping[str, Mapping[str, int]] | None = None,
    settings: tuple[Change, ...] = (),
) -> Compared:
    """Compare two reports of one network, both for one audience.

    Args:
        before: The earlier side.
        after: The later side.
        why: Finds what may explain that a gap came, went or changed.
        rows: How many rows differ, by table; None where rows cannot be compared.
        settings: What differs in the settings.
    """
    old = {gap.id: gap for gap in before.report.gaps}
    new = {gap.id: gap for gap in after.report.gaps}
    came = [gap for key, gap in new.items() if key not in old]
    went = [gap for key, gap in old.items() if key not in new]
    unlooked_before = _unlooked(before, after)
    unlooked_after = _unlooked(after, before)
    changed = tuple(_changed(old, new))
    # Of a community of which a part is covered, the rest may be unknown.
    partly = {_key(one): one.message for one in after.report.could_not_check if one.subject}

    def moved(gap: Gap, note: str | None) -> Moved:
        return Moved(gap, {}, why(gap), note or "")

    return Compared(
        after.report.network,
        before.report.as_of,
        after.report.as_of,
        opened=tuple(moved(g, None) for g in came if unlooked_before(g) is None),
        closed=tuple(moved(g, partly.get(_pair(g))) for g in went if unlooked_after(g) is None),
        changed=tuple(Moved(gap, differs, why(gap)) for gap, differs in changed),
        no_longer_checked=tuple(moved(g, n) for g in went if (n := unlooked_after(g)) is not None),
        newly_checked=tuple(moved(g, n) for g in came if (n := unlooked_before(g)) is not None),
        unchanged=len(new) - len(came) - len(changed),
        rows=rows,
        settings=settings,
    )


def moved_ids(before: Report, after: Report) -> frozenset[str]:
    """Name the gaps that came, went or differ between two reports."""
    old, new = ({gap.id: _compared(gap) for gap in one.gaps} for one in (before, after))
    return frozenset(key for key in {*old, *new} if old.get(key) != new.get(key))


def _changed(
    old: Mapping[str, Gap], new: Mapping[str, Gap]
) -> Iterator[tuple[Gap, dict[str, tuple[Any, Any]]]]:
    for key, gap in new.items():
        was, now = _compared(old[key]) if key in old else None, _compared(gap)
        if was is not None and was != now:
            yield gap, {one: (was[one], now[one]) for one in COMPARED if was[one] != now[one]}


def _compared(gap: Gap) -> dict[str, Any]:
    shaped = gap_as_json(gap)
    made = gap.decision.decision if gap.decision else None
    return {one: shaped[one] for one in COMPARED} | {"decision": made}


def _unlooked(side: Side, other: Side) -> Callable[[Gap], str | None]:
    """Make what says why one side did not look for a gap of the other; None where it did."""
    known = {_key(one) for one in other.report.could_not_check}
    only_here = {
        _key(one): one.message for one in side.report.could_not_check if _key(one) not in known
    }
    still = {gap.rule for gap in side.report.gaps}

    def says(gap: Gap) -> str | None:
        if side.rules is not None and gap.rule not in side.rules:
            return "The rule is switched off, or not known, on one side."
        keys: list[_Key] = [(gap.rule, gap.area, o) for o in (gap.subject, None) if gap.area]
        # Of the whole network: it says nothing of this gap where others of the rule were found.
        if gap.rule not in still:
            keys += [(gap.rule, None, gap.subject), (gap.rule, None, None)]
        return next((only_here[key] for key in keys if key in only_here), None)

    return says


def _pair(gap: Gap) -> _Key:
    return gap.rule, gap.area, gap.community


def _key(one: Unchecked) -> _Key:
    return one.rule, one.area, one.subject


def rules_in(report: Report) -> frozenset[str]:
    """Name the rules that a report speaks of."""
    gaps = {gap.rule for gap in report.gaps}
    return frozenset(gaps | {one.rule for one in report.could_not_check})
