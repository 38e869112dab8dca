"""Pages of roles, below `/o/<slug>/`."""

from roles.urls import profile, raci

app_name = "roles"
urlpatterns = [
    *profile.urlpatterns,
    *raci.urlpatterns,
]
