"""What every page needs."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from okrapp.web.wording import in_own_label
from organizations.registry import registry

SETTINGS_PAGE = "organizations:settings"


@dataclass(slots=True)
class NavigationPage:
    label: str
    url: str
    icon: str
    key: str
    current: bool
    badge: int


@dataclass(slots=True)
class NavigationTeam:
    name: str
    url: str
    hue: int
    current: bool


@dataclass(slots=True)
class Navigation:
    """The sidebar: pages of the organization and the teams of the person."""

    pages: list[NavigationPage] = field(default_factory=list)
    teams: list[NavigationTeam] = field(default_factory=list)


def _navigation(request: Any) -> Navigation:
    actor = request.actor
    if actor is None:
        return Navigation()
    slug = request.organization.slug
    here = request.resolver_match.view_name if request.resolver_match else ""
    # On every page of the settings, whichever app it belongs to, the settings are where one is.
    settings_places = {name for page in registry.settings_pages for name in (page.url_name, *page.covers)}
    pages = [
        NavigationPage(
            label=in_own_label(page.label),
            url=reverse(page.url_name, args=[slug]),
            icon=page.icon,
            key=page.key,
            current=here == page.url_name
            or here in page.covers
            or (page.url_name == SETTINGS_PAGE and here in settings_places),
            badge=page.badge(actor),
        )
        for page in sorted(registry.pages, key=lambda page: page.order)
        if page.visible(actor)
    ]
    teams = []
    for team in actor.teams:
        url = reverse("okrs:team", args=[slug, team.slug])
        teams.append(NavigationTeam(team.name, url, team.hue, request.path.startswith(url)))
    return Navigation(pages, teams)


def interface(request: Any) -> dict[str, Any]:
    """Return the sidebar (made when a template asks for it), theme, shortcuts and demo mode."""
    user: Any = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    # The button in the sidebar writes the cookie: on this device it goes before the profile, which writes both.
    theme = request.COOKIES.get("theme", "") or (user.theme if signed_in else "")
    return {
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "theme": theme if theme in {"light", "dark"} else "",
        "shortcuts_enabled": user.single_key_shortcuts if signed_in else True,
        "demo": settings.DEMO,
    }
