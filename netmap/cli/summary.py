"""The command that counts: summary."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from netmap.cli.answers import answer_each
from netmap.cli.app import Call, Form, Format, ForStaff, Network, Seen, app

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.networks.register import Register
    from netmap.networks.summary import Reconciled, Summary

By = Literal["area", "sector", "role", "approach", "topic", "community", "funding", "rural_urban"]

_IN_TOTAL = ("activities", "organisations", "population", "activities_per_100k")
_COLUMNS = ("population", "organisations", "activities", "activities_per_100k")


@app.command(epilog="Example: netmap summary west-yorkshire-harrogate --by area")
def summary(
    context: typer.Context,
    network: Network = None,
    by: Annotated[By, typer.Option(help="What to count by.")] = "area",
    level: Annotated[
        str | None, typer.Option(help="By area: the kind of area to have rows for, as lsoa.")
    ] = None,
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
) -> None:
    """Count activities and organisations, with rates and sums."""
    from netmap.networks.summary import summarise  # noqa: PLC0415

    call: Call = context.obj
    place = call.open(audience)

    def answer(register: "Register") -> "Summary":
        return summarise(register, place.vocabularies, by, level)

    answer_each(place, network, form, answer, _as_json, _show)


def _as_json(found: "Summary") -> dict[str, Any]:
    total = asdict(found.total)
    return {
        "network": found.network,
        "by": found.by,
        "rows": [asdict(row) for row in found.rows],
        "total": {column: total[column] for column in _IN_TOTAL},
        "reconciliation": [_reconciled_as_json(one) for one in found.reconciliation],
    }


def _reconciled_as_json(one: "Reconciled") -> dict[str, Any]:
    return {
        "what": one.what,
        "stated": _plain(one.stated),
        "counted": _plain(one.counted),
        "difference": _plain(one.difference),
        "agrees": one.agrees,
    }


def _plain(number: float) -> float:
    return int(number) if float(number).is_integer() else number


def _show(console: "Console", _register: "Register", found: "Summary") -> None:
    from netmap.cli.console import print_table  # noqa: PLC0415

    rows = [*map(asdict, found.rows), {**asdict(found.total), "label": "Whole network"}]
    shown = [c for c in _COLUMNS if any(row[c] is not None for row in rows)]
    headings = [c.replace("_", " ").replace("100k", "100,000") for c in shown]
    print_table(
        console,
        [found.by.replace("_", " "), *headings],
        [[row["label"], *(row[c] for c in shown)] for row in rows],
        numbers=len(shown),
    )
    for one in found.reconciliation:
        console.print(_in_words(one))


def _in_words(one: "Reconciled") -> str:
    word = "agrees" if one.agrees else f"does not add up: {_plain(one.difference):,g} apart"
    what = one.what.replace("_", " ")
    stated, counted = _plain(one.stated), _plain(one.counted)
    return f"Stated {what}: {stated:,.10g}; counted {counted:,.10g}; {word}."
