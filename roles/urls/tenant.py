"""Pages of roles, below `/o/<slug>/`."""

from roles.urls import community, coverage, profile, raci

app_name = "roles"
urlpatterns = [
    *coverage.urlpatterns,
    *profile.urlpatterns,
    *raci.urlpatterns,
    *community.urlpatterns,
]
