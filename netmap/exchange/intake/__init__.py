"""From a draft and a network's files to what the files would be, and the writing of it.

Here rows get their ids, references become ids, what the source said last time is compared with
what it says now and what the register says, and everything is accounted for. Reading other
people's files is for the readers beside; whether two organisations are the same is asked elsewhere.

    >>> intake = plan(draft, Path("networks/leeds"), "networks/leeds", "groups", vocabularies)
    >>> write(intake, Path("networks/leeds"))
"""

from netmap.exchange.intake.changes import Intake, RowChange, TableChange
from netmap.exchange.intake.keeping import undo, write
from netmap.exchange.intake.planning import plan

__all__ = ["Intake", "RowChange", "TableChange", "plan", "undo", "write"]
