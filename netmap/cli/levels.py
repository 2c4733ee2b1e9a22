"""The levels of findings and gaps, and which of them make a command fail."""

from collections.abc import Iterable
from typing import Annotated

import typer

FAILED = 1

AtLeast = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="LEVEL",
        help="Exit with 1 if anything at this level or worse is found.",
    ),
]


def level_and_above(text: str | None, levels: Iterable[str]) -> list[str]:
    """List the levels at or above one, worst first; none where no level was asked for.

    Raises:
        typer.BadParameter: No level is called that.
    """
    known = list(levels)
    if text is None:
        return []
    refuse_unknown([text], known, "--fail-on")
    return known[: known.index(text) + 1]


def refuse_unknown(texts: Iterable[str], levels: Iterable[str], option: str) -> None:
    """Refuse a level that there is not.

    Raises:
        typer.BadParameter: No level is called that.
    """
    known = list(levels)
    for text in texts:
        if text not in known:
            raise typer.BadParameter(
                f"'{text}' is not one of {', '.join(known)}.", param_hint=option
            )


def fail_if(found: Iterable[str], failing: Iterable[str]) -> None:
    """Leave with 1 where something was found at a level that fails.

    Raises:
        typer.Exit: Something was.
    """
    if set(found) & set(failing):
        raise typer.Exit(FAILED)
