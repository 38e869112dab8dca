"""Pages of rollouts, below `/o/<slug>/`."""

from rollout.urls import budget, course, messages, people, plan, readiness

app_name = "rollout"
urlpatterns = [
    *plan.urlpatterns,
    *readiness.urlpatterns,
    *people.urlpatterns,
    *budget.urlpatterns,
    *messages.urlpatterns,
    *course.urlpatterns,
]
