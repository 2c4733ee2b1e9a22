"""The calendars of a workspace: what is on, its feeds, what their subscribers were told."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from netmap.build.registers import Registers

if TYPE_CHECKING:
    from netmap.events import Kept, Programme, SessionView, Told
    from netmap.networks.register import Register


@dataclass(frozen=True)
class Calendars(Registers):
    """The sessions of every programme, for one audience."""

    def calendar(self) -> "tuple[list[Programme], dict[str, Register], dict[str, Told]]":
        """Gather what feeds are made from: everything as staff see it, and what was told."""
        from netmap import events  # noqa: PLC0415

        registers = {name: self.full_register(name) for name in self.usable_names()}
        programmes = [self.programme(name) for name in self.workspace.programmes()]
        programmes = [p for p in programmes if p.settings.network in registers]
        told = events.read_all_told(self.workspace, programmes, registers, self.audience)
        return programmes, registers, told

    def feeds(
        self, *, withdraw: bool, kept: "Kept | None" = None
    ) -> "tuple[dict[str, bytes], dict[str, Told]]":
        """Write every feed for the audience, and the new record of what it was told.

        Args:
            withdraw: Whether many sessions may vanish at once.
            kept: Gets what was worked out, for what tells of the same dates in other ways.

        Raises:
            WithdrawalError: Many sessions would vanish at once.
        """
        from netmap import events  # noqa: PLC0415

        programmes, registers, told = self.calendar()
        return events.feeds(
            programmes,
            registers,
            self.audience,
            self.as_of,
            self.workspace.settings,
            told,
            withdraw=withdraw,
            kept=kept,
        )

    def feed(
        self,
        programme: str | None,
        wanted: Mapping[str, str | None],
        *,
        tombstones: bool = True,
        alarm_minutes: int | None = None,
    ) -> bytes:
        """Write one feed for the audience; nothing is recorded."""
        from netmap import events  # noqa: PLC0415

        if programme is not None:
            self.workspace.one_of("programme", programme, self.workspace.programmes())
        programmes, registers, told = self.calendar()
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
            tombstones=tombstones,
            alarm_minutes=alarm_minutes,
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
        """List the sessions still to come that the filters let through.

        Raises:
            UnknownNameError: There is no such programme.
        """
        from netmap import events  # noqa: PLC0415

        if programme is not None:
            self.workspace.one_of("programme", programme, self.workspace.programmes())
        return [
            one
            for one in events.upcoming(self.programmes(), self.as_of)
            if programme in {None, one.programme} and self._lets_through(one, wanted)
        ]

    def _lets_through(self, one: "SessionView", wanted: Mapping[str, str | None]) -> bool:
        areas, communities = self.register(one.network).areas, self.vocabularies["community"]
        within = (one.area or "", *areas.ancestors(one.area or ""))
        meant = {c for own in one.communities for c in (own, *communities.ancestors(own))}
        return (
            wanted["hub"] in {None, one.hub}
            and wanted["kind"] in {None, one.kind}
            and (wanted["area"] is None or wanted["area"] in within)
            and (wanted["community"] is None or wanted["community"] in meant)
        )
