"""The command that lists what may be missing: gaps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from netmap.cli import deciding
from netmap.cli.answers import answer_each
from netmap.cli.app import Call, Form, Format, ForStaff, Network, Seen, app
from netmap.cli.levels import AtLeast, fail_if, level_and_above, refuse_unknown
from netmap.cli.rules import print_rules
from netmap.cli.stages import Timings, stages

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.build.workplace import Workplace
    from netmap.gaps.gap import Gap, Report, Unchecked
    from netmap.networks.register import Register


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which gaps were asked for; empty means any."""

    communities: Sequence[str]
    areas: Sequence[str]
    rules: Sequence[str]
    severities: Sequence[str]


@app.command(epilog="Example: netmap gaps west-yorkshire-harrogate --severity high")
def gaps(  # each is an option of the design
    context: typer.Context,
    network: Network = None,
    community: Annotated[
        list[str] | None,
        typer.Option(metavar="COMMUNITY", help="Only this community; may be repeated."),
    ] = None,
    area: Annotated[
        list[str] | None, typer.Option(metavar="AREA", help="Only this area and those below it.")
    ] = None,
    rule: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="Only this rule; may be repeated.")
    ] = None,
    severity: Annotated[
        list[str] | None,
        typer.Option(metavar="SEVERITY", help="Only this severity; may be repeated."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=0, metavar="N", help="At most so many.")] = None,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules.")] = False,  # noqa: FBT002
    explain: Annotated[
        str | None,
        typer.Option(metavar="RULE", help="Print a rule with its evidence and settings."),
    ] = None,
    decide: deciding.Decide = None,
    as_: deciding.As = None,
    by: deciding.By = "",
    note: deciding.Note = "",
    form: Format = Form.TEXT,
    audience: ForStaff = Seen.STAFF,
    fail_on: AtLeast = None,
    timings: Timings = False,  # noqa: FBT002
) -> None:
    """List what may be missing, what people decided about it, and what they could do next."""
    from netmap.gaps.gap import Severity  # noqa: PLC0415

    failing = level_and_above(fail_on, Severity)
    refuse_unknown(severity or (), Severity, "--severity")
    if rules or explain:
        print_rules(explain, form)
        return
    call: Call = context.obj
    deciding.refuse_halves(decide, as_, by, note)
    if decide is not None and as_ is not None:
        said = deciding.decide(call.open(), network, decide, as_, by, note)
        _say(said, form)
        if form is Form.TEXT:
            return
    place = call.open(audience)
    wanted = _wanted(place, community or (), area or (), rule or (), severity or ())

    each = limit is not None or bool(wanted.rules or wanted.areas)

    def answer(register: "Register") -> "Report":
        found = _filtered(place, register, wanted, followed.begin)
        followed.begin("Writing")
        return found

    def as_json(report: "Report") -> dict[str, Any]:
        return _as_json(report, limit)

    def show(console: "Console", _register: "Register", report: "Report") -> None:
        _show(console, replace(report, gaps=report.gaps[:limit]), each=each)

    with stages(say=timings) as followed:
        followed.begin("Reading")
        reports = answer_each(place, network, form, answer, as_json, show)
    shown = (gap for one in reports for gap in one.gaps[:limit])
    fail_if((gap.severity for gap in shown if not gap.settled), failing)


def _say(said: str, form: Form) -> None:
    from netmap.cli.console import aside, out  # noqa: PLC0415

    (aside() if form is Form.JSON else out()).print(said)


def _wanted(
    place: "Workplace",
    communities: Sequence[str],
    areas: Sequence[str],
    rules: Sequence[str],
    severities: Sequence[str],
) -> _Wanted:
    """Gather what was asked for; areas are looked up in each network.

    Raises:
        UnknownNameError: A rule or a community is not known.
    """
    from netmap.build import names  # noqa: PLC0415
    from netmap.gaps import rule_called  # noqa: PLC0415

    known_rules = [rule_called(one).slug for one in rules]
    return _Wanted(
        [names.community(place, one) for one in communities], areas, known_rules, severities
    )


def _filtered(
    place: "Workplace",
    register: "Register",
    wanted: _Wanted,
    progress: Callable[[str], None],
) -> "Report":
    from netmap.build import names  # noqa: PLC0415
    from netmap.gaps.rolling_up import roll_up  # noqa: PLC0415

    report = place.report(register.name, progress=progress)
    if not any((wanted.communities, wanted.areas, wanted.rules, wanted.severities)):
        return report
    codes = {code for text in wanted.areas for code in names.areas(register, text)}

    def lets_through(gap: "Gap") -> bool:
        return (
            (not wanted.communities or gap.community in wanted.communities)
            and (not wanted.severities or gap.severity in wanted.severities)
            and is_about(gap)
        )

    def is_about(one: "Gap | Unchecked") -> bool:
        return (not wanted.rules or one.rule in wanted.rules) and (
            not wanted.areas or one.area in codes
        )

    gaps = tuple(gap for gap in report.gaps if lets_through(gap))
    return replace(
        report,
        gaps=gaps,
        rolled_up=roll_up(gaps, register.areas),
        could_not_check=tuple(one for one in report.could_not_check if is_about(one)),
    )


def _as_json(report: "Report", limit: int | None) -> dict[str, Any]:
    """Shape a report for JSON, with the first gaps; all of them are counted."""
    from netmap.gaps.shape import report_as_json  # noqa: PLC0415

    shaped = report_as_json(report)
    return {**shaped, "gaps": shaped["gaps"][:limit]}


def _show(console: "Console", report: "Report", *, each: bool) -> None:
    from netmap.cli.gap_lists import print_gaps, print_unchecked  # noqa: PLC0415

    counts = replace(report, gaps=report.unsettled).counts
    tally = ", ".join(f"{n:,} {severity}" for severity, n in counts.items())
    settled = len(report.gaps) - len(report.unsettled)
    decided = f", and {settled} decided" if settled else ""
    console.print(f"{tally}{decided}. A gap is a prompt for discussion, not a verdict.")
    print_gaps(console, report, each=each)
    print_unchecked(console, report)
