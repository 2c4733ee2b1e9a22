"""What no table can hold: boundaries, settings, and counts that an audience may not see."""

from netmap.exchange.tabular.cells import how_many
from netmap.networks.models import NetworkSettings
from netmap.networks.register import Register

# What every export says in its own words, and what it is called.
_SAID = frozenset({"title", "summary", "source", "licence", "disclaimer", "as_of"})


def left_behind(register: Register, what: str) -> tuple[str, ...]:
    """Say what a whole register loses in tables; nothing where it loses nothing.

    Args:
        register: As its audience may see it.
        what: The format as the start of a sentence: ``A workbook``.
    """
    return (
        *_boundaries(register, what),
        *_worked_out(register),
        *_settings(register, what),
        *_hidden_counts(register),
    )


def _worked_out(register: Register) -> tuple[str, ...]:
    number = len(register.worked_out)
    if not number:
        return ()
    whose = "1 row" if number == 1 else f"{number} rows"
    how = "was worked out from postcodes and boundaries; only map files have it."
    return (f"The point or area of {whose} {how}",)


def _boundaries(register: Register, what: str) -> tuple[str, ...]:
    number = 0 if register.boundaries is None else len(register.boundaries)
    if not number:
        return ()
    said = "the boundary of 1 area is" if number == 1 else f"the boundaries of {number} areas are"
    return (f"{what} has no shapes: {said} left out.",)


def _settings(register: Register, what: str) -> tuple[str, ...]:
    plain = NetworkSettings()
    changed = any(
        getattr(register.settings, name) != getattr(plain, name)
        for name in NetworkSettings.model_fields
        if name not in _SAID
    )
    return (f"{what} has no settings: those of network.toml are left out.",) if changed else ()


def _hidden_counts(register: Register) -> tuple[str, ...]:
    number = sum(len(row.suppressed) for row in register.populations)
    if not number:
        return ()
    said = how_many(number, "count of people", many="counts of people")
    return (f"{said} too small to show, hence *: unknown when read back.",)
