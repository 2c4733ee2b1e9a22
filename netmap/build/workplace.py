"""A workspace opened for one audience on one day: what the commands and the journeys hold.

The files are read by :mod:`netmap.build.registers`, calendars made by
:mod:`netmap.build.calendars`; here are the gaps, and the checks of everything.
"""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from netmap import gaps, language
from netmap.build import checking, gap_deciding
from netmap.build.calendars import Calendars
from netmap.errors import UnreadableFileError
from netmap.findings import Finding
from netmap.gaps.decisions import decided
from netmap.privacy import Audience
from netmap.workspace import SETTINGS_FILE, open_workspace


@dataclass(frozen=True)
class Workplace(Calendars):
    """One workspace, one audience, one day."""

    _reports: dict[str, gaps.Report] = field(default_factory=dict)

    def report(
        self,
        name: str,
        audience: Audience | None = None,
        progress: Callable[[str], None] = lambda _stage: None,
    ) -> gaps.Report:
        """Find the gaps of a network for the audience; `progress` is told what is looked at."""
        audience = audience or self.audience
        key = f"{audience.value}:{name}"
        if key not in self._reports:
            found = gaps.find(
                self.register(name, audience),
                self.vocabularies,
                self.facts(name, audience),
                progress,
            )
            made = gap_deciding.decisions(self, name, audience)
            self._reports[key] = decided(found, made)
        return self._reports[key]

    def facts(self, name: str, audience: Audience) -> tuple[gaps.SessionFact, ...] | None:
        """Give what rules may know of a network's sessions; None where it has no programme."""
        if not self.workspace.programmes():
            return None
        from netmap import events  # noqa: PLC0415  # not every workspace has a calendar

        programmes = self.programmes(name, audience)
        return tuple(fact for p in programmes for fact in events.facts(p)) if programmes else None

    def check(self, named: Sequence[str] = ()) -> list[Finding]:
        """Read everything, or only the networks named, and collect what was noticed.

        Raises:
            NoNetworkError: There is no network of a name.
        """
        found = checking.check(self, named)
        for name in named or self.workspace.networks():
            # A network that cannot be read has been told of already.
            with contextlib.suppress(UnreadableFileError):
                found += gap_deciding.decision_findings(self, name)
        return list(dict.fromkeys(found))

    def check_events(self, programme: str | None = None) -> list[Finding]:
        """Look for clashes, missing sequence and targets not met in one programme or all.

        Raises:
            UnknownNameError: There is no such programme.
        """
        from netmap import events  # noqa: PLC0415  # not every workspace has a calendar

        found = checking.check_events(self, programme)
        for name in [programme] if programme else self.workspace.programmes():
            planned = self.programme(name)
            network = planned.settings.network
            if network in self.workspace.networks():
                found += events.check_answers(planned, self.report(network).gaps)
        return found

    def read_in_words(self, name: str) -> str:
        """Say how much of a network was read and how much set aside."""
        return checking.read_in_words(self, name)


def open_for(root: Path, as_of: date, audience: Audience) -> Workplace:
    """Open the workspace in a folder, for an audience, on a day; its language is now in force.

    Raises:
        NoWorkspaceError: There is no ``netmap.toml`` in the folder.
        UnreadableFileError: ``netmap.toml`` is no TOML, or the translation no ``.po`` file.
    """
    workspace = open_workspace(root)
    settings, translation = workspace.settings, workspace.translation()
    texts, findings = language.load(
        settings.language,
        settings.texts,
        translation if translation.is_file() else None,
        SETTINGS_FILE,
        workspace.shown(translation),
    )
    language.use(texts)
    noticed = replace(workspace, findings=(*workspace.findings, *findings))
    return Workplace(noticed, as_of, audience)
