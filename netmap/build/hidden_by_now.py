"""What the later of two sides hides, so that the earlier cannot give it away.

A row that stood in the open last year may be withheld by now, or its consent may have ended:
an earlier workspace still has it, and so has the report that was made from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from netmap import networks
from netmap.build.sides import OpenSide
from netmap.build.workplace import Workplace
from netmap.networks.hidden_since import as_hidden_since, names_rows, without_rows
from netmap.networks.models import Activity, Organisation
from netmap.networks.redaction import names_withheld
from netmap.networks.register import Register
from netmap.privacy import Audience


@dataclass(frozen=True, slots=True)
class HiddenByNow:
    """How to hide it.

    Attributes:
        hide: Makes an earlier register show no more of a row than the later one does.
        names: Tells whether a text names what is hidden.
    """

    hide: Callable[[Register], Register] = lambda register: register
    names: Callable[[str], bool] = lambda _text: False


def hidden_by_now(later: OpenSide, name: str) -> HiddenByNow:
    """Find what is hidden by now in a network; nothing where the later side has no register."""
    place = later.place
    if place is None:
        return HiddenByNow()
    since, staff = place.full_register(name), place.audience is Audience.STAFF
    organisations, activities = _ended(place, name, since)
    left = names_rows((*organisations, *activities))
    withheld = (lambda _text: False) if staff else names_withheld(since, place.audience)

    def hide(register: Register) -> Register:
        gone = {row.id for row in organisations}, {row.id for row in activities}
        kept = without_rows(register, *gone)
        return kept if staff else as_hidden_since(kept, since)

    return HiddenByNow(hide, lambda text: left(text) or withheld(text))


def _ended(
    place: Workplace, name: str, since: Register
) -> tuple[list[Organisation], list[Activity]]:
    """List the organisations and activities whose consent has ended."""
    if not any(one.code == "consent-ended" for one in place.network(name)[1]):
        return [], []
    # On the first of days no consent had ended.
    whole, _ = networks.read(place.workspace, name, date.min, place.vocabularies)
    return (
        [row for row in whole.organisations if row.id not in since.organisation],
        [row for row in whole.activities if row.id not in since.activity],
    )
