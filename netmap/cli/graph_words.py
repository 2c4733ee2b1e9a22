"""A network of ties as a whole, in words: who holds it together, who is alone, who ties with whom.

What was asked for by name is for :mod:`netmap.cli.graph_answers`.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from netmap.cli.console import print_table
from netmap.cli.graph_mixing import mixing_in_words, percent
from netmap.gaps.context import listed, plural

if TYPE_CHECKING:
    from rich.console import Console

    from netmap.cli.graph import Scored
    from netmap.networks.measures import Broker, Measures, Member
    from netmap.networks.register import Register
    from netmap.vocabulary import Vocabularies

MEMBERS = 30
_LINES = 8
_COLUMNS = ("organisation", "id", "tied to", "betweenness", "only bridge", "core", "part")
_NUMBERS = 5
_LEGEND = (
    "tied to: how many others. betweenness: the share of shortest ways between others that lead "
    "through it, 0 to 1. only bridge: whether its leaving would cut others off. core: it is among "
    "organisations that are each tied to so many of one another. part: which of the separate "
    "parts it is in, 1 the largest."
)


def show_whole(
    console: "Console",
    register: "Register",
    scored: "Scored",
    words: "Vocabularies",
    *,
    every: bool,
) -> None:
    """Print the whole picture."""
    found = scored.measures
    console.print(in_short(found))
    if not found.organisations:
        return
    sections = {"Who is alone": _alone(register, found)}
    if found.ties:
        mixing = (mixing_in_words(one, words, found.organisations) for one in scored.homophily)
        sections = {
            "Who holds it together": _brokers(register, scored, words),
            "Whose leaving would part others": _bridges(register, scored),
            **sections,
            "Do alike tie with alike?": mixing,
        }
    for title, lines in sections.items():
        _print_section(console, title, list(lines), every=every)
    console.print()
    shown = found.members if every else found.members[:MEMBERS]
    names = {one.id: one.name for one in register.organisations}
    print_table(console, _COLUMNS, [_row(names[m.id], m) for m in shown], numbers=_NUMBERS)
    if len(shown) < len(found.members):
        more = len(found.members) - len(shown)
        console.print(f"and {plural(more, 'more organisation')}; --all lists them all.")
    console.print(Text(_LEGEND, style="dim"))


def in_short(found: "Measures") -> str:
    """Say in a line how large a network is, and how closely it is tied."""
    head = f"{plural(found.organisations, 'organisation')}, {plural(found.ties, 'tie')}"
    if not found.ties or found.organisations < 2:  # noqa: PLR2004  # one has nobody to be tied to
        return f"{head}."
    parts = (
        "all joined to one another, directly or through others"
        if found.components == 1
        else f"in {found.components} parts that are not joined"
    )
    both = f"{percent(found.reciprocity)} of ties go" if found.reciprocity else "No tie goes"
    return (
        f"{head}; {parts}. Of the pairs that could be tied {percent(found.density)} are (density "
        f"{found.density:.2g}). {both} both ways (reciprocity {found.reciprocity:.2g})."
    )


def _print_section(console: "Console", title: str, lines: list[str], *, every: bool) -> None:
    shown = lines if every else lines[:_LINES]
    console.print()
    console.print(Text(title, style="bold"))
    for line in shown:
        console.print(Padding(Text(line), (0, 0, 0, 2), expand=False))
    if len(shown) < len(lines):
        more = Text(f"and {len(lines) - len(shown)} more; --all lists them all.", style="dim")
        console.print(Padding(more, (0, 0, 0, 2), expand=False))


def _brokers(register: "Register", scored: "Scored", words: "Vocabularies") -> Iterator[str]:
    sampled = scored.measures.betweenness_sampled
    if sampled:
        yield (
            f"Shares of ways are estimates: ways were followed from {sampled} of the "
            f"{scored.measures.organisations:,} organisations."
        )
    for one in scored.brokers:
        yield _broker(register.organisation[one.id].name, one, words)
    if not scored.brokers:
        yield "Nobody: whoever is joined at all is tied to all the others of its part."


def _broker(name: str, one: "Broker", words: "Vocabularies") -> str:
    label = words["sector"].label
    unlike = [linked for linked in one.sectors if linked.one != linked.other]
    where = [
        f"{label(two.one)} and {label(two.other)} ({plural(two.pairs, 'pair')})"
        for two in unlike[:2]
    ]
    sectors = f", among them {', '.join(where)}" if where else ""
    return (
        f"{name}: {percent(one.betweenness)} of the shortest ways between others lead through "
        f"it. It is tied to {one.degree:,}; {plural(one.between, 'pair')} of these are not tied to "
        f"each other{sectors}."
    )


def _bridges(register: "Register", scored: "Scored") -> Iterator[str]:
    name = {one.id: one.name for one in register.organisations}
    found = scored.bridges
    for loss in sorted(found.organisations, key=lambda one: (-one.cut_off, one.removed)):
        if loss.stay == 1:
            yield (
                f"If {name[loss.removed]} left, none of the {loss.cut_off + 1:,} that it joins "
                "would be joined to another."
            )
            continue
        lost = _first(loss.first, loss.cut_off, name)
        yield (
            f"If {name[loss.removed]} left, {plural(loss.parts, 'part')} would be left where now "
            f"there is one. Cut off from the largest, of {loss.stay:,}: {lost}."
        )
    ties = sorted(found.ties, key=lambda one: (-one.cut_off, one.one, one.other))
    for tie in (one for one in ties if one.cut_off > 1):
        lost = _first(tie.first, tie.cut_off, name)
        yield f"Only {name[tie.one]} and {name[tie.other]}, tied, join these to the rest: {lost}."
    if not found.organisations:
        yield "Nobody's: whoever left, the others would still be joined as now."


def _first(ids: tuple[str, ...], of: int, name: dict[str, str]) -> str:
    more = of - len(ids)
    return ", ".join(name[one] for one in ids) + (f" and {more} more" if more else "")


def _alone(register: "Register", found: "Measures") -> Iterator[str]:
    name = {one.id: one.name for one in register.organisations}
    parts: dict[int, list[str]] = {}
    for member in sorted(found.members, key=lambda one: one.id):
        parts.setdefault(member.component, []).append(name[member.id])
    alone = [part[0] for _, part in sorted(parts.items()) if len(part) == 1]
    if alone:
        yield (
            f"{plural(len(alone), 'organisation')} with no recorded tie to another: "
            f"{listed(alone, _LINES)}."
        )
    for number, part in sorted(parts.items()):
        if number and len(part) > 1:
            yield f"{len(part)} are joined to one another only: {listed(part, _LINES)}."
    if len(parts) == 1 and not alone:
        yield "Nobody."
    elif not register.surveyed("ties"):
        yield "The register does not say that it lists all ties: theirs may only not be recorded."


def _row(name: str, member: "Member") -> list[object]:
    return [
        name,
        member.id,
        member.degree,
        f"{member.betweenness:.2f}",
        member.bridge,
        member.core,
        member.component + 1,
    ]
