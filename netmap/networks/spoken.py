"""In which language a register's names are, where they are in other letters than Latin ones."""

from collections import defaultdict
from collections.abc import Mapping

from netmap.language import in_other_letters, spoken
from netmap.networks.register import Register


def spoken_names(register: Register) -> Mapping[str, str] | None:
    """Tell the language of names in other letters by the languages of what is offered.

    Args:
        register: As its audience may see it.

    Returns:
        What :func:`netmap.language.spoken` knows of the names of activities, and of those who
        offer them; None where no name is in other letters.
    """
    offered: defaultdict[str | None, list[str]] = defaultdict(list)
    for one in register.activities:
        offered[one.organisation] += one.languages
    names = [(one.name, one.languages) for one in register.activities]
    names += [
        (name, tuple(offered.get(body.id, ())))
        for body in register.organisations
        for name in (body.name, *body.aliases)
    ]
    if not in_other_letters(" ".join((*(n for n, _ in names), *(a.name for a in register.areas)))):
        return None
    return spoken(names)
