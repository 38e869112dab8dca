"""Team pages, the organization's own objectives, and what a coach's teams need."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import coach_home, team, team_week

urlpatterns: list[URLPattern | URLResolver] = [
    path("organization/", team.organization, name="organization"),
    path("teams/<slug:team_slug>/", team.team, name="team"),
    path("teams/<slug:team_slug>/week/", team_week.team_week, name="team_week"),
    path("coaching/", coach_home.coach_home, name="coach_home"),
]
