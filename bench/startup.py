"""How long netmap takes to answer and to build, beside importing geopandas alone.

Each command runs in a fresh process, the three kinds in turn, so that a busy moment hits all of
them; the median is printed. Source of the limits: the project's own promises in the README.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 5


def seconds(command: Sequence[str]) -> float:
    """Run a command in the repository's root and say how long it took, in wall seconds."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print a table."""
    netmap = (sys.executable, "-m", "netmap")
    with tempfile.TemporaryDirectory() as scratch:
        build = (*netmap, "build", "--no-record", "--output", str(Path(scratch) / "site"))
        commands = {
            "import geopandas": (sys.executable, "-c", "import geopandas"),
            "netmap --help": (*netmap, "--help"),
            "netmap gaps": (*netmap, "gaps", "--format", "json"),
            "netmap build": build,
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(seconds(command))
    base = statistics.median(times["import geopandas"])
    print(f"{'command':<20}{'seconds':>9}{'times geopandas':>18}   limit")
    limits = {"netmap --help": "0.4 s", "netmap gaps": "3 s", "netmap build": "15 s"}
    for name, measured in times.items():
        median = statistics.median(measured)
        print(f"{name:<20}{median:>9.2f}{median / base:>18.2f}   {limits.get(name, '')}")


if __name__ == "__main__":
    main()
