"""What reach costs at the size of England, beside what a person would use instead.

Each row of the table is one question; each way of answering it runs in a process of its own, after
one round that loads and compiles what it needs. Printed are wall seconds and seconds of processors
(the least of some rounds; on a busy machine the latter say more), how many times netmap's a peer
takes of both, and the memory at its peak above what stood there before. ``--all`` adds peers that
need minutes and many gigabytes, ``--continent`` the eight million areas of :mod:`bench.continent`.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from bench import continent
from bench.england import SIZES
from bench.ways import HEAVY, WAYS

ROUNDS = 3


def measured(question: str, way: str, size: int) -> tuple[float, float, float]:
    """Answer a question in a process of its own; say the seconds, those of processors, the MB."""
    command = (sys.executable, __file__, "--one", question, way, str(size))
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, busy, megabytes = json.loads(run.stdout.splitlines()[-1])
    return float(seconds), float(busy), float(megabytes)


def one(question: str, way: str, size: int) -> None:
    """Answer a question here, and print the seconds, those of processors and the MB."""
    answer = WAYS[question][way](size)
    answer()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak so far
    before = _kilobytes("VmRSS")
    times, busy = [], []
    for _ in range(1 if way in HEAVY else ROUNDS):
        start, start_busy = time.perf_counter(), time.process_time()
        answer()
        times.append(time.perf_counter() - start)
        busy.append(time.process_time() - start_busy)
    print(json.dumps([min(times), min(busy), (_kilobytes("VmHWM") - before) / 1024]))


def _kilobytes(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def first_answer() -> None:
    """Print how long the very first answer takes with and without what was compiled before."""
    code = (
        "import time; start = time.perf_counter(); from bench.ways import WAYS;"
        "[WAYS[question]['netmap'](1_000)() for question in WAYS];"
        "print(time.perf_counter() - start)"
    )
    with tempfile.TemporaryDirectory() as scratch:
        for said in ("nothing compiled yet", "compiled before"):
            run = subprocess.run(
                (sys.executable, "-c", code),
                check=True,
                capture_output=True,
                text=True,
                env={**os.environ, "NUMBA_CACHE_DIR": scratch},
            )
            print(f"all questions once, {said}: {float(run.stdout):.1f} s with imports")


def _rows(question: str, ways: Iterable[str], size: int, *, everything: bool) -> float:
    """Measure and print the ways of answering a question; give the busy seconds of the first."""
    base: tuple[float, float] | None = None
    for way in ways:
        if everything or size <= HEAVY.get(way, size):
            seconds, busy, megabytes = measured(question, way, size)
            base = base or (seconds, busy)
            times = f"{seconds:>8.3f}{seconds / base[0]:>10.1f}{busy:>8.3f}{busy / base[1]:>10.1f}"
            print(f"{question:<34}{size:>11,}  {way:<14}{times}{megabytes:>7.0f}", flush=True)
    return base[1] if base else math.nan


def main() -> None:
    """Measure and print."""
    everything = "--all" in sys.argv
    print(f"{'question':<34}{'activities':>11}  {'way':<14}", end="")
    print(f"{'s':>8}{'x netmap':>10}{'busy s':>8}{'x netmap':>10}{'MB':>7}")
    for question, ways in WAYS.items():
        ours = [_rows(question, ways, size, everything=everything) for size in SIZES]
        growth = math.log(ours[-1] / ours[0]) / math.log(SIZES[-1] / SIZES[0])
        print(f"{question:<34}  netmap grows with activities to the power of {growth:.2f}")
    first_answer()
    if "--continent" in sys.argv:
        continent.main()


if __name__ == "__main__":
    if "--one" in sys.argv:
        one(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main()
