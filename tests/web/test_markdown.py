import re

import pytest

from okrapp.web.markdown import plain, render


def test_usual_markdown() -> None:
    html = render("# Title\n\nWe **moved** _it_.\nNext line\n\n- one\n- two\n\n`code`")
    assert "<h3>Title</h3>" in html
    assert "<strong>moved</strong> <em>it</em>.<br>" in html
    assert html.count("<li>") == 2
    assert "<code>code</code>" in html


def test_links_leave_without_a_trace() -> None:
    assert 'rel="noopener nofollow"' in render("[us](https://example.com/)")
    assert 'href="/o/acme/"' in render("[here](/o/acme/)")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://evil.example/track.png)",
        "![x](javascript:alert(1))",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        '[x](https://a.example/" onmouseover="alert(1))',
        "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
        "<style>*{display:none}</style>",
        '<p style="position:fixed">x</p>',
        "<iframe src=//evil.example></iframe>",
        "<https://a.example/<script>alert(1)</script>>",
        "`<script>`\n\n    <script>alert(1)</script>",
        '<form action="//evil.example"><button>x</button></form>',
    ],
)
def test_nothing_active_survives(text: str) -> None:
    html = render(text)
    tags = set(re.findall(r"</?([a-z0-9]+)", html))
    assert not tags & {"script", "img", "svg", "style", "iframe", "form", "button", "object"}
    for attributes in re.findall(r"<[a-z0-9]+([^>]*)>", html):
        assert not re.search(r"\s(on\w+|style|src)\s*=", attributes)
    for address in re.findall(r'href="([^"]*)"', html):
        assert re.match(r"(https?:|mailto:|/)", address)


def test_nothing_gives_nothing() -> None:
    assert render(None) == ""
    assert render("") == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, ""),
        ("Since **we** begin, it is *over* sooner.", "Since we begin, it is over sooner."),
        (
            "# Agenda\n\n1. **10 min** Why?\n2. [Read](https://example.com)\n\n`code` & <b>",
            "Agenda 10 min Why? Read code & <b>",
        ),
        ("one\ntwo\n\n```\nthree\n```", "one two three"),
    ],
)
def test_only_the_words(text: str | None, words: str) -> None:
    assert plain(text) == words
