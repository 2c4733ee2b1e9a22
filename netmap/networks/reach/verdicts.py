"""Whether those with most need are reached, in a sentence with the figures behind it."""

from netmap.networks.reach.distribution import EVERYBODY, Distribution
from netmap.networks.reach.groups import Group
from netmap.privacy import SUPPRESSED

_SAME = 0.05  # kilometres or minutes: nobody would notice


def verdict(found: Distribution) -> str:
    """Say who has further to go, or less within reach."""
    if found.by == "community":
        return _of_communities(found)
    if found.need is None or found.others is None:
        return ""
    return _of_two(found.need, found.others, found.by)


def _of_two(need: Group, others: Group, by: str) -> str:
    for group in (need, others):
        if group.within_reach_share is None:
            column = "deprivation_decile" if by == "deprivation" else "rural_urban"
            few = group.people == SUPPRESSED
            why = "too few people to show" if few else "nobody that is counted"
            return (
                "Whether those with most need are reached cannot be told: "
                f"in {group.label} there is {why}. It takes {column} in areas.csv and counts in "
                "populations.csv."
            )
    compared = _compared(need, others)
    return f"{compared} {_within(need, others)}"


def _compared(need: Group, others: Group) -> str:
    """Compare the middle person of both, by minutes where they are known."""
    near, far, unit = need.median_minutes, others.median_minutes, "minutes"
    if near is None and far is None:
        near, far, unit = need.median_km, others.median_km, "km"
    subject = f"People of {need.label}"
    if near is None and far is None:
        return f"Neither {need.label} nor {others.label} can be measured to an activity."
    if near is None or far is None:
        cut = need if near is None else others
        return f"Half or more of the people of {cut.label} have no activity at any distance."
    figures = f"({near:g} {unit}, the median)", f"({far:g} {unit})"
    if abs(near - far) < _SAME:
        return f"{subject} live as near to an activity {figures[0]} as those of {others.label}."
    how = "nearer" if near < far else "farther"
    to = "to" if near < far else "from"
    activity = f"{to} an activity {figures[0]}"
    return f"{subject} live {how} {activity} than those of {others.label} {figures[1]}."


def _within(need: Group, others: Group) -> str:
    mine, theirs = need.within_reach_share or 0.0, others.within_reach_share or 0.0
    return f"Within reach of something are {mine:.0%} of the former and {theirs:.0%} of the latter."


def _of_communities(found: Distribution) -> str:
    """Name the community of which the smallest part has something within reach."""
    shares = {
        row.label: row.within_reach_share
        for row in found.rows
        if row.key != EVERYBODY and row.within_reach_share is not None
    }
    everybody = next((row for row in found.rows if row.key == EVERYBODY), None)
    if not shares:
        return "Whether any community is left out cannot be told: no people of one are counted."
    least = min(shares, key=lambda label: (shares[label], label))
    beside = (
        f", of everybody {everybody.within_reach_share:.0%}"
        if everybody and everybody.within_reach_share is not None
        else ""
    )
    return (
        f"Of {len(shares)} communities counted, the smallest part has something within reach of: "
        f"{least}, {shares[least]:.0%}{beside}."
    )
