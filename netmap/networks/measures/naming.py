"""Organisations and communities by the names people write on a command line."""

from netmap.errors import UnknownNameError
from netmap.findings import did_you_mean
from netmap.networks.register import Register
from netmap.vocabulary import Vocabulary


def organisation_called(register: Register, text: str) -> str:
    """Find an organisation by its id, else by its name or an alias; case does not matter.

    Raises:
        UnknownNameError: No organisation is called that, or several are.
    """
    found = _matching(register, text)
    if len(found) != 1:
        raise UnknownNameError("organisation", text, _hint(register, text, found))
    return found[0]


def organisation_or_community(
    register: Register, text: str, communities: Vocabulary | None
) -> tuple[str, bool]:
    """Find an organisation, else a community, by any of its names.

    Returns:
        The id and False, or the community's code and True.

    Raises:
        UnknownNameError: Neither is called that, or several organisations are.
    """
    found = _matching(register, text)
    if len(found) == 1:
        return found[0], False
    code = communities.resolve(text) if communities else None
    if code is not None and not found:
        return code, True
    hint = _hint(register, text, found) or did_you_mean(text, communities or ())
    raise UnknownNameError("organisation or community", text, hint)


def _matching(register: Register, text: str) -> list[str]:
    if text in register.organisation:
        return [text]
    wanted = text.strip().casefold()
    return sorted(
        one.id
        for one in register.organisations
        if wanted in {name.casefold() for name in (one.id, one.name, *one.aliases)}
    )


def _hint(register: Register, text: str, found: list[str]) -> str:
    if found:
        return f"It can mean {', '.join(found)}."
    names = (one.name for one in register.organisations)
    return did_you_mean(text, register.organisation) or did_you_mean(text, names)
