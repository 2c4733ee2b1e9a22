"""Where things are kept, and how they are written.

A workspace is the folder with ``netmap.toml``; it is never searched for upwards. This room finds
what lies in it, reads its TOML files so that a fault in one key costs only that key, and writes
files and folders so that a reader never meets a half-written one. What the files mean belongs to
the rooms above.
"""

from netmap.workspace.files import SCRATCH, write_atomically
from netmap.workspace.folders import folder_in_the_making
from netmap.workspace.settings import (
    FeedSettings,
    PlacesSettings,
    PrivacySettings,
    Settings,
    TimeZone,
    WebAddress,
    WorkspaceSettings,
)
from netmap.workspace.toml_files import read_toml, settings_from
from netmap.workspace.workspace import NETWORK_FILE, SETTINGS_FILE, Workspace, open_workspace

__all__ = [
    "NETWORK_FILE",
    "SCRATCH",
    "SETTINGS_FILE",
    "FeedSettings",
    "PlacesSettings",
    "PrivacySettings",
    "Settings",
    "TimeZone",
    "WebAddress",
    "Workspace",
    "WorkspaceSettings",
    "folder_in_the_making",
    "open_workspace",
    "read_toml",
    "settings_from",
    "write_atomically",
]
