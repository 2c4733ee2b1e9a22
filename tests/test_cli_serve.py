"""The site over HTTP: what was built and nothing else, made anew when something changes."""

import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from netmap.build import serving
from netmap.build.serving import Live, Server, is_loopback
from netmap.build.workplace import open_for
from netmap.cli import run
from netmap.privacy import Audience

DAY = date(2026, 11, 28)
Ask = Callable[..., http.client.HTTPResponse]


@pytest.fixture(name="workspace")
def _workspace(tmp_path: Path) -> Path:
    root = tmp_path / "work"
    assert run(["init", str(root), "--example"]) == 0
    assert run(["--workspace", str(root), "events", "plan", "first-year", "--seconds", "0"]) == 0
    return root


@pytest.fixture(name="said")
def _said() -> list[str]:
    return []


@pytest.fixture(name="ask")
def _ask(
    workspace: Path, tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Ask]:
    """Serve the example, and give the function that asks it for a path."""
    monkeypatch.setattr(serving, "_LOOK_AGAIN", 0.0)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    live = Live(lambda: open_for(workspace, DAY, Audience.PUBLIC), scratch, said.append)
    server = Server(live, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def asking(path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=60)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=given)
        response = connection.getresponse()
        response.body = response.read()  # type: ignore[attr-defined]
        connection.close()
        return response

    yield asking
    server.shutdown()
    server.server_close()
    thread.join()


def body(response: http.client.HTTPResponse) -> bytes:
    """Give what was read of an answer."""
    found: bytes = response.body  # type: ignore[attr-defined]
    return found


def test_pages_and_feeds_come_as_what_they_are(ask: Ask) -> None:
    """A calendar that comes as text is shown, not subscribed to."""
    for path, kind in {
        "/": "text/html; charset=utf-8",
        "/index.html": "text/html; charset=utf-8",
        "/feeds/first-year.ics": "text/calendar; charset=utf-8",
        "/feeds/changes.xml": "application/rss+xml; charset=utf-8",
        "/manifest.json": "application/json",
    }.items():
        response = ask(path)
        assert (response.status, response.headers["Content-Type"]) == (200, kind), path
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert body(ask("/feeds/first-year.ics")).startswith(b"BEGIN:VCALENDAR")
    assert ask("/feeds/first-year.ics").headers["Content-Disposition"] is None


def test_what_has_not_changed_is_not_sent_again(ask: Ask) -> None:
    """Calendars ask every few hours for years."""
    tag = ask("/feeds/first-year.ics").headers["ETag"]
    again = ask("/feeds/first-year.ics", If_None_Match=tag)
    assert (again.status, body(again)) == (304, b"")
    assert ask("/feeds/first-year.ics", If_None_Match='"another"').status == 200


def test_the_head_is_the_same_without_the_body(ask: Ask) -> None:
    """Some clients look before they fetch."""
    whole, head = ask("/index.html"), ask("/index.html", "HEAD")
    assert body(head) == b""
    assert (
        head.headers["Content-Length"] == whole.headers["Content-Length"] == str(len(body(whole)))
    )


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.html",
        "/../netmap.toml",
        "/feeds/../../netmap.toml",
        "/" + quote("../netmap.toml", safe=""),
        "//etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/index.html%00",
        "/networks",
        "/\\..\\netmap.toml",
    ],
)
def test_nothing_but_what_was_built_can_be_asked_for(ask: Ask, path: str) -> None:
    """The register stays where it is, and so does the rest of the machine."""
    response = ask(path)
    assert response.status == 404
    assert b"title" not in body(response)


def test_other_ways_of_asking_are_turned_away(ask: Ask) -> None:
    """There is nothing to send to it."""
    assert ask("/", "POST").status == 501
    assert ask("/", "DELETE").status == 501


def test_a_page_elsewhere_cannot_read_it_under_a_name_of_its_own(ask: Ask) -> None:
    """A name can be made to mean this machine; then what staff see would be read by a stranger."""
    assert ask("/", Host="evil.example").status == 421
    assert ask("/", Host="localhost:8000").status == 200
    assert ask("/", Host="[::1]:8000").status == 200


def test_what_is_changed_is_there_at_the_next_look(
    ask: Ask, workspace: Path, said: list[str]
) -> None:
    """A feed follows the table it is made from, and so do the pages."""
    before = body(ask("/feeds/first-year.ics"))
    table = workspace / "events" / "first-year.csv"
    text = table.read_text(encoding="utf-8").replace("tentative", "cancelled", 1)
    table.write_text(text, encoding="utf-8")
    after = body(ask("/feeds/first-year.ics"))
    assert b"STATUS:CANCELLED" not in before
    assert after.count(b"STATUS:CANCELLED") == 1
    assert b"cancelled" in body(ask("/events/index.html")).lower()
    assert len([line for line in said if line.startswith("Built")]) == 2


def test_a_mistake_while_editing_leaves_what_was_there(
    ask: Ask, workspace: Path, said: list[str]
) -> None:
    """Half a bracket must not take the site down while people look at it."""
    settings = workspace / "netmap.toml"
    right = settings.read_text(encoding="utf-8")
    settings.write_text(right + "\n[labels\n", encoding="utf-8")
    assert ask("/index.html").status == 200
    assert any(line.startswith("Not built anew") for line in said)
    settings.write_text(right + "\n", encoding="utf-8")
    assert ask("/index.html").status == 200
    assert said[-1].startswith("Built")


def test_nothing_is_recorded(ask: Ask, workspace: Path) -> None:
    """Looking at a feed is not telling subscribers."""
    assert ask("/feeds/first-year.ics").status == 200
    assert not list((workspace / "events").glob("*.published.json"))
    assert not (workspace / "site").exists()


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104  # nothing listens here
        ("192.168.1.5", False), ("example.org", False), ("", False),
    ],
)  # fmt: skip
def test_what_means_this_machine_alone(host: str, private: bool) -> None:  # noqa: FBT001
    """Only these are safe to show staff pages on."""
    assert is_loopback(host) is private


def test_a_port_that_is_taken_is_said(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two people cannot stand in one doorway; another port is suggested."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code = run(["--workspace", str(workspace), "serve", "--port", str(port)])
    assert code == 13
    assert "Another port may do" in capsys.readouterr().err
