"""What reach costs at the size of England, beside what a person would use instead.

Each row of the table is one question; each way of answering it runs in a process of its own, after
one round that loads and compiles what it needs, and the ways take turns. Printed are wall seconds
(the least of some rounds), how many times as long as netmap a peer takes, and the memory at its
peak above what stood there before. ``--all`` adds peers that need minutes and many gigabytes,
``--continent`` the eight million areas of :mod:`bench.continent`.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import continent
from bench.england import SIZES
from bench.ways import HEAVY, WAYS

ROUNDS = 3


def measured(question: str, way: str, size: int) -> tuple[float, float]:
    """Answer a question in a process of its own; say in how many seconds and with how many MB."""
    command = (sys.executable, __file__, "--one", question, way, str(size))
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, megabytes = json.loads(run.stdout.splitlines()[-1])
    return float(seconds), float(megabytes)


def one(question: str, way: str, size: int) -> None:
    """Answer a question here, and print the seconds and the MB."""
    answer = WAYS[question][way](size)
    answer()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak so far
    before = _kilobytes("VmRSS")
    times = []
    for _ in range(ROUNDS if times_enough(way) else 1):
        start = time.perf_counter()
        answer()
        times.append(time.perf_counter() - start)
    print(json.dumps([min(times), (_kilobytes("VmHWM") - before) / 1024]))


def times_enough(way: str) -> bool:
    """Tell whether a way is quick enough to be taken several times."""
    return way not in HEAVY


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


def main() -> None:
    """Measure and print."""
    everything = "--all" in sys.argv
    print(f"{'question':<34}{'activities':>11}  {'way':<16}{'s':>8}{'x netmap':>10}{'MB':>8}")
    for question, ways in WAYS.items():
        ours = []
        for size in SIZES:
            base = math.nan
            for way in ways:
                if way in HEAVY and size > HEAVY[way] and not everything:
                    continue
                seconds, megabytes = measured(question, way, size)
                if way == "netmap":
                    base = seconds
                    ours.append(seconds)
                print(
                    f"{question:<34}{size:>11,}  {way:<16}{seconds:>8.3f}{seconds / base:>10.1f}"
                    f"{megabytes:>8.0f}",
                    flush=True,
                )
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
