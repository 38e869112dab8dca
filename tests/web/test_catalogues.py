"""Catalogues of small source trees: what is extracted, kept, compiled and refused."""

import gettext as gnu_gettext
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from okrapp.web.catalogues import (
    CatalogueError,
    catalogue_path,
    check_catalogues,
    compile_catalogues,
    progress_of,
    read_sources,
    write_catalogues,
)
from okrapp.web.translation_checks import faults, placeholders

VIEWS = """
from django.utils.translation import gettext as _, ngettext, pgettext, gettext_lazy, npgettext_lazy

def view(name, count):
    # Translators: the greeting on My week
    _("Hello %(name)s") % {"name": name}
    gettext_lazy("Check " "in")
    ngettext("%(count)d key result", "%(count)d key results", count)
    pgettext("phase", "Aligning")
    npgettext_lazy("team", "one member", "many members")
    _(name)
    return _("Hello %(name)s")
"""
PAGE = """
<h1 title="{% translate 'Close' %}">  {% translate "Team" context "navigation" %}</h1>
\t<p>{{ value|default:_("not set") }}\u00a0\u202f“quoted” 'text' </p>
   {% blocktranslate trimmed count n=items|length with who=user %}
      {{ n }} result of
      {{ who }}
   {% plural %}
      {{ n }} results of {{ who }}
   {% endblocktranslate %}
{% blocktranslate trimmed context "pace" %}
  70 % expected
{% endblocktranslate %}
{# Translators: on a button #}
{% translate "Go" %}
<c-drawer :label="_('Details')" title="{% translate "Drawer" %}" />
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project."""
    (tmp_path / "app" / "migrations").mkdir(parents=True)
    (tmp_path / "templates" / "app").mkdir(parents=True)
    (tmp_path / "node_modules" / "x").mkdir(parents=True)
    (tmp_path / "app" / "views.py").write_text(VIEWS)
    (tmp_path / "app" / "migrations" / "0001.py").write_text('_("never")')
    (tmp_path / "node_modules" / "x" / "y.py").write_text('_("never")')
    (tmp_path / "app" / "notes.html").write_text('{% translate "not a template" %}')
    (tmp_path / "templates" / "app" / "page.html").write_text(PAGE)
    (tmp_path / "templates" / "app" / "mail.txt").write_text('{% translate "Good morning" %}')
    return tmp_path


def locale_of(tree: Path) -> Path:
    """Where the catalogues of a tree lie."""
    return tree / "locale"


def po_of(tree: Path, language: str = "de") -> Path:
    """The catalogue of a tree."""
    return catalogue_path(locale_of(tree), language)


def translate(tree: Path, pairs: dict[str, str], language: str = "de") -> None:
    """Fill in translations the way a person does: by editing the file."""
    path = po_of(tree, language)
    text = path.read_text()
    for msgid, msgstr in pairs.items():
        assert f'msgid "{msgid}"\nmsgstr ""\n' in text, msgid
        text = text.replace(f'msgid "{msgid}"\nmsgstr ""\n', f'msgid "{msgid}"\nmsgstr "{msgstr}"\n')
    path.write_text(text)


def problems_of(tree: Path, language: str = "de") -> list[tuple[str, str]]:
    """Kind and text of every problem."""
    return [(one.kind, one.text) for one in check_catalogues(tree, locale_of(tree), [language])[1]]


def test_every_message_of_a_tree_is_found(tree: Path) -> None:
    sources = read_sources(tree)
    assert sources.files == 3
    assert {(one.context, one.id, one.plural) for one in sources.messages.values()} == {
        ("", "Hello %(name)s", ""),
        ("", "Check in", ""),
        ("", "%(count)d key result", "%(count)d key results"),
        ("phase", "Aligning", ""),
        ("team", "one member", "many members"),
        ("", "Close", ""),
        ("navigation", "Team", ""),
        ("", "not set", ""),
        ("", "%(n)s result of %(who)s", "%(n)s results of %(who)s"),
        ("pace", "70 %% expected", ""),
        ("", "Go", ""),
        ("", "Details", ""),
        ("", "Drawer", ""),
        ("", "Good morning", ""),
    }
    assert sources.messages["", "Hello %(name)s"].comments == ["Translators: the greeting on My week"]
    assert sources.messages["", "Go"].comments == ["Translators: on a button"]
    assert sources.messages["", "Close"].files == ["templates/app/page.html"]


def test_a_catalogue_is_sorted_and_names_no_place_or_date(tree: Path) -> None:
    sources, changed = write_catalogues(tree, locale_of(tree), ["de", "sv"])
    assert changed == ["de", "sv"]
    text = po_of(tree).read_text()
    singulars = [line[7:-1] for line in text.split("\n") if line.startswith("msgid ")][1:]
    assert singulars == sorted(singulars, key=str.casefold)
    assert len(singulars) == len(sources.messages)
    assert '"Language: de\\n"' in text
    assert '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' in text
    assert "#:" not in text
    assert "Date" not in text
    assert "fuzzy" not in text
    assert "nplurals=2; plural=(n != 1)" in po_of(tree, "sv").read_text()


def test_extracting_again_changes_nothing(tree: Path) -> None:
    write_catalogues(tree, locale_of(tree), ["de"])
    before = po_of(tree).stat().st_mtime_ns
    assert write_catalogues(tree, locale_of(tree), ["de"])[1] == []
    assert po_of(tree).stat().st_mtime_ns == before


def test_translations_stay_and_what_is_gone_is_dropped(tree: Path) -> None:
    write_catalogues(tree, locale_of(tree), ["de"])
    translate(tree, {"Close": "Schließen", "Go": "Los", "Good morning": "Guten Morgen"})
    (tree / "templates" / "app" / "mail.txt").write_text('{% translate "Good evening" %}')
    assert write_catalogues(tree, locale_of(tree), ["de"])[1] == ["de"]
    text = po_of(tree).read_text()
    assert 'msgid "Close"\nmsgstr "Schließen"' in text
    assert 'msgid "Good evening"\nmsgstr ""' in text
    assert "Guten Morgen" not in text
    assert "#~" not in text


def test_a_singular_that_gets_a_plural_keeps_no_half_translation(tree: Path) -> None:
    (tree / "app" / "views.py").write_text('_("one week")')
    write_catalogues(tree, locale_of(tree), ["de"])
    translate(tree, {"one week": "eine Woche"})
    (tree / "app" / "views.py").write_text('ngettext("one week", "%(n)d weeks", n)')
    write_catalogues(tree, locale_of(tree), ["de"])
    assert 'msgid_plural "%(n)d weeks"\nmsgstr[0] ""\nmsgstr[1] ""' in po_of(tree).read_text()
    assert ("untranslated", "one week") in problems_of(tree)


def complete(tree: Path) -> None:
    """Translate a tree of four messages into German, without a fault."""
    (tree / "templates" / "app" / "page.html").write_text(
        "{% blocktranslate trimmed count n=n %}{{ n }} team{% plural %}{{ n }} teams{% endblocktranslate %}"
        '{% translate "Close" %}'
    )
    (tree / "app" / "views.py").write_text('_("Hello %(name)s")\n_("Hi {name}")')
    (tree / "templates" / "app" / "mail.txt").unlink()
    write_catalogues(tree, locale_of(tree), ["de"])
    translate(tree, {"Close": "Schließen", "Hello %(name)s": "Hallo %(name)s", "Hi {name}": "Hallo {name}"})
    path = po_of(tree)
    path.write_text(
        path.read_text()
        .replace('msgstr[0] ""', 'msgstr[0] "ein Team"')
        .replace('msgstr[1] ""', 'msgstr[1] "%(n)s Teams"')
    )


def test_a_form_for_one_needs_no_number_only_if_the_singular_has_none(tree: Path) -> None:
    complete(tree)
    assert problems_of(tree) == [("placeholders", "%(n)s team")]
    path = po_of(tree)
    path.write_text(path.read_text().replace("ein Team", "%(n)s Team"))
    assert problems_of(tree) == []


@pytest.fixture
def finished(tree: Path) -> Path:
    """A tree whose German catalogue is complete and correct."""
    complete(tree)
    path = po_of(tree)
    path.write_text(path.read_text().replace("ein Team", "%(n)s Team"))
    assert problems_of(tree) == []
    return tree


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('msgstr "Schließen"', 'msgstr ""', ("untranslated", "Close")),
        ('msgid "Close"', '#, fuzzy\nmsgid "Close"', ("fuzzy", "Close")),
        ('"Hallo %(name)s"', '"Hallo"', ("placeholders", "Hello %(name)s")),
        ('"Hallo %(name)s"', '"Hallo %(Name)s"', ("placeholders", "Hello %(name)s")),
        ('"Hallo %(name)s"', '"Hallo %(name)d"', ("placeholders", "Hello %(name)s")),
        ('"Hallo %(name)s"', '"Hallo %(name)s 5 % mehr"', ("placeholders", "Hello %(name)s")),
        ('"Hallo {name}"', '"Hallo {nme}"', ("placeholders", "Hi {name}")),
        ('"%(n)s Teams"', '"Teams"', ("placeholders", "%(n)s team")),
        ('"%(n)s Teams"', '""', ("untranslated", "%(n)s team")),
        ('msgstr[1] "%(n)s Teams"\n', 'msgstr[1] "%(n)s Teams"\nmsgstr[2] "%(n)s"\n', ("unreadable", "")),
        ("(n != 1)", "(n > 1)", ("plural forms", "")),
        ('msgstr[1] "%(n)s Teams"\n', "", ("untranslated", "%(n)s team")),
        ('"Schließen"', '"<b>Schließen</b>"', ("tags", "Close")),
        ('"Schließen"', '"Schließen "', ("white space", "Close")),
        ('msgid "Close"\nmsgstr "Schließen"\n', "", ("missing", "Close")),
        ('msgid "Close"', 'msgid "Closed"', ("not in the sources", "Closed")),
        ('msgid_plural "%(n)s teams"', 'msgid_plural "teams"', ("not in the sources", "%(n)s team")),
        ('msgid "Close"', '#: app/views.py:12\nmsgid "Close"', ("not up to date", "")),
    ],
)
def test_check_finds(finished: Path, old: str, new: str, problem: tuple[str, str]) -> None:
    path = po_of(finished)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert problem in problems_of(finished)


def test_check_finds_a_new_text_and_a_missing_catalogue(finished: Path) -> None:
    (finished / "app" / "new.py").write_text('_("New here")')
    assert ("missing", "New here") in problems_of(finished)
    assert problems_of(finished, "sv") == [("no catalogue", "")]


@pytest.mark.parametrize(
    "damage", ['msgid "a\n', "<<<<<<< HEAD\n", "=======\n", 'msgid "a" "b\n', "msgstr\n", "Close\n"]
)
def test_a_damaged_catalogue_is_named_and_left_alone(finished: Path, damage: str) -> None:
    path = po_of(finished)
    path.write_text(text := path.read_text() + damage)
    assert [kind for kind, _text in problems_of(finished)] == ["unreadable"]
    with pytest.raises(CatalogueError, match="line"):
        write_catalogues(finished, locale_of(finished), ["de"])
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app/bad.py", "_('unclosed"),
        ("templates/app/bad.html", "{% blocktranslate %}{% if x %}{% endblocktranslate %}"),
    ],
)
def test_a_source_that_cannot_be_read_is_named(tree: Path, path: str, text: str) -> None:
    (tree / path).write_text(text)
    with pytest.raises(CatalogueError, match=path):
        write_catalogues(tree, locale_of(tree), ["de"])
    assert not po_of(tree).exists()


def test_two_plurals_of_one_text_are_refused(tree: Path) -> None:
    (tree / "app" / "other.py").write_text('ngettext("%(count)d key result", "%(count)d results", 2)')
    with pytest.raises(CatalogueError, match="two plurals"):
        write_catalogues(tree, locale_of(tree), ["de"])
    assert problems_of(tree)[0][0] == "conflict"


def test_what_is_compiled_is_what_gettext_reads(finished: Path) -> None:
    assert compile_catalogues(locale_of(finished), ["de", "sv"]) == {"de": 4}
    path = po_of(finished).with_suffix(".mo")
    with path.open("rb") as file:
        german = gnu_gettext.GNUTranslations(file)
    assert german.gettext("Close") == "Schließen"
    assert [german.ngettext("%(n)s team", "%(n)s teams", n) for n in (0, 1, 2)] == [
        "%(n)s Teams",
        "%(n)s Team",
        "%(n)s Teams",
    ]
    first = path.read_bytes()
    compile_catalogues(locale_of(finished), ["de"])
    assert path.read_bytes() == first
    assert sorted(one.name for one in path.parent.iterdir()) == ["django.mo", "django.po"]


def test_context_is_compiled_and_what_is_unfinished_is_not(tree: Path) -> None:
    (tree / "app" / "views.py").write_text('pgettext("phase", "Aligning")\n_("Aligning")\n_("Draft")\n')
    write_catalogues(tree, locale_of(tree), ["sv"])
    path = po_of(tree, "sv")
    text = path.read_text().replace(
        'msgctxt "phase"\nmsgid "Aligning"\nmsgstr ""', 'msgctxt "phase"\nmsgid "Aligning"\nmsgstr "Samordning"'
    )
    text = text.replace('msgid "Draft"\nmsgstr ""', '#, fuzzy\nmsgid "Draft"\nmsgstr "Utkast"')
    path.write_text(text.replace('msgstr[0] ""', 'msgstr[0] "bara en"'))
    assert compile_catalogues(locale_of(tree), ["sv"]) == {"sv": 1}
    with path.with_suffix(".mo").open("rb") as file:
        swedish = gnu_gettext.GNUTranslations(file)
    assert swedish.pgettext("phase", "Aligning") == "Samordning"
    assert (swedish.gettext("Aligning"), swedish.gettext("Draft")) == ("Aligning", "Draft")
    assert swedish.ngettext("%(n)s result of %(who)s", "%(n)s results of %(who)s", 1) == "%(n)s result of %(who)s"


def test_how_far_a_language_is(finished: Path) -> None:
    assert [(one.language, one.translated, one.total) for one in progress_of(locale_of(finished), ["de", "sv"])] == [
        ("de", 4, 4),
        ("sv", 0, 0),
    ]


def run(*arguments: str) -> tuple[str, str]:
    """Run the command and return what it printed."""
    out, err = StringIO(), StringIO()
    call_command("messages", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command(finished: Path, settings: Settings) -> None:
    settings.BASE_DIR, settings.LOCALE_PATHS = finished, [locale_of(finished)]
    assert run("check", "--language", "de")[0] == "Checked 4 messages from 2 files in de: complete.\n"
    assert run("compile")[0] == "de: 4 messages\nsv: no catalogue, nothing compiled\n"
    with pytest.raises(CommandError, match="1 problems; checked 4 messages from 2 files in de, sv"):
        run("check")
    assert run("extract")[0].startswith("4 messages in 2 files: updated sv\nde: 4 of 4 translated (100 %)\nsv: 0 of 4")
    assert run("stats", "--language", "sv")[0] == "sv: 0 of 4 translated (0 %)\n"
    with pytest.raises(CommandError, match="No such language: fr"):
        run("check", "--language", "fr")


def test_nothing_is_translated_inside_an_f_string(settings: Settings) -> None:
    """Nobody who reads the sources finds it there before Python 3.12, so it would stay English."""
    inside = re.compile(r"""\bf["'][^\n]*\{(_|n?p?gettext(_lazy)?)\(["']""")
    found = [
        f"{file}:{number}"
        for app in ("okrapp", "organizations", "roles", "okrs", "rollout")
        for file in (settings.BASE_DIR / app).rglob("*.py")
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if inside.search(line)
    ]
    assert found == []


def test_the_sources_of_this_project_can_be_read(settings: Settings) -> None:
    sources = read_sources(Path(settings.BASE_DIR))
    assert sources.conflicts == []
    assert sources.files > 100
    assert len(sources.messages) > 300


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("%(a)s and %(a)s of %(b)d", {"%(a)s": 2, "%(b)d": 1}),
        ("%s of %d", {"%s as number 1": 1, "%d as number 2": 1}),
        ("100 %% of {team} in {0}", {"{team}": 1, "{0}": 1}),
        ("70 % if late", {}),
        ("{ not a field }", {}),
    ],
)
def test_placeholders(text: str, found: dict[str, int]) -> None:
    assert dict(placeholders(text)) == found


@given(
    names=st.lists(st.sampled_from(["%(a)s", "%(b)d", "{c}", "%%", "<b>", "</b>", "word"]), max_size=8), data=st.data()
)
def test_the_same_pieces_in_another_order_fit(names: list[str], data: st.DataObject) -> None:
    other = data.draw(st.permutations(names))
    assert list(faults((" ".join(names),), (" ".join(other),))) == []
