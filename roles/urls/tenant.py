"""Pages of roles, below `/o/<slug>/`."""

from roles.urls import raci

app_name = "roles"
urlpatterns = [
    *raci.urlpatterns,
]
