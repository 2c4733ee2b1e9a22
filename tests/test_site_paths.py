"""File names, spots and links of the site."""

from netmap.site import paths


def test_an_ordinary_code_is_its_own_file_name() -> None:
    """Links that people have kept go by the code."""
    assert paths.places_folder("west-yorkshire") == "places/west-yorkshire"
    assert paths.file_names(["E01000001", "leeds_south"]) == {
        "E01000001": "E01000001",
        "leeds_south": "leeds_south",
    }


def test_no_code_leads_out_of_its_folder() -> None:
    """A code is whatever somebody wrote in a cell."""
    for code in ("../../etc", "a/b", "a\\b", "..", ".", "", "con", "a b?#%", "é"):
        name = paths.file_name(code)
        assert name
        assert not set(name) & set('/\\.:*?"<>| #%')
        assert name.casefold() != "con"


def test_codes_that_differ_only_by_case_get_two_files() -> None:
    """Windows and macOS would write one over the other."""
    names = paths.file_names(["Leeds", "leeds"])
    assert len({name.casefold() for name in names.values()}) == 2


def test_a_link_is_relative_and_keeps_its_spot() -> None:
    """The site works from a memory stick."""
    assert paths.link("places/a/b.html", "gaps/a.html#at.x") == "../../gaps/a.html#at.x"
    assert paths.link("index.html", "events/index.html") == "events/index.html"


def test_two_gaps_never_share_a_spot() -> None:
    """A tie's gap has an arrow in its id; other signs must not collapse into it."""
    ids = ["n/r/a>b", "n/r/a/b", "n/r/a.b", "n/r/a~b", "n/r/a-b"]
    assert len({paths.anchor(one) for one in ids}) == len(ids)


def test_only_web_addresses_become_links() -> None:
    """A browser runs javascript: addresses."""
    assert paths.allowed("https://example.org/a?b=c&d") == "https://example.org/a?b=c&d"
    for address in ("javascript:alert(1)", "data:text/html,x", "//x", 'https://x/"a', None):
        assert paths.allowed(address) is None
