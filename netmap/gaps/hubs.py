"""The rule about groups that have no tie to the hub of their area."""

from collections.abc import Mapping, Sequence

from netmap.gaps.context import listed, number, weakest
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.models import Organisation


@rule(
    "group-without-hub",
    N_("A group in a hub's area with no tie to the hub"),
    "structure",
    "medium",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:12414-12415]: of six local groups only half had "
        "contact with the hub."
    ),
    prompt=N_(
        "Ask the group whether it knows the hub and what it would find useful, and note the "
        "contact as a tie; a group may well do without."
    ),
)
def group_without_hub(check: Check) -> Said:
    """Report grassroots groups with no tie, of any kind, to a hub whose area they are in."""
    context = check.context
    hubs, groups = context.register.with_role("hub"), _groups(context)
    yield from _not_recorded(check, hubs, groups)
    near = _hubs_near(context, hubs, groups)
    tied = _tied(context, {hub.id for hub in hubs})
    lacking = [g for g in groups if near[g.id] and not tied.get(g.id, set()) & near[g.id].keys()]
    if lacking and not context.register.surveyed("ties"):
        yield check.unchecked(
            ngettext(
                "The register does not say that it lists all ties; %(count)s group without a tie "
                "to a hub of their area could not be checked.",
                "The register does not say that it lists all ties; %(count)s groups without a tie "
                "to a hub of their area could not be checked.",
                len(lacking),
            ),
            'network.toml surveyed: "ties"',
        )
        return
    for group in lacking:
        around = list(near[group.id].values())
        found = check.gap(
            ngettext(
                "No tie between %(group)s and %(hubs)s, the hub of its area, was found.",
                "No tie between %(group)s and %(hubs)s, the hubs of its area, was found.",
                len(around),
                group=group.name,
                hubs=listed(hub.name for hub in around),
            ),
            area=group.area,
            subject=group.id,
            value=0,
            threshold=1,
            unit=pgettext("unit", "hubs"),
            evidence=(_("Looked for: current ties of every kind, in either direction."),),
            confidence=weakest([group, *around]),
        )
        yield found._replace(people=None)  # how many come to the group nobody knows


def _groups(context: Context) -> list[Organisation]:
    return [g for g in context.register.with_role("grassroots_group") if "hub" not in g.roles]


def _not_recorded(
    check: Check, hubs: Sequence[Organisation], groups: Sequence[Organisation]
) -> Said:
    for rows, none, nowhere in (
        (hubs, N_("No hub is recorded."), _hubs_nowhere),
        (groups, N_("No grassroots group is recorded."), _groups_nowhere),
    ):
        some = sum(one.area is None for one in rows)
        if not rows:
            yield check.unchecked(_(none), "organisations.roles")
        elif some:
            yield check.unchecked(nowhere(some, len(rows)), "organisations.area")


def _hubs_nowhere(some: int, rows: int) -> str:
    return ngettext(
        "No area is recorded for %(some)s of %(count)s hub.",
        "No area is recorded for %(some)s of %(count)s hubs.",
        rows,
        some=number(some),
    )


def _groups_nowhere(some: int, rows: int) -> str:
    return ngettext(
        "No area is recorded for %(some)s of %(count)s grassroots group.",
        "No area is recorded for %(some)s of %(count)s grassroots groups.",
        rows,
        some=number(some),
    )


def _hubs_near(
    context: Context, hubs: Sequence[Organisation], groups: Sequence[Organisation]
) -> Mapping[str, Mapping[str, Organisation]]:
    """Find the hubs in whose area, or in one below it, each group is."""
    at: dict[str, dict[str, Organisation]] = {}
    for hub in hubs:
        if hub.area:
            at.setdefault(hub.area, {})[hub.id] = hub
    near: dict[str, dict[str, Organisation]] = {}
    for group in groups:
        line = context.places_above(group.area) if group.area else ()
        near[group.id] = {id_: hub for code in line for id_, hub in at.get(code, {}).items()}
    return near


def _tied(context: Context, hubs: set[str]) -> Mapping[str, set[str]]:
    """Find the hubs each organisation has a tie with."""
    found: dict[str, set[str]] = {}
    for tie in context.ties:
        ends = tie.source_organisation, tie.target_organisation
        for one, other in (ends, ends[::-1]):
            if other in hubs:
                found.setdefault(one, set()).add(other)
    return found
