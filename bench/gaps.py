"""``netmap gaps`` as a whole process, from files, for a country: the command and all its stages.

No peer does it, so it stands beside pandas, which only reads the same files. Source of the limits:
20 s and 2 GB on two cores for 33,755 areas, 20,000 activities and 20 communities.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.england_workspace import write_workspace

ACTIVITIES = 20_000
_READ = """
import pandas, pathlib, sys
for file in pathlib.Path(sys.argv[1]).glob("networks/*/*.csv"):
    pandas.read_csv(file)
"""


def main() -> None:
    """Measure and print a table, then the stages."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        write_workspace(root, ACTIVITIES)
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", _READ, str(root)], check=True)
        pandas = time.perf_counter() - started
        command = [sys.executable, "-m", "netmap", "--workspace", str(root), "gaps", "--timings"]
        started = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"reading the files with pandas  {pandas:.1f} s")
    times = seconds / pandas
    print(f"netmap gaps                    {seconds:.1f} s, {times:.0f} times, {peak:,.0f} MB")
    print(done.stderr)


if __name__ == "__main__":
    main()
