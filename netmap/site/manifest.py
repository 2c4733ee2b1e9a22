"""The list of everything in the site: every file with its sha256, and what it came from."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from netmap.privacy import Audience
from netmap.site.paths import MANIFEST


def manifest(
    files: Mapping[str, bytes | Path],
    inputs: Mapping[str, bytes | Path],
    as_of: date,
    audience: Audience,
    version: str,
) -> bytes:
    """List a site.

    Args:
        files: Path from the site's root, forward slashes, to its bytes or where it was written;
            the manifest itself is left out where it is named.
        inputs: Path from the workspace, forward slashes, to bytes or file.
        as_of: The day of the run.
        audience: Who the site is for.
        version: netmap's version.

    Returns:
        ``manifest.json``: files and inputs in order of path.
    """
    document = {
        "as_of": as_of.isoformat(),
        "audience": audience.value,
        "version": version,
        "inputs": [
            {"path": path, "sha256": _sha256(_bytes(inputs[path]))} for path in sorted(inputs)
        ],
        "files": [
            {"path": path, "size": len(content), "sha256": _sha256(content)}
            for path in sorted(files)
            if path != MANIFEST
            for content in [_bytes(files[path])]
        ],
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()


def _bytes(content: bytes | Path) -> bytes:
    return content.read_bytes() if isinstance(content, Path) else content


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
