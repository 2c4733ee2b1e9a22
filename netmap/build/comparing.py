"""Two workspaces, snapshots, built sites or ``gaps.json`` compared, network by network.

Opening them is for :mod:`netmap.build.sides`, comparing for :mod:`netmap.gaps.comparing`; here
both sides are made to show no more than one audience may see today.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from netmap import gaps, networks
from netmap.build import gap_deciding
from netmap.build.hidden_by_now import hidden_by_now
from netmap.build.sides import OpenSide, open_sides
from netmap.build.workplace import Workplace
from netmap.errors import NoNetworkError
from netmap.findings import did_you_mean
from netmap.gaps import RULES, Gap, Report
from netmap.gaps.comparing import Compared, Side, compare, moved_ids, rules_in
from netmap.gaps.decisions import decided
from netmap.gaps.nearby import nearby
from netmap.gaps.reasons import day_reason, reasons
from netmap.networks.changes import Change, counted, rows_changed, settings_changed
from netmap.networks.register import Register
from netmap.privacy import Audience

Why = Callable[[Gap], tuple[Change, ...]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything compared, and the networks that only one side has."""

    before: str
    after: str
    networks: tuple[Compared, ...]
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """One network of one side: its register for the audience where there is one, its report."""

    place: Workplace | None
    register: Register | None
    side: Side


def compare_sides(
    before: Path,
    after: Path,
    as_of: date,
    *,
    before_on: date | None = None,
    network: str | None = None,
    audience: Audience | None = None,
) -> Comparison:
    """Compare two sides.

    Args:
        before: The earlier: a workspace, a built site or a ``gaps.json``.
        after: The later.
        as_of: The day of the run.
        before_on: The day on which an earlier workspace is looked at; that of the run where None.
        network: Only this network.
        audience: Who the comparison is for; where None, whom the files were made for, else staff.

    Raises:
        NoWorkspaceError: There is nothing to compare in a folder.
        NoNetworkError: A side has no such network, or both have none in common.
        UnreadableFileError: A file cannot be read, or is not what netmap writes.
        AudiencesDifferError: A file was made for another audience.
    """
    old, new = open_sides(before, after, as_of, audience)
    names, others = [n for n in old.names if n in new.names], {*old.names} ^ {*new.names}
    if network is not None or not names:
        for side in (old, new):
            wanted = network or old.names[0]
            if wanted not in side.names:
                raise NoNetworkError(wanted, side.names, did_you_mean(wanted, side.names))
        names, others = [network] if network else [], set()
    return Comparison(
        old.shown,
        new.shown,
        tuple(_compared(old, new, name, before_on or as_of) for name in names),
        tuple(sorted(others & {*old.names})),
        tuple(sorted(others & {*new.names})),
    )


def _compared(old: OpenSide, new: OpenSide, name: str, before_on: date) -> Compared:
    after, since = _known(new, name, None), hidden_by_now(new, name)
    before = _without(_known(old, name, before_on, since.hide), since.names)
    one, other = before.register, after.register
    by_day = _by_day(before, after)
    if one is None or other is None:
        return compare(before.side, after.side, _perhaps_the_day(before, after, by_day))
    changes, settings = rows_changed(one, other), settings_changed(one.settings, other.settings)
    if other.audience is not Audience.STAFF:
        changes = tuple(replace(change, row=None) for change in changes)
    why = reasons(
        changes,
        settings,
        (one.areas, other.areas),
        _kin(after),
        frozenset({*one.organisation, *one.activity, *other.organisation, *other.activity}),
        (before.side.report.as_of, after.side.report.as_of),
        by_day,
        nearby(changes, other.areas, other.settings.reach),
    )
    return compare(before.side, after.side, why, counted(changes), settings)


def _known(
    side: OpenSide,
    name: str,
    on: date | None,
    hide: Callable[[Register], Register] = lambda register: register,
) -> _Known:
    if side.place is None:
        report = side.reports[name]
        return _Known(None, None, Side(report, rules_in(report) if side.older else None))
    place = side.place
    full = hide(place.full_register(name))
    # Consent is judged by the day of the run, staleness by the day that is looked at.
    seen = replace(full, as_of=on or full.as_of)
    register = networks.for_audience(seen, place.audience, place.workspace.settings.privacy)
    off = {slug for slug, how in register.settings.gaps.rules.items() if how == "off"}
    return _Known(place, register, Side(_report(place, register), frozenset(RULES) - off))


def _report(place: Workplace, register: Register) -> Report:
    facts = place.facts(register.name, place.audience)
    made = gap_deciding.decisions(place, register.name, place.audience)
    return decided(gaps.find(register, place.vocabularies, facts), made)


def _without(known: _Known, names: Callable[[str], bool]) -> _Known:
    """Leave out the gaps of an earlier report that name what is hidden by now."""

    def shown(gap: Gap) -> bool:
        return not any(map(names, (*gap.id.split("/"), gap.message, *gap.evidence)))

    report = known.side.report
    left = replace(report, gaps=tuple(gap for gap in report.gaps if shown(gap)))
    return replace(known, side=replace(known.side, report=left))


def _by_day(before: _Known, after: _Known) -> frozenset[str]:
    """Name the gaps that move where nothing but the day is another: one side, on both days."""
    known, other = (before, after) if before.register else (after, before)
    register, place = known.register, known.place
    if register is None or place is None:
        return frozenset()
    day = date.fromisoformat(other.side.report.as_of)
    settings = other.register.settings if other.register else register.settings
    as_of = register.settings.model_copy(update={"as_of": settings.as_of})
    moved = replace(register, as_of=day, settings=as_of)
    if moved.day == register.day:
        return frozenset()
    return moved_ids(known.side.report, _report(place, moved))


def _perhaps_the_day(before: _Known, after: _Known, by_day: frozenset[str]) -> Why:
    """Make what names the day, where rows cannot be compared and it may be the reason."""
    one, other = before.side.report.as_of, after.side.report.as_of
    day = Change("day", "as_of", "changed", None, one, other)
    files = before.register is None and after.register is None

    def why(gap: Gap) -> tuple[Change, ...]:
        reads = files and gap.rule in RULES and day_reason(RULES[gap.rule].settings)
        return (day,) if one != other and (reads or gap.id in by_day) else ()

    return why


def _kin(known: _Known) -> Callable[[str], tuple[str, ...]]:
    if known.place is None:
        return lambda community: (community,)
    communities = known.place.vocabularies["community"]

    def kin(community: str) -> tuple[str, ...]:
        below = communities.descendants(community)
        return (community, *communities.ancestors(community), *below)

    return kin
