"""Coverage, load, and who could coach a team."""

from django.urls import URLPattern, URLResolver, path

from roles.views import coach_proposal, coverage

urlpatterns: list[URLPattern | URLResolver] = [
    path("coaching/coverage/", coverage.coverage, name="coverage"),
    path("coaching/coverage/<slug:team_slug>/", coach_proposal.coach_proposal, name="coach_proposal"),
]
