"""In which languages activities are offered, and which communities have none in theirs.

Which languages belong to a community is in the vocabulary, and only where it is plain. An activity
that does not say in which languages it is offered is unknown, not English.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from netmap.gaps.coverage.lists import Lists, kept
from netmap.gaps.coverage.telling import near
from netmap.gaps.remote import Remote, remote_by_area
from netmap.gaps.states import Context
from netmap.language import _, pgettext
from netmap.networks.models import Activity
from netmap.vocabulary.languages import language_label, language_of

if TYPE_CHECKING:
    Chosen = np.ndarray[tuple[int], np.dtype[np.bool_]]
    Truths = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Spoken:
    """In which languages the activities of a network are offered."""

    context: Context

    @cached_property
    def languages(self) -> Lists:
        """The languages of the activities of ``context.within_reach``, by their codes."""
        found: Lists = kept(self.context, "languages", spoken_in)
        return found

    @cached_property
    def tongues(self) -> dict[str, tuple[str, ...]]:
        """The languages of each community of a finding or an activity that has some."""
        context = self.context
        named = {c for a in context.register.provision for c in a.communities}
        found = {c: tongues_of(context, c) for c in sorted({*named, *context.pairs.communities})}
        return {community: tongues for community, tongues in found.items() if tongues}

    def offered(self, community: str) -> "Chosen":
        """Tell which activities are offered in a language of a community, and open to it."""
        there = self.context.provision_for(community)
        usable = there.specific | there.lapsed | there.open | there.lapsed_open
        found: Chosen = usable & self.languages.any_of(self.tongues[community])
        return found

    def usable(self, community: str) -> "Chosen":
        """Tell which activities people of a community may use; what has lapsed is left out."""
        there = self.context.provision_for(community)
        found: Chosen = there.specific | there.open
        return found

    def theirs(self, community: str) -> "Chosen":
        """Tell which activities name a community, or one below it."""
        below = self.context.communities.descendants(community)
        return self.context.traits.naming(frozenset((community, *below)))


def from_afar(spoken: Spoken, community: str) -> Remote:
    """Find what people of a community may use online or by telephone, in a language of theirs."""
    context, tongues = spoken.context, set(spoken.tongues[community])
    return remote_by_area(
        context,
        (
            a
            for a in context.remote
            if tongues & set(spoken_in(a))
            and (a.open or (a.communities_known and context.kin(community) & set(a.communities)))
        ),
    )


def spoken_in(activity: Activity) -> tuple[str, ...]:
    """Read the languages an activity is offered in; none where nothing is recorded."""
    return tuple(dict.fromkeys(language_of(one) for one in activity.languages))


def tongues_of(context: Context, community: str) -> tuple[str, ...]:
    """Look up the languages of a community, else of the nearest above it that has some."""
    terms = context.communities.terms
    line = (community, *context.communities.ancestors(community))
    return next((terms[c].languages for c in line if c in terms and terms[c].languages), ())


def either(tongues: tuple[str, ...]) -> str:
    """Write languages as a choice: ``Urdu, Punjabi or Pahari``."""
    names = [language_label(code) for code in tongues]
    if len(names) == 1:
        return names[0]
    before = pgettext("between names", ", ").join(names[:-1])
    return _("%(names)s or %(last)s", names=before, last=names[-1])


def pairs_without(spoken: Spoken) -> "tuple[Truths, Truths]":
    """Find the pairs with open activities within reach, none of them in a language of theirs.

    What is for the community itself is looked at activity by activity, and is left out.

    Returns:
        Those where every activity says its languages, and those where some do not.
    """
    context, pairs = spoken.context, spoken.context.pairs
    found, unknown = np.zeros_like(pairs.looked_at), np.zeros_like(pairs.looked_at)
    columns = [pairs.column[c] for c in spoken.tongues if c in pairs.column]
    kinds = []
    for community in (pairs.communities[column] for column in columns):
        usable = spoken.usable(community)
        settled = spoken.theirs(community) | spoken.offered(community)
        kinds += [usable, settled, usable & spoken.languages.empty]
    there = iter(near(context, kinds))
    for column, some, told, untold in zip(columns, there, there, there, strict=True):
        without = pairs.looked_at[:, column] & some & ~told
        found[:, column], unknown[:, column] = without & ~untold, without & untold
    return found, unknown


def named_in(spoken: Spoken) -> Iterator[tuple[Activity, str]]:
    """Go through the activities that are for a community with languages, remote ones too."""
    for activity in spoken.context.register.provision:
        if activity.communities_known and not spoken.context.lapsed(activity):
            for community in activity.communities:
                if community in spoken.tongues:
                    yield activity, community


def another(spoken: Spoken, activity: Activity, community: str) -> str:
    """Tell what another activity for them says, within reach of where this one is.

    Returns:
        ``yes`` where one is offered in a language of theirs, ``unknown`` where one for them does
        not say, else ``no``. One that is nowhere in particular is compared with all.
    """
    within = spoken.context.within_reach
    area = spoken.context.register.area_of(activity)
    there = within.indices(area) if area in within and area else slice(None)
    if spoken.offered(community)[there].any():
        return "yes"
    return "unknown" if (spoken.theirs(community) & spoken.languages.empty)[there].any() else "no"
