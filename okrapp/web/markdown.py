"""Markdown written by people, turned into safe HTML."""

import re
from collections.abc import Iterable, Mapping

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {
    "p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
# Titles inside a page must not outrank the page's own.
_HEADINGS_DOWN = 2

_parser = MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": True, "typographer": False})
_parser.disable("image")


def render(text: str | None, links: Mapping[str, tuple[str, str]] | None = None) -> SafeString:
    """HTML of a Markdown text: no raw HTML, no images, only links to http(s), mailto or this site. Empty for None.

    `links` are words that become links wherever they stand as plain text, such as {"@lena": ("@Lena", "/people/1/")}:
    what is written, in small letters, with what is shown instead and where it leads.
    """
    if not text:
        return SafeString("")
    tokens = _parser.parse(text)
    if links:
        # The longest first, so that one name that begins like another does not hide it.
        either = "|".join(re.escape(word) for word in sorted(links, key=len, reverse=True))
        words = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
        for token in tokens:
            if token.children:
                token.children = list(_linked(token.children, words, links))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + _HEADINGS_DOWN, 6)}"
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener nofollow")
    return mark_safe(clean)  # noqa: S308 - just cleaned


def plain(text: str | None) -> str:
    """Return the words of a Markdown text on one line, for places that show its beginning. Empty for None."""
    words = []
    for token in _parser.parse(text or ""):
        words.append(token.content if token.children is None else "")
        # A line break has no words of its own.
        words += [child.content or " " * child.type.endswith("break") for child in token.children or ()]
        words.append(" ")
    return " ".join("".join(words).split())


def _linked(children: Iterable[Token], words: re.Pattern[str], links: Mapping[str, tuple[str, str]]) -> Iterable[Token]:
    """Yield the tokens of a line with words turned into links; code and what is a link already stay as they are."""
    depth = 0
    for token in children:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type != "text" or depth:
            yield token
            continue
        end = 0
        for found in words.finditer(token.content):
            # Some letters are equal without case and yet have other small ones.
            if found[0].lower() not in links:
                continue
            shown, url = links[found[0].lower()]
            yield _text(token.content[end : found.start()])
            yield Token("link_open", "a", 1, attrs={"href": url})
            yield _text(shown)
            yield Token("link_close", "a", -1)
            end = found.end()
        yield _text(token.content[end:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
