"""What a file says about itself, and what it cannot say: source, licence, whom it is for."""

from collections.abc import Iterable, Mapping

from netmap.exchange.gis.layers import LAYERS, left_out_columns
from netmap.networks.models import TABLES
from netmap.networks.register import Register

MADE_BY = "netmap"


def about(register: Register) -> Mapping[str, str | None]:
    """Say where a register comes from, whom this file is for, and who made the file."""
    settings = register.settings
    return {
        "name": register.name,
        "title": register.title,
        "as_of": register.as_of.isoformat(),
        "audience": register.audience.value,
        "source": settings.source,
        "licence": settings.licence,
        "disclaimer": settings.disclaimer,
        "counts": (register.protection or None) if register.populations else None,
        "made_by": MADE_BY,
    }


def without_tables(register: Register, what: str) -> tuple[str, ...]:
    """Say which tables of a register have no place in a file of features alone.

    Args:
        register: As its audience may see it.
        what: The files, in the plural: ``GeoJSON files``.
    """
    counts = {table: len(getattr(register, table)) for table in TABLES if table not in LAYERS}
    return tuple(_left_out(what, table, count) for table, count in counts.items() if count)


def without_columns(register: Register, layers: Iterable[str] = LAYERS) -> tuple[str, ...]:
    """Say which of people's own columns cannot be carried, because their name is taken."""
    return tuple(
        f"Geographic files keep the name '{name}' for themselves: that column of {layer} is left"
        " out."
        for layer in layers
        for name in left_out_columns(register, layer)
    )


def _left_out(what: str, table: str, count: int) -> str:
    return f"{what} carry no {table}: {count} {'is' if count == 1 else 'are'} left out."
