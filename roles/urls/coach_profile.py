"""Coaches and their profiles."""

from django.urls import URLPattern, URLResolver, path

from roles.views import coach_profile

urlpatterns: list[URLPattern | URLResolver] = [
    path("coaching/coaches/", coach_profile.coaches, name="coaches"),
    path("coaching/coaches/<uuid:coach_id>/", coach_profile.coach, name="coach"),
    path("coaching/coaches/<uuid:coach_id>/edit/", coach_profile.coach_edit, name="coach_edit"),
]
