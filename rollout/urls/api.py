"""Addresses of rollouts in the API."""

from rest_framework.routers import SimpleRouter

from rollout.api.budget import BudgetLineViewSet
from rollout.api.buy_in import BuyInViewSet, LeaderCommitmentViewSet, LeaderInvitationViewSet
from rollout.api.course import CourseSessionViewSet, CourseViewSet, EnrolmentViewSet
from rollout.api.disclosure import DisclosedStakeholderViewSet, DisclosureRequestViewSet
from rollout.api.message import PlannedMessageViewSet, SentMessageViewSet
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
from rollout.api.stakeholder import StakeholderConcernViewSet, StakeholderViewSet
from rollout.api.talk import EscalationViewSet, PlanCommentViewSet

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
router.register("stakeholders", StakeholderViewSet, basename="stakeholder")
router.register("stakeholder-concerns", StakeholderConcernViewSet, basename="stakeholder-concern")
router.register("disclosure-requests", DisclosureRequestViewSet, basename="disclosure-request")
router.register("disclosed-stakeholders", DisclosedStakeholderViewSet, basename="disclosed-stakeholder")
router.register("leader-invitations", LeaderInvitationViewSet, basename="leader-invitation")
router.register("leader-commitments", LeaderCommitmentViewSet, basename="leader-commitment")
router.register("buy-ins", BuyInViewSet, basename="buy-in")
router.register("budget-lines", BudgetLineViewSet, basename="budget-line")
router.register("escalations", EscalationViewSet, basename="escalation")
router.register("plan-comments", PlanCommentViewSet, basename="plan-comment")
router.register("planned-messages", PlannedMessageViewSet, basename="planned-message")
router.register("sent-messages", SentMessageViewSet, basename="sent-message")
router.register("courses", CourseViewSet, basename="course")
router.register("course-sessions", CourseSessionViewSet, basename="course-session")
router.register("enrolments", EnrolmentViewSet, basename="enrolment")

urlpatterns = router.urls
