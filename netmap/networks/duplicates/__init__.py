"""Rows of one register that may be the same body: found, decided by people, read as one.

:func:`find` and :func:`find_activities` propose pairs and say why; :func:`read_decisions` reads
what people decided from ``duplicates.csv``; :func:`read_as_one` applies it while a register is
read, so that the register's own files stay as they are. Nothing is ever joined unless somebody
wrote ``same``, and clearing that cell undoes it. Printing pairs and writing the file are for
others.
"""

from netmap.networks.duplicates.activities import find_activities
from netmap.networks.duplicates.decisions import (
    Decision,
    Decisions,
    Verdict,
    activity_id,
    activity_key,
)
from netmap.networks.duplicates.folding import given_up
from netmap.networks.duplicates.merging import merged, read_as_one
from netmap.networks.duplicates.pair import Pair
from netmap.networks.duplicates.search import find, match_reasons
from netmap.networks.duplicates.sheet import (
    COLUMNS,
    DECISIONS_FILE,
    decisions_file,
    read_decisions,
    sheet_bytes,
    with_cells,
)
from netmap.networks.duplicates.words import Words

__all__ = [
    "COLUMNS",
    "DECISIONS_FILE",
    "Decision",
    "Decisions",
    "Pair",
    "Verdict",
    "Words",
    "activity_id",
    "activity_key",
    "decisions_file",
    "find",
    "find_activities",
    "given_up",
    "match_reasons",
    "merged",
    "read_as_one",
    "read_decisions",
    "sheet_bytes",
    "with_cells",
]
