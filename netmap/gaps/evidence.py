"""What a finding about a community rests on, in sentences.

Who lives there, who asked, what there is within reach; which findings are made is for
:mod:`netmap.gaps.coverage`.
"""

from collections.abc import Sequence

from netmap.gaps.context import joined, listed, measured, named, per_cent, weakest, weakest_of
from netmap.gaps.known import Known, State
from netmap.gaps.pairs import nothing_known
from netmap.gaps.states import Context
from netmap.language import _, ngettext
from netmap.networks.models import Activity, Enquiry
from netmap.places import distance_class

_SHOWN = 6


def _who(context: Context, known: Known) -> str:
    """Say how many of a community live there, or that nothing is known about it."""
    if known.share is None:
        return _how_many(context, known)
    share = per_cent(known.share, 1)
    if known.people is None:
        return _("%(share)s%% of residents; no head-count is recorded.", share=share)
    if not isinstance(known.people, int):
        return _("%(share)s%% of residents; the head-count is too small to show.", share=share)
    return ngettext(
        "%(count)s person, %(share)s%% of residents.",
        "%(count)s people, %(share)s%% of residents.",
        known.people,
        share=share,
    )


def _how_many(context: Context, known: Known) -> str:
    """Say how many of a community live there where their share is not known."""
    if known.people is None:
        if nothing_known(context, known.area):
            return _("Nothing is known about who lives there.")
        return _(
            "Nothing is known about who lives there by this measure: how many are %(community)s.",
            community=context.label(known.community),
        )
    if not isinstance(known.people, int):
        return _("The head-count is too small to show.")
    return ngettext(
        "%(count)s person; their share is not recorded.",
        "%(count)s people; their share is not recorded.",
        known.people,
    )


def _asked(context: Context, enquiry: Enquiry) -> str:
    asked, quoted = _asked_when(context, enquiry), (enquiry.words or "").strip('"“”')
    if enquiry.how and quoted:
        how = enquiry.how
        said = _("%(asked)s, %(how)s: “%(answer)s”.", asked=asked, how=how, answer=quoted)
    elif enquiry.how:
        said = _("%(asked)s, %(how)s.", asked=asked, how=enquiry.how)
    elif quoted:
        said = _("%(asked)s: “%(answer)s”.", asked=asked, answer=quoted)
    else:
        said = _("%(asked)s.", asked=asked)
    source = _("Source: %(source)s.", source=enquiry.source) if enquiry.source else ""
    return f"{said} {source}".rstrip()


def _asked_when(context: Context, enquiry: Enquiry) -> str:
    organisation = context.register.organisation.get(enquiry.by or "")
    who = organisation.name if organisation else enquiry.by
    day = enquiry.asked_on.isoformat() if enquiry.asked_on else ""
    if who and day:
        return _("Asked by %(name)s on %(day)s", name=who, day=day)
    if who:
        return _("Asked by %(name)s (date not recorded)", name=who)
    return _("Asked on %(day)s", day=day) if day else _("Asked (date not recorded)")


def _reach(context: Context, area: str) -> str:
    """Say how far "within reach" is for an area, and why."""
    settings = context.register.settings.reach
    rural_urban = context.register.areas[area].rural_urban
    rural = distance_class(rural_urban) == "rural"
    label = context.vocabularies["rural_urban"].label(rural_urban) if rural_urban else ""
    if context.register.travel is not None:
        minutes = measured(settings.rural_minutes if rural else settings.urban_minutes)
        if not label:
            return _(
                "Within reach means %(minutes)s minutes, as in towns, by the travel times "
                "supplied; no rural/urban class is recorded.",
                minutes=minutes,
            )
        return _(
            "Within reach means %(minutes)s minutes (%(kind)s), by the travel times supplied.",
            minutes=minutes,
            kind=label,
        )
    km, detour = measured(settings.rural_km if rural else settings.urban_km), settings.detour
    if not label:
        return _(
            "Within reach means %(km)s km, as in towns, by straight line times %(detour)s; no "
            "rural/urban class is recorded.",
            km=km,
            detour=measured(detour),
        )
    return _(
        "Within reach means %(km)s km (%(kind)s), by straight line times %(detour)s.",
        km=km,
        kind=label,
        detour=measured(detour),
    )


def evidence_of(context: Context, known: Known) -> tuple[str, ...]:
    """Say what a finding about a community rests on, one sentence each."""
    said = [_who(context, known)]
    row = context.register.population.get(known.area)
    if row is not None and known.share is not None and row.source:
        said.append(_("Population: %(source)s.", source=row.source))
    if known.enquiry:
        said.append(_asked(context, known.enquiry))
    anyone, lapsed, aggregates = known.open, known.lapsed, known.aggregates
    said.append(_open(anyone))
    if lapsed:
        names = joined([f"{a.name} ({a.verified_on})" for a in lapsed[:_SHOWN]], len(lapsed))
        said.append(_("Last verified too long ago to count: %(names)s.", names=names))
    if aggregates:
        said.append(
            ngettext(
                "%(count)s activity known only as a total; for whom is not recorded.",
                "%(count)s activities known only as a total; for whom is not recorded.",
                sum(a.count or 1 for a in aggregates),
            )
        )
    if known.remote:
        names = named(known.remote)
        said.append(_("Online or by telephone, as partial cover: %(names)s.", names=names))
    if known.below:
        names = listed(context.label(c) for c in known.below)
        said.append(_("The same holds for: %(names)s.", names=names))
    said.append(_reach(context, known.area))
    return tuple(said)


def _open(activities: Sequence[Activity]) -> str:
    if not activities:
        return _("0 open activities within reach.")
    return ngettext(
        "%(count)s open activity within reach: %(names)s.",
        "%(count)s open activities within reach: %(names)s.",
        len(activities),
        names=named(activities),
    )


def confidence_of(context: Context, known: Known) -> str:
    """Name the weakest confidence of the rows that decided, and of the count of who lives there."""
    row = context.register.population.get(known.area)
    counted = (row,) if row is not None and known.share is not None else ()
    asked = (known.enquiry,) if known.enquiry else ()
    match known.state:
        case State.OPEN_ONLY:
            sure = context.least_sure(known.open)
        case State.OUT_OF_DATE:
            sure = context.least_sure(known.lapsed)
        case _:
            sure = "stated"
    return weakest_of((weakest((*asked, *counted)), sure))
