"""The rule about types of provision for minority ethnic communities."""

from netmap.gaps.context import listed, plural, provision_confidence
from netmap.gaps.rules import Check, Said, rule
from netmap.networks.models import MINORITY_ETHNIC

_MIGRANT = "migrant"
_TYPES = ("general", "community_specific", "refugee_and_migrant")


@rule(
    "community-type-missing",
    "Minority ethnic provision lacks general, community-specific, or refugee and migrant",
    "coverage",
    "medium",
    evidence="Side by Side evaluation, 2017 [003:9511], [003:9609-9640]: three overlapping types "
    "of BaME project.",
    prompt="Ask whether the type that is missing is wanted, and who could host it.",
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
            "No activity for minority ethnic communities is recorded by name.",
            "activities.communities",
        )
    for area, meant in recorded.items():
        untyped = [a for a in meant if not a.community_type]
        missing = [t for t in _TYPES if t not in {a.community_type for a in meant}]
        if untyped:
            yield check.unchecked(
                f"The type of {plural(len(untyped), 'activity', 'activities')} for minority ethnic "
                f"communities in {context.name(area)} is not recorded.",
                "activities.community_type",
                area=area,
            )
        elif meant and missing and not context.register.surveyed("activities"):
            yield check.not_surveyed("activities")
        elif meant and missing:
            vocabulary = context.vocabularies["community_type"]
            names = listed(vocabulary.label(t).lower() for t in missing)
            yield check.gap(
                f"Among the minority ethnic provision recorded in {context.name(area)} none was "
                f"found that is {names}.",
                area=area,
                community=MINORITY_ETHNIC,
                value=len(_TYPES) - len(missing),
                threshold=len(_TYPES),
                unit="types",
                evidence=(f"Looked at: {listed(a.name for a in meant)}.",),
                confidence=provision_confidence(meant),
            )
