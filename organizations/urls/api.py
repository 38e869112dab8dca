"""Addresses of people, teams and the organization in the API."""

from rest_framework.routers import SimpleRouter

from organizations.api.organization import (
    AuditViewSet,
    InvitationViewSet,
    PausePeriodViewSet,
    PriorityViewSet,
    SettingsViewSet,
    TokenViewSet,
)
from organizations.api.people import MemberViewSet, TeamViewSet

app_name = "organizations_api"

router = SimpleRouter(use_regex_path=False)
router.register("members", MemberViewSet, basename="member")
router.register("teams", TeamViewSet, basename="team")
router.register("settings", SettingsViewSet, basename="settings")
router.register("priorities", PriorityViewSet, basename="priority")
router.register("pause-periods", PausePeriodViewSet, basename="pause-period")
router.register("invitations", InvitationViewSet, basename="invitation")
router.register("tokens", TokenViewSet, basename="token")
router.register("audit", AuditViewSet, basename="audit")

urlpatterns = router.urls
