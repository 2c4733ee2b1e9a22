"""Where a file comes from, by its name: last month's and next month's come from one source."""

import re
from pathlib import Path

_DATED = re.compile(
    r"\d+(?:st|nd|rd|th)?|v\d+|q[1-4]|final|latest|updated|checked|copy|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)


def source_of(file: Path) -> str:
    """Name where a file comes from: its name without dates, so that next month's is the same.

    ``Groups October 2026 v2.xlsx`` comes from ``groups``, and so does ``groups-checked.xlsx``, in
    which people put right what was marked.
    """
    stem = re.sub(r"\.(?:csv|hsds|oruk|kumu)$|^copy of ", "", file.stem.casefold())
    words = re.findall(r"[a-z0-9]+", stem)
    kept = [word for word in words if not _DATED.fullmatch(word)]
    return "-".join(kept or words) or "file"


def checked_copy(file: Path, source: str) -> Path:
    """Say where the marked copy of a file goes: beside it, and never over it."""
    copy = file.with_name(f"{source}-checked.xlsx")
    return copy if copy != file else file.with_name(f"{source}-checked-2.xlsx")
