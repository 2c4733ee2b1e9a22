"""The command that shows rows that may be one body, and keeps what people decide: duplicates."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netmap.cli.answers import answer_each
from netmap.cli.app import Call, Form, Format, Network, app

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.build.deciding import Review
    from netmap.build.workplace import Workplace
    from netmap.networks.duplicates import Decision, Pair
    from netmap.networks.models import Activity, Organisation
    from netmap.networks.register import Register

Two = tuple[str, str]
_COMPARED = (
    "name",
    "aliases",
    "organisation",
    "area",
    "venue",
    "postcode",
    "schedule",
    "identifiers",
    "website",
    "email",
    "phone",
)


@app.command(epilog="Example: netmap duplicates side-by-side --write")
def duplicates(
    context: typer.Context,
    network: Network = None,
    write: Annotated[  # noqa: FBT002  # a flag
        bool,
        typer.Option(
            "--write", help="Add the pairs to the network's duplicates.csv, to decide there."
        ),
    ] = False,
    same: Annotated[
        Two | None,
        typer.Option(
            metavar="A B", help="Both are one: B is read as part of A.", show_default=False
        ),
    ] = None,
    different: Annotated[
        Two | None,
        typer.Option(metavar="A B", help="They are two; do not ask again.", show_default=False),
    ] = None,
    branch: Annotated[
        Two | None,
        typer.Option(metavar="A B", help="One is a branch of the other.", show_default=False),
    ] = None,
    forget: Annotated[
        Two | None,
        typer.Option(metavar="A B", help="Take a decision back.", show_default=False),
    ] = None,
    by: Annotated[
        str, typer.Option(metavar="ROLE", help="Who decides: a role, never a person's name.")
    ] = "",
    form: Format = Form.TEXT,
) -> None:
    """Show rows that may be the same body, and keep what you decide; for staff only."""
    from netmap.build.deciding import review  # noqa: PLC0415

    call: Call = context.obj
    place = call.open()
    asked = {"same": same, "different": different, "branch": branch, "forget": forget}
    wanted = {word: ids for word, ids in asked.items() if ids}
    done = _decide(place, network, wanted, by)
    if write:
        done += _write(place, network)
    if done:
        place = call.open()  # what was just written is to be seen
    _say(done, form)

    def answer(register: "Register") -> "Review":
        return review(place, register)

    if form is Form.JSON or not wanted:
        answer_each(place, network, form, answer, _as_json, _show)


def _decide(place: "Workplace", network: str | None, wanted: dict[str, Two], by: str) -> list[str]:
    from netmap.build.deciding import decide  # noqa: PLC0415
    from netmap.networks.duplicates import Verdict  # noqa: PLC0415

    said: list[str] = []
    if not wanted:
        return said
    name = _only(place.names(network))
    for word, ids in wanted.items():
        if ids[0] == ids[1]:
            raise typer.BadParameter("A and B are the same row.", param_hint=f"--{word}")
        verdict = None if word == "forget" else Verdict(word)
        done = decide(place, name, verdict, ids, by)
        if not done.added and not done.changed:
            said.append(f"Nothing was decided of '{ids[0]}' and '{ids[1]}'; nothing was written.")
        else:
            outcome = "to be reviewed again" if verdict is None else f"kept as {word}"
            said.append(f"'{ids[0]}' and '{ids[1]}' are {outcome}. Wrote {done.file}.")
    return said


def _only(names: list[str]) -> str:
    if len(names) > 1:
        raise typer.BadParameter(f"name the network: {', '.join(names)}.", param_hint="NETWORK")
    return names[0]


def _write(place: "Workplace", network: str | None) -> list[str]:
    from netmap.build.deciding import write_pairs  # noqa: PLC0415

    said = []
    for name in place.names(network):
        done = write_pairs(place, name)
        if done.added:
            rows = "1 pair" if done.added == 1 else f"{done.added} pairs"
            said.append(
                f"Wrote {rows} to {done.file}. Write same, different or branch under decision."
            )
        else:
            said.append(f"No new pair for {done.file}; nothing was written.")
    return said


def _say(done: list[str], form: Form) -> None:
    from netmap.cli.console import aside, out  # noqa: PLC0415

    console = aside() if form is Form.JSON else out()
    for line in done:
        console.print(line)


def _as_json(found: "Review") -> dict[str, Any]:
    return {
        "network": found.network,
        "pairs": [_pair(one) for one in found.pairs],
        "decided": [_decision(one) for one in found.decided],
    }


def _pair(one: "Pair") -> dict[str, Any]:
    return {
        "first": one.first,
        "second": one.second,
        "likely": one.likely,
        "score": one.score,
        "reasons": list(one.reasons),
    }


def _decision(one: "Decision") -> dict[str, Any]:
    return {
        "first": one.first,
        "second": one.second,
        "decision": one.verdict.value if one.verdict else None,
        "by": one.cells.get("by"),
        "on": one.cells.get("on"),
        "note": one.cells.get("note"),
    }


def _show(console: "Console", register: "Register", found: "Review") -> None:
    many = len(found.pairs)
    console.print(f"{many or 'No'} pair{'' if many == 1 else 's'} to review.")
    for number, pair in enumerate(found.pairs, start=1):
        _show_pair(console, register, number, pair)
    if found.pairs:
        first = found.pairs[0]
        console.print()
        console.print(
            f"Decide with: netmap duplicates {register.name} --same {first.first} {first.second} "
            "(or --different, or --branch), or all at once in a spreadsheet: --write"
        )
    if found.decided:
        _show_decided(console, found.decided)


def _show_pair(console: "Console", register: "Register", number: int, pair: "Pair") -> None:
    from netmap.build.deciding import row_of  # noqa: PLC0415
    from netmap.cli.console import print_table  # noqa: PLC0415

    first, second = row_of(register, pair.first), row_of(register, pair.second)
    if first is None or second is None:
        return
    likely = "probably one" if pair.likely == "same" else "probably a branch"
    console.print()
    console.print(f"{number}. {likely} (score {pair.score}): {'; '.join(pair.reasons)}.")
    print_table(console, ["", pair.first, pair.second, ""], _side_by_side(register, first, second))


def _side_by_side(
    register: "Register",
    first: "Organisation | Activity",
    second: "Organisation | Activity",
) -> list[Sequence[object]]:
    rows: list[Sequence[object]] = []
    for column in _COMPARED:
        one, other = (_cell(register, row, column) for row in (first, second))
        if one or other:
            agrees = "agrees" if one == other else "differs" if one and other else ""
            rows.append((column, one or None, other or None, agrees))
    rows.append(("row", str(first.at.row), str(second.at.row), ""))
    return rows


def _cell(register: "Register", row: "Organisation | Activity", column: str) -> str:
    value = getattr(row, column, None)
    if column == "area" and value:
        return register.areas.name(value)
    if isinstance(value, tuple):
        return "; ".join(value)
    return value or ""


def _show_decided(console: "Console", decided: "Sequence[Decision]") -> None:
    from netmap.cli.console import print_table  # noqa: PLC0415

    console.print()
    console.print("Decided:")
    print_table(
        console,
        ["decision", "first", "second", "by", "on", "note"],
        [
            [
                one.verdict,
                _called(one, "first"),
                _called(one, "second"),
                *(one.cells.get(column) for column in ("by", "on", "note")),
            ]
            for one in decided
        ],
    )


def _called(one: "Decision", side: str) -> str:
    name = one.cells.get(f"{side}_name")
    key = one.first if side == "first" else one.second
    return f"{name} ({key})" if name else key
