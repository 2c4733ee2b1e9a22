"""What the tests share: a small network written to files, and a browser to look with."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from netmap.findings import Finding
from netmap.gaps import Report, SessionFact, find
from netmap.networks.reading import read_register
from netmap.networks.register import Register
from netmap.vocabulary import load

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AS_OF = date(2026, 11, 22)

# The same examples every time: a run fails for what was changed, not for what was drawn.
settings.register_profile("same", derandomize=True)
settings.load_profile("same")

WriteNetwork = Callable[..., tuple[Register, list[Finding]]]


@pytest.fixture(scope="session")
def write_network() -> WriteNetwork:
    """Give the function that writes a network's files and reads them."""
    return _written_and_read


@pytest.fixture
def look(tmp_path: Path, write_network: WriteNetwork) -> Callable[..., Report]:
    """Give the function that reads tables, handed over by name, and asks every rule."""

    def looking(
        toml: str = "", sessions: tuple[SessionFact, ...] | None = None, **tables: str
    ) -> Report:
        register, _ = write_network(tmp_path, {"organisations": "id,name\n", **tables}, toml=toml)
        return find(register, load(), sessions)

    return looking


@pytest.fixture(scope="module")
def chromium() -> "Iterator[Browser]":
    """Start a browser for the tests of one file."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no chromium is installed: pages were not opened in a browser")
    with sync_api.sync_playwright() as playwright:
        arguments = (
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
        )
        browser = playwright.chromium.launch(executable_path=chromium, args=list(arguments))
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: "Browser") -> "Iterator[Page]":
    """Open a browser page that notes anything that ran, and what its policy kept from running."""
    # What moves on its own is not there to be clicked.
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.add_init_script(
        "window.ran = []; window.alert = (x) => window.ran.push(x);"
        "window.kept = []; document.addEventListener('securitypolicyviolation',"
        " (event) => window.kept.push(`${event.violatedDirective} ${event.blockedURI}`));"
    )
    yield context.new_page()
    context.close()


def _written_and_read(
    folder: Path,
    files: Mapping[str, str | bytes],
    *,
    toml: str = "",
    name: str = "example",
    as_of: date = AS_OF,
) -> tuple[Register, list[Finding]]:
    """Write one network into a workspace and read it.

    Args:
        folder: The workspace, usually ``tmp_path``; gets a ``netmap.toml`` where it has none.
        files: What to write into ``networks/<name>``: a table's name stands for its CSV file,
            other files go by their whole name. Text may be indented.
        toml: What ``network.toml`` says.
        name: The network.
        as_of: The day of the run.

    Returns:
        The register for staff, and what was noticed; files are named ``networks/<name>/...``.
    """
    workspace = folder / "netmap.toml"
    if not workspace.exists():
        workspace.write_text('title = "Example"\n', encoding="utf-8")
    network = folder / "networks" / name
    network.mkdir(parents=True, exist_ok=True)
    for file, content in {"network.toml": toml, **files}.items():
        raw = dedent(content).lstrip("\n").encode() if isinstance(content, str) else content
        (network / (file if "." in file else f"{file}.csv")).write_bytes(raw)
    return read_register(network, f"networks/{name}", load(), as_of)
