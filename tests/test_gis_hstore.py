"""Tags in one property, as OpenStreetMap's files have them."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.exchange.gis.hstore import tags_of

TAGS = st.dictionaries(st.text(max_size=8), st.text(max_size=12), max_size=5)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@given(TAGS)
@settings(deadline=None, max_examples=100)
def test_every_tag_comes_back_whatever_is_in_it(tags: dict[str, str]) -> None:
    """A name may hold quotation marks, arrows, commas and backslashes."""
    written = ",".join(f"{_quoted(key)}=>{_quoted(value)}" for key, value in tags.items())
    assert tags_of(written) == tags


@given(TAGS)
@settings(deadline=None, max_examples=50)
def test_tags_as_json_are_the_same(tags: dict[str, str]) -> None:
    """Newer exports write an object instead."""
    assert tags_of(json.dumps(tags)) == tags


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=100)
def test_any_text_is_tags_or_none(text: str) -> None:
    """A property of that name may hold anything; it must cost nothing."""
    found = tags_of(text)
    assert found is None or all(isinstance(value, str) for value in found.values())


def test_blanks_and_null_are_understood() -> None:
    """PostgreSQL itself writes a blank after each comma."""
    assert tags_of('"a"=>"b", "c"=>NULL, "d"=>"e, \\"f\\"=>g"') == {"a": "b", "d": 'e, "f"=>g'}


def test_what_is_cut_off_is_no_tags() -> None:
    """Half of the tags would be taken for all of them."""
    assert tags_of('"addr:city"=>"Leeds","opening_hours"=>"Mo-F') is None
