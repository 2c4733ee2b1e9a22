"""Names that people write, looked up: communities, hubs, areas, kinds of event."""

from netmap.build.registers import Registers
from netmap.errors import UnknownNameError
from netmap.findings import did_you_mean
from netmap.networks.register import Register


def community(place: Registers, text: str) -> str:
    """Find a community by any of its names.

    Raises:
        UnknownNameError: No community is called that.
    """
    return _term(place, "community", text, "community")


def event_kind(place: Registers, text: str) -> str:
    """Find a kind of event.

    Raises:
        UnknownNameError: No kind of event is called that.
    """
    return _term(place, "event_kind", text, "kind of event")


def _term(place: Registers, vocabulary: str, text: str, what: str) -> str:
    known = place.vocabularies[vocabulary]
    found = known.resolve(text)
    if found is None:
        raise UnknownNameError(what, text, did_you_mean(text, known))
    return found


def hub(place: Registers, text: str) -> str:
    """Find an organisation of any network by its id.

    Raises:
        UnknownNameError: No organisation has that id.
    """
    known = [o.id for name in place.usable_names() for o in place.register(name).organisations]
    return place.workspace.one_of("hub", text, sorted(set(known)))


def area(place: Registers, text: str) -> str:
    """Find an area of any network by any of its names.

    Raises:
        UnknownNameError: No area is called that, or several are.
    """
    registers = [place.register(name) for name in place.usable_names()]
    found = {code for one in registers for code in one.areas.resolve(text)}
    return _only_area(text, sorted(found), [name for one in registers for name in one.areas.names])


def areas(register: Register, text: str) -> tuple[str, ...]:
    """Find an area of a network by any of its names, with all below it.

    Raises:
        UnknownNameError: No area is called that, or several are.
    """
    code = _only_area(text, list(register.areas.resolve(text)), list(register.areas.names))
    return (code, *register.areas.descendants(code))


def _only_area(text: str, found: list[str], names: list[str]) -> str:
    if len(found) != 1:
        hint = f"It can mean {', '.join(found)}." if found else ""
        raise UnknownNameError("area", text, hint or did_you_mean(text, names))
    return found[0]
