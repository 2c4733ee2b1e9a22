"""What can go wrong, said so that the reader can put it right.

One family of errors, one exit code for each kind. The message is written here, once, from typed
arguments; whoever raises says what happened, never how to word it. Faults *inside* people's files
are not errors but findings (:mod:`netmap.findings`): they are collected, and the rest is used.
"""

from collections.abc import Iterable
from pathlib import PurePath


class NetmapError(Exception):
    """Something the reader can put right. Subclasses say what, and with which exit code."""

    exit_code = 3


class NoWorkspaceError(NetmapError):
    """There is no ``netmap.toml`` where the workspace should be."""

    exit_code = 10

    def __init__(self, folder: PurePath | str) -> None:
        super().__init__(
            f"No netmap.toml in {folder}. Go to the folder that has one, name it with "
            "--workspace, or start one with: netmap init my-network"
        )


class NoNetworkError(NetmapError):
    """The workspace has no network of that name, or none at all."""

    exit_code = 10

    def __init__(self, name: str | None, known: Iterable[str], hint: str = "") -> None:
        names = ", ".join(known)
        if name is None:
            super().__init__(
                "There is no network yet: networks/ has no folder with a network.toml."
            )
        elif names:
            super().__init__(
                f"There is no network '{name}'. {hint + ' ' if hint else ''}Known: {names}."
            )
        else:
            super().__init__(f"There is no network '{name}': networks/ is empty.")


class UnreadableFileError(NetmapError):
    """A file cannot be read or understood at all."""

    exit_code = 11

    def __init__(self, file: PurePath | str, why: str) -> None:
        super().__init__(f"{file} cannot be read: {why}")
        self.file, self.why = str(file), why


class NothingUsableError(NetmapError):
    """A network was read, but no usable organisation or area is left."""

    exit_code = 11

    def __init__(self, network: str, problems: int) -> None:
        if not problems:
            super().__init__(
                f"networks/{network} has no organisation and no area yet. Fill organisations.csv "
                "or areas.csv in it, then run: netmap check"
            )
            return
        said = f"{problems} problem{'' if problems == 1 else 's'}"
        super().__init__(
            f"Nothing usable in networks/{network}: no organisation and no area could be read "
            f"({said}). See them with: netmap check {network}"
        )


class UnknownNameError(NetmapError):
    """A name given on the command line is not known."""

    exit_code = 12

    def __init__(self, what: str, name: str, hint: str = "") -> None:
        super().__init__(f"No {what} is called '{name}'.{' ' + hint if hint else ''}")


class AudiencesDifferError(NetmapError):
    """Two reports that are to be compared were made for different audiences."""

    exit_code = 2

    def __init__(self, file: PurePath | str, made_for: str, wanted: str) -> None:
        super().__init__(
            f"{file} was made for {made_for}, and the other side is for {wanted}: what differs "
            f"would be what each may see. Compare both as one audience, with --audience {made_for} "
            "or with files made for one audience."
        )


class CannotWriteError(NetmapError):
    """An output cannot be written; what was there before is untouched."""

    exit_code = 13

    def __init__(self, target: PurePath | str, why: str) -> None:
        super().__init__(f"{target} cannot be written: {why}. What was there before is untouched.")


class CannotServeError(NetmapError):
    """The site cannot be given out where it was asked for."""

    exit_code = 13

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(
            f"Nothing can be served at {host}, port {port}: {why}. Another port may do: --port 8001"
        )


class CannotUndoError(NetmapError):
    """There is no import to put back, or files were edited since."""

    exit_code = 13

    def __init__(self, folder: PurePath | str, edited: Iterable[str] = ()) -> None:
        names = ", ".join(edited)
        super().__init__(
            f"Nothing was undone in {folder}: edited since the import: {names}. Put these aside "
            "first, then undo."
            if names
            else f"There is no import to undo in {folder}."
        )


class WithdrawalError(NetmapError):
    """A build would withdraw many sessions that subscribers know, all at once."""

    exit_code = 13

    def __init__(self, programme: str, vanishing: int, known: int) -> None:
        super().__init__(
            f"{vanishing} of the {known} future sessions that subscribers of '{programme}' know "
            "would vanish at once. If that is meant, build again with --withdraw; nothing was "
            "written."
        )


class NoScheduleError(NetmapError):
    """No schedule satisfies the programme; the conflicting wishes are named."""

    exit_code = 14

    def __init__(self, programme: str, conflicts: Iterable[str]) -> None:
        lines = "".join(f"\n  - {line}" for line in conflicts)
        super().__init__(f"The programme '{programme}' cannot be scheduled as it stands:{lines}")
