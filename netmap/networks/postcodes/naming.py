"""The postcode table that ``netmap.toml`` names, if it names one."""

from netmap.errors import UnreadableFileError
from netmap.findings import Finding, Level, Place
from netmap.networks.postcodes.table import PostcodeTable, open_table
from netmap.workspace import SETTINGS_FILE, Workspace


def named_table(workspace: Workspace) -> tuple[PostcodeTable | None, list[Finding]]:
    """Open the table that ``[places] postcodes`` names, from the workspace's root.

    Returns:
        The table, None where none is named or it cannot be used; and what was noticed. That no
        table is named is no problem, and nothing is said of it.
    """
    named = workspace.settings.places.postcodes
    if not named:
        return None, []
    file = workspace.root / named
    shown = workspace.shown(file)
    if not file.exists():
        message = f"the postcode table {shown} is not there; nothing is located by its postcode."
        place = Place(SETTINGS_FILE, None, "places.postcodes")
        return None, [Finding(Level.ERROR, "missing-file", message, place, named)]
    try:
        table = open_table(file, shown)
    except UnreadableFileError as error:
        message = f"cannot be read: {error.why}; nothing is located by its postcode."
        place = Place(error.file)
        return None, [Finding(Level.ERROR, "unreadable-file", message, place)]
    return table, _noticed(table)


def _noticed(table: PostcodeTable) -> list[Finding]:
    findings = []
    if table.kept.set_aside:
        rows = f"{table.kept.set_aside:,} of its rows"
        message = f"{rows} hold no postcode, or too few or too many cells, and are not used."
        findings.append(Finding(Level.NOTICE, "rows-set-aside", message, Place(table.shown)))
    if not table.kept.written:
        message = "its folder cannot be written to, so the whole table is read anew each time."
        hint = "Put it where netmap may write a file beside it."
        place = Place(table.shown)
        findings.append(Finding(Level.NOTICE, "slow-postcodes", message, place, None, hint))
    return findings
