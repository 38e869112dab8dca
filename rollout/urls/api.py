"""Addresses of rollouts in the API."""

from rest_framework.routers import SimpleRouter

from rollout.api.part import (
    CriterionViewSet,
    PlanKeyResultViewSet,
    PlanMilestoneViewSet,
    PlanPhaseViewSet,
    PlanTaskViewSet,
    RiskViewSet,
    WaveViewSet,
)
from rollout.api.plan import RolloutPlanViewSet

app_name = "rollout_api"

router = SimpleRouter(use_regex_path=False)
router.register("rollout-plans", RolloutPlanViewSet, basename="rollout-plan")
router.register("plan-phases", PlanPhaseViewSet, basename="plan-phase")
router.register("waves", WaveViewSet, basename="wave")
router.register("criteria", CriterionViewSet, basename="criterion")
router.register("plan-tasks", PlanTaskViewSet, basename="plan-task")
router.register("plan-milestones", PlanMilestoneViewSet, basename="plan-milestone")
router.register("risks", RiskViewSet, basename="risk")
router.register("plan-key-results", PlanKeyResultViewSet, basename="plan-key-result")

urlpatterns = router.urls
