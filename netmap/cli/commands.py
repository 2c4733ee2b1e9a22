"""Every command, in the order in which help lists them."""

from netmap.cli import (  # noqa: I001  # importing adds the commands, and their order is help's
    starting,  # noqa: F401
    check,  # noqa: F401
    importing,  # noqa: F401
    exporting,  # noqa: F401
    duplicates,  # noqa: F401
    summary,  # noqa: F401
    graph,  # noqa: F401
    reach,  # noqa: F401
    gaps,  # noqa: F401
    suggest,  # noqa: F401
    compare,  # noqa: F401
    building,  # noqa: F401
    texts,  # noqa: F401
    serving,  # noqa: F401
    planning,  # noqa: F401
    calendars,  # noqa: F401
    foreign_calendars,  # noqa: F401
)
from netmap.cli.app import app, events

__all__ = ["app"]

app.add_typer(events, name="events")
