"""Rules about who is tied to whom."""

from collections.abc import Mapping
from dataclasses import replace

from netmap.gaps.context import listed, weakest, weakest_of
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.graph import ties_only
from netmap.networks.measures import VertexLoss, losses
from netmap.networks.models import Organisation
from netmap.networks.register import Register


def _today(context: Context) -> Register:
    """Take the register without the ties that have ended."""
    return replace(context.register, ties=context.ties)


def _no_hub(check: Check) -> Said:
    if not check.context.register.with_role("hub"):
        yield check.unchecked(_("No hub is recorded."), "organisations.roles")


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
    N_("A hub not affiliated to exactly one strategic partner"),
    "structure",
    "high",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:11356-11357]: each hub was affiliated to one "
        "strategic partner."
    ),
    prompt=N_("Settle which strategic partner the hub works with, and record it as a tie."),
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
        yield check.gap(
            _affiliated(hub, [context.register.organisation[p].name for p in partners]),
            area=hub.area,
            subject=hub.id,
            value=len(partners),
            threshold=1,
            unit=pgettext("unit", "strategic partners"),
            evidence=(_("Ties of kind affiliated_to from %(hub)s.", hub=hub.name),),
            confidence=weakest([hub]),
        )
    if unsure:
        yield check.unchecked(
            ngettext(
                "The register does not say that it lists all strategic partners; %(hubs)s has "
                "none recorded.",
                "The register does not say that it lists all strategic partners; %(hubs)s have "
                "none recorded.",
                len(unsure),
                hubs=listed(unsure),
            ),
            'network.toml surveyed: "partners"',
            "ties.kind affiliated_to",
        )


def _affiliated(hub: Organisation, partners: list[str]) -> str:
    if not partners:
        return _(
            "%(hub)s is affiliated to no strategic partner that is recorded; exactly one is "
            "looked for.",
            hub=hub.name,
        )
    return ngettext(
        "%(hub)s is affiliated to %(count)s strategic partner (%(partners)s); exactly one is "
        "looked for.",
        "%(hub)s is affiliated to %(count)s strategic partners (%(partners)s); exactly one is "
        "looked for.",
        len(partners),
        hub=hub.name,
        partners=listed(partners),
    )


@rule(
    "hub-without-commissioner",
    N_("A hub with no tie to a commissioner"),
    "structure",
    "high",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:12098-12099]: some hubs were in good dialogue "
        "with commissioners, others hardly at all."
    ),
    prompt=N_(
        "Find who commissions locally, and note the contact as a tie of kind in_dialogue_with."
    ),
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
            ngettext(
                "The register does not say that it lists ties to commissioners; %(count)s hub "
                "could not be checked.",
                "The register does not say that it lists ties to commissioners; %(count)s hubs "
                "could not be checked.",
                len(lacking),
            ),
            'network.toml surveyed: "commissioners"',
            "ties.kind in_dialogue_with or commissions",
        )
        return
    for hub in lacking:
        yield check.gap(
            _("No tie between %(hub)s and a commissioner was found.", hub=hub.name),
            area=hub.area,
            subject=hub.id,
            value=0,
            threshold=1,
            unit=pgettext("unit", "commissioners"),
            evidence=(_("Ties of every kind to organisations with the role commissioner."),),
            confidence=weakest([hub]),
        )


@rule(
    "isolated-organisation",
    N_("An organisation with no ties at all"),
    "structure",
    "medium",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:12409-12410]: networks instead of groups out on "
        "their own."
    ),
    prompt=N_("Ask whom they work with; perhaps the tie is only not recorded."),
)
def isolated(check: Check) -> Said:
    """Report organisations that nobody is tied to."""
    context = check.context
    if not context.register.organisations:
        yield check.unchecked(_("No organisations are recorded."), "organisations")
    graph = ties_only(_today(context))
    alone = [o for o in context.register.organisations if not graph.degree[o.id]]
    if alone and not context.register.surveyed("ties"):
        yield check.unchecked(
            ngettext(
                "The register does not say that it lists all ties; %(count)s organisation without "
                "any could not be checked.",
                "The register does not say that it lists all ties; %(count)s organisations "
                "without any could not be checked.",
                len(alone),
            ),
            'network.toml surveyed: "ties"',
        )
        return
    for one in alone:
        yield check.gap(
            _(
                "%(organisation)s has no recorded tie to any other organisation.",
                organisation=one.name,
            ),
            area=one.area,
            subject=one.id,
            value=0,
            threshold=1,
            unit=pgettext("unit", "ties"),
            confidence=weakest([one]),
        )


@rule(
    "single-bridge",
    N_("An organisation, or a tie, whose loss cuts the network in two"),
    "structure",
    "high",
    evidence=N_(
        "West Yorkshire and Harrogate scoping report, 2020 [001:1342-1343]: it should not be "
        "down to any individual's generosity or circumstances."
    ),
    prompt=N_(
        "Introduce organisations on both sides to each other, so that more than one way leads "
        "across."
    ),
)
def single_bridge(check: Check) -> Said:
    """Report what holds the network together alone."""
    context = check.context
    today = _today(context)
    if not today.ties:
        yield check.unchecked(_("No ties are recorded."), "ties")
        return
    found = losses(ties_only(today))
    names = {o.id: o.name for o in context.register.organisations}
    full = context.register.surveyed("ties")
    caution = () if full else (_("The register does not say that it lists all ties."),)
    evidence = (_("All recorded ties, whatever their kind and direction."), *caution)
    confidence = _tie_confidence(context)
    for loss in found.organisations:
        yield check.gap(
            ngettext(
                "If %(organisation)s left, %(count)s organisation would be cut off from the "
                "largest part that remains: %(names)s.",
                "If %(organisation)s left, %(count)s organisations would be cut off from the "
                "largest part that remains: %(names)s.",
                loss.cut_off,
                organisation=names[loss.removed],
                names=_first_named(loss, names),
            ),
            subject=loss.removed,
            value=loss.cut_off,
            threshold=0,
            unit=pgettext("unit", "organisations"),
            evidence=evidence,
            confidence=confidence[loss.removed],
        )
    # Who has one tie only is told of with the organisation it leads to.
    for tie in (one for one in found.ties if one.cut_off > 1):
        yield check.gap(
            _(
                "Only the tie between %(one)s and %(other)s joins %(organisations)s to %(others)s.",
                one=names[tie.one],
                other=names[tie.other],
                organisations=ngettext(
                    "%(count)s organisation", "%(count)s organisations", tie.stay
                ),
                others=ngettext("%(count)s other", "%(count)s others", tie.cut_off),
            ),
            subject=f"{tie.one}>{tie.other}",
            value=tie.cut_off,
            threshold=0,
            unit=pgettext("unit", "organisations"),
            evidence=evidence,
            confidence=weakest_of((confidence[tie.one], confidence[tie.other])),
        )


def _first_named(loss: VertexLoss, names: Mapping[str, str]) -> str:
    more = loss.cut_off - len(loss.first)
    shown = pgettext("between names", ", ").join(names[one] for one in loss.first)
    if not more:
        return shown
    return ngettext(
        "%(names)s and %(count)s more", "%(names)s and %(count)s more", more, names=shown
    )


def _tie_confidence(context: Context) -> dict[str, str]:
    """Give, for each organisation, the weakest confidence among its ties."""
    found: dict[str, set[str]] = {}
    for tie in context.ties:
        for end in (tie.source_organisation, tie.target_organisation):
            found.setdefault(end, set()).add(tie.confidence or "stated")
    return {end: weakest_of(those) for end, those in found.items()}


@rule(
    "topic-without-advisers",
    N_("A topic with no advisory members, or only ambiguous ones"),
    "structure",
    "low",
    evidence=N_(
        "COPES advisory network slides [000:81-118]: seven topics and those who advised on "
        "them; the layout leaves some memberships open."
    ),
    prompt=N_("Ask the members which topics they advise on, and note it as stated."),
)
def topic_without_advisers(check: Check) -> Said:
    """Report topics that nobody surely advises on."""
    context = check.context
    expected = context.register.settings.topics.expected
    advice = [t for t in context.ties if t.kind == "advises" and t.topic]
    if not expected:
        yield check.unchecked(
            _("No topics are expected, so only those that somebody advises on could be looked at."),
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
                _(
                    "The register does not say that it lists all advisers; %(topic)s has none.",
                    topic=label,
                ),
                'network.toml surveyed: "advisers"',
                subject=topic,
            )
            continue
        names = [context.register.organisation[t.source_organisation].name for t in advising]
        yield check.gap(
            _advised(label, names),
            subject=topic,
            value=0,
            threshold=1,
            unit=pgettext("unit", "advisers"),
            evidence=(
                ngettext(
                    "%(count)s uncertain membership.",
                    "%(count)s uncertain memberships.",
                    len(advising),
                ),
            ),
            confidence=weakest(advising),
        )


def _advised(topic: str, members: list[str]) -> str:
    if not members:
        return _("For the topic %(topic)s the register has no advisory member.", topic=topic)
    return _(
        "For the topic %(topic)s the register has only memberships that are not certain: "
        "%(members)s.",
        topic=topic,
        members=listed(members),
    )
