"""How sure: under which share of the alternative settings each gap stands."""

from collections.abc import Callable, Iterable, Sequence

from netmap.gaps.gap import Gap
from netmap.gaps.rules import RULES, Check, Rule
from netmap.gaps.states import Context
from netmap.networks.alternatives import GRID, Alternative


def alternatives_for(rule: Rule) -> tuple[Alternative, ...]:
    """Choose the alternatives that change a setting the rule reads."""
    return tuple(one for one in GRID if one.keys & set(rule.settings))


def with_standing(
    gaps: Iterable[Gap],
    context: Context,
    progress: Callable[[str], None] = lambda _stage: None,
) -> list[Gap]:
    """Say of each gap under which share of the alternative settings it stands.

    Args:
        gaps: As found under the settings of the network.
        context: What they were found in.
        progress: Told which alternative is looked at.

    Returns:
        The gaps in the same order. One whose rule reads no setting that could as well be another
        keeps None.
    """
    by_rule: dict[str, list[Gap]] = {}
    for gap in gaps:
        by_rule.setdefault(gap.rule, []).append(gap)
    stood = {slug: [0] * len(found) for slug, found in by_rule.items()}
    for alternative in GRID:
        concerned = [s for s in by_rule if alternative.keys & set(RULES[s].settings)]
        if not concerned:
            continue
        progress(f"How sure: {alternative.words}")
        other = context.varied(alternative)
        for slug in concerned:
            for n, stands in enumerate(_stand(RULES[slug], other, by_rule[slug])):
                stood[slug][n] += stands
    made = {
        slug: iter(_shared(found, stood[slug], len(alternatives_for(RULES[slug]))))
        for slug, found in by_rule.items()
    }
    return [next(made[gap.rule]) for gap in gaps]


def _shared(gaps: Sequence[Gap], stood: Sequence[int], tried: int) -> list[Gap]:
    if not tried:
        return list(gaps)
    return [gap._replace(stands=round(n / tried, 4)) for gap, n in zip(gaps, stood, strict=True)]


def _stand(rule: Rule, context: Context, gaps: Sequence[Gap]) -> list[bool]:
    """Tell which gaps of a rule are found in another context too."""
    if rule.hold is not None:
        return rule.hold(context, gaps)
    found = {said.id for said in rule.look(Check(rule, context)) if isinstance(said, Gap)}
    return [gap.id in found for gap in gaps]
