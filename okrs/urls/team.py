"""Team pages, the organization's own objectives, and what a coach's teams need."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import coach_home, team

urlpatterns: list[URLPattern | URLResolver] = [
    path("organization/", team.organization, name="organization"),
    path("teams/<slug:team_slug>/", team.team, name="team"),
    path("coaching/", coach_home.coach_home, name="coach_home"),
]
