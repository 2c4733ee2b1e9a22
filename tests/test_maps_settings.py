"""Map files: what they say, and what is said of their mistakes."""

from pathlib import Path

import pytest

from netmap import maps
from netmap.errors import UnknownNameError
from netmap.findings import Finding
from netmap.maps.settings import tile_provider
from netmap.privacy import Audience
from netmap.workspace import open_workspace


def read(folder: Path, text: str) -> tuple[maps.MapSettings, list[Finding]]:
    """Read a map file in a workspace with one network, `leeds`."""
    (folder / "netmap.toml").write_text('title = "T"\n', encoding="utf-8")
    for name in ("networks/leeds", "maps"):
        (folder / name).mkdir(parents=True)
    (folder / "networks/leeds/network.toml").write_text("", encoding="utf-8")
    (folder / "maps/one.toml").write_text(text, encoding="utf-8")
    return maps.read_map(open_workspace(folder), "one")


def test_a_map_file_without_mistakes_is_taken_at_its_word(tmp_path: Path) -> None:
    """What people write is what they get; names of communities may be any of their aliases."""
    settings, findings = read(
        tmp_path,
        'title = "One"\nnetwork = "leeds"\nlayers = ["ties", "areas"]\nshade_by = "BME"\n'
        'community = "bame"\nbasemap = "osm"\naudience = "staff"\n',
    )
    assert findings == []
    assert settings == maps.MapSettings(
        title="One",
        network="leeds",
        layers=("areas", "ties"),
        shade_by="bame",
        community="bame",
        basemap="osm",
        audience=Audience.STAFF,
    )


def test_every_unknown_word_is_named_at_once_with_the_nearest_one(tmp_path: Path) -> None:
    """One run says all that is to be put right, and where."""
    _, findings = read(
        tmp_path,
        'network = "leads"\nlayers = ["areas", "gasp", "tie"]\nshade_by = "populaton"\n'
        'community = "bamee"\nbasemap = "osmm"\n',
    )
    said = [(f.place.file, f.place.column, f.value, f.hint) for f in findings]
    assert {file for file, *_ in said} == {"maps/one.toml"}
    assert [(column, value) for _, column, value, _ in said] == [
        ("network", "leads"),
        ("layers", "gasp"),
        ("layers", "tie"),
        ("shade_by", "populaton"),
        ("community", "bamee"),
        ("basemap", "osmm"),
    ]
    hints = {value: hint for _, _, value, hint in said}
    assert hints["leads"] == "Did you mean 'leeds'?"
    assert hints["gasp"] == "Did you mean 'gaps'?"
    assert hints["tie"] == "Did you mean 'ties'?"
    assert hints["populaton"] == "Did you mean 'population'?"


def test_a_mistake_costs_only_its_own_key(tmp_path: Path) -> None:
    """A misspelt layer does not take the others with it, nor a wrong audience widen anything."""
    settings, findings = read(
        tmp_path, 'network = "leeds"\nlayers = ["areas", "gasp"]\naudience = "everyone"\n'
    )
    assert settings.layers == ("areas",)
    assert settings.audience is Audience.PUBLIC
    assert len(findings) == 2


def test_the_only_network_need_not_be_named(tmp_path: Path) -> None:
    """A workspace with one network leaves no doubt."""
    settings, findings = read(tmp_path, 'title = "One"\n')
    assert (settings.network, findings) == ("leeds", [])


def test_an_unknown_map_gets_the_nearest_name(tmp_path: Path) -> None:
    """A slip on the command line is answered with the name that was meant."""
    read(tmp_path, "")
    with pytest.raises(UnknownNameError, match="Did you mean 'one'"):
        maps.read_map(open_workspace(tmp_path), "onee")


def test_no_base_map_is_used_that_needs_a_key() -> None:
    """No keys are kept here: such a map would be grey for everybody."""
    assert tile_provider("none") is None
    assert tile_provider("Thunderforest.Transport") is None
    assert tile_provider("osm") is not None


def test_a_network_without_a_map_file_can_be_mapped() -> None:
    """`netmap map NETWORK` works on the first day."""
    settings = maps.default_map("leeds", "Leeds")
    assert (settings.network, settings.title, settings.basemap) == ("leeds", "Leeds", "none")
    assert set(settings.layers) <= set(maps.LAYERS)
