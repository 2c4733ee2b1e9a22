"""Which organisations are compared at all: those that share something.

A pair is only ever proposed on a shared number, postcode, phone, email, website or name, so only
those that share one of them are compared, and nothing is missed by it. What very many share (the
website of a council, a name such as Community Centre) says little: such a block is split by the
words of the name and the place, and what is still too large is passed over.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from netmap.networks.duplicates.traits import Traits

LARGEST = 60
_SHORTEST_WORD = 3

Key = tuple[str, ...]
Index = tuple[int, int]
_Keys = Callable[[Traits], Iterable[Key]]


def certain_pairs(found: Sequence[Traits]) -> set[Index]:
    """List the pairs that share a number or a name, each as two positions in order."""
    return set(_pairs(found, _numbers_and_names))


def likely_pairs(found: Sequence[Traits]) -> set[Index]:
    """List the pairs that share a postcode or a contact, each as two positions in order."""
    return set(_pairs(found, _postcode_and_contacts))


def _pairs(found: Sequence[Traits], keys: _Keys) -> Iterator[Index]:
    for members in _blocks(enumerate(found), keys).values():
        if len(members) <= LARGEST:
            yield from combinations(members, 2)
            continue
        smaller = _blocks(((at, found[at]) for at in members), _words_and_place)
        for part in smaller.values():
            if len(part) <= LARGEST:
                yield from combinations(part, 2)


def _blocks(found: Iterable[tuple[int, Traits]], keys: _Keys) -> Mapping[Key, list[int]]:
    blocks: dict[Key, list[int]] = {}
    for at, one in found:
        for key in dict.fromkeys(keys(one)):
            blocks.setdefault(key, []).append(at)
    return {key: members for key, members in blocks.items() if len(members) > 1}


def _numbers_and_names(one: Traits) -> Iterator[Key]:
    for number in one.identifiers:
        yield "number", number.number.lstrip("0")
    for name in one.names:
        yield "name", name.joined
        yield "name", name.ordered


def _postcode_and_contacts(one: Traits) -> Iterator[Key]:
    if one.postcode:
        yield "postcode", one.postcode
    for phone in one.phones:
        yield "phone", phone
    for email in one.emails:
        yield "email", email
    for domain in one.domains:
        yield "domain", domain


def _words_and_place(one: Traits) -> Iterator[Key]:
    if one.area:
        yield "area", one.area
    if one.district:
        yield "district", one.district
    for word in one.name.words:
        if len(word) >= _SHORTEST_WORD:
            yield "word", word
