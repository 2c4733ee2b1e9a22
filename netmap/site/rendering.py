"""From a page's template and values to its bytes: everything escaped, every link relative."""

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from netmap import language
from netmap.language import N_
from netmap.networks.areas import plain
from netmap.networks.register import Register
from netmap.site import paths, words
from netmap.site.atlas import Atlas, spoken
from netmap.site.inputs import SiteInput
from netmap.vocabulary.languages import language_label

# Styles and scripts come from beside the page, and nothing else runs. Browsers differ on whether
# 'self' means anything for a page opened from the disk, so `file:` says it for them; a page that
# came over the web cannot load from there.
POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)
# Stated totals that people know by the name of what is counted; others go by a name of their own.
_TOTALS = {
    "activities": N_("Activities"),
    "organisations": N_("Organisations"),
    "areas": N_("Areas"),
    "ties": N_("Ties"),
    "population": N_("Population"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be made.

    Attributes:
        path: Where it will be, from the site's root.
        template: Its template.
        title: Its title, before the site's own.
        section: Which entry of the menu is the current one.
        atlas: The network it is about, or None.
        values: What its template needs besides.
    """

    path: str
    template: str
    title: str
    section: str
    atlas: Atlas | None = None
    values: dict[str, Any] = field(default_factory=dict)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("netmap.site"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=words.shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=[language.templates.EXTENSION],
    )
    language.templates.install(environment, words.shown)
    filters = ("number", "rate", "percent", "day", "spaced", "without_end")
    environment.filters |= {name: getattr(words, name) for name in filters}
    environment.filters |= {"weekday": language.weekday, "month": language.month}
    environment.filters |= {
        "listed": listed,
        "language": language_label,
        "allowed": paths.allowed,
        "anchor": paths.anchor,
    }
    environment.filters |= {"telephone": telephone, "mail": mail, "data_block": data_block}
    environment.globals |= {
        "hours": words.hours,
        "severities": words.SEVERITIES,
        "severity_words": words.SEVERITY_WORDS,
        "weekday_names": language.weekday_names,
        "paths": paths,
        "policy": POLICY,
    }
    return environment


def data_block(text: str) -> Markup:
    """Let JSON stand in a script element, where nothing in it may end the element."""
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  # no markup is left in it


def listed(count: int, register: Register, what: str) -> str:
    """Write a count of rows: nought says nothing where the register did not mean to list them."""
    return (
        words.number(count)
        if count or register.surveyed(what)
        else language.gettext("none recorded")
    )


def total_in_words(site: SiteInput, what: str) -> str:
    """Write the name of a stated total, with the words people see for a community."""
    if plain(what) in _TOTALS:
        return language.gettext(_TOTALS[plain(what)])
    labels = site.vocabularies["community"]
    return words.spaced(" ".join(labels.label(part) for part in re.split(r"[_\s]+", what)))


def telephone(number: str) -> str | None:
    """Turn a telephone number into a link, or nothing where it is not one."""
    digits = re.sub(r"[\s().-]", "", number)
    return f"tel:{digits}" if re.fullmatch(r"\+?[0-9]{5,15}", digits) else None


def mail(address: str) -> str | None:
    """Turn an e-mail address into a link, or nothing where it is not one."""
    plain = re.fullmatch(r"[^\s@<>\"'?&]+@[^\s@<>\"'?&]+", address)
    return f"mailto:{quote(address, safe='@+')}" if plain else None


def render(site: SiteInput, atlases: tuple[Atlas, ...], page: Page) -> bytes:
    """Make one page.

    Returns:
        UTF-8, lines ended by a line feed alone.
    """
    template = _environment().get_template(page.template)
    html = template.render(
        site=site,
        settings=site.settings,
        texts=language.current(),
        atlases=atlases,
        atlas=page.atlas,
        page=page,
        root=paths.root_of(page.path),
        href=lambda target: paths.link(page.path, target),
        term=lambda vocabulary, code: site.vocabularies[vocabulary].label(code),
        total_in_words=lambda what: total_in_words(site, what),
        small_numbers=words.small_numbers(site.audience, site.settings.privacy),
        **page.values,
    )
    return language.in_languages(re.sub(r"\n\s*\n+", "\n", html), spoken(atlases)).encode()


def asset(name: str) -> bytes:
    """Read a style or script of the site, with the same line ends on every system."""
    text = files("netmap.site").joinpath("assets", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").encode()
