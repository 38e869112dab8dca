"""Addresses of roles in the API."""

from rest_framework.routers import SimpleRouter

import roles.urls.converters  # noqa: F401 # names of roles in addresses
from roles.api.assignment import RoleAssignmentViewSet
from roles.api.certificate import CertificateViewSet
from roles.api.coach_profile import CoachProfileViewSet
from roles.api.coaching_note import CoachingNoteViewSet
from roles.api.coverage import CoachLoadViewSet, CoverageViewSet
from roles.api.exception import CoachExceptionViewSet
from roles.api.post import PostCommentViewSet, PostViewSet
from roles.api.profile import QualificationViewSet, RoleProfileViewSet
from roles.api.question import QuestionViewSet
from roles.api.raci import RaciActivityViewSet, RaciPersonViewSet
from roles.api.who_is_who import WhoIsWhoViewSet

app_name = "roles_api"

router = SimpleRouter(use_regex_path=False)
router.register("role-assignments", RoleAssignmentViewSet, basename="role-assignment")
router.register("role-profiles", RoleProfileViewSet, basename="role-profile")
router.register("qualifications", QualificationViewSet, basename="qualification")
router.register("raci-activities", RaciActivityViewSet, basename="raci-activity")
router.register("raci-persons", RaciPersonViewSet, basename="raci-person")
router.register("posts", PostViewSet, basename="post")
router.register("post-comments", PostCommentViewSet, basename="post-comment")
router.register("coach-profiles", CoachProfileViewSet, basename="coach-profile")
router.register("certificates", CertificateViewSet, basename="certificate")
router.register("coaching-notes", CoachingNoteViewSet, basename="coaching-note")
router.register("coach-exceptions", CoachExceptionViewSet, basename="coach-exception")
router.register("questions", QuestionViewSet, basename="question")
router.register("coverage", CoverageViewSet, basename="coverage")
router.register("coach-loads", CoachLoadViewSet, basename="coach-load")
router.register("who-is-who", WhoIsWhoViewSet, basename="who-is-who")

urlpatterns = router.urls
