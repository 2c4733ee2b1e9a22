"""In which language names are written, and that a name never becomes markup."""

import pytest

from netmap.language.scripts import marked, tag_of


@pytest.mark.parametrize(
    ("name", "languages", "tag"),
    [
        ("Roshni", ("ur",), ""),
        ("Caffè Über", ("ur",), ""),
        ("روشنی", ("en", "ur"), "ur"),
        ("روشنی", ("pl",), "und-Arab"),
        ("النور للنساء (Al-Noor)", ("so",), "und-Arab"),
        ("النور للنساء (Al-Noor)", ("so", "ar"), "ar"),
        ("ਸੰਗਤ", ("pa",), "pa"),
        ("সংগতি", ("en", "bn"), "bn"),
        ("Дім", ("uk",), "uk"),
        ("12 — 14", (), ""),
        ("", (), ""),
        ("中文", ("zh",), "zh"),
        ("中文", ("ko",), "und-Hani"),
    ],
)
def test_letters_tell_the_language(name: str, languages: tuple[str, ...], tag: str) -> None:
    """The languages beside a name say which it is, where one is written so."""
    assert tag_of(name, languages) == tag


def test_each_part_of_a_name_is_marked() -> None:
    """Half of a name may be in other letters."""
    assert marked("Al-Noor النور, Leeds", ["ar"]) == (
        '<bdi>Al-Noor <span lang="ar">النور,</span> Leeds</bdi>'
    )
    assert marked("روشنی", ["ur"]) == '<bdi lang="ur">روشنی</bdi>'
    assert marked("Roshni", ["ur"]) == "<bdi>Roshni</bdi>"


def test_a_name_is_never_markup() -> None:
    """Neither are the languages somebody gave."""
    assert marked("<b>نور</b>", ['"><script>']) == (
        '<bdi>&lt;b&gt;<span lang="und-Arab">نور&lt;/</span>b&gt;</bdi>'
    )
    assert marked("<i>x</i>") == "<bdi>&lt;i&gt;x&lt;/i&gt;</bdi>"
