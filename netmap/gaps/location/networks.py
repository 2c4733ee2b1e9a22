"""The rule about areas that no network, alliance or meeting covers."""

from collections.abc import Iterator, Sequence

from netmap.gaps.context import listed, provision_confidence
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, pgettext
from netmap.networks.models import Activity


@rule(
    "area-without-network",
    N_("An area that no network, alliance or advisory body covers"),
    "location",
    "medium",
    evidence=N_(
        "West Yorkshire and Harrogate scoping report, 2020 [001:373-386]: nine networks were "
        "engaged with; none is for Calderdale or for the city of Bradford."
    ),
    prompt=N_(
        "Ask neighbouring networks whether they could include the area, or who meets there already."
    ),
)
def area_without_network(check: Check) -> Said:
    """Report the highest areas that no network names, in whole or in part."""
    context = check.context
    areas = context.register.areas
    networks = context.register.networks
    if not context.register.surveyed("networks"):
        yield check.not_surveyed("networks")
        return
    if not areas.top:
        yield check.unchecked(_("No areas are recorded."), "areas")
    covered = {code for network in networks for code in network.serves}
    for code in sorted(_uncovered(context, areas.top, covered)):
        parent = areas[code].parent
        beside = sorted(set(areas.children.get(parent or "", ())) & covered)
        yield check.gap(
            " ".join(_said(areas.name(code), [areas.name(one) for one in beside])),
            area=code,
            value=0,
            threshold=1,
            unit=pgettext("unit", "networks"),
            evidence=(
                _("Recorded: %(names)s.", names=listed((n.name for n in networks), 12)),
                _unspecific(networks),
            ),
            confidence=provision_confidence(networks),
        )


def _said(area: str, beside: Sequence[str]) -> Iterator[str]:
    yield _("No network, alliance or meeting was found that covers %(area)s.", area=area)
    if len(beside) == 1:
        yield _("%(area)s is covered.", area=beside[0])
    elif beside:
        yield _("%(areas)s are covered.", areas=listed(beside))


def _unspecific(networks: tuple[Activity, ...]) -> str:
    wide = [n.name for n in networks if not n.serves]
    if not wide:
        return _("Each names the areas it covers.")
    return _("These name no area, and cover none in particular: %(names)s.", names=listed(wide))


def _uncovered(context: Context, codes: tuple[str, ...], covered: set[str]) -> list[str]:
    """Walk down: an area none of which is covered counts once; one partly covered by its parts."""
    areas = context.register.areas
    found: list[str] = []
    for code in codes:
        if code in covered:
            continue
        if set(areas.descendants(code)) & covered:
            found += _uncovered(context, areas.children.get(code, ()), covered)
        else:
            found.append(code)
    return found
