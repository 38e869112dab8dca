"""What people say to each other: `{% load talk %}`."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from okrapp.web import markdown
from okrs.queries.comment import Said
from okrs.queries.kudos import Celebrated

register = template.Library()


@register.simple_tag(takes_context=True)
def said_text(context: dict[str, Any], said: Said) -> SafeString:
    """`{% said_text said %}`: the text of a comment as safe HTML, the people it names as links."""
    people = ((str(member.pk), member.display_name, member.email) for member in said.people)
    return _with_links(context, said.comment.text, people)


@register.simple_tag(takes_context=True)
def kudos_text(context: dict[str, Any], celebrated: Celebrated) -> SafeString:
    """`{% kudos_text one %}`: the text of kudos as safe HTML, the people in it as links."""
    return _with_links(context, celebrated.kudos.text, celebrated.people)


def _with_links(context: dict[str, Any], text: str, people: Iterable[tuple[str, str, str]]) -> SafeString:
    slug = context["request"].organization.slug
    links: dict[str, tuple[str, str]] = {}
    for key, name, email in people:
        shown = (f"@{name}", reverse("organizations:member", args=[slug, key]))
        links[f"@{name}".lower()] = shown
        if email:
            links[f"@{email}".lower()] = shown
    return markdown.render(text, links)
