"""Addresses of roles in the API."""

from rest_framework.routers import SimpleRouter

app_name = "roles_api"

router = SimpleRouter(use_regex_path=False)

urlpatterns = router.urls
