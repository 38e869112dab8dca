"""Addresses of roles in the API."""

from rest_framework.routers import SimpleRouter

from roles.api.raci import RaciActivityViewSet, RaciPersonViewSet

app_name = "roles_api"

router = SimpleRouter(use_regex_path=False)
router.register("raci-activities", RaciActivityViewSet, basename="raci-activity")
router.register("raci-persons", RaciPersonViewSet, basename="raci-person")

urlpatterns = router.urls
