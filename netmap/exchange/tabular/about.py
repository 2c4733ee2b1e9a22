"""What every export says about itself: what it is, for whom, of which day, by whose leave."""

from netmap.networks.register import Register
from netmap.privacy import Audience

_FOR = {
    Audience.PUBLIC: "the public",
    Audience.PARTNERS: "partners; please do not publish it",
    Audience.STAFF: "staff alone; it holds what must stay private",
}


def about(register: Register) -> tuple[tuple[str, str], ...]:
    """List (what, words) in the order people should read them; what is empty is left out.

    Args:
        register: As its audience may see it.
    """
    settings = register.settings
    said = (
        ("Title", register.title),
        ("Summary", settings.summary),
        ("For", _FOR[register.audience]),
        ("As of", register.as_of.isoformat()),
        ("Describes", register.day.isoformat()),
        ("Source", settings.source),
        ("Licence", settings.licence),
        ("Please note", settings.disclaimer),
        ("Counts", _protected(register)),
    )
    return tuple((what, " ".join(words.split())) for what, words in said if words.strip())


def _protected(register: Register) -> str:
    """Say how counts are protected, where there are any."""
    return register.protection if register.populations or register.targets else ""


def about_in_one(register: Register) -> str:
    """Say the same in one line of text, for formats that have a single place for it."""
    return " | ".join(f"{what}: {words}" for what, words in about(register))


def whence(register: Register) -> str:
    """Say in a line where something is from, for formats that can only say it of each thing."""
    needed = {"Title", "Source", "Licence", "Please note"}
    said = ((what, words) for what, words in about(register) if what in needed)
    return " | ".join(f"{what}: {words}" for what, words in said)
