"""Languages: what people write for them, and which of them belong to a community."""

import pytest

from netmap.vocabulary import VocabularyError, load
from netmap.vocabulary.languages import (
    LANGUAGE_NAMES,
    language_label,
    language_named,
    language_of,
    language_tag,
)

COMMUNITIES = load()["community"].terms


@pytest.mark.parametrize(
    ("written", "code"),
    [("Urdu", "ur"), ("ur", "ur"), ("UR-pk", "ur"), ("Farsi", "fa"), ("Klingon", "klingon")],
)
def test_what_people_write_for_a_language_is_compared_by_one_code(written: str, code: str) -> None:
    """A name, a code and a code with a region are one language; an unknown one stays itself."""
    assert language_of(written) == code


@pytest.mark.parametrize(("code", "name"), [("bn", "Bengali"), ("pa", "Punjabi"), ("xx", "xx")])
def test_a_language_is_shown_by_its_usual_name(code: str, name: str) -> None:
    """Of Bangla and Bengali one is shown; a code without a name stands for itself."""
    assert language_label(code) == name


def test_every_name_of_a_language_has_a_code() -> None:
    """A name cut in two by a line of the table would be no name any more."""
    assert all(language_tag(language_named(name) or "") for name in LANGUAGE_NAMES)
    assert language_named("Haitian Creole") == "ht"


def test_every_language_of_a_community_has_a_name() -> None:
    """A finding says "Somali", not "so"."""
    tongues = {code for term in COMMUNITIES.values() for code in term.languages}
    assert {"so", "ur", "pl"} <= tongues
    assert all(language_label(code) != code for code in tongues)
    assert "en" not in tongues


@pytest.mark.parametrize("slug", ["bame", "asian", "black_african", "indian", "deaf", "carers"])
def test_a_community_of_many_languages_has_none(slug: str) -> None:
    """Nobody can say which language a group for Black African people lacks."""
    assert COMMUNITIES[slug].languages == ()


def test_a_workspace_gives_a_community_its_languages() -> None:
    """What people speak here is for the people here to say; a nickname changes nothing."""
    own = load({"community": {"indian": {"languages": ["gu"]}, "somali": {"aliases": ["Som"]}}})
    assert own["community"].terms["indian"].languages == ("gu",)
    assert own["community"].terms["somali"].languages == ("so",)
    with pytest.raises(VocabularyError, match="a list of texts"):
        load({"community": {"indian": {"languages": "gu"}}})
