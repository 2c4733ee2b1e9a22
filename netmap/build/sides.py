"""One side of a comparison: a workspace, a snapshot of one, a built site, or a ``gaps.json``."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from netmap import __version__
from netmap.build.workplace import Workplace, open_for
from netmap.errors import AudiencesDifferError, NoWorkspaceError, UnreadableFileError
from netmap.gaps.gap import Report
from netmap.gaps.report_files import NotAReportError, reports_from
from netmap.privacy import Audience
from netmap.site.paths import MANIFEST
from netmap.workspace import SETTINGS_FILE

_GAPS = "gaps.json"


@dataclass(frozen=True, slots=True)
class OpenSide:
    """One side, opened.

    Attributes:
        shown: How messages name it.
        place: The workspace; None where only reports are there.
        reports: The reports of files, by network.
        older: Whether another version of netmap made them, with other rules.
    """

    shown: str
    place: Workplace | None
    reports: Mapping[str, Report]
    older: bool = False

    @property
    def names(self) -> list[str]:
        """The networks, in order."""
        return self.place.usable_names() if self.place else sorted(self.reports)


def open_sides(
    before: Path, after: Path, as_of: date, audience: Audience | None
) -> tuple[OpenSide, OpenSide]:
    """Open both sides for one audience.

    Args:
        before: A workspace, a built site or a ``gaps.json``.
        after: Another.
        as_of: The day of the run.
        audience: Who the comparison is for; where None, whom the files were made for, else staff.

    Raises:
        NoWorkspaceError: There is nothing of the kind in a folder.
        UnreadableFileError: A file cannot be read, or is not what netmap writes.
        AudiencesDifferError: A file was made for another audience.
    """
    files = {side: _files_of(side) for side in (before, after)}
    reports = {side: _read(found) for side, found in files.items()}
    made_for = [(side, one.audience) for side in (before, after) for one in reports[side].values()]
    wanted = audience.value if audience else next((a for _, a in made_for), Audience.STAFF.value)
    for side, whom in made_for:
        if whom != wanted or whom not in list(Audience):
            raise AudiencesDifferError(side, whom, wanted)
    return (
        _side(before, files[before], reports[before], as_of, Audience(wanted)),
        _side(after, files[after], reports[after], as_of, Audience(wanted)),
    )


def _side(
    path: Path,
    files: list[Path],
    reports: Mapping[str, Report],
    as_of: date,
    audience: Audience,
) -> OpenSide:
    if files:
        return OpenSide(path.as_posix(), None, reports, older=_is_older(path))
    return OpenSide(path.as_posix(), open_for(path, as_of, audience), {})


def _files_of(path: Path) -> list[Path]:
    """Find the reports in a file or a built site; none where it is a workspace."""
    if path.is_file() or path.suffix == ".json":
        return [path]
    if (path / SETTINGS_FILE).is_file():
        return []
    found = [
        file
        for folder in (path, path / "data")
        for file in (folder / _GAPS, *sorted(folder.glob(f"*/{_GAPS}")))
        if file.is_file()
    ]
    if not found:
        raise NoWorkspaceError(path)
    return found


def _read(files: Iterable[Path]) -> dict[str, Report]:
    return {one.network: one for file in files for one in _reports(file)}


def _reports(file: Path) -> tuple[Report, ...]:
    try:
        return reports_from(_json(file))
    except NotAReportError as error:
        raise UnreadableFileError(file, str(error)) from error


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except OSError as error:
        raise UnreadableFileError(file, error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(file, "it is not JSON") from error


def _is_older(path: Path) -> bool:
    """Tell whether a built site says that another version of netmap made it."""
    manifest = path / MANIFEST
    made = _json(manifest) if manifest.is_file() else {}
    return isinstance(made, dict) and made.get("version", __version__) != __version__
