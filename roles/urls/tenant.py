"""Pages of roles, below `/o/<slug>/`."""

app_name = "roles"

urlpatterns: list[object] = []
