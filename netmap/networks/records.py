"""What rows of a register have in common, whatever table they are from.

Field names are the column names, field types say how a cell is read
(:mod:`netmap.networks.cells`), and bounds are checked as a row is made. Rows carry where they
stand, so that whatever is said of them later can name file and row.
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from netmap.findings import Place
from netmap.networks.cells import Day, Latitude, Longitude, Postcode, Web, one
from netmap.privacy import Visibility


class Record(BaseModel):
    """What every row has.

    Attributes:
        at: Where it stands.
        extra: Its cells in unknown columns; shown to staff only.
        faulted: Columns emptied because their cell could not be understood.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    source: str | None = None
    confidence: Annotated[str | None, one("confidence")] = None
    notes: str | None = None
    at: Place = Place()
    extra: Mapping[str, str] = Field(default_factory=dict)
    faulted: frozenset[str] = frozenset()

    @property
    def illustrative(self) -> bool:
        """Tell whether the row is invented."""
        return self.confidence == "illustrative"

    @property
    def uncertain(self) -> bool:
        """Tell whether the row is inferred or approximate rather than stated."""
        return self.confidence in {"inferred", "approximate"}


class Located(Record):
    """A row that may have a point of its own, WGS 84 degrees."""

    latitude: Latitude = None
    longitude: Longitude = None

    @property
    def point(self) -> tuple[float, float] | None:
        """(longitude, latitude) in degrees, or None."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.longitude, self.latitude


class Sensitive(Located):
    """A row whose place and contacts may have to stay hidden."""

    postcode: Postcode = None
    website: Web = None
    email: str | None = None
    phone: str | None = None
    contact: Annotated[str | None, one("contact")] = None
    visibility: Annotated[str | None, one("visibility")] = None
    verified_on: Day = None
    consent_until: Day = None

    @property
    def hidden_as(self) -> Visibility:
        """How hidden the row asks to be; an unreadable wish is taken as the strictest."""
        if "visibility" in self.faulted:
            return Visibility.WITHHELD
        return Visibility(self.visibility or Visibility.PUBLIC)
