"""What agrees between two organisations: their names, what supports them, their places."""

import math
from dataclasses import dataclass, field

from netmap.language import _
from netmap.networks.duplicates.differences import Compared, Difference, compare
from netmap.networks.duplicates.names import Name
from netmap.networks.duplicates.traits import Traits
from netmap.networks.duplicates.words import Words

ALIKE = 90
_ALTOGETHER_DIFFERENT = 60
_NEAR_KM = 0.5
_KM_PER_DEGREE = 111.2
_SAME_NAME = frozenset({Difference.NONE, Difference.SPELLING, Difference.ACRONYM})


@dataclass(frozen=True)
class Names:
    """The best that comparing all names of two organisations gave, and which names those were."""

    compared: Compared
    one: Name
    other: Name
    main: bool

    @property
    def exact(self) -> bool:
        """Tell whether the two names are the same, something in brackets apart."""
        return self.one.joined == self.other.joined or self.one.ordered == self.other.ordered

    @property
    def same(self) -> bool:
        """Tell whether both can be the name of one body."""
        kind = self.compared.difference
        if kind in {Difference.BRANCH, Difference.CONTRAST}:
            return False
        return kind in _SAME_NAME or self.compared.score >= ALIKE


@dataclass
class Support:
    """What agrees besides the name, in words; `close` is what two bodies seldom share."""

    words: list[str] = field(default_factory=list)
    close: bool = False


def best_names(one: Traits, other: Traits, words: Words) -> Names:
    """Compare the names; other names count unless the names themselves tell the bodies apart."""
    main = Names(compare(one.name, other.name, words), one.name, other.name, main=True)
    if main.compared.difference is Difference.BRANCH or main.exact:
        return main
    contrast = main.compared.difference is Difference.CONTRAST
    if contrast and main.compared.score >= _ALTOGETHER_DIFFERENT:
        return main
    best = main
    for ours in one.names:
        for theirs in other.names:
            found = Names(compare(ours, theirs, words), ours, theirs, main=False)
            # "Elder Care" is a name of each of its branches, and makes none of them another.
            if contrast and ours is not one.name and theirs is not other.name:
                continue
            if found.same and (not best.same or found.compared.score > best.compared.score):
                best = found
    return best


def supporting(one: Traits, other: Traits) -> Support:
    """Find what agrees besides the name."""
    found = Support()
    if one.postcode and one.postcode == other.postcode:
        found.words.append(_("the same postcode %(postcode)s", postcode=one.postcode))
        found.close = True
    for phone in sorted(one.phones & other.phones)[:1]:
        found.words.append(_("the same phone %(number)s", number=phone))
        found.close = True
    emails = sorted(one.emails & other.emails)
    if emails:
        found.words.append(_("the same email %(address)s", address=emails[0]))
        found.close = True
    elif one.mail_domains & other.mail_domains:
        domain = min(one.mail_domains & other.mail_domains)
        found.words.append(_("the same email domain %(domain)s", domain=domain))
    if one.site and one.site == other.site:
        found.words.append(_("the same website %(address)s", address=one.site))
    elif one.domains & other.domains and not one.mail_domains & other.mail_domains:
        domain = min(one.domains & other.domains)
        found.words.append(
            _("the website of one and the email of the other are at %(domain)s", domain=domain)
        )
    bare = {i.number for i in (*one.identifiers, *other.identifiers) if not i.register}
    both = {i.number.lstrip("0") for i in one.identifiers} & {
        i.number.lstrip("0") for i in other.identifiers
    }
    if bare & both:
        number = min(bare & both)
        found.words.append(_("the same number %(number)s among the identifiers", number=number))
        found.close = True
    return found


def same_place(one: Traits, other: Traits, words: Words) -> bool | None:
    """Tell whether two organisations are in one area or district; None where nobody can tell."""
    if one.district and one.district == other.district:
        return True
    if one.area and other.area:
        if one.area == other.area:
            return True
        areas = words.areas
        return bool(areas and other.area in areas and one.area in areas.line(other.area))
    if one.point and other.point:
        return _km_apart(one.point, other.point) <= _NEAR_KM
    if one.district and other.district:
        return False
    return None


def _km_apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Measure roughly, kilometres, as if the earth were flat between the two."""
    east = (one[0] - other[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return math.hypot(east, one[1] - other[1]) * _KM_PER_DEGREE


def postcodes_differ(one: Traits, other: Traits) -> bool:
    """Tell whether two organisations have full postcodes that are not the same."""
    return bool(one.postcode and other.postcode and one.postcode != other.postcode)
