"""Postcodes that differ from one written by letters and digits that look alike."""

import itertools

from netmap.places import tidy_postcode

_ALIKE = {"O": "O0", "0": "0O", "I": "I1", "1": "1I"}


def look_alikes(postcode: str) -> tuple[str, ...]:
    """List the postcodes that a postcode may have been meant to be.

    Returns:
        Well-formed full postcodes with O for 0, 0 for O, I for 1 or 1 for I somewhere, in
        alphabetical order, without the one given. They need not exist.
    """
    squeezed = "".join(postcode.upper().split())
    choices = (_ALIKE.get(letter, letter) for letter in squeezed)
    variants = {tidy_postcode("".join(letters)) for letters in itertools.product(*choices)}
    return tuple(sorted(one for one in variants if one and " " in one and one != postcode))
