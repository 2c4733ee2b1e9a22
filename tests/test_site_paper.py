"""What of a place is printed: two sides, however much there is, and nothing left out unsaid."""

import csv
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from netmap.build.whole_site import build_site
from netmap.build.workplace import open_for
from netmap.networks.models import Activity
from netmap.privacy import Audience
from netmap.site.paper import LETTERS, MOST_GAPS, by_turns, packed, part

if TYPE_CHECKING:
    from playwright.sync_api import Page

AS_OF = date(2026, 11, 22)
COMMUNITIES = (
    *("asian", "black", "mixed", "other_ethnic", "somali", "arab", "refugee", "lgbt"),
    *("older_people", "young_adults", "carers", "disabled", "pakistani", "bangladeshi"),
)
LONG = " and the wider Upper Calder Valley, Sowerby Bridge and Ryburn Wellbeing Consortium"
TOLD = "A relaxed meeting of people who share an experience, led by those who have been there. " * 3
APPROACHES = (
    *("support_group", "activity_group", "one_to_one", "drop_in", "online", "telephone"),
    *("course_workshop", "peer_pair"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
Rows = Iterable[tuple[object, ...]]


def write(file: Path, headings: str, rows: Rows) -> None:
    """Write a table."""
    with file.open("w", encoding="utf-8", newline="") as table:
        csv.writer(table).writerows([headings.split(","), *rows])


def big_place(folder: Path, activities: int, tail: str = "") -> Path:
    """Write a place with as many activities as asked for, and much of everything else."""
    network, events = folder / "networks" / "big", folder / "events"
    network.mkdir(parents=True)
    events.mkdir()
    (folder / "netmap.toml").write_text(
        'title = "Peer support"\nbase_url = "https://example.org/n/"\n', encoding="utf-8"
    )
    (network / "network.toml").write_text(
        'title = "The network"\nas_of = 2026-10-01\nsurveyed = ["activities", "organisations"]\n'
        'disclaimer = "A general overview at the time of scoping; not for signposting."\n',
        encoding="utf-8",
    )
    tops = [("big", f"Bigshire{tail}"), ("small", "Smallshire"), ("mid", "Midshire")]
    towns = [(f"t{n}", f"Town {n}{tail}") for n in range(15)]
    write(
        network / "areas.csv",
        "code,name,kind,parent,latitude,longitude,rural_urban",
        [
            *((code, name, "place", "", 53.7, -1.8, "") for code, name in tops),
            *(
                (
                    code,
                    name,
                    "ward",
                    "big",
                    53.7 + n * 0.02,
                    -1.8,
                    ("major_urban", "rural_50")[n % 2],
                )
                for n, (code, name) in enumerate(towns)
            ),
        ],
    )
    write(
        network / "populations.csv",
        f"area,measure,total,white,{','.join(COMMUNITIES)}",
        [
            (code, "people", 20_000, 14_000, *(200 + 90 * n for n in range(len(COMMUNITIES))))
            for code, _ in (*tops, *towns)
        ],
    )
    write(
        network / "organisations.csv",
        "id,name,roles,area,phone,contact",
        [
            (f"o{n}", f"Organisation {n}{tail}", "hub", "big", "01422 555000", "public")
            for n in range(30)
        ],
    )
    write(
        network / "activities.csv",
        "id,name,organisation,description,how_to_join,approach,communities,languages,area,venue,"
        "schedule,email,phone,contact",
        [
            (
                *(f"a{n}", f"Walking and talking group {n}{tail}", f"o{n % 30}", TOLD, "Turn up"),
                *(APPROACHES[n % 8], ("", COMMUNITIES[n % 14])[n % 2], "en;ur", f"t{n % 9}"),
                *(f"Community Centre {n}, Mill Lane{tail}", f"every {DAYS[n % 5]} 10:00-12:00"),
                *("group@example.org", "01422 555000", "public"),
            )
            for n in range(activities)
        ],
    )
    write(
        network / "enquiries.csv",
        "area,community,asked,asked_on,by,how,answer,words",
        [
            (
                f"t{n % 15}",
                COMMUNITIES[n % 14],
                "yes",
                "2026-05-01",
                f"o1{tail}",
                "survey",
                "none",
                TOLD,
            )
            for n in range(40)
        ],
    )
    (events / "year.toml").write_text(
        'title = "Year"\nnetwork = "big"\nstarts = 2027-01-01\nends = 2027-12-31\nfor = "hub"\n',
        encoding="utf-8",
    )
    write(
        events / "year.csv",
        "uid,hub,kind,title,starts,ends,time_zone,status,audience",
        [
            (
                *(f"e{n}", "o0", "networking", f"Networking day {n}{tail}"),
                *(f"2027-03-{n + 1:02}T10:00", f"2027-03-{n + 1:02}T13:00", "Europe/London"),
                *("confirmed", "public"),
            )
            for n in range(20)
        ],
    )
    build_site(open_for(folder, AS_OF, Audience.PUBLIC), folder / "site", record=False)
    return folder / "site" / "places" / "big"


def test_rows_are_kept_in_order_until_there_is_no_room() -> None:
    """Rows of 2, 3 and 4 mm, the last first: in 6 mm there is room for one, in 7 for two."""
    assert part([2, 3, 4], 6, [2, 1, 0]) == part([2, 3, 4], 4, [2, 1, 0])
    assert part([2, 3, 4], 7, [2, 1, 0]).kept == {1, 2}
    assert part([2, 3, 4], 7, [2, 1, 0]).more == 1
    assert part([], 7, []).more == 0


def test_every_organisation_has_its_turn() -> None:
    """Nobody is left off the sheet because another offers much."""
    those = [("a", "x"), ("b", "x"), ("c", "y"), ("d", None), ("e", "x"), ("f", "y")]
    activities = [Activity(id=one, name=one, organisation=whose) for one, whose in those]
    assert by_turns(activities) == [0, 2, 3, 1, 5, 4]


def test_short_parts_share_a_line_and_a_long_one_has_its_own() -> None:
    """As the style sheet lays them out."""
    half = "x" * (LETTERS // 2 - 2)
    assert packed([half, None, half]) == 1
    assert packed([half, "x" * 200, half]) == 3


@pytest.mark.parametrize("tail", ["", LONG], ids=["short names", "long names"])
@pytest.mark.parametrize("activities", [25, 60, 300])
def test_a_place_prints_on_two_sides_whatever_there_is(
    tmp_path: Path, browser_page: "Page", activities: int, tail: str
) -> None:
    """All that is on the page and not on the sheet is counted there; the screen has it all."""
    places = big_place(tmp_path, activities, tail)
    for page in ("big.html", "t1.html"):
        browser_page.goto((places / page).as_uri())
        printed = browser_page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2, page
    browser_page.goto((tmp_path / "site/briefings/big/big.html").as_uri())
    printed = browser_page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    browser_page.goto((places / "big.html").as_uri())
    rows = browser_page.locator("[aria-labelledby='what'] tbody tr")
    assert rows.count() == activities
    assert rows.locator("visible=true").count() == activities
    assert browser_page.locator(".printed:visible").count() == 0
    browser_page.emulate_media(media="print")
    shown = rows.locator("visible=true").count()
    said = browser_page.locator("[aria-labelledby='what'] .more").inner_text()
    assert 8 < shown < 60
    assert said.startswith(f"and {activities - shown} more on the page")
    address = browser_page.locator(".where").inner_text()
    assert address == "The page: https://example.org/n/places/big/big.html"
    # Nothing is wider than the sheet, or a browser would shrink all of it.
    browser_page.set_viewport_size({"width": 703, "height": 1000})
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 703


def test_a_long_list_is_searched_and_printed_all_the_same(
    tmp_path: Path, browser_page: "Page"
) -> None:
    """What somebody searched for on the screen does not change the sheet; gaps are folded."""
    places = big_place(tmp_path, 60)
    browser_page.goto((places / "big.html").as_uri())
    rows = browser_page.locator("[aria-labelledby='what'] tbody tr")
    assert browser_page.locator("article:visible").count() == MOST_GAPS
    browser_page.get_by_text(re.compile(r"^\d+ more gaps$")).click()
    assert browser_page.locator("article:visible").count() > MOST_GAPS
    browser_page.emulate_media(media="print")
    printed = rows.locator("visible=true").count()
    browser_page.emulate_media(media="screen")
    browser_page.get_by_label("Search").fill("FRIDAY")
    browser_page.get_by_text("12 of 60 shown").wait_for()
    assert rows.locator("visible=true").count() == 12
    browser_page.emulate_media(media="print")
    assert rows.locator("visible=true").count() == printed
