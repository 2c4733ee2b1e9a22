"""Why two organisations may be one body, and what speaks against it, in plain words."""

from collections.abc import Iterable

from netmap.language import _, ngettext, number
from netmap.networks.duplicates.differences import Difference
from netmap.networks.duplicates.evidence import (
    ALIKE,
    Names,
    Support,
    postcodes_differ,
    same_place,
)
from netmap.networks.duplicates.traits import Traits
from netmap.networks.duplicates.words import Words


def name_reason(names: Names) -> list[str]:
    """Say how the names agree."""
    kind, score = names.compared.difference, names.compared.score
    if kind is Difference.ACRONYM:
        return [_whose(names, _("one name has the initials of the other"))]
    if kind is Difference.BRANCH:
        added = _quoted(names.compared.words)
        return [_("one name is the other with %(words)s added", words=added)]
    if names.exact:
        return [_same_name(names)]
    if kind is Difference.CONTRAST or score < ALIKE:
        tail = kind is Difference.LONGER and names.compared.tail_only
        return [_("one name is the beginning of the other") if tail else _("different names")]
    alike = _("the names are %(score)s %% alike", score=number(score))
    return [_whose(names, _without(names, alike))]


def _same_name(names: Names) -> str:
    if not names.main:
        return _("'%(name)s' is a name of both", name=names.other.text)
    if names.compared.tail_only:
        return _without(names, _("the names are the same apart from what is in brackets"))
    return _without(names, _("the names are the same"))


def _without(names: Names, reason: str) -> str:
    """Add which endings of the names, such as "Ltd", were left out."""
    if names.one.left_out == names.other.left_out:
        return reason
    endings = dict.fromkeys((*names.one.left_out, *names.other.left_out))
    return ngettext(
        "%(reason)s once %(words)s is left out",
        "%(reason)s once %(words)s are left out",
        len(endings),
        reason=reason,
        words=_quoted(endings),
    )


def _whose(names: Names, reason: str) -> str:
    """Add which names were compared, where they are not the main ones."""
    if names.main:
        return reason
    one, other = names.one.text, names.other.text
    return _("%(reason)s ('%(one)s' and '%(other)s')", reason=reason, one=one, other=other)


def _quoted(items: Iterable[str]) -> str:
    *rest, last = [_("'%(word)s'", word=item) for item in items]
    return _("%(words)s and %(last)s", words=", ".join(rest), last=last) if rest else last


def place_reason(
    one: Traits, other: Traits, names: Names, support: Support, words: Words
) -> list[str]:
    """Say what is known of the places where a name is the same; not knowing is said where alone."""
    if not names.exact:
        return []
    same = same_place(one, other, words)
    if same:
        if one.area and one.area == other.area:
            area = words.areas.name(one.area) if words.areas else one.area
            return [_("the same area %(area)s", area=area)]
        if one.district and one.district == other.district:
            same_district = _("the same district %(district)s", district=one.district)
            return [] if one.postcode == other.postcode else [same_district]
        if one.area and other.area:
            return [_("the area of one lies in that of the other")]
        return [_("the same spot on the map")]
    if same is None and not support.words:
        missing = [t for t in (one, other) if not t.placed]
        if len(missing) == 2:  # noqa: PLR2004  # both
            return [_("neither says where it is")]
        if missing:
            return [_("one does not say where it is")]
        return [_("their places cannot be compared")]
    return []


def against(one: Traits, other: Traits, words: Words) -> list[str]:
    """Say what speaks against two organisations being one."""
    found = []
    if postcodes_differ(one, other):
        found.append(
            _(
                "different postcodes %(one)s and %(other)s",
                one=one.postcode,
                other=other.postcode,
            )
        )
    if one.area and other.area and not same_place(one, other, words):
        found.append(_("different areas %(one)s and %(other)s", one=one.area, other=other.area))
    return found
