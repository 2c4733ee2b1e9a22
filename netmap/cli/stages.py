"""How long each stage of long work takes: a line that moves on a terminal, a table on request."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

Timings = Annotated[
    bool, typer.Option("--timings", help="Say on standard error how long each stage took.")
]
_WORTH_SAYING = 0.01  # of the whole


@dataclass(slots=True)
class Stages:
    """What is being done, and how long what was done took.

    Attributes:
        taken: Wall seconds by stage, in the order in which they began.
    """

    bar: "Progress"
    taken: dict[str, float] = field(default_factory=dict)
    _now: str = ""
    _since: float = 0.0

    def begin(self, stage: str) -> None:
        """End the stage before, and begin another."""
        now = time.perf_counter()
        if self._now:
            self.taken[self._now] = self.taken.get(self._now, 0.0) + now - self._since
        self._now, self._since = stage, now
        for task in self.bar.task_ids:
            self.bar.update(task, description=stage)


@contextmanager
def stages(*, say: bool) -> Iterator[Stages]:
    """Follow stages on a terminal, silently in a pipe; afterwards say how long each took."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    from netmap.cli.console import aside  # noqa: PLC0415

    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    bar = Progress(*columns, console=aside(), transient=True, disable=not aside().is_terminal)
    with bar:
        bar.add_task("Starting", total=None)
        followed = Stages(bar)
        yield followed
        followed.begin("")
    if say:
        _print(followed.taken)


def _print(taken: dict[str, float]) -> None:
    from netmap.cli.console import aside, print_table  # noqa: PLC0415

    whole = sum(taken.values())
    long = {stage: n for stage, n in taken.items() if n >= whole * _WORTH_SAYING}
    rows = [[stage, f"{n:.2f}"] for stage, n in long.items()]
    rest = len(taken) - len(long)
    rows += [[f"{rest} shorter stages", f"{whole - sum(long.values()):.2f}"]] if rest else []
    print_table(aside(), ["stage", "seconds"], [*rows, ["all", f"{whole:.2f}"]], numbers=1)
