"""The site over HTTP, made anew when something in the workspace changes: live pages and feeds.

Only what the build wrote is given out, by its path; nothing else of the machine can be asked for.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote, urlsplit

from netmap import events
from netmap.build.whole_site import build_site
from netmap.build.workplace import Workplace
from netmap.errors import NetmapError
from netmap.workspace import SETTINGS_FILE

_FOLDERS = ("networks", "events", "maps", "texts", "data")
_LOOK_AGAIN = 1.0  # seconds
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".xml": "application/rss+xml; charset=utf-8",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One file as it is given out."""

    content: bytes
    kind: str

    @property
    def tag(self) -> str:
        """What changes when the file does."""
        return f'"{sha256(self.content).hexdigest()[:32]}"'


class Live:
    """The site of a workspace, kept up to date."""

    def __init__(
        self, opened: Callable[[], Workplace], folder: Path, say: Callable[[str], None]
    ) -> None:
        """Build the site for the first time.

        Args:
            opened: Opens the workspace, on the day it is then.
            folder: Where the site is built; nothing there is given out but what the build wrote.
            say: Told of every build, and of what kept one from being made.

        Raises:
            NetmapError: The site cannot be built.
        """
        self._opened, self._folder, self._say = opened, folder / "site", say
        self._kept, self._lock = events.Kept(), threading.Lock()
        self._files: Mapping[str, Path] = {}
        self._mark, self._looked = self._fingerprint(), time.monotonic()
        self._build()

    def answer(self, path: str) -> Answer | None:
        """Give the file of a path, as it is now; None where there is none.

        Args:
            path: As it was asked for, quoted, with or without a query.
        """
        with self._lock:
            self._look()
            file = self._files.get(_name(path))
            if file is None:
                return None
            kind = _TYPES.get(file.suffix, "application/octet-stream")
            return Answer(file.read_bytes(), kind)

    def _look(self) -> None:
        """Build anew where something has changed; on a fault what was there stays."""
        if time.monotonic() - self._looked < _LOOK_AGAIN:
            return
        try:
            mark = self._fingerprint()
            if mark != self._mark:
                self._mark = mark
                self._build()
        except NetmapError as error:
            self._say(f"Not built anew, what was there stays: {error}")
        self._looked = time.monotonic()

    def _build(self) -> None:
        start = time.perf_counter()
        build_site(self._opened(), self._folder, record=False, kept=self._kept)
        self._files = {
            file.relative_to(self._folder).as_posix(): file
            for file in self._folder.rglob("*")
            if file.is_file()
        }
        self._say(f"Built {len(self._files):,} files in {time.perf_counter() - start:.1f} s.")

    def _fingerprint(self) -> tuple[object, ...]:
        """Describe what the site is made from, by size and time of change, and the day."""
        place = self._opened()
        root = place.workspace.root
        found = [root / SETTINGS_FILE]
        for folder in _FOLDERS:
            found += sorted(one for one in (root / folder).rglob("*") if one.is_file())
        marks = [(str(one), *_mark(one)) for one in found]
        return place.as_of, *marks


def _mark(file: Path) -> tuple[int, int]:
    try:
        known = file.stat()
    except OSError:  # gone since it was listed, or not for us
        return 0, 0
    return known.st_mtime_ns, known.st_size


def _name(path: str) -> str:
    """Turn an address into the name of a file; a folder's is its index."""
    name = unquote(urlsplit(path).path).lstrip("/")
    return f"{name}index.html" if not name or name.endswith("/") else name


class Server(ThreadingHTTPServer):
    """Gives a live site out; begin with ``serve_forever``."""

    daemon_threads = True

    def __init__(self, live: Live, host: str, port: int) -> None:
        """Listen.

        Args:
            live: What it gives out.
            host: Which of the machine's addresses it listens on.
            port: The port; 0 for any that is free.

        Raises:
            OSError: It cannot listen there.
        """
        self.live, self.private = live, is_loopback(host)
        super().__init__((host, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version, sys_version = "netmap", ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        if self.server.private and not is_loopback(_host_of(self.headers.get("Host", ""))):
            # A page elsewhere whose name was made to mean this machine.
            self._send(HTTPStatus.MISDIRECTED_REQUEST, None, body=body)
            return
        found = self.server.live.answer(self.path)
        if found is None:
            self._send(HTTPStatus.NOT_FOUND, None, body=body)
        elif found.tag in self.headers.get("If-None-Match", ""):
            self._send(HTTPStatus.NOT_MODIFIED, found, body=False)
        else:
            self._send(HTTPStatus.OK, found, body=body)

    def _send(self, status: HTTPStatus, found: Answer | None, *, body: bool) -> None:
        said = Answer(f"{status.value} {status.phrase}\n".encode(), "text/plain; charset=utf-8")
        content = found or said
        self.send_response(status)
        for header, value in _HEADERS.items():
            self.send_header(header, value)
        if found is not None:
            self.send_header("ETag", found.tag)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", content.kind)
            self.send_header("Content-Length", str(len(content.content)))
        self.end_headers()
        if body:
            self.wfile.write(content.content)

    def log_message(self, *_: object) -> None:
        """Keep no list of who asked for what."""


def is_loopback(host: str) -> bool:
    """Tell whether an address or name means this machine alone."""
    if host in {"localhost", ""}:
        return host == "localhost"
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _host_of(header: str) -> str:
    """Read the name out of a Host header: without the port."""
    return urlsplit(f"//{header}").hostname or ""
