"""What a browser gets of the layout of templates: nothing."""

import re
from pathlib import Path

import allauth
import pytest
from django.template import Engine, Origin, engines

from okrapp.web.lines import without_layout

ROOT = Path(__file__).parents[2]
DJANGO = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}")
TAG = re.compile(r"""<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>""")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<ul>\n  <li>one</li>\n\t<li>two</li>\n</ul>\n", "<ul><li>one</li>\n<li>two</li></ul>\n"),
        ("<b>\n  a\n</b>\n, <i>b</i>\n  c", "<b>a</b>\n, <i>b</i>\nc"),
        ("<p>a</p>   <p>b </p>", "<p>a</p>   <p>b </p>"),
        ('<input\n    name="a">\n  b<br>\n  c', '<input name="a">\nb<br>\nc'),
        (
            "<a title=\"x > {{ y|default:'>' }}\"\n  {% if z > 1 %} b{% endif %}>\n c",
            "<a title=\"x > {{ y|default:'>' }}\" {% if z > 1 %} b{% endif %}>c",
        ),
        (
            "{% if a %}\n  <p>b  c</p>\n{% else %}\n  d\n{% endif %}\n  e",
            "{% if a %}<p>b  c</p>{% else %}d{% endif %}\ne",
        ),
        ("{% if a %} · b{% endif %}\n", "{% if a %} · b{% endif %}\n"),
        ("{% for a in b %}\n  {{ a }}\n{% endfor %}", "{% for a in b %}\n{{ a }}\n{% endfor %}"),
        ("{% block a %}\n  b\n{% endblock %}", "{% block a %}b{% endblock %}"),
        (
            '<c-card title="a">\n  b\n</c-card>\n  <c-tabs\n  b="c" />\n  c',
            '<c-card title="a">b</c-card>\n<c-tabs b="c" />\nc',
        ),
        ("<{% if a %}h1{% else %}h2{% endif %}\n    id='b'>\n  c", "<{% if a %}h1{% else %}h2{% endif %} id='b'>c"),
        ("<pre>\n  a\n    b\n</pre>\n  <p>", "<pre>\n  a\n    b\n</pre>\n<p>"),
        ("<textarea>\n  a</textarea>\n  <p>", "<textarea>\n  a</textarea>\n<p>"),
        ('<script type="x">\n  a\n</script>\n  b', '<script type="x">\n  a\n</script>\nb'),
        ("{% verbatim %}\n  a{% endverbatim %}\n  b", "{% verbatim %}\n  a{% endverbatim %}\nb"),
        (
            "{% blocktranslate trimmed %}\n  <b>a\n  </b>\n{% endblocktranslate %}\n  c",
            "{% blocktranslate trimmed %}\n  <b>a\n  </b>\n{% endblocktranslate %}\nc",
        ),
    ],
)
def test_only_the_layout_goes(source: str, expected: str) -> None:
    assert without_layout(source) == expected
    assert without_layout(expected) == expected


def test_a_tag_that_never_ends_takes_no_time() -> None:
    source = "<a" + ' b="{% c %}{{ d }}\'{"' * 2000
    assert without_layout(source) == source


def test_pages_are_compiled_without_it() -> None:
    template = engines["django"].engine.get_template("layouts/app.html")
    assert "\n" in template.source
    assert not re.search(r"\n[ \t]", template.source)


def test_only_our_pages_lose_it(tmp_path: Path) -> None:
    engine = Engine(dirs=[str(tmp_path)], loaders=["okrapp.web.lines.Loader"])
    (tmp_path / "page.html").write_text("<p>\n  a\n</p>")
    (tmp_path / "mail.txt").write_text("Hello,\n  a\n")
    assert engine.get_template("page.html").source == "<p>a</p>"
    assert engine.get_template("mail.txt").source == "Hello,\n  a\n"
    # What comes with an app we only use may count on its lines.
    theirs = Path(allauth.__file__).parent / "templates/account/signup_closed.html"
    contents = engine.template_loaders[0].get_contents(Origin(str(theirs)))
    assert contents == theirs.read_text()
    assert "\n    " in contents


def test_no_line_begins_where_white_space_is_shown() -> None:
    wrong = []
    for path in ROOT.glob("templates/**/*.html"):
        for tag in TAG.findall(DJANGO.sub("x", path.read_text())):
            shown = re.search(r"[\"\s]whitespace-(pre|pre-wrap|break-spaces)[\"\s]", tag) and not tag.startswith("<pre")
            if shown or re.search(r"=(\"[^\"]*\n|'[^']*\n)", tag):
                wrong.append(f"{path.relative_to(ROOT)}: {tag}")
    assert wrong == []
