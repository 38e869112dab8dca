"""Team pages and the organization's own objectives."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import team

urlpatterns: list[URLPattern | URLResolver] = [
    path("organization/", team.organization, name="organization"),
    path("teams/<slug:team_slug>/", team.team, name="team"),
]
