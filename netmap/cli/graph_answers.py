"""What was asked of a network of ties by name: without one, between two, what is shared."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from netmap.cli.graph_shared import Line, shared_in_words
from netmap.cli.graph_words import in_short
from netmap.gaps.context import plural

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.cli.graph import Scored
    from netmap.networks.measures import Door, Introductions, Step, Without
    from netmap.networks.register import Register
    from netmap.vocabulary import Vocabularies


def show_answers(
    console: "Console",
    register: "Register",
    scored: "Scored",
    words: "Vocabularies",
    *,
    every: bool,
) -> None:
    """Print what was asked for, below the network in short."""
    console.print(in_short(scored.measures))
    answers: list[Iterator[Line]] = []
    if scored.without:
        answers.append(_without(register, scored.without))
    if scored.between:
        answers.append(_between(register, scored.between, words))
    if scored.projections:
        answers.append(shared_in_words(register, scored.projections, words, every=every))
    for lines in answers:
        console.print()
        for indent, line in lines:
            console.print(Padding(Text(line), (0, 0, 0, indent), expand=False))


def _without(register: "Register", gone: "Without") -> Iterator[Line]:
    name = register.organisation
    who = name[gone.removed].name
    if not gone.cut_off:
        yield 0, f"If {who} left, nobody would be cut off from the others."
        return
    lost = plural(len(gone.cut_off), "organisation")
    parts = plural(gone.components, "part")
    yield 0, f"If {who} left, the network would be in {parts}. Cut off would be {lost}:"
    for one in gone.cut_off:
        yield 2, name[one].name


def _between(register: "Register", found: "Introductions", words: "Vocabularies") -> Iterator[Line]:
    name = {one.id: one.name for one in register.organisations}
    start = name[found.start]
    goal = words["community"].label(found.goal) if found.community else name[found.goal]
    if found.itself and not found.community:
        yield 0, f"That is {start} itself."
        return
    if found.itself:
        yield 0, f"{start} is itself for: {goal}."
    if found.steps is None:
        yield 0, _nobody(found, start, goal)
        if found.unowned:
            activities = plural(found.unowned, "current activity", "current activities")
            yield 0, f"For them: {activities} of which no organisation is recorded."
        return
    nearest = f"the nearest for {goal} (" if found.community else ""
    ends = ", ".join(_door(one, name, words) for one in found.reached)
    ends = f"{nearest}{ends})" if found.community else ends
    if found.steps == 1:
        yield 0, f"{start} is tied to {ends} already:"
    else:
        ways = plural(found.ways_in_all, "way")
        yield 0, f"{start} can be introduced to {ends} in {found.steps} steps, {ways}:"
    for number, way in enumerate(found.ways, start=1):
        yield (
            2,
            f"{number}. {' > '.join(name[one] for one in (way[0].one, *(s.other for s in way)))}",
        )
        for step in way:
            yield 5, _tied(step, name, words)
    if len(found.ways) < found.ways_in_all:
        yield 2, f"and {plural(found.ways_in_all - len(found.ways), 'more way')} as short."


def _nobody(found: "Introductions", start: str, goal: str) -> str:
    if not found.community:
        return f"Nobody leads from {start} to {goal}: they are in parts that are not joined."
    if not found.doors:
        other = "other " if found.itself else ""
        return f"No {other}organisation is recorded that serves, or is led by: {goal}."
    return (
        f"{plural(found.doors, 'organisation')} for {goal} recorded, but nobody leads there from "
        f"{start}."
    )


def _door(one: "Door", name: dict[str, str], words: "Vocabularies") -> str:
    label = words["community"].label
    why = [f"led by {label(code)}" for code in one.led_by]
    why += [f"serves {label(code)}" for code in one.serves]
    return f"{name[one.id]}{', ' if why else ''}{', '.join(why)}"


def _tied(step: "Step", name: dict[str, str], words: "Vocabularies") -> str:
    label = words["tie_kind"].label
    one, other = name[step.one], name[step.other]
    said = [f"{one} {label(kind)} {other}" for kind in step.forth]
    said += [f"{other} {label(kind)} {one}" for kind in step.back]
    return "; ".join(said)
