"""Pages of roles, below `/o/<slug>/`."""

from roles.urls import certificate, coach_profile, community, conflict, coverage, profile, raci

app_name = "roles"
urlpatterns = [
    *coverage.urlpatterns,
    *coach_profile.urlpatterns,
    *certificate.urlpatterns,
    *conflict.urlpatterns,
    *profile.urlpatterns,
    *raci.urlpatterns,
    *community.urlpatterns,
]
