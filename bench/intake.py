"""What taking data in costs, beside what a person would script instead; ratios of one run.

Three pairs: looking 50,000 postcodes up among 1.7 million (beside reading the table with pandas and
merging), finding duplicates among organisations (beside comparing all pairs by name with rapidfuzz,
as tutorials do), importing a sheet of 50,000 rows (beside ``read_csv`` and ``to_csv``, which check
nothing). All data are made up here, from a fixed seed.
"""

import csv
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd  # type: ignore[import-untyped]  # ships no types
from rapidfuzz import fuzz, process

from netmap.networks import duplicates
from netmap.networks.models import Organisation
from netmap.networks.postcodes import open_table
from netmap.vocabulary import load

POSTCODES, LOOKED_UP, ROWS, ORGANISATIONS, ROUNDS = 1_700_000, 50_000, 50_000, 3_000, 3
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
WORDS = [
    "Hope",
    "Ubuntu",
    "Harbour",
    "Lantern",
    "Orchard",
    "River",
    "Bridge",
    "Meadow",
    "Sunrise",
    "Open",
    "Door",
    "Kind",
    "Quiet",
    "Bold",
    "Circle",
    "Roots",
    "Haven",
    "Beacon",
    "Anchor",
    "Compass",
]


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Give the median time of some work, in wall seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def postcode(number: int) -> str:
    """Make the postcode of a number; different numbers give different ones."""
    number, last = divmod(number, len(LETTERS))
    number, middle = divmod(number, len(LETTERS))
    number, sector = divmod(number, 10)
    number, district = divmod(number, 60)
    second, first = LETTERS[number % len(LETTERS)], LETTERS[number // len(LETTERS) % len(LETTERS)]
    return f"{first}{second}{district + 1} {sector}{LETTERS[middle]}{LETTERS[last]}"


def measure_postcodes(folder: Path, chance: random.Random) -> tuple[float, float, float]:
    """Time the first opening, a later look-up, and the same with pandas."""
    file = folder / "postcodes.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["pcds", "doterm", "oslaua", "lsoa21", "lat", "long"])
        for number in range(POSTCODES):
            where = 50 + number % 8000 / 1000, -5 + number % 6000 / 1000
            writer.writerow([postcode(number), "", "E06000001", "E01000001", *where])
    wanted = [postcode(chance.randrange(POSTCODES)) for _ in range(LOOKED_UP)]
    first = seconds(lambda: open_table(file, file.name), 1)
    ours = seconds(lambda: open_table(file, file.name).find(wanted))

    def merge() -> object:
        table = pd.read_csv(file, usecols=["pcds", "lat", "long"])
        return pd.DataFrame({"pcds": wanted}).merge(table, on="pcds", how="left")

    return first, ours, seconds(merge)


def made_up(chance: random.Random) -> list[Organisation]:
    """Make organisations, every tenth of them twice: spelt otherwise, at the same postcode."""
    found: list[Organisation] = []
    for number in range(ORGANISATIONS):
        name = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {chance.choice(WORDS)} {number}"
        where = postcode(chance.randrange(POSTCODES))
        found.append(Organisation(id=f"o{number}", name=name, postcode=where))
        if number % 10 == 0:
            again = f"The {name.replace('e', 'é', 1)} Ltd"
            found.append(Organisation(id=f"o{number}-2", name=again, postcode=where))
    return found


def measure_duplicates(chance: random.Random) -> tuple[float, float, int, int, int]:
    """Time finding duplicates, and comparing all names; count what each offers for review."""
    rows = made_up(chance)
    vocabularies = load()
    pairs = duplicates.find(rows, None, vocabularies)
    true = sum(pair.second == f"{pair.first}-2" for pair in pairs)
    ours = seconds(lambda: duplicates.find(rows, None, vocabularies), 1)
    names = [row.name for row in rows]

    def all_pairs() -> int:
        scores = process.cdist(names, names, scorer=fuzz.token_sort_ratio, score_cutoff=90)
        return int((scores > 0).sum() - len(names)) // 2

    return ours, seconds(all_pairs, 1), true, len(pairs), all_pairs()


def measure_import(folder: Path, chance: random.Random) -> tuple[float, float, float]:
    """Time a first import, one that changes nothing, and reading and writing without checks."""
    file = folder / "groups.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ["Name of group", "Post code", "Telephone", "Who is it for", "Last updated"]
        )
        for number in range(ROWS):
            name = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}"
            group = chance.choice(["Women", "BME", "Everyone", "Somali; Eritrean"])
            where = postcode(chance.randrange(POSTCODES))
            writer.writerow([name, where, f"0113 {2000000 + number}", group, "21/04/2026"])
    workspace = folder / "workspace"
    netmap = (sys.executable, "-m", "netmap")
    subprocess.run((*netmap, "init", str(workspace)), check=True, capture_output=True)
    command = (*netmap, "--workspace", str(workspace), "import", str(file), "--into", "big")

    def run() -> object:
        return subprocess.run(command, check=True, capture_output=True)

    code = "import pandas, sys; pandas.read_csv(sys.argv[1]).to_csv(sys.argv[1] + '.out')"
    plain = seconds(lambda: subprocess.run((sys.executable, "-c", code, str(file)), check=True))
    return seconds(run, 1), seconds(run, 1), plain


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, chance = Path(scratch), random.Random(7)  # noqa: S311  # made-up data, no secret
        first, ours, merged = measure_postcodes(folder, chance)
        print(
            f"{LOOKED_UP:,} of {POSTCODES:,} postcodes: {ours / merged:.2f} of pandas read + merge"
        )
        print(f"  ({ours:.2f} s beside {merged:.2f} s; made ready once in {first:.1f} s)")
        found, compared, true, offered, naive = measure_duplicates(chance)
        print(f"duplicates: {found / compared:.2f} of comparing all pairs of names")
        print(f"  ({found:.2f} s beside {compared:.2f} s; {true} of {ORGANISATIONS // 10} planted")
        print(f"   pairs among {offered} offered; names alone offer {naive})")
        new, again, plain = measure_import(folder, chance)
        times = f"{new / plain:.1f} times read_csv + to_csv, again {again / plain:.1f}"
        print(f"import of {ROWS:,} rows: {times}")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"  ({new:.1f} s and {again:.1f} s beside {plain:.1f} s; at most {peak:.0f} MB)")


if __name__ == "__main__":
    main()
