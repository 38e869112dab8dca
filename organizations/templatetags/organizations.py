"""Tags about the organization: `{% load organizations %}`."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

from organizations.registry import SettingsPage, registry

register = template.Library()


@register.simple_tag(takes_context=True)
def settings_pages(context: Context) -> list[tuple[SettingsPage, str, bool]]:
    """Return (page, URL, is current) of each page of the settings the person may open.

    Belongs to the shell "organizations/organization_settings/shell.html"; `settings_place` in the context names
    the page to be marked when it is not the one that was asked for.
    """
    request = context["request"]
    slug = request.organization.slug
    here = context.get("settings_place") or request.resolver_match.view_name
    return [
        (page, reverse(page.url_name, args=[slug]), here == page.url_name or here in page.covers)
        for page in sorted(registry.settings_pages, key=lambda page: page.order)
        if page.visible(request.actor)
    ]


@register.inclusion_tag("organizations/people/_badges.html")
def member_badges(member: Any) -> dict[str, Any]:
    """Pills that say what a person is here: not joined yet, administrator, deactivated."""
    return {"member": member}
