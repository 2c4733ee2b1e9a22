"""The list of everything in the site."""

import hashlib
import json
from datetime import date
from pathlib import Path

from netmap.privacy import Audience
from netmap.site.manifest import manifest


def test_the_manifest_lists_every_file_but_itself(tmp_path: Path) -> None:
    """Whoever mirrors the site can check each file, written or still in memory."""
    written = tmp_path / "b.html"
    written.write_bytes(b"bb")
    files: dict[str, bytes | Path] = {"b.html": written, "a.html": b"a", "manifest.json": b"old"}
    content = manifest(files, {"netmap.toml": b"x"}, date(2026, 11, 22), Audience.PUBLIC, "1.2")
    assert json.loads(content) == {
        "as_of": "2026-11-22",
        "audience": "public",
        "version": "1.2",
        "inputs": [{"path": "netmap.toml", "sha256": hashlib.sha256(b"x").hexdigest()}],
        "files": [
            {"path": "a.html", "size": 1, "sha256": hashlib.sha256(b"a").hexdigest()},
            {"path": "b.html", "size": 2, "sha256": hashlib.sha256(b"bb").hexdigest()},
        ],
    }
