"""Why a gap came, went or changed: the rows and settings that differ and have to do with it.

A gap about an organisation, an activity or a tie is explained by rows that name it; one about a
place by rows of that place, then of those within it, then of those it lies in, that are about the
community or about anybody, then by activities within reach: reach crosses borders. Rows elsewhere
are named only where they are few. Changes are looked up, never searched, so that a hundred
thousand gaps take seconds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from netmap.gaps.gap import Gap
from netmap.gaps.rules import RULES
from netmap.networks.areas import Areas
from netmap.networks.changes import Change
from netmap.networks.models import EVERYWHERE

MOST = 10
_ANYBODY, _ANYWHERE, _ALL = "", "", "*"
_DAY = "day"
# Which tables have to do with which families; records with all.
_TABLES: Mapping[str, tuple[str, ...]] = {
    "coverage": ("activities", "enquiries", "populations", "organisations", "areas"),
    "location": ("activities", "areas", "populations", "organisations"),
    "delivery": ("activities", "shares", "areas"),
    "money": ("activities",),
    "people": ("activities",),
    "targets": ("targets", "ties"),
    "structure": ("ties", "organisations", "activities", "areas"),
}
_EVERY = (
    "organisations",
    "activities",
    "ties",
    "populations",
    "enquiries",
    "targets",
    "shares",
    "areas",
)
_BY_REACH = frozenset({"coverage", "location"})
_Spot = tuple[str, str, str]


@dataclass(slots=True)
class _Index:
    """Changes by table, area and community, and by whom they name."""

    here: dict[_Spot, list[Change]] = field(default_factory=dict)
    within: dict[_Spot, list[Change]] = field(default_factory=dict)
    naming: dict[str, list[Change]] = field(default_factory=dict)


def reasons(
    changes: Iterable[Change],
    settings: Iterable[Change],
    areas: Iterable[Areas],
    kin: Callable[[str], Iterable[str]],
    ids: frozenset[str],
    days: tuple[str, str],
    by_day: frozenset[str],
    near: Callable[[str], Iterable[Change]] = lambda _area: (),
) -> Callable[[Gap], tuple[Change, ...]]:
    """Make what finds the reasons for one gap.

    Args:
        changes: The rows that differ.
        settings: The settings that differ.
        areas: The areas of both registers.
        kin: Gives a community with all above and below it.
        ids: The ids of the organisations and activities of both registers.
        days: The day of the earlier report and that of the later, ISO 8601.
        by_day: The ids of the gaps that move with the day alone.
        near: Gives the activities that differ and are within reach of an area, nearest first.

    Returns:
        A function from a gap to what may explain it, nearest first, ten at most.
    """
    both = tuple(areas)
    index = _indexed(changes, both, kin)
    by_setting = {one.key: one for one in settings}
    day = Change(_DAY, "as_of", "changed", None, *days)

    def around(gap: Gap) -> list[Change]:
        if not gap.area or gap.rule not in RULES or RULES[gap.rule].family not in _BY_REACH:
            return []
        whom = set(kin(gap.community)) if gap.community else None
        return [
            one
            for one in near(gap.area)
            if whom is None or one.communities is None or one.communities & whom
        ]

    def why(gap: Gap) -> tuple[Change, ...]:
        if gap.id in by_day:
            return (day,)
        found = [*_settings_of(gap, by_setting), *_rows_of(gap, index, both, ids, around)]
        # The same change is the same object: to compare each field would take longer than all else.
        return tuple(islice({id(one): one for one in found}.values(), MOST))

    return why


def day_reason(settings_read: Iterable[str]) -> bool:
    """Tell whether a rule that reads these settings looks at what day it is."""
    return bool({"stale_months", "funding_days", "funding_months"} & set(settings_read))


def _indexed(
    changes: Iterable[Change], both: tuple[Areas, ...], kin: Callable[[str], Iterable[str]]
) -> _Index:
    index = _Index()
    for one in changes:
        whom = (
            {_ANYBODY} if one.communities is None else {k for c in one.communities for k in kin(c)}
        )
        above = {a for code in one.areas for areas in both for a in areas.ancestors(code)}
        for community in (*sorted(whom), _ALL):
            for code in (*sorted(one.areas), _ANYWHERE):
                index.here.setdefault((one.table, code, community), []).append(one)
            for code in sorted(above - one.areas):
                index.within.setdefault((one.table, code, community), []).append(one)
        for name in one.subjects:
            index.naming.setdefault(name, []).append(one)
    return index


def _settings_of(gap: Gap, by_setting: Mapping[str, Change]) -> Iterator[Change]:
    read = RULES[gap.rule].settings if gap.rule in RULES else ()
    keys = [f"gaps.rules.{gap.rule}", f"stated_totals.{gap.subject}", "surveyed"]
    keys += [f"{part}.{key}" for key in read for part in ("gaps", "reach", "topics")]
    for key, change in by_setting.items():
        if any(key == one or key.startswith(f"{one}.") for one in keys):
            yield change


def _rows_of(
    gap: Gap,
    index: _Index,
    both: tuple[Areas, ...],
    ids: frozenset[str],
    around: Callable[[Gap], list[Change]],
) -> Iterator[Change]:
    tables = _tables(gap)
    named = [one for one in _names(gap.subject) if one in ids]
    if named:
        about = (change for one in named for change in index.naming.get(one, ()))
        found = [one for one in about if one.table in tables]
    elif gap.area:
        found = list(islice(_of_place(gap, gap.area, index, both, tables), MOST)) + around(gap)
    else:
        about = (change for one in _names(gap.subject) for change in index.naming.get(one, ()))
        found = list(islice((one for one in about if one.table in tables), MOST))
    yield from found or _elsewhere(gap, index, tables)


def _of_place(
    gap: Gap, area: str, index: _Index, both: tuple[Areas, ...], tables: tuple[str, ...]
) -> Iterator[Change]:
    whom = (gap.community, _ANYBODY) if gap.community else (_ALL,)
    above = list(dict.fromkeys(code for areas in both for code in areas.ancestors(area)))
    spots = [(index.here, area), (index.within, area)]
    spots += [(index.here, code) for code in (*above, EVERYWHERE)]
    for where, code in spots:
        for table in tables:
            for community in whom:
                yield from where.get((table, code, community), ())


def _elsewhere(gap: Gap, index: _Index, tables: tuple[str, ...]) -> list[Change]:
    """List what differs anywhere and may matter; nothing where that is much."""
    whom = (gap.community, _ANYBODY) if gap.community else (_ALL,)
    found: list[Change] = []
    for table in tables:
        for community in whom:
            found += index.here.get((table, _ANYWHERE, community), ())[: MOST + 1]
    return found if len(found) <= MOST else []


def _tables(gap: Gap) -> tuple[str, ...]:
    family = RULES[gap.rule].family if gap.rule in RULES else ""
    return _TABLES.get(family, _EVERY)


def _names(subject: str | None) -> list[str]:
    """Take a subject apart: ``a>b`` names a tie, ``a groups`` an owner and a measure."""
    return subject.replace(">", " ").split() if subject else []
