"""Pages of rollouts, below `/o/<slug>/`."""

from rollout.urls import plan, readiness

app_name = "rollout"
urlpatterns = [*plan.urlpatterns, *readiness.urlpatterns]
