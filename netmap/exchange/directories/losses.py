"""What a register loses in a directory's formats, said in plain sentences."""

from collections.abc import Iterable, Iterator

from netmap.exchange.directories.own import reserved
from netmap.networks.models import Activity, Sensitive
from netmap.networks.register import Register

_ELSEWHERE = ("areas", "populations", "enquiries", "targets", "shares")


def losses(register: Register) -> Iterator[str]:
    """Say what neither kind of directory file holds."""
    single = _single(register)
    if totals := len(register.activities) - len(single):
        yield f"Directories list services one by one: {_rows(totals)} left out, being totals."
    sums = {one.id for one in register.activities if one.aggregate}
    if within := sum(one.part_of in sums for one in single if one.part_of):
        yield f"{_rows(within).capitalize()} part of a total that is not in the file."
    if unknown := sum(one.status == "unknown" for one in single):
        yield f"Directories have no unknown status: {_rows(unknown)} given as active."
    if left_out := [name for name in _ELSEWHERE if len(getattr(register, name))]:
        yield f"Directories have no place for {_listed(left_out)}."
    if own := reserved(register):
        yield f"The file needs these names for columns of its own, so yours are left out: {own}."


def tabular_losses(register: Register) -> Iterator[str]:
    """Say what the tabular package holds otherwise than other programs expect."""
    if without := sum(one.organisation is None for one in _single(register)):
        yield (
            f"The standard wants an organisation for every service: {_rows(without)} put under "
            "'Organisation not recorded'."
        )
    if register.ties:
        count = len(register.ties)
        yield f"Ties stand in netmap_relationships.csv, which few other programs read: {count}."
    if plus := sum((one.phone or "").startswith("+") for one in _listed_rows(register)):
        yield (
            f"A spreadsheet could run a cell that begins with +: {_rows(plus)} given with an "
            "apostrophe before the telephone number."
        )
    yield from _places(register)


def page_losses(register: Register) -> Iterator[str]:
    """Say what Open Referral UK pages do not hold, or hold for netmap alone."""
    single = _single(register)
    offering = {one.organisation for one in single}
    if register.ties:
        yield f"Open Referral UK has no place for ties: {len(register.ties)} left out."
    if idle := sum(one.id not in offering for one in register.organisations):
        yield f"Organisations are listed by their services: {_rows(idle)} left out without any."
    if joining := sum(bool(one.how_to_join) for one in single):
        yield f"There is no field for how to join: {_rows(joining)} read with it by netmap alone."
    yield from _places(register)


def _places(register: Register) -> Iterator[str]:
    if any(one.postcode for one in _listed_rows(register)):
        yield (
            "An address needs a street and a town, which a register does not have: postcodes "
            "stand as identifiers of locations instead."
        )


def _listed_rows(register: Register) -> tuple[Sensitive, ...]:
    return (*register.organisations, *_single(register))


def _single(register: Register) -> list[Activity]:
    return [one for one in register.activities if not one.aggregate]


def _rows(count: int) -> str:
    return "1 row is" if count == 1 else f"{count} rows are"


def _listed(names: Iterable[str]) -> str:
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last
