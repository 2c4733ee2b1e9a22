"""A workspace opened for one audience on one day, its files read once.

The staff registers are kept apart as ``_full``; what leaves this module is what the audience may
see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from netmap import gaps, networks
from netmap.errors import (
    NoNetworkError,
    NothingUsableError,
    UnknownNameError,
    UnreadableFileError,
)
from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.privacy import Audience
from netmap.vocabulary import Vocabularies, VocabularyError, load
from netmap.workspace import NETWORK_FILE, SETTINGS_FILE, Workspace, open_workspace

if TYPE_CHECKING:
    from netmap.events import Programme, SessionView, Told
    from netmap.networks.register import Register


@dataclass(frozen=True)
class Workplace:
    """One workspace, one audience, one day.

    Attributes:
        workspace: The folder and its settings.
        as_of: The day of the run.
        audience: Who the outputs are for.
    """

    workspace: Workspace
    as_of: date
    audience: Audience
    _read: "dict[str, tuple[Register, list[Finding]]]" = field(default_factory=dict)
    _programmes: "dict[str, tuple[Programme, list[Finding]]]" = field(default_factory=dict)
    _reports: dict[str, gaps.Report] = field(default_factory=dict)

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

    def _full(self, name: str) -> "tuple[Register, list[Finding]]":
        if name not in self._read:
            self._read[name] = networks.read(self.workspace, name, self.as_of, self.vocabularies)
        return self._read[name]

    def full_register(self, name: str) -> "Register":
        """Give the register as staff may see it, for redaction by others.

        Raises:
            NothingUsableError: No organisation and no area could be read.
        """
        register, findings = self._full(name)
        return networks.usable(register, findings)

    def register(self, name: str, audience: Audience | None = None) -> "Register":
        """Give the register as the audience may see it."""
        privacy = self.workspace.settings.privacy
        return networks.for_audience(self.full_register(name), audience or self.audience, privacy)

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
                register = self._full(programme.settings.network)[0]
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

    def _calendar(self) -> "tuple[list[Programme], dict[str, Register], dict[str, Told]]":
        """Gather what feeds are made from: everything as staff see it, and what was told."""
        from netmap import events  # noqa: PLC0415

        registers = {name: self.full_register(name) for name in self.usable_names()}
        programmes = [self.programme(name) for name in self.workspace.programmes()]
        programmes = [p for p in programmes if p.settings.network in registers]
        told = events.read_all_told(self.workspace, programmes, registers, self.audience)
        return programmes, registers, told

    def feeds(self, *, withdraw: bool) -> "tuple[dict[str, bytes], dict[str, Told]]":
        """Write every feed for the audience, and the new record of what it was told.

        Raises:
            WithdrawalError: Many sessions would vanish at once.
        """
        from netmap import events  # noqa: PLC0415

        programmes, registers, told = self._calendar()
        return events.feeds(
            programmes,
            registers,
            self.audience,
            self.as_of,
            self.workspace.settings,
            told,
            withdraw=withdraw,
        )

    def feed(self, programme: str | None, wanted: Mapping[str, str | None]) -> bytes:
        """Write one feed for the audience; nothing is recorded."""
        from netmap import events  # noqa: PLC0415

        if programme is not None:
            self.workspace.one_of("programme", programme, self.workspace.programmes())
        programmes, registers, told = self._calendar()
        return events.feed(
            programmes,
            registers,
            self.audience,
            self.as_of,
            self.workspace.settings,
            told,
            programme=programme,
            hub=wanted["hub"],
            area=wanted["area"],
            kind=wanted["kind"],
            community=wanted["community"],
        )

    def records(self, told: "Mapping[str, Told]") -> dict[Path, bytes]:
        """Give the record of what the audience was told, by the file it is kept in."""
        from netmap import events  # noqa: PLC0415

        root = self.workspace.root
        return {
            root / events.told_path(name, self.audience): events.told_json(one)
            for name, one in told.items()
        }

    def filled_uids(self) -> dict[Path, bytes]:
        """Give the session tables in which a session had no UID, with the UIDs filled in."""
        from netmap import events  # noqa: PLC0415

        filled = {}
        for name in self.workspace.programmes():
            if any(one.code == "uid-filled" for one in self.programme_findings(name)):
                programme = self.programme(name)
                file = self.workspace.root / "events" / f"{name}.csv"
                filled[file] = events.sessions_csv(programme.sessions, programme.aside)
        return filled

    def upcoming(
        self, programme: str | None, wanted: Mapping[str, str | None]
    ) -> "list[SessionView]":
        """List the sessions still to come that the filters let through."""
        from netmap import events  # noqa: PLC0415

        if programme is not None:
            self.workspace.one_of("programme", programme, self.workspace.programmes())
        found = []
        for one in events.upcoming(self.programmes(), self.as_of):
            register = self.register(one.network)
            within = (one.area or "", *register.areas.ancestors(one.area or ""))
            communities = self.vocabularies["community"]
            meant = {c for own in one.communities for c in (own, *communities.ancestors(own))}
            if (
                programme in {None, one.programme}
                and wanted["hub"] in {None, one.hub}
                and wanted["kind"] in {None, one.kind}
                and (wanted["area"] is None or wanted["area"] in within)
                and (wanted["community"] is None or wanted["community"] in meant)
            ):
                found.append(one)
        return found

    def check_events(self, programme: str | None = None) -> list[Finding]:
        """Look for clashes, missing sequence and targets not met."""
        from netmap import events  # noqa: PLC0415

        if programme is not None:
            self.workspace.one_of("programme", programme, self.workspace.programmes())
        findings: list[Finding] = []
        for name in [programme] if programme else self.workspace.programmes():
            found = self.programme(name)
            findings += self.programme_findings(name)
            if found.settings.network in self.workspace.networks():
                findings += events.check(found, self.full_register(found.settings.network))
        return findings

    def report(self, name: str, audience: Audience | None = None) -> gaps.Report:
        """Find the gaps of a network for the audience."""
        audience = audience or self.audience
        key = f"{audience.value}:{name}"
        if key not in self._reports:
            self._reports[key] = gaps.find(
                self.register(name, audience), self.vocabularies, self._facts(name, audience)
            )
        return self._reports[key]

    def _facts(self, name: str, audience: Audience) -> tuple[gaps.SessionFact, ...] | None:
        if not self.workspace.programmes():
            return None
        from netmap import events  # noqa: PLC0415

        programmes = self.programmes(name, audience)
        return tuple(fact for p in programmes for fact in events.facts(p)) if programmes else None

    def community(self, text: str) -> str:
        """Find a community by any of its names.

        Raises:
            UnknownNameError: No community is called that.
        """
        known = self.vocabularies["community"]
        found = known.resolve(text)
        if found is None:
            raise UnknownNameError("community", text, did_you_mean(text, known))
        return found

    def rule(self, text: str) -> str:
        """Find a rule by its name.

        Raises:
            UnknownNameError: No rule is called that.
        """
        if text not in gaps.RULES:
            raise UnknownNameError("rule", text, did_you_mean(text, gaps.RULES))
        return text

    def hub(self, text: str) -> str:
        """Find an organisation of any network by its id.

        Raises:
            UnknownNameError: No organisation has that id.
        """
        known = [o.id for n in self.usable_names() for o in self.register(n).organisations]
        return self.workspace.one_of("hub", text, sorted(set(known)))

    def area(self, text: str) -> str:
        """Find an area of any network by any of its names.

        Raises:
            UnknownNameError: No area is called that.
        """
        registers = [self.register(name) for name in self.usable_names()]
        found = {code for one in registers for code in one.areas.resolve(text)}
        if len(found) != 1:
            names = [name for one in registers for name in one.areas.names]
            hint = f"It can mean {', '.join(sorted(found))}." if found else ""
            raise UnknownNameError("area", text, hint or did_you_mean(text, names))
        return found.pop()

    def event_kind(self, text: str) -> str:
        """Find a kind of event.

        Raises:
            UnknownNameError: No kind of event is called that.
        """
        known = self.vocabularies["event_kind"]
        found = known.resolve(text)
        if found is None:
            raise UnknownNameError("kind of event", text, did_you_mean(text, known))
        return found

    def areas(self, register: "Register", text: str) -> tuple[str, ...]:
        """Find an area by any of its names, with all below it.

        Raises:
            UnknownNameError: No area is called that, or several are.
        """
        found = register.areas.resolve(text)
        if len(found) != 1:
            hint = f"It can mean {', '.join(found)}." if found else ""
            names = register.areas.names
            raise UnknownNameError("area", text, hint or did_you_mean(text, names))
        return (found[0], *register.areas.descendants(found[0]))

    def check(self, named: Sequence[str] = ()) -> list[Finding]:
        """Read everything, or only the networks named, and collect what was noticed."""
        if named:
            return [f for name in named for f in self._check_network(self.names(name)[0])]
        findings = [*self.workspace.findings, *self._terms[1], *self._check_folders()]
        for name in self.workspace.networks():
            findings += self._check_network(name)
        for name in self.workspace.programmes():
            findings += self._check_programme(name)
        return [*findings, *self._check_maps()]

    def _check_folders(self) -> list[Finding]:
        folder = self.workspace.root / "networks"
        message = f"has no {NETWORK_FILE} and is not read as a network."
        return [
            Finding(Level.NOTICE, "stray-folder", message, Place(self.workspace.shown(path)))
            for path in sorted(folder.glob("*"))
            if path.is_dir()
            and not path.name.startswith(".")
            and not (path / NETWORK_FILE).is_file()
        ]

    def _check_network(self, name: str) -> list[Finding]:
        from netmap import events  # noqa: PLC0415

        try:
            register, findings = self._full(name)
        except UnreadableFileError as error:
            return [_unreadable(f"networks/{name}/{NETWORK_FILE}", error)]
        return [*findings, *self._check_rules(register), *events.check_schedules(register)]

    def _check_rules(self, register: "Register") -> list[Finding]:
        place = Place(f"networks/{register.name}/{NETWORK_FILE}", None, "gaps.rules")
        message = "no rule is called '{}'; it is left out."
        return [
            Finding(
                Level.WARNING,
                "unknown-rule",
                message.format(slug),
                place,
                slug,
                did_you_mean(slug, gaps.RULES),
            )
            for slug in register.settings.gaps.rules
            if slug not in gaps.RULES
        ]

    def _check_programme(self, name: str) -> list[Finding]:
        try:
            return self._programme(name)[1]
        except UnreadableFileError as error:
            return [_unreadable(f"events/{error.file}", error)]

    def _check_maps(self) -> list[Finding]:
        from netmap import maps  # noqa: PLC0415

        findings: list[Finding] = []
        for name in self.workspace.maps():
            try:
                findings += maps.read_map(self.workspace, name)[1]
            except UnreadableFileError as error:
                findings.append(_unreadable(f"maps/{name}.toml", error))
        return findings

    def read_in_words(self, name: str) -> str:
        """Say how much of a network was read and how much set aside."""
        try:
            register, _ = self._full(name)
        except UnreadableFileError:
            return "could not be read"
        counted = {
            "organisations": len(register.organisations),
            "activities": len(register.activities),
            "ties": len(register.ties),
            "areas": len(register.areas),
            "populations": len(register.populations),
            "enquiries": len(register.enquiries),
            "targets": len(register.targets),
            "shares": len(register.shares),
        }
        read = ", ".join(f"{n} {table}" for table, n in counted.items() if n) or "nothing"
        aside = sum(register.set_aside.values())
        return f"{read} read; {aside} rows set aside"


def _unreadable(shown: str, error: UnreadableFileError) -> Finding:
    return Finding(Level.ERROR, "unreadable-file", f"cannot be read: {error.why}.", Place(shown))


def open_for(root: Path, as_of: date, audience: Audience) -> Workplace:
    """Open the workspace in a folder, for an audience, on a day.

    Raises:
        NoWorkspaceError: There is no ``netmap.toml`` in the folder.
    """
    return Workplace(open_workspace(root), as_of, audience)
