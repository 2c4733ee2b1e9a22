"""The pictures of figures: what is drawn, what is left out, and what they say in words."""

from datetime import date

import pytest

from netmap.gaps.gap import Report
from netmap.networks.areas import Areas
from netmap.networks.measures import measure
from netmap.networks.models import Activity, Area, NetworkSettings, Organisation, Population, Share
from netmap.networks.register import Register
from netmap.networks.summary import summarise
from netmap.privacy import Audience
from netmap.site.atlas import Atlas
from netmap.site.briefing import briefing
from netmap.site.inputs import NetworkView, SiteInput
from netmap.site.overview import overview
from netmap.site.pictures import Strip, distances, mixes, scales
from netmap.site.place import place_view
from netmap.vocabulary import load
from netmap.workspace import WorkspaceSettings

DAY = date(2026, 11, 22)


def town(
    activities: tuple[Activity, ...] = (), shares: tuple[Share, ...] = (), places: int = 2
) -> Atlas:
    """Make a town of places, each of ten small areas a kilometre apart, with 100 residents each."""
    tops = [Area(code=f"P{n}", name=f"Place {n}") for n in range(places)]
    small = [
        Area(
            code=f"P{p}-{n}",
            name=f"Area {p} {n}",
            parent=f"P{p}",
            latitude=53 + n / 111.2,
            longitude=-1.5 + p,
        )
        for p in range(places)
        for n in range(10)
    ]
    counted = [
        Population(area=f"P{p}", total=1000, groups={"asian": 100.0 * (p + 1)})
        for p in range(places)
    ]
    counted += [Population(area=area.code, total=100) for area in small]
    register = Register(
        name="town",
        settings=NetworkSettings(title="Town", surveyed=("activities", "organisations")),
        as_of=DAY,
        audience=Audience.PUBLIC,
        organisations=(Organisation(id="hub", name="Hub", roles=("hub",), area="P0"),),
        activities=activities,
        areas=Areas([*tops, *small]),
        populations=tuple(counted),
        shares=shares,
    )
    terms = load()
    report = Report("town", DAY.isoformat(), "public", (), ())
    view = NetworkView(register, report, summarise(register, terms), measure(register))
    site = SiteInput(WorkspaceSettings(title="T"), terms, Audience.PUBLIC, DAY, "0", (view,))
    return Atlas(site, view)


def strips(atlas: Atlas, codes: tuple[str, ...], about: str = "") -> tuple[Strip, ...]:
    """Draw every scale for one place."""
    return tuple(one.strip(about) for one in scales(atlas, codes))


def group(number: int, area: str, approach: str = "support_group") -> Activity:
    """Make an activity that meets at the point of an area."""
    return Activity(id=f"a{number}", name=f"Group {number}", area=area, approach=approach)


def test_residents_are_counted_by_their_own_distance() -> None:
    """Ten areas a kilometre apart, detour 1.3: nobody but the first is nearer than 1 km."""
    found = distances(town((group(1, "P0-0"),)), [f"P0-{n}" for n in range(10)])
    assert found is not None
    shown = {bar.label: bar.text for bar in found.bars}
    # 0; 1.3; 2.6, 3.9; 5.2, 6.5, 7.8, 9.1; 10.4, 11.7
    assert list(shown.values()) == ["10%", "10%", "20%", "40%", "20%", "0%", "0%"]
    assert found.areas == 10
    assert found.within == 40


def test_a_few_points_make_no_picture_of_distances() -> None:
    """Where one point stands for a whole city, a distance to it says nothing."""
    assert distances(town(), [f"P0-{n}" for n in range(7)]) is None


def test_where_there_is_no_activity_nobody_is_near_one() -> None:
    """No distance is not a distance of nought."""
    found = distances(town())
    assert found is not None
    assert found.bars[-1].text == "100%"
    assert found.within == 0


def test_a_strip_says_in_words_what_it_shows() -> None:
    """Whoever does not see the dots hears the ends, the place and the whole."""
    atlas = town((group(1, "P0-0"), group(2, "P0-1"), group(3, "P1-0")))
    rate = strips(atlas, ("P0", "P1"), "P1")[0]
    assert [(dot.label, dot.text, dot.at) for dot in rate.dots] == [
        ("Place 1", "100.0", 50.0),
        ("Place 0", "200.0", 100.0),
    ]
    assert rate.words == (
        "Activities per 100,000 people. Place 1: 100.0. 2 places, from 100.0 (Place 1) to "
        "200.0 (Place 0). Whole network: 150.0."
    )


def test_shares_of_communities_are_compared_too() -> None:
    """Ten per cent beside twenty."""
    share = strips(town(), ("P0", "P1"))[-1]
    assert share.title == "Asian, share of residents"
    assert [dot.text for dot in share.dots] == ["10%", "20%"]


def test_one_place_is_compared_with_nothing() -> None:
    """A scale with one dot on it compares nothing."""
    assert strips(town(places=1), ("P0",)) == ()


def test_of_very_many_places_only_the_ends_and_the_own_are_drawn() -> None:
    """Three hundred dots on each of three hundred pages are seen by nobody."""
    atlas = town(places=70)
    share = strips(atlas, atlas.areas.top, "P7")[-1]
    assert [dot.label for dot in share.dots] == ["Place 0", "Place 7", "Place 69"]
    assert share.how_many == 70


def test_a_stated_mix_goes_before_a_counted_one_and_what_is_missing_stays_so() -> None:
    """A source that gives half of the shares leaves half unknown."""
    stated = Share(area="P1", dimension="approach", key="online", percent=50)
    found = mixes(
        town((group(1, "P0-0"), group(2, "P0-1", "online"), group(3, "P1-0")), (stated,)),
        ("P0", "P1"),
    )
    assert found is not None
    counted, told = found.rows
    assert [(part.label, part.text) for part in counted.parts] == [
        ("Support group", "50%"),
        ("Online", "50%"),
    ]
    assert not counted.stated
    assert told.stated
    assert told.unknown == 50


def test_shares_that_add_up_to_more_than_a_hundred_stay_in_their_bar() -> None:
    """A source's mistake is told by a rule, and must not push a bar off the page."""
    shares = tuple(
        Share(area="P0", dimension="approach", key=key, percent=80)
        for key in ("online", "support_group")
    )
    found = mixes(town(shares=shares), ("P0",))
    assert found is not None
    assert sum(part.width for part in found.rows[0].parts) == pytest.approx(100)
    assert {part.text for part in found.rows[0].parts} == {"80%"}


def test_a_briefing_names_whom_to_ask_and_what_cannot_be_told() -> None:
    """A place with no hub of its own is answered for by the network's."""
    atlas = town((group(1, "P0-0"),))
    here, elsewhere = (briefing(atlas, place_view(atlas, code)) for code in ("P0", "P1"))
    assert [one.name for one in here.ask] == ["Hub"]
    assert here.ask_here
    assert [one.name for one in elsewhere.ask] == ["Hub"]
    assert not elsewhere.ask_here
    assert [(one.label, one.percent) for one in here.beside] == [("Asian", 10.0)]
    assert not here.untold


@pytest.mark.parametrize(("spots", "drawn"), [(0, False), (2, False), (3, True)])
def test_two_dots_are_no_picture_of_a_network(spots: int, drawn: bool) -> None:  # noqa: FBT001
    """From three places on it can be seen how they lie to each other."""
    bodies = tuple(
        Organisation(id=f"o{n}", name=f"O{n}", longitude=-1.5 + n, latitude=53.8)
        for n in range(spots)
    )
    register = Register(
        name="n",
        settings=NetworkSettings(title="N"),
        as_of=DAY,
        audience=Audience.PUBLIC,
        organisations=bodies,
    )
    assert (overview(register) is not None) == drawn
