"""Pictures of figures: places beside each other, how support is delivered, how far people are.

Values only, in hundredths of the width; templates draw them, with a table behind each. What is
unknown is in no picture, and what is suppressed is not drawn.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from netmap.language import _, ngettext, number
from netmap.networks import people
from netmap.networks.models import MINORITY_ETHNIC, WHITE
from netmap.networks.summary import SummaryRow, per_100k, weight
from netmap.site.atlas import Atlas
from netmap.site.figures import Bar
from netmap.site.words import percent, rate

MOST_DOTS = 60
MOST_COMMUNITIES = 4
MOST_MIXES = 40
# With fewer points, a picture of distances would say more than is known.
FEWEST_MEASURED = 8
TONES = 8
_KM = (1, 2, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Dot:
    """One place on a scale: where it stands, 0 to 100, and its figure in words."""

    label: str
    text: str
    at: float
    strong: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """One figure of many places on one scale, the smallest of small multiples.

    Attributes:
        title: What is compared.
        dots: The places, lowest first; of very many only the lowest, the highest and the place the
            page is about.
        middle: Between which hundredths the middle half of the places stand.
        mark: Where the whole network stands; None where that has no meaning.
        whole: Its figure in words.
        top: The end of the scale in words; it begins at nought.
        how_many: How many places are compared.
    """

    title: str
    dots: tuple[Dot, ...]
    middle: tuple[float, float]
    mark: float | None
    whole: str
    top: str
    how_many: int

    @property
    def own(self) -> Dot | None:
        """The place the page is about."""
        return next((dot for dot in self.dots if dot.strong), None)

    @property
    def words(self) -> str:
        """Say what it shows, for those who do not see it."""
        low, high = self.dots[0], self.dots[-1]
        said = [_("%(title)s.", title=self.title)]
        if self.own:
            said.append(_("%(place)s: %(figure)s.", place=self.own.label, figure=self.own.text))
        said.append(
            ngettext(
                "%(count)s place, from %(least)s (%(lowest)s) to %(most)s (%(highest)s).",
                "%(count)s places, from %(least)s (%(lowest)s) to %(most)s (%(highest)s).",
                self.how_many,
                least=low.text,
                lowest=low.label,
                most=high.text,
                highest=high.label,
            )
        )
        if self.mark is not None:
            said.append(_("Whole network: %(figure)s.", figure=self.whole))
        return " ".join(said)


@dataclass(frozen=True, slots=True)
class Scale:
    """One figure of many places, from which each place's page takes its strip.

    Attributes:
        title: What is compared.
        known: Value, name and code of each place, lowest first.
        whole: The whole network's value, or None.
        share: Whether values are per cent.
    """

    title: str
    known: tuple[tuple[float, str, str], ...]
    whole: float | None
    share: bool

    def strip(self, about: str = "") -> Strip:
        """Draw the scale for the page of one place, or of all."""
        lowest, highest = self.known[0], self.known[-1]
        top = max(highest[0], self.whole or 0)
        words = percent if self.share else rate

        def at(value: float) -> float:
            return round(value / top * 100, 2)

        if len(self.known) <= MOST_DOTS:
            shown = self.known
        else:
            own = (one for one in self.known if one[2] == about)
            shown = tuple(sorted({lowest, highest, *own}))
        middle = self.known[len(self.known) // 4][0], self.known[len(self.known) * 3 // 4][0]
        return Strip(
            self.title,
            tuple(Dot(label, words(value), at(value), key == about) for value, label, key in shown),
            (at(middle[0]), at(middle[1])),
            None if self.whole is None else at(self.whole),
            rate(self.whole),
            words(top),
            len(self.known),
        )


def scales(atlas: Atlas, codes: Sequence[str]) -> tuple[Scale, ...]:
    """Compare places by every rate and share that is known of at least two of them."""
    rows = [atlas.figures[code] for code in codes if code in atlas.figures]
    total = atlas.view.summary.total
    found = [
        _scale(
            _("Activities per 100,000 people"),
            {row.key: row.activities_per_100k for row in rows},
            rows,
            total.activities_per_100k,
        )
    ]
    if atlas.register.surveyed("organisations"):
        whole = per_100k(total.organisations, total.population)
        rates = {row.key: per_100k(row.organisations, row.population) for row in rows}
        found.append(_scale(_("Organisations per 100,000 people"), rates, rows, whole))
    labels = atlas.site.vocabularies["community"]
    for community, shares in _shares(atlas, codes):
        title = _("%(community)s, share of residents", community=labels.label(community))
        found.append(_scale(title, shares, rows, None, share=True))
    return tuple(one for one in found if one)


def _shares(atlas: Atlas, codes: Sequence[str]) -> list[tuple[str, dict[str, float | None]]]:
    """Give the shares in per cent of the communities most places count."""
    populations = {c: atlas.register.population[c] for c in codes if c in atlas.register.population}
    counted = Counter(
        community for row in populations.values() for community in people.communities_of(row)
    )
    named = sorted(counted, key=lambda c: (c != MINORITY_ETHNIC, -counted[c], c))
    chosen = [c for c in named if c != WHITE][:MOST_COMMUNITIES]
    return [
        (
            community,
            {
                code: None if share is None else round(share * 100, 1)
                for code, row in populations.items()
                for share in [people.share(row, community)]
            },
        )
        for community in chosen
    ]


def _scale(
    title: str,
    values: dict[str, float | None],
    rows: Sequence[SummaryRow],
    whole: float | None,
    *,
    share: bool = False,
) -> Scale | None:
    known = sorted(
        (value, row.label, row.key)
        for row in rows
        for value in [values.get(row.key)]
        if value is not None
    )
    if len(known) <= 1 or known[-1][0] <= 0:
        return None
    return Scale(title, tuple(known), whole, share)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole: where it begins and how wide it is, in hundredths."""

    label: str
    text: str
    at: float
    width: float
    tone: int


@dataclass(frozen=True, slots=True)
class Mix:
    """How support is delivered in one place.

    Attributes:
        area: The place's code.
        label: Its name.
        parts: Its parts, in the vocabulary's order.
        stated: Whether the source states the shares; else they are counted.
        unknown: The part nothing is known of, in per cent.
    """

    area: str
    label: str
    parts: tuple[Part, ...]
    stated: bool
    unknown: float


@dataclass(frozen=True, slots=True)
class Mixes:
    """How support is delivered, place by place.

    Attributes:
        legend: Tone and label of every approach that is drawn.
        rows: The places.
        left_out: How many more places there are.
    """

    legend: tuple[tuple[int, str], ...]
    rows: tuple[Mix, ...]
    left_out: int


def mixes(atlas: Atlas, codes: Iterable[str]) -> Mixes | None:
    """Set side by side how support is delivered in each place of which that is known."""
    known = [(code, *found) for code in codes for found in [_approaches(atlas, code)] if found[0]]
    labels = atlas.site.vocabularies["approach"]
    used = [slug for slug in labels if any(slug in shares for _, shares, _ in known)]
    tones = {slug: n % TONES + 1 for n, slug in enumerate(used)}
    rows = [
        Mix(code, atlas.areas.name(code), parts, stated, round(max(100 - done, 0), 1))
        for code, shares, stated in known[:MOST_MIXES]
        for parts, done in [_parts(shares, tones, labels.label)]
    ]
    legend = tuple((tones[slug], labels.label(slug)) for slug in used)
    return Mixes(legend, tuple(rows), max(len(known) - MOST_MIXES, 0)) if rows else None


def _approaches(atlas: Atlas, code: str) -> tuple[dict[str, float], bool]:
    """Give the share in per cent of each approach, and whether the source states it."""
    stated = {s.key: s.percent for s in atlas.shares_of.get(code, ()) if s.dimension == "approach"}
    if stated:
        return stated, True
    counts: Counter[str] = Counter()
    whole = 0
    for one in (code, *atlas.areas.descendants(code)):
        for activity in atlas.provision_in.get(one, ()):
            whole += weight(activity)
            if activity.approach:
                counts[activity.approach] += weight(activity)
    return {slug: n / whole * 100 for slug, n in counts.items() if n and whole}, False


def _parts(
    shares: dict[str, float], tones: dict[str, int], label: object
) -> tuple[tuple[Part, ...], float]:
    # A source's shares may add up to more than a hundred.
    scale = 100 / max(sum(shares.values()), 100)
    at, parts = 0.0, []
    for slug, tone in tones.items():
        if slug in shares:
            width = shares[slug] * scale
            name = label(slug) if callable(label) else slug
            text = percent(round(shares[slug], 1))
            parts.append(Part(name, text, round(at, 2), round(width, 2), tone))
            at += width
    return tuple(parts), at


@dataclass(frozen=True, slots=True)
class Distances:
    """How far residents are from the nearest activity.

    Attributes:
        bars: A bar for each class of distance.
        within: The share of residents with something within reach, in per cent.
        areas: Between how many areas was measured.
        uncounted: Of how many areas the residents or the point are not known.
    """

    bars: tuple[Bar, ...]
    within: float
    areas: int
    uncounted: int


def distances(atlas: Atlas, within: Iterable[str] | None = None) -> Distances | None:
    """Put residents into classes by kilometres to the nearest activity.

    Args:
        atlas: The network.
        within: The areas that count; None for all of the network.

    Returns:
        None where there are too few points to measure from.
    """
    reached, residents = atlas.reached, atlas.residents
    codes = reached.codes if within is None else [c for c in within if c in atlas.row_of]
    chosen = np.array([atlas.row_of[code] for code in codes], dtype=np.intp)
    placed = np.array([atlas.areas[code].point is not None for code in codes], dtype=bool)
    people_of = residents[chosen]
    measured = chosen[placed & (np.nan_to_num(people_of) > 0)]
    if len(measured) < FEWEST_MEASURED:
        return None
    km, here = reached.nearest_km[measured, 0], residents[measured]
    whole = float(here.sum())
    near = np.digitize(km, _KM)
    names = _classes()
    near[np.isinf(km)] = len(names) - 1
    shares = np.bincount(near, weights=here, minlength=len(names)) / whole * 100
    widest = float(shares.max())
    return Distances(
        tuple(
            Bar(name, percent(round(float(share), 1)), round(float(share) / widest * 100, 2))
            for name, share in zip(names, shares, strict=True)
        ),
        round(float(here[reached.within[measured, 0] > 0].sum()) / whole * 100, 1),
        len(measured),
        int((~placed | np.isnan(people_of)).sum()),
    )


def _classes() -> list[str]:
    """Name the classes of distance, the nearest first, and last that of no activity."""
    between = [
        _("%(near)s to %(far)s km", near=number(near), far=number(far))
        for near, far in pairwise(_KM)
    ]
    return [
        _("under %(km)s km", km=number(_KM[0])),
        *between,
        _("%(km)s km or more", km=number(_KM[-1])),
        _("no activity at all"),
    ]
