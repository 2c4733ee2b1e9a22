"""Other people's JSON, opened: what is wrong with it is said in words people know."""

import json

import pytest

from netmap.errors import UnreadableFileError
from netmap.exchange.opening import json_from


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"a": "caf\xe9"}', "not in UTF-8"),
        (b'{"a": ' + b"9" * 5000 + b"}", "thousands of digits"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": }', "not JSON"),
    ],
)
def test_what_cannot_be_read_is_said_plainly(content: bytes, said: str) -> None:
    """Advice to call a function of Python's helps nobody at a hub."""
    with pytest.raises(UnreadableFileError, match=said) as caught:
        json_from(content, "feed.json")
    assert "sys." not in str(caught.value)
    assert "codec" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_that_programs_save_in_are_read(encoding: str) -> None:
    """Windows programs call UTF-16 Unicode, and put marks before UTF-8."""
    content = json.dumps({"name": "Café"}, ensure_ascii=False).encode(encoding)
    assert json_from(content, "feed.json") == {"name": "Café"}


def test_halves_of_characters_are_replaced_wherever_they_stand() -> None:
    """No file and no terminal can hold them: a message that quotes one would fail."""
    found = json_from(rb'{"\ud800a": ["\udfffb", {"c": "\ud83d\ude00"}]}', "feed.json")
    assert found == {"\ufffda": ["\ufffdb", {"c": "\U0001f600"}]}
