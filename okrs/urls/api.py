"""Addresses of OKRs in the API."""

from rest_framework.routers import SimpleRouter

from okrs.api.alignment import AlignmentViewSet
from okrs.api.alignment_request import AlignmentRequestViewSet
from okrs.api.check_in import CheckInViewSet
from okrs.api.comment import CommentViewSet, MentionViewSet
from okrs.api.cycle import CycleViewSet
from okrs.api.dependency import DependencyViewSet
from okrs.api.example import ExampleViewSet
from okrs.api.initiative import InitiativeViewSet
from okrs.api.key_result import KeyResultViewSet
from okrs.api.kudos import KudosViewSet
from okrs.api.meeting import MeetingViewSet
from okrs.api.objective import ObjectiveViewSet
from okrs.api.proposal import ProposalViewSet
from okrs.api.quality import QualityCheckViewSet
from okrs.api.retrospective import RetroActionViewSet, RetroCardViewSet, RetrospectiveViewSet
from okrs.api.review import ReviewViewSet
from okrs.api.team_week import TeamWeekViewSet

app_name = "okrs_api"

router = SimpleRouter(use_regex_path=False)
router.register("cycles", CycleViewSet, basename="cycle")
router.register("objectives", ObjectiveViewSet, basename="objective")
router.register("team-weeks", TeamWeekViewSet, basename="team-week")
router.register("key-results", KeyResultViewSet, basename="key-result")
router.register("check-ins", CheckInViewSet, basename="check-in")
router.register("comments", CommentViewSet, basename="comment")
router.register("kudos", KudosViewSet, basename="kudos")
router.register("proposals", ProposalViewSet, basename="proposal")
router.register("mentions", MentionViewSet, basename="mention")
router.register("alignments", AlignmentViewSet, basename="alignment")
router.register("alignment-requests", AlignmentRequestViewSet, basename="alignment-request")
router.register("dependencies", DependencyViewSet, basename="dependency")
router.register("initiatives", InitiativeViewSet, basename="initiative")
router.register("meetings", MeetingViewSet, basename="meeting")
router.register("examples", ExampleViewSet, basename="example")
router.register("reviews", ReviewViewSet, basename="review")
router.register("retrospectives", RetrospectiveViewSet, basename="retrospective")
router.register("retro-cards", RetroCardViewSet, basename="retro-card")
router.register("retro-actions", RetroActionViewSet, basename="retro-action")
router.register("quality-checks", QualityCheckViewSet, basename="quality-check")

urlpatterns = router.urls
