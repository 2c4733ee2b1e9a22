"""In which language names are written, and that a name never becomes markup."""

import pytest

from netmap import language
from netmap.language import in_languages, spoken


@pytest.mark.parametrize(
    ("name", "languages", "known"),
    [
        ("Roshni", ("ur",), {}),
        ("Caffè Über", ("pl",), {}),
        ("روشنی", ("en", "ur"), {"روشنی": "ur"}),
        ("روشنی", ("pl",), {}),
        ("Al-Noor (النور للنساء)", ("so", "ar"), {"النور للنساء": "ar"}),
        ("ਸੰਗਤ", ("pa",), {"ਸੰਗਤ": "pa"}),
        ("সংগতি", ("en", "bn"), {"সংগতি": "bn"}),
        ("Дім & дах", ("uk",), {"Дім": "uk", "дах": "uk"}),
        ("中文", ("zh-Hant",), {"中文": "zh-Hant"}),
        ("中文", ("ko",), {}),
        ("12 — 14", ("ur",), {}),
    ],
)
def test_letters_and_the_languages_beside_them_tell_the_language(
    name: str, languages: tuple[str, ...], known: dict[str, str]
) -> None:
    """A script alone may be of many languages."""
    assert spoken([(name, languages)]) == known


def test_what_people_see_in_other_letters_is_marked() -> None:
    """In its language where that is known, else by its script; no element where none may stand."""
    known = spoken([("روشنی", ["ur"])])
    page = (
        '<title>روشنی</title><p title="روشنی">Roshni روشنی, Leeds</p>\n<a>Дім</a>'
        '<script>"روشنی"</script><svg><text>Дім</text></svg>'
    )
    assert in_languages(page, known) == (
        '<title>روشنی</title><p title="روشنی">Roshni <bdi lang="ur">روشنی</bdi>, Leeds</p>\n'
        '<a><bdi lang="und-Cyrl">Дім</bdi></a>'
        '<script>"روشنی"</script><svg><text>Дім</text></svg>'
    )


def test_a_page_in_latin_letters_stays_as_it_is() -> None:
    """Also with dashes, arrows, and letters with marks."""
    page = "<p>Caffè “Über” → Łódź 🙂 &amp; 12 %</p>"
    assert in_languages(page, {}) == page


def test_the_page_s_own_letters_are_not_other_letters() -> None:
    """A page in Urdu has Urdu all over."""
    language.use(language.Texts(language="ur"))
    try:
        assert in_languages("<p>روشنی Дім</p>", {}) == (
            '<p>روشنی <bdi lang="und-Cyrl">Дім</bdi></p>'
        )
    finally:
        language.use(language.ENGLISH)


def test_a_name_is_never_markup() -> None:
    """Neither are the languages somebody gave."""
    known = spoken([("<b>نور</b>", ['"><script>'])])
    assert known == {}
    assert in_languages("<p>&lt;b&gt;نور&lt;/b&gt;</p>", known) == (
        '<p>&lt;b&gt;<bdi lang="und-Arab">نور</bdi>&lt;/b&gt;</p>'
    )
