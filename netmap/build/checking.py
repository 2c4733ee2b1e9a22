"""Everything that is noticed in the files of a workspace, collected."""

from collections.abc import Sequence

from netmap import gaps
from netmap.build.deciding import duplicate_findings
from netmap.build.registers import Registers
from netmap.errors import UnreadableFileError
from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.networks.register import Register
from netmap.workspace import NETWORK_FILE


def check(place: Registers, named: Sequence[str] = ()) -> list[Finding]:
    """Read everything, or only the networks named, and collect what was noticed.

    Raises:
        NoNetworkError: There is no network of a name.
    """
    if named:
        findings = [f for name in named for f in _check_network(place, place.names(name)[0])]
        return list(dict.fromkeys(findings))
    findings = [*place.workspace.findings, *place.vocabulary_findings, *_check_folders(place)]
    for name in place.workspace.networks():
        findings += _check_network(place, name)
    for name in place.workspace.programmes():
        findings += _check_programme(place, name)
    # What all networks share, as the postcode table, is noticed with each and told once.
    return list(dict.fromkeys([*findings, *_check_maps(place)]))


def check_events(place: Registers, programme: str | None = None) -> list[Finding]:
    """Look for clashes, missing sequence and targets not met in one programme or all.

    Raises:
        UnknownNameError: There is no such programme.
    """
    from netmap import events  # noqa: PLC0415  # not every command knows the calendar

    if programme is not None:
        place.workspace.one_of("programme", programme, place.workspace.programmes())
    findings: list[Finding] = []
    for name in [programme] if programme else place.workspace.programmes():
        found = place.programme(name)
        findings += place.programme_findings(name)
        if found.settings.network in place.workspace.networks():
            findings += events.check(found, place.full_register(found.settings.network))
    return findings


def read_in_words(place: Registers, name: str) -> str:
    """Say how much of a network was read and how much set aside."""
    try:
        register, _ = place.network(name)
    except UnreadableFileError:
        return "could not be read"
    counted = {
        "organisations": len(register.organisations),
        "activities": len(register.activities),
        "ties": len(register.ties),
        "areas": len(register.areas),
        "populations": len(register.populations),
        "enquiries": len(register.enquiries),
        "targets": len(register.targets),
        "shares": len(register.shares),
    }
    read = ", ".join(f"{n} {table}" for table, n in counted.items() if n) or "nothing"
    aside = sum(register.set_aside.values())
    return f"{read} read; {aside} rows set aside"


def _check_folders(place: Registers) -> list[Finding]:
    folder = place.workspace.root / "networks"
    message = f"has no {NETWORK_FILE} and is not read as a network."
    return [
        Finding(Level.NOTICE, "stray-folder", message, Place(place.workspace.shown(path)))
        for path in sorted(folder.glob("*"))
        if path.is_dir() and not path.name.startswith(".") and not (path / NETWORK_FILE).is_file()
    ]


def _check_network(place: Registers, name: str) -> list[Finding]:
    from netmap import events  # noqa: PLC0415

    try:
        register, findings = place.network(name)
    except UnreadableFileError as error:
        return [_unreadable(f"networks/{name}/{NETWORK_FILE}", error)]
    own = [*_check_rules(register), *events.check_schedules(register)]
    return [*findings, *own, *duplicate_findings(place, register)]


def _check_rules(register: Register) -> list[Finding]:
    place = Place(f"networks/{register.name}/{NETWORK_FILE}", None, "gaps.rules")
    message = "no rule is called '{}'; it is left out."
    return [
        Finding(
            Level.WARNING,
            "unknown-rule",
            message.format(slug),
            place,
            slug,
            did_you_mean(slug, gaps.RULES),
        )
        for slug in register.settings.gaps.rules
        if slug not in gaps.RULES
    ]


def _check_programme(place: Registers, name: str) -> Sequence[Finding]:
    try:
        return place.programme_findings(name)
    except UnreadableFileError as error:
        return [_unreadable(f"events/{error.file}", error)]


def _check_maps(place: Registers) -> list[Finding]:
    from netmap import maps  # noqa: PLC0415

    findings: list[Finding] = []
    for name in place.workspace.maps():
        try:
            findings += maps.read_map(place.workspace, name)[1]
        except UnreadableFileError as error:
            findings.append(_unreadable(f"maps/{name}.toml", error))
    return findings


def _unreadable(shown: str, error: UnreadableFileError) -> Finding:
    return Finding(Level.ERROR, "unreadable-file", f"cannot be read: {error.why}.", Place(shown))
