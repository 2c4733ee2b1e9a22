"""What is built beside the feeds: on disk, for each audience, from the same dates."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from defusedxml import ElementTree

from netmap.build.starting import start_workspace
from netmap.build.whole_site import build_site
from netmap.build.workplace import open_for
from netmap.privacy import Audience

DAY = date(2026, 11, 22)
SESSIONS = """\
uid,hub,kind,title,starts,ends,status,audience,description,online_url
open@x,example-hub,skills,Open evening,2027-02-02T10:00,2027-02-02T12:00,confirmed,public,Come,
goes@x,example-hub,skills,Fleeting evening,2027-02-03T10:00,2027-02-03T12:00,confirmed,public,,
hushed@x,example-hub,skills,Hushed evening,2027-02-04T10:00,2027-02-04T12:00,confirmed,staff,Hushed words,https://hushed.example.org/
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Start the example workspace with three sessions, one of them for staff."""
    folder = tmp_path / "work"
    start_workspace(folder, example=True)
    (folder / "events/first-year.csv").write_text(SESSIONS, encoding="utf-8")
    programme = folder / "events/first-year.toml"
    words = programme.read_text(encoding="utf-8").replace('confidence = "illustrative"', "")
    programme.write_text(words, encoding="utf-8")
    settings = folder / "netmap.toml"
    text = settings.read_text(encoding="utf-8")
    address = 'base_url = "https://example.org/n/"'
    text = re.sub(r"(?m)^#? ?base_url.*$", address, text) if "base_url" in text else text
    settings.write_text(text if address in text else f"{address}\n{text}", encoding="utf-8")
    return folder


def built(workspace: Path, audience: Audience, day: date = DAY) -> dict[str, str]:
    """Build for an audience, and read what is text."""
    target = workspace / f"site-{audience.value}"
    build_site(open_for(workspace, day, audience), target)
    return {
        file.relative_to(target).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(target.rglob("*"))
        if file.suffix in {".html", ".xml", ".csv", ".ics", ".json", ".txt"}
    }


def linked(site: dict[str, str]) -> list[dict[str, str]]:
    """Read the block of linked data of the events page."""
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', site["events/index.html"]
    )
    assert len(found) == 1
    graph: list[dict[str, str]] = json.loads(found[0])["@graph"]
    return graph


def test_a_public_build_after_one_for_staff_tells_nothing_of_theirs(workspace: Path) -> None:
    """The staff's build writes records into the same folder."""
    staff = built(workspace, Audience.STAFF)
    for path in ("feeds/changes.xml", "data/events.csv", "events/index.html", "events/months.html"):
        assert "Hushed evening" in staff[path], path
    assert "Hushed evening" in [one["name"] for one in linked(staff)]
    for audience in (Audience.PARTNERS, Audience.PUBLIC):
        for path, text in built(workspace, audience).items():
            assert "ushed" not in text, path


def test_all_tell_of_the_same_dates(workspace: Path) -> None:
    """Who reads the table finds what the calendar has."""
    site = built(workspace, Audience.PUBLIC)
    rows = {row["uid"]: row for row in csv.DictReader(io.StringIO(site["data/events.csv"]))}
    unfolded = {path: text.replace("\r\n ", "") for path, text in site.items() if "feeds/" in path}
    calendars = "".join(text for path, text in unfolded.items() if path.endswith(".ics"))
    assert set(rows) == set(re.findall(r"BEGIN:VEVENT.*?UID:(\S+)", calendars, re.DOTALL))
    assert {one["name"] for one in linked(site)} == {"Open evening", "Fleeting evening"}
    address = "https://example.org/n/events/index.html#at.open~40~x"
    assert linked(site)[0]["url"] == address
    assert 'id="at.open~40~x"' in site["events/index.html"]
    for feed in rows["open@x"]["feeds"].split(";"):
        assert feed in site


def test_a_deleted_session_is_shown_as_cancelled_wherever_it_was_told(workspace: Path) -> None:
    """Whoever noted it looks for it where it was."""
    built(workspace, Audience.PUBLIC)
    file = workspace / "events/first-year.csv"
    kept = [x for x in file.read_text(encoding="utf-8").splitlines() if "Fleeting" not in x]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    for _ in range(2):  # and still after the record has been written
        site = built(workspace, Audience.PUBLIC, date(2026, 12, 1))
        for page in ("events/index.html", "events/months.html"):
            assert '<s class="cancelled"><bdi>Fleeting evening</bdi></s>' in site[page]
        (gone,) = [one for one in linked(site) if one["name"] == "Fleeting evening"]
        assert gone["eventStatus"] == "https://schema.org/EventCancelled"
        news = ElementTree.fromstring(site["feeds/changes.xml"].encode())
        assert news.findtext("channel/item/title") == "Cancelled: Fleeting evening"
        assert news.findtext("channel/item/pubDate") == "Tue, 01 Dec 2026 00:00:00 GMT"


def test_a_trial_build_records_no_change_and_the_same_day_tells_the_same(workspace: Path) -> None:
    """What kind of change it was is told alike before and after it is recorded."""
    built(workspace, Audience.PUBLIC)
    record = workspace / "events/changes.all.published.json"
    assert not record.exists()
    file = workspace / "events/first-year.csv"
    text = file.read_text(encoding="utf-8").replace("02-03T", "02-10T")
    file.write_text(text, encoding="utf-8")
    place = open_for(workspace, DAY, Audience.PUBLIC)
    build_site(place, workspace / "trial", record=False)
    assert not record.exists()
    trial = (workspace / "trial/feeds/changes.xml").read_text(encoding="utf-8")
    assert "Moved: Fleeting evening" in trial
    for _ in range(2):
        assert built(workspace, Audience.PUBLIC)["feeds/changes.xml"] == trial
    assert '"moved"' in record.read_text(encoding="utf-8")


def test_the_manifest_and_the_front_page_name_what_is_new(workspace: Path) -> None:
    """Whoever mirrors the site fetches it too."""
    site = built(workspace, Audience.PUBLIC)
    listed = {one["path"] for one in json.loads(site["manifest.json"])["files"]}
    assert {
        "feeds/changes.xml",
        "data/events.csv",
        "events/months.html",
        "events/subscribe.html",
        "events/posters/hub/example-hub.html",
    } <= listed
    for link in ("data/events.csv", "feeds/changes.xml", "events/subscribe.html"):
        assert f'href="{link}"' in site["index.html"]
    hub = 'href="../events/subscribe.html#at.hub.example-hub"'
    assert hub in site["organisations/example-town.html"]
