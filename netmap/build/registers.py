"""The files of a workspace, read once, for one audience on one day.

What staff may see is kept here; what :meth:`Registers.register` and :meth:`Registers.programmes`
give is what the audience may see.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from netmap import networks
from netmap.errors import NoNetworkError, NothingUsableError, UnreadableFileError
from netmap.findings import Finding, Level, Place
from netmap.privacy import Audience
from netmap.vocabulary import Vocabularies, VocabularyError, load
from netmap.workspace import SETTINGS_FILE, Workspace

if TYPE_CHECKING:
    from netmap.events import Programme
    from netmap.networks.register import Register


@dataclass(frozen=True)
class Registers:
    """The vocabularies, networks and programmes of one workspace.

    Attributes:
        workspace: The folder and its settings.
        as_of: The day of the run.
        audience: Who the outputs are for.
    """

    workspace: Workspace
    as_of: date
    audience: Audience
    _networks: "dict[str, tuple[Register, list[Finding]]]" = field(default_factory=dict)
    _programmes: "dict[str, tuple[Programme, list[Finding]]]" = field(default_factory=dict)

    @cached_property
    def _terms(self) -> tuple[Vocabularies, list[Finding]]:
        try:
            return networks.vocabularies_of(self.workspace), []
        except VocabularyError as error:
            message = f"{error}; the workspace's own terms are left out."
            place = Place(SETTINGS_FILE, None, "vocabulary")
            labels = self.workspace.settings.labels
            return load(None, labels), [Finding(Level.ERROR, "bad-vocabulary", message, place)]

    @property
    def vocabularies(self) -> Vocabularies:
        """The controlled terms with the workspace's own terms and labels."""
        return self._terms[0]

    @property
    def vocabulary_findings(self) -> list[Finding]:
        """What was noticed in the workspace's own terms."""
        return self._terms[1]

    def names(self, network: str | None = None) -> list[str]:
        """Name the networks a command is about: the one given, else all.

        Raises:
            NoNetworkError: There is no such network, or none at all.
        """
        known = self.workspace.networks()
        if network is None and not known:
            raise NoNetworkError(None, known)
        if network is not None:
            self.workspace.network_folder(network)
            return [network]
        return known

    def network(self, name: str) -> "tuple[Register, list[Finding]]":
        """Read a network, for staff, with what was noticed; it may hold nothing.

        Raises:
            UnreadableFileError: Its ``network.toml`` cannot be read.
        """
        if name not in self._networks:
            self._networks[name] = networks.read(
                self.workspace, name, self.as_of, self.vocabularies
            )
        return self._networks[name]

    def full_register(self, name: str) -> "Register":
        """Give the register as staff may see it, for redaction by others.

        Raises:
            NothingUsableError: No organisation and no area could be read.
        """
        register, findings = self.network(name)
        return networks.usable(register, findings)

    def register(self, name: str, audience: Audience | None = None) -> "Register":
        """Give the register as the audience may see it."""
        privacy = self.workspace.settings.privacy
        return networks.for_audience(self.full_register(name), audience or self.audience, privacy)

    def usable_names(self) -> list[str]:
        """Name the networks that have something to say.

        Raises:
            NothingUsableError: None of them has.
            NoNetworkError: There is none.
        """
        names = self.names()
        usable = [n for n in names if self._says_something(n)]
        if not usable:
            self.full_register(names[0])
        return usable

    def _says_something(self, name: str) -> bool:
        try:
            self.full_register(name)
        except (NothingUsableError, UnreadableFileError):
            return False
        return True

    def programme(self, name: str) -> "Programme":
        """Read a programme, for staff."""
        return self._programme(name)[0]

    def programme_findings(self, name: str) -> tuple[Finding, ...]:
        """Give what was noticed while reading a programme."""
        return tuple(self._programme(name)[1])

    def _programme(self, name: str) -> "tuple[Programme, list[Finding]]":
        from netmap import events  # noqa: PLC0415  # not every command knows the calendar

        if name not in self._programmes:
            self._programmes[name] = events.read_programme(self.workspace, name, self.vocabularies)
            programme, findings = self._programmes[name]
            if programme.settings.network in self.workspace.networks():
                register = self.network(programme.settings.network)[0]
                resolved, noticed = events.resolved(programme, register)
                self._programmes[name] = resolved, [*findings, *noticed]
        return self._programmes[name]

    def programmes(
        self, network: str | None = None, audience: Audience | None = None
    ) -> "list[Programme]":
        """List the programmes of a network (or all) as the audience may see them."""
        from netmap import events  # noqa: PLC0415

        found = []
        for name in self.workspace.programmes():
            programme = self.programme(name)
            of = programme.settings.network
            if of in self.workspace.networks() and network in {None, of}:
                full = self.full_register(of)
                found.append(events.for_audience(programme, full, audience or self.audience))
        return found
