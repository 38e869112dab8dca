"""Pages of rollouts, below `/o/<slug>/`."""

from rollout.urls import plan

app_name = "rollout"
urlpatterns = [*plan.urlpatterns]
