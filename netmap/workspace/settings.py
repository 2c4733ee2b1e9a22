"""What ``netmap.toml`` says, and what every part of a TOML file has in common."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from netmap.times import LONDON, is_zone


def _zone(name: str) -> str:
    if not is_zone(name):
        message = f"'{name}' is not a time zone; write it as Europe/London"
        raise ValueError(message)
    return name


def _language(tag: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag):
        message = f"'{tag}' is not a language; write it as en, cy or ur"
        raise ValueError(message)
    return tag


def _web_address(address: str) -> str:
    if not address.startswith(("https://", "http://")):
        message = "an address begins with https://"
        raise ValueError(message)
    return address


Language = Annotated[str, AfterValidator(_language)]
TimeZone = Annotated[str, AfterValidator(_zone)]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseModel):
    """A part of a TOML file: frozen, and an unknown key is told apart from a wrong one."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PrivacySettings(Settings):
    """How counts of people are protected."""

    suppress_at_most: int = Field(default=7, ge=0)
    round_to: int = Field(default=5, ge=1)


class PlacesSettings(Settings):
    """Where people keep a postcode table of their own."""

    postcodes: str | None = None


class FeedSettings(Settings):
    """Whether and how long a cancelled session is in a feed, counted from its own start."""

    keep_cancelled_days: int = Field(default=30, ge=0)
    show_cancelled: bool = True


class WorkspaceSettings(Settings):
    """What ``netmap.toml`` says."""

    title: str = "Peer support networks"
    publisher: str = ""
    contact_url: WebAddress | None = None
    time_zone: TimeZone = LONDON
    base_url: WebAddress | None = None
    uid_domain: str = Field(default="netmap.invalid", pattern=r"^[A-Za-z0-9.\-]+$")
    language: Language = "en"
    labels: dict[str, str] = Field(default_factory=dict)
    texts: dict[str, str] = Field(default_factory=dict)
    privacy: PrivacySettings = PrivacySettings()
    places: PlacesSettings = PlacesSettings()
    feeds: FeedSettings = FeedSettings()
    vocabulary: dict[str, dict[str, dict[str, Any]]] = Field(default_factory=dict)
