"""The index of the search box: what is in it, where it leads, and what must not be in it."""

import json
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from netmap.build.whole_site import build_site
from netmap.build.workplace import open_for
from netmap.privacy import Audience

WRITTEN = {
    "netmap.toml": 'title = "Example"\n',
    "networks/town/network.toml": 'title = "The town"\n',
    "networks/town/organisations.csv": (
        "id,name,aliases,area,visibility\n"
        "open,Café Olá,The Café,north,public\n"
        "secret,Hidden House,Quiet Place,north,withheld\n"
    ),
    "networks/town/activities.csv": (
        "id,name,organisation,visibility\n"
        "walk,Walking group,open,public\n"
        "safe,Shelter evening,secret,public\n"
    ),
    "networks/town/areas.csv": "code,name,latitude,longitude\nnorth,North Side,53.5,-1.5\n",
}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Build a town in which one organisation must stay hidden."""
    for name, text in WRITTEN.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    day = date(2026, 11, 22)
    for audience in (Audience.PUBLIC, Audience.STAFF):
        build_site(open_for(tmp_path, day, audience), tmp_path / audience.value, record=False)
    return tmp_path


def index_of(site: Path) -> tuple[str, list[list[object]]]:
    """Read an index as a browser does: its text, and its rows."""
    text = (site / "assets/search-index.js").read_text(encoding="utf-8")
    before, _, data = text.rstrip("\n;").partition("=")
    assert before == "self.netmapIndex"
    index = json.loads(data)
    assert max(row[2] for row in index["rows"]) == len(index["details"]) - 1
    return text, index["rows"]


def test_each_thing_can_be_found_and_leads_to_where_it_stands(built: Path) -> None:
    """A search that leads nowhere is worse than none."""
    _, rows = index_of(built / "public")
    titles = [row[1] for row in rows]
    assert {"North Side", "Café Olá", "Walking group"} <= set(titles)
    for row in rows:
        page, _, spot = str(row[4]).partition("#")
        text = (built / "public" / unquote(page)).read_text(encoding="utf-8")
        assert not spot or f'id="{unquote(spot)}"' in text


def test_what_an_audience_may_not_see_is_not_in_the_index(built: Path) -> None:
    """A refuge that can be searched for is found."""
    public, _ = index_of(built / "public")
    staff, _ = index_of(built / "staff")
    for word in ("Hidden House", "Quiet Place", "Shelter evening"):
        assert word not in public
        assert word in staff


def test_the_index_is_data_that_ends_nothing_and_runs_nothing(built: Path) -> None:
    """It is a script by name only: ASCII, one assignment, one value."""
    text, _ = index_of(built / "public")
    assert text.isascii()
    assert text.count("\n") == 1
