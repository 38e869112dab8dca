"""Addresses of people, teams and the organization in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from organizations.api.access import AuditViewSet, InvitationViewSet, TokenViewSet
from organizations.api.imports import ImportViewSet
from organizations.api.organization import PausePeriodViewSet, PriorityViewSet, SettingsViewSet
from organizations.api.people import MemberViewSet, TeamViewSet
from organizations.api.rights import RightViewSet

app_name = "organizations_api"

router = SimpleRouter(use_regex_path=False)
router.register("members", MemberViewSet, basename="member")
router.register("teams", TeamViewSet, basename="team")
router.register("priorities", PriorityViewSet, basename="priority")
router.register("pause-periods", PausePeriodViewSet, basename="pause-period")
router.register("invitations", InvitationViewSet, basename="invitation")
router.register("tokens", TokenViewSet, basename="token")
router.register("audit", AuditViewSet, basename="audit")
router.register("rights", RightViewSet, basename="right")
router.register("imports", ImportViewSet, basename="import")

urlpatterns = [
    *router.urls,
    path("settings/", SettingsViewSet.as_view({"get": "retrieve", "patch": "partial_update"}), name="settings"),
]
