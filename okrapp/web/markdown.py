"""Markdown written by people, turned into safe HTML."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

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


def render(text: str | None) -> SafeString:
    """HTML of a Markdown text: no raw HTML, no images, only links to http(s), mailto or this site. Empty for None."""
    if not text:
        return SafeString("")
    tokens = _parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + _HEADINGS_DOWN, 6)}"
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener nofollow")
    return mark_safe(clean)  # noqa: S308 - just cleaned
