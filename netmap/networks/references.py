"""From names in cells to the rows they mean.

Areas go by code, alias or name; organisations and activities by id. A name that leads nowhere is a
finding with the nearest suggestion; one that leads to a row set aside is told with that row.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from netmap.findings import Finding, Level, did_you_mean_each
from netmap.networks.areas import Areas
from netmap.networks.cells import Reference
from netmap.networks.models import EVERYWHERE, TABLES, Record
from netmap.networks.rows import Rows

Found = tuple[str, ...]
_TABLE_OF = {"area": "areas", "organisation": "organisations", "activity": "activities"}


@dataclass(frozen=True, slots=True)
class _Names:
    """How to look a name up, what it could have meant, and which rows of that kind were lost.

    ``unread`` is the finding that says why the whole table, or the rest of it, is not there;
    ``unknown`` gets each name that leads nowhere, with the findings that say so, and ``clear``
    each cell in which every name leads somewhere, with what is to stand there.
    """

    what: str
    find: Callable[[str], Found]
    known: Callable[[], Iterable[str]]
    lost: Mapping[str, int]
    unread: int | None
    wording: str
    unknown: dict[str, list[int]] = field(default_factory=dict)
    clear: dict[Any, Any] = field(default_factory=dict)


def resolve(rows: Mapping[str, Rows], findings: list[Finding]) -> None:
    """Replace every reference in `rows` by the key of the row it means, in place."""
    told: dict[int, dict[str, None]] = {}
    _resolve_table("areas", rows, _names(rows), findings, told)
    names = _names(rows)
    for name in rows:
        if name != "areas":
            _resolve_table(name, rows, names, findings, told)
    for index, places in told.items():
        said = f"{findings[index].message} Rows that refer to it: {', '.join(places)}."
        findings[index] = replace(findings[index], message=said)
    _break_circles(rows, findings)


def _names(rows: Mapping[str, Rows]) -> dict[str, _Names]:
    """Put together how to look up each kind of name, as far as areas are resolved by now."""
    areas = Areas(rows["areas"].kept)
    names = {
        "area": _Names(
            "area",
            cache(areas.resolve),
            lambda: areas.names,
            rows["areas"].lost,
            rows["areas"].unread,
            "no area has the code, alias or name",
        ),
        "organisation": _by_id("organisation", rows),
        "activity": _by_id("activity", rows),
    }
    names["owner"] = _either(names["organisation"], names["area"])
    return names


def _resolve_table(
    name: str,
    rows: Mapping[str, Rows],
    names: Mapping[str, _Names],
    findings: list[Finding],
    told: dict[int, dict[str, None]],
) -> None:
    columns = _reference_columns(TABLES[name])
    if not columns:
        return
    kept = []
    for record in rows[name].kept:
        resolved = _resolve_row(record, columns, names, findings, told)
        if resolved is None:
            rows[name].set_aside += 1
        else:
            kept.append(resolved)
    rows[name].kept = kept
    for one in names.values():
        _add_hints(one, findings)


def _reference_columns(model: type[Record]) -> dict[str, tuple[str, bool]]:
    """Map each reference column to what it names, and whether its row is lost without it."""
    return {
        column: (mark.to, field.is_required())
        for column, field in model.model_fields.items()
        for mark in field.metadata
        if isinstance(mark, Reference)
    }


def _by_id(what: str, rows: Mapping[str, Rows]) -> _Names:
    table = rows[_TABLE_OF[what]]
    ids = {record.id for record in table.kept}
    return _Names(
        what,
        lambda text: (text,) if text in ids else (),
        lambda: ids,
        table.lost,
        table.unread,
        f"no {what} has the id",
    )


def _either(organisations: _Names, areas: _Names) -> _Names:
    return _Names(
        "owner",
        lambda text: organisations.find(text) or areas.find(text),
        lambda: (*organisations.known(), *areas.known()),
        {**areas.lost, **organisations.lost},
        organisations.unread if areas.unread is None else areas.unread,
        "no organisation has the id, and no area the code,",
    )


def _resolve_row(
    record: Record,
    columns: Mapping[str, tuple[str, bool]],
    names: Mapping[str, _Names],
    findings: list[Finding],
    told: dict[int, dict[str, None]],
) -> Record | None:
    update: dict[str, Any] = {}
    for column, (what, needed) in columns.items():
        value = getattr(record, column)
        if not value or (value == EVERYWHERE and what == "area"):
            continue
        new = names[what].clear.get(value)
        if new is None:
            items: Iterable[str] = value if isinstance(value, tuple) else (value,)
            found = [
                _look_up(item, names[what], record, column, needed, findings, told)
                for item in items
            ]
            good = tuple(dict.fromkeys(item for item in found if item))
            if needed and not good:
                return None
            one = good[0] if good else None
            new = good if isinstance(value, tuple) else one
            if all(found):
                names[what].clear[value] = new
        if new != value:
            update[column] = new
        if not new:
            update["faulted"] = frozenset({*record.faulted, *update.get("faulted", ()), column})
    return record.model_copy(update=update) if update else record


def _look_up(  # the finding needs all of it
    text: str,
    names: _Names,
    record: Record,
    column: str,
    needed: bool,  # noqa: FBT001
    findings: list[Finding],
    told: dict[int, dict[str, None]],
) -> str | None:
    found = names.find(text)
    if len(found) == 1:
        return found[0]
    why = names.lost.get(text, names.unread if not found else None)
    if why is not None:
        told.setdefault(why, {})[str(replace(record.at, column=None))] = None
        return None
    level = Level.ERROR if needed else Level.WARNING
    outcome = "the row is set aside" if needed else "it is left out"
    place = replace(record.at, column=column)
    if found:
        message = f"'{text}' can mean {', '.join(found)}; {outcome}."
        hint = "Write the code of the one that is meant."
        findings.append(Finding(level, f"ambiguous-{names.what}", message, place, text, hint))
        return None
    message = f"{names.wording} '{text}'; {outcome}."
    names.unknown.setdefault(text, []).append(len(findings))
    findings.append(Finding(level, f"unknown-{names.what}", message, place, text))
    return None


def _add_hints(names: _Names, findings: list[Finding]) -> None:
    """Suggest what each unknown name could have meant, all of a table at once."""
    hints = did_you_mean_each(names.unknown, names.known()) if names.unknown else {}
    for text, indices in names.unknown.items():
        for index in indices:
            findings[index] = replace(findings[index], hint=hints[text])
    names.unknown.clear()


def _break_circles(rows: Mapping[str, Rows], findings: list[Finding]) -> None:
    """Take the parent from an area that lies, step by step, within itself."""
    parents = {area.code: area.parent for area in rows["areas"].kept}
    for index, area in enumerate(rows["areas"].kept):
        seen = {area.code}
        above = parents[area.code]
        while above and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == area.code:
            parents[area.code] = None
            rows["areas"].kept[index] = area.model_copy(update={"parent": None})
            message = f"'{area.code}' lies within itself; its parent is left out."
            place = replace(area.at, column="parent")
            findings.append(Finding(Level.WARNING, "area-circle", message, place, area.parent))
