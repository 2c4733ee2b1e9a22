"""The catalogue: whole, overridden by a workspace, translated, and kept from breaking a page."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment
from markupsafe import Markup
from typer.testing import CliRunner

from netmap import language
from netmap.build.workplace import open_for
from netmap.cli.commands import app
from netmap.language.loading import faults_of
from netmap.language.pseudo import changed
from netmap.language.translating import translation
from netmap.privacy import Audience
from netmap.site.words import percent
from netmap.vocabulary import load as load_terms

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 22)
WELSH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=5; plural=(n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 0);\\n"

msgid "not recorded"
msgstr "heb ei gofnodi"

msgid "Made with netmap %(version)s."
msgstr "Gwnaed."

msgid "As of <time datetime=\\"%(iso)s\\">%(day)s</time>."
msgstr "<script>alert(1)</script>%(iso)s%(day)s"

msgid "Gaps"
msgstr "100%"

msgctxt "role"
msgid "Hub"
msgstr "Hyb"

msgid "%(count)s thing"
msgid_plural "%(count)s things"
msgstr[0] "%(count)s peth"
msgstr[1] "un peth"
msgstr[2] "%(count)s beth"
msgstr[3] "%(count)s pheth"
msgstr[4] "%(count)s pheth!"
"""


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave English in force."""
    yield
    language.use(language.ENGLISH)


def workspace(folder: Path, settings: str, **translations: str) -> Path:
    """Write a workspace of settings and translations alone."""
    (folder / "netmap.toml").write_text(settings, encoding="utf-8")
    for tag, text in translations.items():
        (folder / "texts").mkdir(exist_ok=True)
        (folder / "texts" / f"{tag}.po").write_text(text.lstrip(), encoding="utf-8")
    return folder


def noticed(folder: Path) -> list[str]:
    """Open a workspace, whose language is then in force, and tell what was wrong."""
    place = open_for(folder, DAY, Audience.PUBLIC)
    return [str(finding) for finding in place.workspace.findings]


def test_the_catalogue_has_every_text_of_the_code(tmp_path: Path) -> None:
    """It is gathered anew as docs/wording.md says."""
    how = "extract -F pyproject.toml --omit-header --sort-by-file --add-location=file --no-wrap"
    gathered = tmp_path / "netmap.pot"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", *how.split(), "-o", gathered, "."],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    assert how in (ROOT / "docs" / "wording.md").read_text(encoding="utf-8")
    assert gathered.read_bytes() == (ROOT / "netmap/language/netmap.pot").read_bytes()
    assert len(language.english_texts()) > 1000


def test_a_workspace_says_a_text_in_its_own_words(tmp_path: Path) -> None:
    """Also a term, also one form of a text that goes with a count."""
    settings = """
    [texts]
    "not recorded" = "nobody has told us"
    "Hub" = "Anchor"
    """
    assert noticed(workspace(tmp_path, settings)) == []
    assert percent(None) == "nobody has told us"
    terms = load_terms()["role"]
    assert terms.label("hub") == "Anchor"
    assert terms.resolve("Hub") == "hub"
    assert load_terms(labels={"hub": "Heart"})["role"].label("hub") == "Heart"


def test_words_that_would_break_a_page_are_named_and_left_out(tmp_path: Path) -> None:
    """A value that is lost, markup that comes in, a text netmap has not."""
    settings = """
    [texts]
    "not recordet" = "?"
    "Made with netmap %(version)s." = "Made by us"
    "Gaps" = "<img src=x onerror=alert(1)>"
    "Places" = "100%"
    """
    assert noticed(workspace(tmp_path, settings)) == [
        (
            "netmap.toml, texts: 'not recordet' is no text of netmap's; it is left out. "
            "Did you mean 'Not recorded'?"
        ),
        "netmap.toml, texts: 'Made by us' needs just these values: %(version)s; it is left out.",
        (
            "netmap.toml, texts: '<img src=x onerror=alert(1)>' needs the same tags as the "
            "English text, and no < besides; it is left out."
        ),
        "netmap.toml, texts: '100%' has a stray %; write a per cent sign as %%; it is left out.",
    ]
    assert language.gettext("Gaps") == "Gaps"


def test_the_guide_names_texts_that_there_are(tmp_path: Path) -> None:
    """Who copies its example is told of no fault."""
    guide = (ROOT / "docs" / "wording.md").read_text(encoding="utf-8")
    for block in re.findall(r"```toml\n(\[texts\].*?)```", guide, re.DOTALL):
        assert noticed(workspace(tmp_path, block)) == []
    assert language.ngettext(
        "%(area)s: %(count)s gap", "%(area)s: %(count)s gaps", 1, area="X"
    ) == ("X: one thing to talk about")


def test_a_translation_has_its_own_plurals_days_and_numbers(tmp_path: Path) -> None:
    """What is wrong in it is named with its row; what is missing stays English."""
    found = noticed(workspace(tmp_path, 'language = "cy"', cy=WELSH))
    assert [one.split(":", maxsplit=1)[0] for one in found] == [
        "texts/cy.po row 9",
        "texts/cy.po row 12",
        "texts/cy.po row 15",
    ]
    things = [language.ngettext("%(count)s thing", "%(count)s things", n) for n in (1, 2, 3, 6, 7)]
    assert things == ["un peth", "2 beth", "3 pheth", "6 pheth!", "7 peth"]
    assert percent(None) == "heb ei gofnodi"
    assert language.gettext("Gaps") == "Gaps"
    assert load_terms()["role"].label("hub") == "Hyb"
    assert language.day(DAY) == "22 Tachwedd 2026"
    assert language.weekday(DAY) == "Dydd Sul Tachwedd 22"
    assert language.month(DAY) == "Tachwedd 2026"


def test_numbers_and_direction_follow_the_language(tmp_path: Path) -> None:
    """French writes a narrow blank and a comma; Urdu runs from right to left."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    workspace(tmp_path, 'language = "fr"', fr=head, ur=head)
    assert noticed(tmp_path) == []
    assert language.number(1234.5, 1) == "1\u202f234,5"
    assert not language.current().right_to_left
    workspace(tmp_path, 'language = "ur"')
    assert noticed(tmp_path) == []
    assert language.current().right_to_left


@pytest.mark.parametrize("tag", ["cy", "qq"])
def test_a_language_without_texts_is_said_and_english_shown(tmp_path: Path, tag: str) -> None:
    """Nobody gets an empty page for want of a file."""
    (said,) = noticed(workspace(tmp_path, f'language = "{tag}"'))
    assert f"texts/{tag}.po" in said
    assert language.current().language == "en-GB"


def test_a_language_nobody_knows_is_said_and_english_shown(tmp_path: Path) -> None:
    """Also where somebody has written texts for it."""
    (said,) = noticed(workspace(tmp_path, 'language = "qq"', qq='msgid "Gaps"\nmsgstr "X"\n'))
    assert "'qq' is no language" in said


def test_a_translation_that_is_none_is_told_of_with_its_file(tmp_path: Path) -> None:
    """An empty file is a translation of nothing; nonsense is a fault."""
    workspace(tmp_path, 'language = "cy"', cy="Sorry, this is a letter.")
    result = CliRunner().invoke(app, ["--workspace", str(tmp_path), "check"])
    assert result.exit_code != 0
    assert result.exception is not None
    assert "texts/cy.po" in str(result.exception).replace("\\", "/")


def test_templates_escape_values_and_plain_texts_alike() -> None:
    """A text with tags is markup, its values are not; one without is a word like any other."""
    environment = Environment(autoescape=True, extensions=[language.templates.EXTENSION])
    language.templates.install(environment, lambda value: "none" if value is None else value)
    template = environment.from_string(
        "{% trans x=x %}\n  A <b>{{ x }}</b>\n  thing{% endtrans %}|{{ _('a & %(x)s', x=x) }}|"
        "{{ _('with & %(x)s', x=y) }}|{{ ngettext('%(count)s a', '%(count)s as', 1234) }}|"
        "{{ _('%(x)s%%', x=none) }}"
    )
    said = template.render(x="<i>", y=Markup("<u>x</u>"))
    assert said == ("A <b>&lt;i&gt;</b> thing|a &amp; &lt;i&gt;|with &amp; <u>x</u>|1,234 as|none%")


def test_faults_are_told_of_either_form() -> None:
    """One thing may be said without its count; markup may not come in."""
    both = ("%(count)s <b>gap</b>", "%(count)s <b>gaps</b>")
    assert list(faults_of(both, "<b>un bwlch</b>")) == []
    assert list(faults_of(both, "<b>un</b> %(n)s")) == [
        "'<b>un</b> %(n)s' needs just these values: %(count)s"
    ]
    assert list(faults_of(both, "%(count)s <b>bwlch</b> 5%%")) == []


def test_the_pseudo_locale_changes_letters_alone() -> None:
    """Values, tags and entities are no text."""
    assert changed('<a href="x">%(n)s gaps</a> &amp; 5%%') == (
        '<a href="x">%(n)s ĝåþš</a> &amp; 5%%'
    )


def test_a_translation_is_begun_and_brought_up_to_date(tmp_path: Path) -> None:
    """What somebody translated is never lost, also of a text that is gone."""
    file = tmp_path / "texts" / "cy.po"
    result = CliRunner().invoke(app, ["texts", "--output", str(file)])
    assert result.exit_code == 0, result.output
    begun = file.read_text(encoding="utf-8")
    assert "nplurals=5" in begun
    mine = begun.replace('msgid "Gaps"\nmsgstr ""', 'msgid "Gaps"\nmsgstr "Bylchau"')
    mine += '\nmsgid "A text of an older version"\nmsgstr "Hen"\n'
    made = translation("cy", mine.encode(), "cy.po")
    assert made.translated == 1
    assert made.content == translation("cy", made.content, "cy.po").content
    again = read_po(io.BytesIO(made.content))
    assert again["Gaps"].string == "Bylchau"
    assert "Hen" in made.content.decode()


def test_no_translation_is_begun_for_a_language_nobody_knows(tmp_path: Path) -> None:
    """Its file would be passed over later; so would one that is not called after a language."""
    file = tmp_path / "translation.po"
    result = CliRunner().invoke(app, ["texts", "--output", str(file)])
    assert result.exit_code == 2
    assert "'translation' is no language" in result.output
    assert not file.exists()


def test_the_texts_are_listed() -> None:
    """With how to say one otherwise."""
    result = CliRunner().invoke(app, ["texts", "not recorded"])
    assert "\nnot recorded\n" in f"\n{result.output}"
    assert "[texts]" in result.output
    assert "No text has" in CliRunner().invoke(app, ["texts", "zzzz"]).output
