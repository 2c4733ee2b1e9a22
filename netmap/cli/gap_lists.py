"""Gaps as text on a terminal: one by one where they are few, by place where they are many."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from netmap.cli.console import STYLES
from netmap.gaps.decisions import in_words
from netmap.gaps.gap import Gap, Report, RolledUp, Severity
from netmap.gaps.rules import RULES
from netmap.language import _

if TYPE_CHECKING:
    from rich.console import Console

_MANY = 8  # of one kind; more are told by place
_PLACES = 5
_MESSAGES = 3
_SURE = (
    "Firm: stands under every alternative setting tried; likely: under two in three; depends: "
    "under fewer. See which with --explain RULE."
)
_Kind = tuple[str, str | None, str | None]


def print_gaps(console: "Console", report: Report, *, each: bool) -> None:
    """Print gaps under their severity, and last those that were decided about.

    Args:
        console: Where to.
        report: The gaps.
        each: Whether to print every gap, also where there are many of one kind.
    """
    if any(gap.sureness for gap in report.gaps):
        console.print(Text(_SURE, style="dim"))
    for severity in Severity:
        open_ones = [gap for gap in report.unsettled if gap.severity is severity]
        if open_ones:
            console.print()
            console.print(Text(severity.value.upper(), style=STYLES[severity.value]))
        kinds: dict[_Kind, list[Gap]] = {}
        for gap in open_ones:
            kinds.setdefault(_kind(gap), []).append(gap)
        for kind, found in kinds.items():
            if len(found) == 1:
                print_gap(console, found[0])
            elif each or len(found) <= _MANY:
                _print_several(console, kind, found)
            else:
                _print_many(console, report, severity, kind, found)
    settled = [gap for gap in report.gaps if gap.settled]
    if settled:
        console.print()
        console.print(Text("DECIDED", style="bold"))
    for gap in settled:
        print_gap(console, gap)


def _kind(gap: Gap | RolledUp) -> _Kind:
    return gap.rule, gap.community, gap.state


def _print_many(
    console: "Console", report: Report, severity: Severity, kind: _Kind, gaps: Sequence[Gap]
) -> None:
    """Print many gaps of one kind by place, with the first of them."""
    rows = [row for row in report.rolled_up if row.severity is severity and _kind(row) == kind]
    whole = next((row for row in rows if row.area is None), None)
    told = f"{len(gaps):,} gaps"
    if whole is not None:
        told += f" in {whole.areas:,} areas{_people(whole.people)}"
    console.print(
        Text(f"  {_(RULES[kind[0]].title)}", style="bold").append(f"  {told}", style="dim")
    )
    _print_sureness(console, gaps)
    places = [row for row in rows if row.area is not None]
    # Where each gap is of a whole place, its message names it.
    if 1 < len(places) < len(gaps):
        shown = "; ".join(
            f"{row.area_name} {row.areas:,}{_people(row.people)}" for row in places[:_PLACES]
        )
        more = len(places) - _PLACES
        _indented(console, f"By place: {shown}" + (f"; and {more} more" if more > 0 else ""))
    for gap in gaps[:_MESSAGES]:
        _indented(console, gap.message)
    community = f" --community {kind[1]}" if kind[1] else ""
    left = len(gaps) - _MESSAGES
    _indented(console, f"and {left:,} more; list them with --rule {kind[0]}{community}", dim=True)
    if gaps[0].prompt:
        _indented(console, f"Next: {gaps[0].prompt}", dim=True)


def _print_several(console: "Console", kind: _Kind, gaps: Sequence[Gap]) -> None:
    """Print some gaps of one kind below one heading, and what next once."""
    head = Text(f"  {_(RULES[kind[0]].title)}", style="bold")
    console.print(head.append(f"  {len(gaps):,} gaps", style="dim"))
    prompts = dict.fromkeys(gap.prompt for gap in gaps)
    for gap in gaps:
        _print_found(console, gap, _marks(gap).strip())
        if len(prompts) > 1 and gap.prompt:
            _indented(console, f"Next: {gap.prompt}", dim=True)
        _indented(console, gap.id, dim=True)
    if len(prompts) == 1 and gaps[0].prompt:
        _indented(console, f"Next: {gaps[0].prompt}", dim=True)


def _print_sureness(console: "Console", gaps: Iterable[Gap]) -> None:
    tiers: dict[str, int] = {}
    for gap in gaps:
        if gap.sureness:
            tiers[gap.sureness.value] = tiers.get(gap.sureness.value, 0) + 1
    if tiers:
        order = ("firm", "likely", "depends")
        said = ", ".join(f"{tiers[tier]:,} {tier}" for tier in order if tier in tiers)
        _indented(console, f"How sure: {said}")


def _people(people: int | None) -> str:
    return f", {people:,} people" if people is not None else ""


def _indented(console: "Console", said: str, *, dim: bool = False) -> None:
    console.print(Padding(Text(said, style="dim" if dim else ""), (0, 0, 0, 4), expand=False))


def print_gap(console: "Console", gap: Gap) -> None:
    """Print one gap: its rule, what was found, how many people, how sure, what next."""
    head = Text(f"  {_(RULES[gap.rule].title)}", style="dim" if gap.settled else "bold")
    grade = f"  {gap.severity.value}" if gap.settled else ""
    console.print(head.append(grade + _marks(gap), style="dim"))
    _print_found(console, gap)
    if gap.prompt:
        _indented(console, f"Next: {gap.prompt}", dim=True)
    # What --decide asks for.
    _indented(console, gap.id, dim=True)


def _marks(gap: Gap) -> str:
    """Say how many people it concerns, and how sure it is."""
    people = f"  {gap.people:,} people" if isinstance(gap.people, int) else ""
    people = "  * people (too few to show)" if gap.people == "*" else people
    return people + (f"  {gap.sureness.value}" if gap.sureness else "")


def _print_found(console: "Console", gap: Gap, marks: str = "") -> None:
    """Print what was found, what was decided, and what is planned."""
    unsure = "" if gap.confidence == "stated" else f" ({gap.confidence})"
    _indented(console, gap.message + unsure + (f"  {marks}" if marks else ""))
    if gap.decision:
        _indented(console, f"Decided: {in_words(gap.decision)}")
    if gap.planned:
        _indented(console, f"Planned: {', '.join(gap.planned)}")


def print_unchecked(console: "Console", report: Report) -> None:
    """Print what could not be checked, rule by rule."""
    groups: dict[str, list[str]] = {}
    needs: dict[str, dict[str, None]] = {}
    for one in report.could_not_check:
        groups.setdefault(one.rule, []).append(one.message)
        needs.setdefault(one.rule, {}).update(dict.fromkeys(one.needs))
    if groups:
        console.print()
        console.print(Text("COULD NOT BE CHECKED", style="bold"))
    for rule, messages in groups.items():
        console.print(Text(f"  {rule} ({len(messages)})", style="bold"))
        for message in messages[:_MESSAGES]:
            _indented(console, message)
        if len(messages) > _MESSAGES:
            more = f"and {len(messages) - _MESSAGES} more; --format json lists them all."
            _indented(console, more, dim=True)
        if needs[rule]:
            _indented(console, f"Needs: {', '.join(needs[rule])}", dim=True)
