"""The command line: words in, one call, words out.

Each command is a shim beside a plain function of a room below; this module holds the one place
where errors become messages and exit codes. Rooms are imported by the command that needs them, so
that ``netmap --help`` answers at once.
"""

import gc
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from netmap.errors import NetmapError

FAULT = 3
INTERRUPTED = 130
_OBJECTS = 200_000


class InterruptedByUserError(BaseException):
    """Somebody pressed Ctrl+C; apart from KeyboardInterrupt, which typer makes its own of."""


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Returns:
        The exit code; see the table in the README.
    """
    _speak_plainly()
    _mind_interrupts()
    # Registers and findings are many objects that live to the end: looking for garbage among them
    # after every 700th would take longer than they do.
    gc.set_threshold(_OBJECTS)
    try:
        from netmap.cli.commands import app  # noqa: PLC0415  # typer is slow to import

        app(list(arguments), prog_name="netmap")
    except SystemExit as leave:
        # The process ends: nobody need look through what it leaves.
        gc.freeze()
        return leave.code if isinstance(leave.code, int) else 0
    except InterruptedByUserError:
        _say("Stopped. Nothing half-written is left.")
        return INTERRUPTED
    except NetmapError as error:
        _say(str(error))
        return error.exit_code
    except BrokenPipeError:
        # Whoever read us has read enough; Python must not complain on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  # the one place where any fault becomes a message
        return _fault(error, debug="--debug" in arguments)
    return 0


def _fault(error: Exception, *, debug: bool) -> int:
    """Say shortly that netmap is at fault, and keep the details in a file."""
    details = "".join(traceback.format_exception(error))
    if debug:
        _say(details)
        return FAULT
    with tempfile.NamedTemporaryFile(
        "w", prefix="netmap-fault-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(details)
    _say(
        f"Something went wrong inside netmap ({type(error).__name__}). It is not your doing. "
        f"The details are in {file.name}; run again with --debug to see them here."
    )
    return FAULT


def _mind_interrupts() -> None:
    def stop(_number: int, _frame: FrameType | None) -> NoReturn:
        raise InterruptedByUserError

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def _speak_plainly() -> None:
    """Let a console that lacks a character show a question mark instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def _say(message: str) -> None:
    print(message, file=sys.stderr)  # noqa: T201  # the terminal is this room's business
