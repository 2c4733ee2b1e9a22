"""What people decide about a gap, told on the command line and kept."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from netmap.build.workplace import Workplace

Decide = Annotated[
    str | None,
    typer.Option(
        metavar="GAP", help="Keep a decision about the gap with this id.", show_default=False
    ),
]
As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="DECISION",
        help="With --decide: accepted, planned, disputed or done; none takes it back.",
        show_default=False,
    ),
]
By = Annotated[
    str,
    typer.Option(
        metavar="ROLE",
        help="With --decide: who decides, an organisation or a role, never a person's name.",
    ),
]
Note = Annotated[
    str, typer.Option(metavar="TEXT", help="With --decide: why; only staff will see it.")
]


def refuse_halves(gap: str | None, said: str | None, by: str, note: str) -> None:
    """Refuse a decision without its gap, or a gap without its decision.

    Raises:
        typer.BadParameter: One of them is missing.
    """
    if gap is not None and said is None:
        why = "say what is decided: --as accepted, planned, disputed, done or none."
        raise typer.BadParameter(why, param_hint="--decide")
    if gap is None and (said is not None or by or note):
        hint = "--as" if said is not None else "--by" if by else "--note"
        raise typer.BadParameter("name the gap that is decided about: --decide.", param_hint=hint)


def decide(place: "Workplace", network: str | None, gap: str, said: str, by: str, note: str) -> str:
    """Keep a decision about a gap.

    Returns:
        What was done, in a sentence.
    """
    from netmap.build import gap_deciding  # noqa: PLC0415

    name = gap_deciding.network_of(place, network, gap)
    kept = gap_deciding.decide(place, name, gap, said, by=by, note=note)
    if not kept.changed:
        return f"Nothing was decided about '{gap}'; nothing was written."
    if kept.decision is None:
        return f"What was decided about '{gap}' is taken back. Wrote {kept.file}."
    return f"'{gap}' is kept as {kept.decision}. Wrote {kept.file}."
