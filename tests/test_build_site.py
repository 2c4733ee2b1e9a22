"""The whole journey: from files to a site, twice, for each audience, and interrupted."""

import hashlib
import json
import re
import sqlite3
import struct
from datetime import date
from pathlib import Path

import pytest

from netmap.build.drawing import draw
from netmap.build.planning import plan_programme
from netmap.build.starting import start_workspace
from netmap.build.whole_site import build_site
from netmap.build.workplace import open_for
from netmap.errors import CannotWriteError, WithdrawalError
from netmap.privacy import Audience

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 22)
SECRETS = (
    "Rosewood",
    "ZZ9 9ZZ",
    "54.6321",
    "-1.0456",
    "07700 900123",
    "rose@example.org",
    "back door",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Start the example workspace with its programme planned."""
    folder = tmp_path / "work"
    start_workspace(folder, example=True)
    plan_programme(open_for(folder, DAY, Audience.STAFF), "first-year", preview=False)
    return folder


def files_of(site: Path) -> dict[str, bytes]:
    """Read every file of a site."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_the_repository_itself_builds_with_no_argument(tmp_path: Path) -> None:
    """It is the first thing a newcomer runs."""
    built = build_site(open_for(ROOT, DAY, Audience.PUBLIC), tmp_path / "site", record=False)
    assert (built.networks, built.maps, built.sessions, built.problems) == (3, 3, 63, 0)
    assert [gap.severity.value for gap in built.largest] == ["high"] * 5
    assert "calderdale" in built.largest[0].id


def test_building_twice_gives_the_same_bytes_in_every_file(workspace: Path, tmp_path: Path) -> None:
    """A site under version control, or behind a cache, changes only when its sources do."""
    for name in ("one", "two"):
        build_site(open_for(workspace, DAY, Audience.PUBLIC), tmp_path / name)
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


def test_the_manifest_lists_every_file_with_its_sha256(workspace: Path) -> None:
    """Whoever mirrors the site can check it."""
    build_site(open_for(workspace, DAY, Audience.PUBLIC), workspace / "site")
    files = files_of(workspace / "site")
    listed = json.loads(files.pop("manifest.json"))
    assert {one["path"]: one["sha256"] for one in listed["files"]} == {
        path: hashlib.sha256(content).hexdigest() for path, content in files.items()
    }
    assert listed["audience"] == "public"
    assert listed["as_of"] == "2026-11-22"
    assert "networks/example-town/organisations.csv" in [one["path"] for one in listed["inputs"]]


def test_the_built_site_has_the_documented_pages_feeds_and_data(workspace: Path) -> None:
    """Links and subscriptions of other people lead there."""
    build_site(open_for(workspace, DAY, Audience.PUBLIC), workspace / "site")
    assert {
        "index.html",
        "maps/example-town.html",
        "gaps/example-town.html",
        "places/example-town/harbour-side.html",
        "networks/example-town.html",
        "organisations/example-town.html",
        "events/index.html",
        "feeds/first-year.ics",
        "feeds/hub/example-hub.ics",
        "feeds/area/example-town.ics",
        "feeds/kind/networking.ics",
        "feeds/activities/example-town.ics",
        "data/example-town.gpkg",
        "data/example-town.geojson",
        "data/example-town/gaps.csv",
        "data/example-town/gaps.json",
        "data/example-town/organisations.csv",
        "manifest.json",
    } <= set(files_of(workspace / "site"))


def plant_a_refuge(workspace: Path) -> None:
    """Add a withheld refuge with secrets in every field, and rows that mention it."""
    network = workspace / "networks/example-town"
    with (network / "organisations.csv").open("a", encoding="utf-8") as table:
        table.write("rosewood,Rosewood House,grassroots_group,,old-quarter,,,,withheld,,\n")
    activities = network / "activities.csv"
    lines = activities.read_text(encoding="utf-8").splitlines()
    lines[0] += ",postcode,email,phone,notes"
    lines.append(
        "rosewood-stay,Rosewood stay,rosewood,At Rosewood House,support_group,,,women,yes,,,"
        "old-quarter,Rosewood House,54.6321,-1.0456,,,,,active,,,ZZ9 9ZZ,rose@example.org,"
        "07700 900123,Use the back door"
    )
    lines[1] = lines[1].replace("Tea and talk", "Run with Rosewood House; tea and talk")
    activities.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (network / "ties.csv").open("a", encoding="utf-8") as table:
        table.write("example-hub,rosewood,engages,2025-06-01,\n")


def opened(path: str, content: bytes) -> str:
    """Open a file as what it is, so that nothing hides in how it is kept."""
    if path.endswith(".gpkg"):
        database = sqlite3.connect(":memory:")
        database.deserialize(content)
        tables = [
            r[0] for r in database.execute("select name from sqlite_master where type='table'")
        ]
        rows = [database.execute(f'select * from "{name}"').fetchall() for name in tables]  # noqa: S608  # our own table names
        database.close()
        return repr(rows)
    return content.decode("utf-8").replace("\r\n ", "")


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PARTNERS])
def test_nothing_of_a_withheld_refuge_is_in_any_file(workspace: Path, audience: Audience) -> None:
    """Its whereabouts must not be worked out from anything we publish."""
    plant_a_refuge(workspace)
    build_site(open_for(workspace, DAY, audience), workspace / "site")
    doubles = [
        struct.pack(order, number) for order in ("<d", ">d") for number in (54.6321, -1.0456)
    ]
    for path, content in files_of(workspace / "site").items():
        text = opened(path, content)
        found = [secret for secret in SECRETS if secret.lower() in text.lower()]
        found += [f"double {number!r}" for number in doubles if number in content]
        assert not found, f"{path}: {found}"
        assert "rosewood" not in path


def test_staff_see_the_refuge(workspace: Path) -> None:
    """The test above would pass on an empty site."""
    plant_a_refuge(workspace)
    build_site(open_for(workspace, DAY, Audience.STAFF), workspace / "site")
    texts = "".join(opened(path, content) for path, content in files_of(workspace / "site").items())
    assert all(secret in texts for secret in SECRETS)


def test_a_text_that_is_a_script_is_shown_and_never_markup(workspace: Path) -> None:
    """Spreadsheets come from everywhere."""
    file = workspace / "networks/example-town/organisations.csv"
    payload = "<script>alert(1)</script>"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Village Walkers", payload), encoding="utf-8"
    )
    build_site(open_for(workspace, DAY, Audience.PUBLIC), workspace / "site")
    for path, content in files_of(workspace / "site").items():
        if path.endswith(".html"):
            assert payload not in content.decode("utf-8"), path
    directory = (workspace / "site/organisations/example-town.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in directory


def test_what_was_told_is_kept_before_the_site_and_not_on_trial(workspace: Path) -> None:
    """A trial build must not make subscribers' calendars believe something."""
    record = workspace / "events/first-year.published.json"
    build_site(open_for(workspace, DAY, Audience.PUBLIC), workspace / "site", record=False)
    assert not record.exists()
    build_site(open_for(workspace, DAY, Audience.PUBLIC), workspace / "site")
    first = record.read_bytes()
    assert json.loads(first)
    later = date(2026, 12, 1)
    build_site(open_for(workspace, later, Audience.PUBLIC), workspace / "site")
    assert record.read_bytes() == first


def test_each_audience_has_a_record_of_its_own(workspace: Path) -> None:
    """What staff were told is nobody else's business."""
    build_site(open_for(workspace, DAY, Audience.STAFF), workspace / "staff-site")
    assert (workspace / "events/first-year.staff.json").exists()
    assert not (workspace / "events/first-year.published.json").exists()


def test_many_sessions_vanishing_at_once_stops_the_build(workspace: Path) -> None:
    """A deleted column or a wrong filter should not cancel everybody's year."""
    file = workspace / "events/first-year.toml"
    text = file.read_text(encoding="utf-8")
    for old, new in (("count = 3", "count = 8"), ("min_weeks_apart = 8", "min_weeks_apart = 2")):
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    plan_programme(open_for(workspace, DAY, Audience.STAFF), "first-year", preview=False)
    build_site(open_for(workspace, DAY, Audience.PUBLIC), workspace / "site")
    before = files_of(workspace / "site")
    sessions = workspace / "events/first-year.csv"
    heading = sessions.read_text(encoding="utf-8").splitlines()[0]
    sessions.write_text(heading + "\n", encoding="utf-8")
    with pytest.raises(WithdrawalError):
        build_site(open_for(workspace, DAY, Audience.PUBLIC), workspace / "site")
    assert files_of(workspace / "site") == before
    build_site(open_for(workspace, DAY, Audience.PUBLIC), workspace / "site", withdraw=True)
    feed = (workspace / "site/feeds/first-year.ics").read_bytes()
    assert feed.count(b"STATUS:CANCELLED") == 8


@pytest.mark.parametrize("target", [".", "networks", "networks/example-town", "events/site"])
def test_a_site_is_never_built_over_its_own_sources(workspace: Path, target: str) -> None:
    """--output . would be the end of a register."""
    before = files_of(workspace)
    with pytest.raises(CannotWriteError):
        build_site(open_for(workspace, DAY, Audience.PUBLIC), workspace / target)
    assert files_of(workspace) == before


def test_a_folder_that_netmap_did_not_build_is_left_alone(workspace: Path, tmp_path: Path) -> None:
    """--output ~/Documents neither."""
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(CannotWriteError):
        build_site(open_for(workspace, DAY, Audience.PUBLIC), tmp_path)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_a_broken_network_does_not_take_the_others_down(workspace: Path, tmp_path: Path) -> None:
    """One colleague's half-edited file is not everybody's problem."""
    broken = workspace / "networks/broken"
    broken.mkdir()
    (broken / "network.toml").write_text("title = ", encoding="utf-8")
    built = build_site(open_for(workspace, DAY, Audience.PUBLIC), tmp_path / "site")
    assert built.networks == 1
    assert built.problems == 1


def test_the_records_of_the_worked_programme_are_up_to_date() -> None:
    """A clone that builds must not find its record changed."""
    place = open_for(ROOT, DAY, Audience.PUBLIC)
    _, told = place.feeds(withdraw=False)
    for file, content in place.records(told).items():
        assert file.read_bytes() == content, file


def test_a_map_of_the_site_leads_back_and_a_map_alone_does_not(workspace: Path) -> None:
    """Who comes to a map from a search engine finds what else is known; a file alone cannot."""
    place = open_for(workspace, DAY, Audience.PUBLIC)
    build_site(place, workspace / "site")
    made = files_of(workspace / "site")
    page = made["maps/example-town.html"].decode()
    back = re.findall(r'<a href="([^"#]+)(#places)?">', page.partition('class="nm-site"')[2])[:4]
    assert [target for target, _ in back] == [
        "../index.html",
        "../networks/example-town.html",
        "../gaps/example-town.html",
        "../networks/example-town.html",
    ]
    assert {target.removeprefix("../") for target, _ in back} <= set(made)
    assert 'id="places"' in made["networks/example-town.html"].decode()
    alone, _ = draw(place, "example-town", offline=True)
    assert b'class="nm-site"' not in alone
