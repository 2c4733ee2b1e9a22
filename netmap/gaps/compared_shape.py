"""The JSON shape of a comparison: what ``netmap compare --format json`` prints for a network."""

from typing import Any

from netmap.gaps.comparing import Compared, Moved
from netmap.gaps.shape import gap_as_json
from netmap.networks.changes import Change


def compared_as_json(one: Compared) -> dict[str, Any]:
    """Shape the comparison of one network for JSON, keys in the documented order."""
    return {
        "network": one.network,
        "before_as_of": one.before,
        "after_as_of": one.after,
        "counts": one.counts,
        "opened": [_whole(moved) for moved in one.opened],
        "closed": [_whole(moved) for moved in one.closed],
        "changed": [_changed(moved) for moved in one.changed],
        "no_longer_checked": [_whole(moved) for moved in one.no_longer_checked],
        "newly_checked": [_whole(moved) for moved in one.newly_checked],
        "rows": one.rows,
        "settings": [
            {"key": setting.key, "before": setting.before, "after": setting.after}
            for setting in one.settings
        ],
    }


def _whole(moved: Moved) -> dict[str, Any]:
    why = [_reason(one) for one in moved.why]
    return {**gap_as_json(moved.gap), "why": why, "note": moved.note}


def _changed(moved: Moved) -> dict[str, Any]:
    shaped = gap_as_json(moved.gap)
    known = {key: shaped[key] for key in ("id", "rule", "severity", "area", "community", "message")}
    changes = {key: list(both) for key, both in moved.changes.items()}
    return {**known, "changes": changes, "why": [_reason(one) for one in moved.why]}


def _reason(one: Change) -> dict[str, Any]:
    return {
        "table": one.table,
        "key": one.key,
        "change": one.change,
        "column": one.column,
        "before": one.before,
        "after": one.after,
        "file": one.file,
        "row": one.row,
    }
