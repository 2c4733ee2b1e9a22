"""TOML files, read as people leave them, so that a fault in one key costs only that key."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from netmap.errors import UnreadableFileError
from netmap.findings import Finding
from netmap.workspace.setting_faults import KeyPath, finding_of, holder_of, path_of

S = TypeVar("S", bound=BaseModel)


def read_toml(file: Path) -> dict[str, Any]:
    """Read a TOML file as people leave it, byte-order mark or not.

    Raises:
        UnreadableFileError: It is not there, not text, or not TOML.
    """
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except OSError as error:
        raise UnreadableFileError(file.name, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(file.name, "it is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise UnreadableFileError(file.name, f"it is not TOML: {error}") from error


def settings_from(model: type[S], data: Mapping[str, Any], file: str) -> tuple[S, list[Finding]]:
    """Turn what a TOML file holds into settings; a faulty key falls back to its default.

    Args:
        model: The settings to make; all its keys have defaults, or the caller gives the rest.
        data: What was read.
        file: How messages name the file.

    Returns:
        The settings, and one finding for each key that was unknown or could not be used.
    """
    findings: list[Finding] = []
    left: dict[str, Any] = _deep_copy(data)
    told: set[KeyPath] = set()
    while True:
        try:
            return model.model_validate(left), findings
        except ValidationError as error:
            faults = {path_of(left, fault): fault for fault in error.errors(include_url=False)}
            for path, fault in faults.items():
                # A key whose value was left out is not reported again for being absent.
                if path not in told:
                    findings.append(finding_of(model, fault, path, file))
            told |= set(faults)
            # All are found before any goes, or the second fault of a list would cost its section.
            holders = [holder for path in faults if (holder := holder_of(left, path))]
            for table, key in holders:
                table.pop(key, None)
            if not holders:
                reason = "; ".join(finding.message for finding in findings)
                raise UnreadableFileError(file, reason) from error


def _deep_copy(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {key: _deep_copy(value) for key, value in data.items()}
    return [_deep_copy(value) for value in data] if isinstance(data, list) else data
