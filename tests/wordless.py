"""A workspace without a Latin letter in its own words, and what is left of English on its pages."""

import csv
import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

# What has no other name in any language.
PROPER = frozenset(
    (
        *("netmap", "Folium", "Leaflet", "Google", "Apple", "Microsoft", "Outlook", "Office"),
        *("iCal", "CSV", "JSON", "GeoJSON", "GeoPackage", "RSS", "SHA", "BCP", "CC", "BY", "com"),
        *("km", "VX", "min"),
    )
)
WORDS = {
    "organisations.csv": ("name", "aliases", "source", "notes"),
    "activities.csv": (
        *("name", "description", "how_to_join", "cost", "age_range", "venue", "schedule"),
        *("source", "notes"),
    ),
    "areas.csv": ("name", "source", "notes"),
    "populations.csv": ("source", "notes"),
    "ties.csv": ("source", "notes"),
    "enquiries.csv": ("by", "how", "words", "source", "notes"),
    "targets.csv": ("source", "notes"),
    "shares.csv": ("source", "notes"),
    "venues.csv": ("name", "address", "access"),
    "capacity-building.csv": ("title", "theme", "description", "hosts"),
    "term-dates.csv": (),
}
_KEYS = "title|summary|source|licence|disclaimer|publisher|bame"
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_GREEK = "ΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΥΩΩΧΥΖαβψδεφγηιξκλμνοπθρστυωωχυζ"
_LETTERS = str.maketrans(_LATIN, _GREEK)
_WORD = re.compile(r"[A-Za-z]{2,}")
_SPOKEN = ("aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription")
_SILENT = frozenset({"script", "style", "code"})


def in_greek(text: str) -> str:
    """Give every Latin letter a Greek one."""
    return text.translate(_LETTERS)


def wordless(source: Path, target: Path, language: str) -> Path:
    """Copy a workspace: its own words in Greek letters, netmap's own in a language."""
    for name in ("networks", "events", "maps"):
        shutil.copytree(source / name, target / name)
    shutil.copy(source / "netmap.toml", target)
    for file in target.rglob("*.csv"):
        _translate(file)
    for file in target.rglob("*.toml"):
        text = file.read_text(encoding="utf-8")
        text = re.sub(
            rf'^({_KEYS}) = "(.*)"( *#.*)?$',
            lambda found: f"{found[1]} = {json.dumps(in_greek(found[2]), ensure_ascii=False)}",
            text,
            flags=re.MULTILINE,
        )
        text = text.replace("bame_specific_projects", '"bame_εργα"')
        text = re.sub(r"^themes = .*$|^(sequence = .*)$", _list, text, flags=re.MULTILINE)
        if file.name == "netmap.toml":
            text = f'language = "{language}"\nbase_url = "https://example.org/n/"\n{text}'
        file.write_text(text, encoding="utf-8")
    return target


def _list(line: re.Match[str]) -> str:
    return line[1] or "themes = " + in_greek(line[0].removeprefix("themes = "))


def _translate(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    for row in rows:
        row.update({c: in_greek(row[c]) for c in WORDS.get(file.name, ()) if row.get(c)})
    with file.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


class _Reader(HTMLParser):
    """Gathers what a page says: texts, and attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        self.said += [value for name, value in attrs if name in _SPOKEN and value]
        if tag == "meta" and ("name", "description") in attrs:
            self.said += [value for name, value in attrs if name == "content" and value]

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def latin(text: str) -> list[str]:
    """List the words in plain Latin letters; no addresses, files, time zones, proper names."""
    text = re.sub(r"\S+(://|@)\S+|\S*\.(ics|csv|json|html|xml|po|toml|txt)\b", " ", text)
    text = re.sub(r"\b[A-Z][a-z]+/[A-Z]\w+", " ", text)
    return [word for word in _WORD.findall(text) if word not in PROPER]


def english_on(html: str) -> Iterator[str]:
    """List what a page says in plain Latin letters."""
    reader = _Reader()
    reader.feed(html)
    for said in reader.said:
        squeezed = " ".join(said.split())
        if latin(squeezed):
            yield squeezed
