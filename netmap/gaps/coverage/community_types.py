"""The rule about types of provision for minority ethnic communities."""

from netmap.gaps.context import listed, provision_confidence
from netmap.gaps.rules import Check, Said, rule
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.models import MINORITY_ETHNIC

_MIGRANT = "migrant"
_TYPES = ("general", "community_specific", "refugee_and_migrant")


@rule(
    "community-type-missing",
    N_("Minority ethnic provision lacks general, community-specific, or refugee and migrant"),
    "coverage",
    "medium",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:9511], [003:9609-9640]: three overlapping types "
        "of BaME project."
    ),
    prompt=N_("Ask whether the type that is missing is wanted, and who could host it."),
)
def type_missing(check: Check) -> Said:
    """Report which of the three types an area's minority ethnic provision lacks."""
    context = check.context
    minority = {MINORITY_ETHNIC, *context.communities.descendants(MINORITY_ETHNIC)}
    minority |= {_MIGRANT, *context.communities.descendants(_MIGRANT)}
    recorded = {
        area: [
            a
            for a in context.activities_in(area)
            if not a.aggregate and minority & set(a.communities)
        ]
        for area in context.register.areas.top
    }
    if not any(recorded.values()):
        yield check.unchecked(
            _("No activity for minority ethnic communities is recorded by name."),
            "activities.communities",
        )
    for area, meant in recorded.items():
        untyped = [a for a in meant if not a.community_type]
        missing = [t for t in _TYPES if t not in {a.community_type for a in meant}]
        if untyped:
            yield check.unchecked(
                ngettext(
                    "The type of %(count)s activity for minority ethnic communities in %(area)s "
                    "is not recorded.",
                    "The type of %(count)s activities for minority ethnic communities in %(area)s "
                    "is not recorded.",
                    len(untyped),
                    area=context.name(area),
                ),
                "activities.community_type",
                area=area,
            )
        elif meant and missing and not context.register.surveyed("activities"):
            yield check.not_surveyed("activities")
        elif meant and missing:
            vocabulary = context.vocabularies["community_type"]
            names = listed(vocabulary.label(t).lower() for t in missing)
            yield check.gap(
                _(
                    "Among the minority ethnic provision recorded in %(area)s none was found that "
                    "is %(kinds)s.",
                    area=context.name(area),
                    kinds=names,
                ),
                area=area,
                community=MINORITY_ETHNIC,
                value=len(_TYPES) - len(missing),
                threshold=len(_TYPES),
                unit=pgettext("unit", "types"),
                evidence=(_("Looked at: %(names)s.", names=listed(a.name for a in meant)),),
                confidence=provision_confidence(meant),
            )
