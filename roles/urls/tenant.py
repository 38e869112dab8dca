"""Pages of roles, below `/o/<slug>/`."""

from roles.urls import certificate, coach_profile, community, coverage, profile, raci

app_name = "roles"
urlpatterns = [
    *coverage.urlpatterns,
    *coach_profile.urlpatterns,
    *certificate.urlpatterns,
    *profile.urlpatterns,
    *raci.urlpatterns,
    *community.urlpatterns,
]
