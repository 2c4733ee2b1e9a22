"""The rule about evidence that comes from one area more than from others."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from netmap.gaps.context import number, provision_confidence
from netmap.gaps.gap import Gap
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.models import Record

_FEWEST = 10  # of a few pieces, a third is soon in one place


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Pieces of evidence of one table, by the area they are about."""

    table: Literal["activities", "enquiries"]
    counts: Mapping[str, int]
    rows: Sequence[Record]


@rule(
    "concentrated-evidence",
    N_("More than a third of the evidence comes from one area"),
    "records",
    "info",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:12811-12812]: one region gave 37 %% of those who "
        "took part."
    ),
    settings=("concentrated_share",),
    prompt=N_(
        "Quote figures for the whole network with care, and ask the other areas what is missing "
        "from the register."
    ),
)
def concentrated_evidence(check: Check) -> Said:
    """Report areas that more than some share of the activities, or of the enquiries, are about."""
    context = check.context
    limit = check.settings.concentrated_share
    codes = _compared(context)
    if len(codes) * limit <= 1:
        yield check.unchecked(
            _(
                "Too few areas to compare (%(areas)s): one of so few always has %(percent)s %% of "
                "the evidence, or more.",
                areas=number(len(codes)),
                percent=number(round(limit * 100, 1)),
            ),
            "areas",
        )
        return
    found = list(_evidence(context, codes))
    if not any(sum(one.counts.values()) >= _FEWEST for one in found):
        yield check.unchecked(
            _(
                "Fewer than %(fewest)s activities, and fewer than %(fewest)s enquiries, are "
                "recorded with an area.",
                fewest=number(_FEWEST),
            ),
            "activities.area",
            "enquiries.area",
        )
    for one in found:
        whole = sum(one.counts.values())
        for code in codes if whole >= _FEWEST else ():
            if one.counts[code] > whole * limit:
                yield _gap(check, one, code, whole)


def _compared(context: Context) -> tuple[str, ...]:
    """Take the highest areas of which there are several."""
    areas = context.register.areas
    codes = areas.top
    while len(codes) == 1:
        codes = areas.children.get(codes[0], ())
    return codes


def _evidence(context: Context, codes: Sequence[str]) -> Iterator[_Evidence]:
    register = context.register
    counted = Counter({code: context.counted.get(code, 0) for code in codes})
    yield _Evidence("activities", counted, register.provision)
    among = frozenset(codes)
    asked = [one for one in register.enquiries if one.asked]
    lines = Counter(
        code for one in asked for code in context.places_above(one.area) if code in among
    )
    yield _Evidence("enquiries", lines, asked)


def _gap(check: Check, one: _Evidence, code: str, whole: int) -> Gap:
    context = check.context
    percent = round(one.counts[code] / whole * 100, 1)
    found = check.gap(
        _message(
            one.table,
            whole,
            here=number(one.counts[code]),
            percent=number(percent),
            area=context.name(code),
        ),
        area=code,
        subject=one.table,
        value=percent,
        threshold=round(check.settings.concentrated_share * 100, 1),
        unit=pgettext("unit", "percent"),
        evidence=(_residents(context, code),),
        confidence=provision_confidence(one.rows),
    )
    return found._replace(people=None)  # it is about the register


def _message(table: Literal["activities", "enquiries"], whole: int, **values: str) -> str:
    if table == "activities":
        return ngettext(
            "%(here)s of %(count)s activity recorded with an area (%(percent)s %%) are of "
            "%(area)s; what is said of the whole network rests largely on it.",
            "%(here)s of %(count)s activities recorded with an area (%(percent)s %%) are of "
            "%(area)s; what is said of the whole network rests largely on it.",
            whole,
            **values,
        )
    return ngettext(
        "%(here)s of %(count)s enquiry recorded with an area (%(percent)s %%) are of %(area)s; "
        "what is said of the whole network rests largely on it.",
        "%(here)s of %(count)s enquiries recorded with an area (%(percent)s %%) are of %(area)s; "
        "what is said of the whole network rests largely on it.",
        whole,
        **values,
    )


def _residents(context: Context, code: str) -> str:
    everybody, here = context.total.population, context.population(code)
    if not everybody or here is None:
        return _("How many of the network's people live there is not known.")
    percent = number(round(here / everybody * 100, 1))
    return _("%(percent)s %% of the network's people live there.", percent=percent)
