"""Rules about who is tied to whom."""

from collections.abc import Mapping
from dataclasses import replace

from netmap.gaps.context import listed, plural, weakest, weakest_of
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.networks.graph import ties_only
from netmap.networks.measures import VertexLoss, losses
from netmap.networks.models import Organisation
from netmap.networks.register import Register


def _today(context: Context) -> Register:
    """Take the register without the ties that have ended."""
    return replace(context.register, ties=context.ties)


def _no_hub(check: Check) -> Said:
    if not check.context.register.with_role("hub"):
        yield check.unchecked("No hub is recorded.", "organisations.roles")


def _partners(context: Context, hub: Organisation) -> list[str]:
    return sorted(
        {
            t.target_organisation
            for t in context.ties
            if t.kind == "affiliated_to" and t.source_organisation == hub.id
        }
    )


@rule(
    "hub-without-partner",
    "A hub not affiliated to exactly one strategic partner",
    "structure",
    "high",
    evidence="Side by Side evaluation, 2017 [003:11356-11357]: each hub was affiliated to one "
    "strategic partner.",
    prompt="Settle which strategic partner the hub works with, and record it as a tie.",
)
def hub_without_partner(check: Check) -> Said:
    """Report hubs with no strategic partner, or several."""
    context = check.context
    yield from _no_hub(check)
    unsure: list[str] = []
    for hub in context.register.with_role("hub"):
        partners = _partners(context, hub)
        if len(partners) == 1:
            continue
        if not partners and not context.register.surveyed("partners", "ties"):
            unsure.append(hub.name)
            continue
        names = listed(context.register.organisation[p].name for p in partners)
        found = (
            f"{plural(len(partners), 'strategic partner')} ({names})"
            if partners
            else "no strategic partner that is recorded"
        )
        yield check.gap(
            f"{hub.name} is affiliated to {found}; exactly one is looked for.",
            area=hub.area,
            subject=hub.id,
            value=len(partners),
            threshold=1,
            unit="strategic partners",
            evidence=(f"Ties of kind affiliated_to from {hub.name}.",),
            confidence=weakest([hub]),
        )
    if unsure:
        yield check.unchecked(
            f"The register does not say that it lists all strategic partners; {listed(unsure)} "
            f"{'has' if len(unsure) == 1 else 'have'} none recorded.",
            'network.toml surveyed: "partners"',
            "ties.kind affiliated_to",
        )


@rule(
    "hub-without-commissioner",
    "A hub with no tie to a commissioner",
    "structure",
    "high",
    evidence="Side by Side evaluation, 2017 [003:12098-12099]: some hubs were in good dialogue "
    "with commissioners, others hardly at all.",
    prompt="Find who commissions locally, and note the contact as a tie of kind in_dialogue_with.",
)
def hub_without_commissioner(check: Check) -> Said:
    """Report hubs that talk with no commissioner."""
    context = check.context
    yield from _no_hub(check)
    commissioners = {o.id for o in context.register.with_role("commissioner")}
    ends = [(t.source_organisation, t.target_organisation) for t in context.ties]
    tied = {one for pair in ends for one, other in (pair, pair[::-1]) if other in commissioners}
    # Whoever commissions is a commissioner, also where its role is not recorded.
    tied |= {t.target_organisation for t in context.ties if t.kind == "commissions"}
    lacking = [hub for hub in context.register.with_role("hub") if hub.id not in tied]
    if lacking and not context.register.surveyed("commissioners", "ties"):
        yield check.unchecked(
            "The register does not say that it lists ties to commissioners; "
            f"{plural(len(lacking), 'hub')} could not be checked.",
            'network.toml surveyed: "commissioners"',
            "ties.kind in_dialogue_with or commissions",
        )
        return
    for hub in lacking:
        yield check.gap(
            f"No tie between {hub.name} and a commissioner was found.",
            area=hub.area,
            subject=hub.id,
            value=0,
            threshold=1,
            unit="commissioners",
            evidence=("Ties of every kind to organisations with the role commissioner.",),
            confidence=weakest([hub]),
        )


@rule(
    "isolated-organisation",
    "An organisation with no ties at all",
    "structure",
    "medium",
    evidence="Side by Side evaluation, 2017 [003:12409-12410]: networks instead of groups out on "
    "their own.",
    prompt="Ask whom they work with; perhaps the tie is only not recorded.",
)
def isolated(check: Check) -> Said:
    """Report organisations that nobody is tied to."""
    context = check.context
    if not context.register.organisations:
        yield check.unchecked("No organisations are recorded.", "organisations")
    graph = ties_only(_today(context))
    alone = [o for o in context.register.organisations if not graph.degree[o.id]]
    if alone and not context.register.surveyed("ties"):
        yield check.unchecked(
            "The register does not say that it lists all ties; "
            f"{plural(len(alone), 'organisation')} without any could not be checked.",
            'network.toml surveyed: "ties"',
        )
        return
    for one in alone:
        yield check.gap(
            f"{one.name} has no recorded tie to any other organisation.",
            area=one.area,
            subject=one.id,
            value=0,
            threshold=1,
            unit="ties",
            confidence=weakest([one]),
        )


@rule(
    "single-bridge",
    "An organisation, or a tie, whose loss cuts the network in two",
    "structure",
    "high",
    evidence="West Yorkshire and Harrogate scoping report, 2020 [001:1342-1343]: it should not be "
    "down to any individual's generosity or circumstances.",
    prompt="Introduce organisations on both sides to each other, so that more than one way leads "
    "across.",
)
def single_bridge(check: Check) -> Said:
    """Report what holds the network together alone."""
    context = check.context
    today = _today(context)
    if not today.ties:
        yield check.unchecked("No ties are recorded.", "ties")
        return
    found = losses(ties_only(today))
    names = {o.id: o.name for o in context.register.organisations}
    full = context.register.surveyed("ties")
    caution = () if full else ("The register does not say that it lists all ties.",)
    evidence = ("All recorded ties, whatever their kind and direction.", *caution)
    confidence = _tie_confidence(context)
    for loss in found.organisations:
        yield check.gap(
            f"If {names[loss.removed]} left, {plural(loss.cut_off, 'organisation')} would be cut "
            f"off from the largest part that remains: {_first_named(loss, names)}.",
            subject=loss.removed,
            value=loss.cut_off,
            threshold=0,
            unit="organisations",
            evidence=evidence,
            confidence=confidence[loss.removed],
        )
    # Who has one tie only is told of with the organisation it leads to.
    for tie in (one for one in found.ties if one.cut_off > 1):
        yield check.gap(
            f"Only the tie between {names[tie.one]} and {names[tie.other]} joins "
            f"{plural(tie.stay, 'organisation')} to {plural(tie.cut_off, 'other')}.",
            subject=f"{tie.one}>{tie.other}",
            value=tie.cut_off,
            threshold=0,
            unit="organisations",
            evidence=evidence,
            confidence=weakest_of((confidence[tie.one], confidence[tie.other])),
        )


def _first_named(loss: VertexLoss, names: Mapping[str, str]) -> str:
    more = loss.cut_off - len(loss.first)
    shown = ", ".join(names[one] for one in loss.first)
    return shown + (f" and {more} more" if more else "")


def _tie_confidence(context: Context) -> dict[str, str]:
    """Give, for each organisation, the weakest confidence among its ties."""
    found: dict[str, set[str]] = {}
    for tie in context.ties:
        for end in (tie.source_organisation, tie.target_organisation):
            found.setdefault(end, set()).add(tie.confidence or "stated")
    return {end: weakest_of(those) for end, those in found.items()}


@rule(
    "topic-without-advisers",
    "A topic with no advisory members, or only ambiguous ones",
    "structure",
    "low",
    evidence="COPES advisory network slides [000:81-118]: seven topics and those who advised on "
    "them; the layout leaves some memberships open.",
    prompt="Ask the members which topics they advise on, and note it as stated.",
)
def topic_without_advisers(check: Check) -> Said:
    """Report topics that nobody surely advises on."""
    context = check.context
    expected = context.register.settings.topics.expected
    advice = [t for t in context.ties if t.kind == "advises" and t.topic]
    if not expected:
        yield check.unchecked(
            "No topics are expected, so only those that somebody advises on could be looked at.",
            "network.toml [topics] expected",
        )
    for topic in sorted({*expected, *(t.topic for t in advice if t.topic)}):
        advising = [t for t in advice if t.topic == topic]
        certain = [t for t in advising if not t.uncertain]
        label = context.vocabularies["topic"].label(topic)
        if certain:
            continue
        if not advising and not context.register.surveyed("advisers", "ties"):
            yield check.unchecked(
                f"The register does not say that it lists all advisers; {label} has none.",
                'network.toml surveyed: "advisers"',
                subject=topic,
            )
            continue
        names = listed(context.register.organisation[t.source_organisation].name for t in advising)
        said = (
            f"only memberships that are not certain: {names}" if advising else "no advisory member"
        )
        yield check.gap(
            f"For the topic {label} the register has {said}.",
            subject=topic,
            value=0,
            threshold=1,
            unit="advisers",
            evidence=(f"{plural(len(advising), 'uncertain membership')}.",),
            confidence=weakest(advising),
        )
