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
from rollout.api.readiness import (
    BarrierCollectionViewSet,
    BarrierCommentViewSet,
    BarrierViewSet,
    PilotDecisionViewSet,
)

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
router.register("barrier-collections", BarrierCollectionViewSet, basename="barrier-collection")
router.register("barriers", BarrierViewSet, basename="barrier")
router.register("barrier-comments", BarrierCommentViewSet, basename="barrier-comment")
router.register("pilot-decisions", PilotDecisionViewSet, basename="pilot-decision")

urlpatterns = router.urls
