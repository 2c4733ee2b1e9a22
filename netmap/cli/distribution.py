"""Reach across groups of people, as a table with a verdict, or as JSON."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.networks.reach.distribution import Distribution
    from netmap.networks.register import Register

_NOTABLE = 0.01
_MINUTES = ("median_minutes", "p90_minutes")
_TITLES = {
    "community": "Reach by community",
    "deprivation": "Reach by deprivation",
    "rural_urban": "Reach by rural and urban class",
}


def as_json(answer: "tuple[str, Distribution]") -> dict[str, Any]:
    """Shape one network's distribution for JSON."""
    from netmap.networks.reach.verdicts import verdict  # noqa: PLC0415

    network, found = answer
    return {
        "network": network,
        "community": found.community,
        "by": found.by,
        "rows": _rows(found),
        "concentration_index": found.concentration_index,
        "areas_left_out": found.areas_left_out,
        "verdict": verdict(found),
    }


def _rows(found: "Distribution") -> list[dict[str, Any]]:
    """Give the rows; without minutes where nobody supplied travel times."""
    rows = [asdict(row) for row in found.rows]
    timed = any(row[column] is not None for row in rows for column in _MINUTES)
    return [{c: v for c, v in row.items() if timed or c not in _MINUTES} for row in rows]


def show(console: "Console", register: "Register", answer: "tuple[str, Distribution]") -> None:
    """Print one network's distribution, and below it what follows."""
    from netmap.cli.console import print_table, print_title  # noqa: PLC0415
    from netmap.networks.reach.verdicts import verdict  # noqa: PLC0415

    _, found = answer
    rows = _rows(found)
    columns = [c for c in rows[0] if c not in {"key", "label"}] if rows else []
    print_title(console, _TITLES[found.by])
    print_table(
        console,
        ["", *(c.replace("_", " ") for c in columns)],
        [[row["label"], *(row[c] for c in columns)] for row in rows],
        numbers=len(columns),
    )
    console.print(verdict(found))
    if found.concentration_index is not None:
        index = found.concentration_index
        longer = f"the {'more' if index < 0 else 'less'} deprived have the longer ways"
        side = longer if abs(index) >= _NOTABLE else "no difference to speak of"
        console.print(f"Concentration index of km by deprivation: {index:g} ({side}).")
    if found.areas_left_out:
        left = f"{found.areas_left_out:,} areas are in no figure"
        console.print(f"{left}: their people are not counted, or too few to show.")
    if register.protection and (found.community or found.by == "community"):
        console.print(register.protection)
