"""What lies in a workspace, settings that survive a fault, files that are whole or not there."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from netmap.errors import (
    CannotWriteError,
    NoNetworkError,
    NoWorkspaceError,
    UnknownNameError,
    UnreadableFileError,
)
from netmap.findings import Level
from netmap.networks.models import NetworkSettings
from netmap.workspace import (
    WorkspaceSettings,
    folder_in_the_making,
    open_workspace,
    settings_from,
    write_atomically,
)

MARKER = "manifest.json"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder as an earlier build left it."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / MARKER).write_text("old", encoding="utf-8")
    (folder / "index.html").write_text("old", encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, str]:
    """Read a folder's files by their names."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


# ---------------------------------------------------------------------- what lies where


def test_a_workspace_is_this_very_folder(tmp_path: Path) -> None:
    """Searching upwards would take somebody else's files for one's own."""
    (tmp_path / "netmap.toml").write_text("", encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    with pytest.raises(NoWorkspaceError):
        open_workspace(inner)
    assert open_workspace(tmp_path).settings == WorkspaceSettings()


def test_networks_programmes_and_maps_are_named_in_order(tmp_path: Path) -> None:
    """What is no network (no network.toml) is not listed; outputs do not depend on the disk."""
    for name in ("netmap.toml", "networks/b/network.toml", "networks/a/network.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "networks" / "draft").mkdir()
    for name in ("events/two.toml", "events/one.toml", "events/stray.csv", "maps/m.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    workspace = open_workspace(tmp_path)
    assert workspace.networks() == ["a", "b"]
    assert workspace.programmes() == ["one", "two"]
    assert workspace.maps() == ["m"]
    assert workspace.shown(tmp_path / "networks" / "a") == "networks/a"


def test_an_unknown_name_gets_the_nearest(tmp_path: Path) -> None:
    """The likely one is suggested."""
    (tmp_path / "netmap.toml").touch()
    (tmp_path / "networks" / "leeds").mkdir(parents=True)
    (tmp_path / "networks" / "leeds" / "network.toml").touch()
    workspace = open_workspace(tmp_path)
    with pytest.raises(NoNetworkError, match="Did you mean 'leeds'"):
        workspace.network_folder("../leds")
    with pytest.raises(UnknownNameError, match="Did you mean 'yearly'"):
        workspace.one_of("map", "yerly", ["yearly"])


# ---------------------------------------------------------------------- settings


def test_a_faulty_key_costs_only_itself(tmp_path: Path) -> None:
    """One wrong number must not take a workspace's title and privacy with it."""
    (tmp_path / "netmap.toml").write_bytes(
        b'\xef\xbb\xbftitle = "Ours"\r\ntime_zone = "Europe/Leeds"\r\n'
        b'base_url = "javascript:alert(1)"\r\n[privacy]\r\nsuppress_at_most = 9\r\nround_to = 0\r\n'
    )
    workspace = open_workspace(tmp_path)
    assert workspace.settings.title == "Ours"
    assert workspace.settings.time_zone == "Europe/London"
    assert workspace.settings.base_url is None
    assert workspace.settings.privacy.suppress_at_most == 9
    assert workspace.settings.privacy.round_to == 5
    assert [(f.level, f.code, f.place.column) for f in workspace.findings] == [
        (Level.ERROR, "bad-setting", "time_zone"),
        (Level.ERROR, "bad-setting", "base_url"),
        (Level.ERROR, "bad-setting", "privacy.round_to"),
    ]


def test_an_unknown_key_is_a_notice_with_the_key_that_was_meant() -> None:
    """A misspelt threshold would else silently be the default."""
    read, findings = settings_from(
        NetworkSettings, {"titel": "x", "gaps": {"comunity_share": 0.2}}, "network.toml"
    )
    assert read == NetworkSettings()
    assert {(f.level, f.code, f.place.column, f.hint) for f in findings} == {
        (Level.NOTICE, "unknown-setting", "titel", "Did you mean 'title'?"),
        (Level.NOTICE, "unknown-setting", "gaps.comunity_share", "Did you mean 'community_share'?"),
    }


def test_one_wrong_rule_setting_is_told_once_and_costs_no_other() -> None:
    """The other rules stay as people set them."""
    data = {"gaps": {"rules": {"low-rate": "hihg", "low-supply": "off"}, "stale_months": 6}}
    read, findings = settings_from(NetworkSettings, data, "network.toml")
    assert read.gaps.rules == {"low-supply": "off"}
    assert read.gaps.stale_months == 6
    assert [f.place.column for f in findings] == ["gaps.rules.low-rate"]


def test_two_faults_in_one_list_cost_that_list_and_not_its_section() -> None:
    """A list cannot lose its middle, but its neighbours are sound."""
    data = {"gaps": {"intersections": [["men", 1], [2, "carers"]], "stale_months": 6}}
    read, findings = settings_from(NetworkSettings, data, "network.toml")
    assert read.gaps.intersections == []
    assert read.gaps.stale_months == 6
    assert len(findings) == 2


def test_a_total_whose_value_is_wrong_is_told_once() -> None:
    """Not once for the value and again for its absence."""
    data = {"stated_totals": {"activities": {"value": "six", "within": 1}, "areas": 6}}
    read, findings = settings_from(NetworkSettings, data, "network.toml")
    assert list(read.stated_totals) == ["areas"]
    assert [f.place.column for f in findings] == ["stated_totals.activities.value"]


@pytest.mark.parametrize("content", [b"title = ", b"\xff\xfe\x00", b"title = 'caf\xe9'"])
def test_a_file_that_is_no_toml_says_so(tmp_path: Path, content: bytes) -> None:
    """Exit code 11, never a traceback."""
    (tmp_path / "netmap.toml").write_bytes(content)
    with pytest.raises(UnreadableFileError, match=r"netmap\.toml"):
        open_workspace(tmp_path)


# ---------------------------------------------------------------------- files


def test_a_file_is_written_with_its_folder(tmp_path: Path) -> None:
    """And nothing else is left beside it."""
    file = tmp_path / "a" / "b.csv"
    write_atomically(file, b"one")
    write_atomically(file, b"two")
    assert file.read_bytes() == b"two"
    assert [path.name for path in file.parent.iterdir()] == ["b.csv"]


def test_a_failure_in_the_middle_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk or an open Excel must not cost people their file."""
    file = tmp_path / "a.csv"
    file.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CannotWriteError, match="open in another program"):
        write_atomically(file, b"new")
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_the_same_content_is_left_alone(tmp_path: Path) -> None:
    """What did not change need not be copied to a web server again."""
    file = tmp_path / "a.csv"
    write_atomically(file, b"same")
    before = file.stat()
    write_atomically(file, b"same")
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


# ---------------------------------------------------------------------- folders


def test_the_old_folder_is_whole_until_the_new_one_is(site: Path) -> None:
    """Somebody may be reading it."""
    with folder_in_the_making(site, MARKER) as made:
        (made / MARKER).write_text("new", encoding="utf-8")
        assert contents(site) == {"index.html": "old", MARKER: "old"}
    assert contents(site) == {MARKER: "new"}
    assert [path.name for path in site.parent.iterdir() if path.is_dir()] == ["site"]


def test_the_old_folder_stays_where_making_the_new_one_fails(site: Path) -> None:
    """A fault in netmap must not cost people the site they have."""

    def fail() -> None:
        with folder_in_the_making(site, MARKER) as made:
            (made / MARKER).write_text("new", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert contents(site) == {"index.html": "old", MARKER: "old"}
    assert [path.name for path in site.parent.iterdir() if path.is_dir()] == ["site"]


def test_a_system_without_exchange_gets_there_in_two_steps(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows cannot swap two folders at once."""
    monkeypatch.setattr("netmap.workspace.folders._exchange", lambda *_: False)
    with folder_in_the_making(site, MARKER) as made:
        (made / MARKER).write_text("new", encoding="utf-8")
    assert contents(site) == {MARKER: "new"}
    assert [path.name for path in site.parent.iterdir() if path.is_dir()] == ["site"]


def test_what_a_killed_build_left_is_cleared_or_restored(site: Path) -> None:
    """Killed between the two steps, the old folder waits beside and is put back."""
    site.rename(site.with_name(".netmap-site.previous"))
    site.with_name(".netmap-site-abcd1234").mkdir()
    with folder_in_the_making(site, MARKER) as made:
        assert contents(site) == {"index.html": "old", MARKER: "old"}
        (made / MARKER).write_text("new", encoding="utf-8")
    assert contents(site) == {MARKER: "new"}
    assert [path.name for path in site.parent.iterdir() if path.is_dir()] == ["site"]


def test_what_another_build_is_making_is_left_alone(site: Path) -> None:
    """`site` and `site-staff` are often built at the same time."""
    other = site.with_name("site-staff")
    with folder_in_the_making(other, MARKER) as staff:
        (staff / MARKER).write_text("staff", encoding="utf-8")
        with folder_in_the_making(site, MARKER) as made:
            (made / MARKER).write_text("new", encoding="utf-8")
    assert contents(other) == {MARKER: "staff"}


def test_a_folder_that_netmap_did_not_make_is_not_replaced(tmp_path: Path) -> None:
    """`--output ~` must not cost people their home folder."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("dear", encoding="utf-8")
    with (
        pytest.raises(CannotWriteError, match="not built by netmap"),
        folder_in_the_making(home, MARKER),
    ):
        pytest.fail("nothing should be made")
    assert contents(home) == {"letter.txt": "dear"}


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    """People make the folder first."""
    (tmp_path / "site").mkdir()
    with folder_in_the_making(tmp_path / "site", MARKER) as made:
        (made / MARKER).write_text("new", encoding="utf-8")
    assert contents(tmp_path / "site") == {MARKER: "new"}


BUILDS = """
import sys
from pathlib import Path
from netmap.workspace import folder_in_the_making
target = Path(sys.argv[1])
print("ready", flush=True)
for version in range(10_000):
    with folder_in_the_making(target, "manifest.json") as made:
        for name in ("a", "b", "c", "manifest.json"):
            (made / name).write_text(str(version))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_twenty_killed_builds_leave_a_whole_folder_each_time(tmp_path: Path) -> None:
    """All files of one build, or all of the next; never some of each, never none."""
    random = Random(7)  # noqa: S311  # moments to kill at, no secret
    site = tmp_path / "site"
    with folder_in_the_making(site, MARKER) as made:
        for name in ("a", "b", "c", MARKER):
            (made / name).write_text("first", encoding="utf-8")
    for _ in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", BUILDS, str(site)], stdout=subprocess.PIPE
        ) as builder:
            assert builder.stdout is not None
            builder.stdout.readline()
            time.sleep(random.uniform(0.0, 0.1))
            builder.send_signal(signal.SIGKILL)
        found = contents(site)
        assert list(found) == ["a", "b", "c", MARKER]
        assert len(set(found.values())) == 1
    assert found["a"] != "first", "no build ever finished, so the test showed nothing"
    with folder_in_the_making(site, MARKER) as made:
        (made / MARKER).write_text("last", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["site"]
