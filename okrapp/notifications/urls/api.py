"""Notifications for programs, below `/api/v1/o/<slug>/`."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from okrapp.notifications.api.notification import NotificationSettingsViewSet, NotificationViewSet

app_name = "notifications_api"

router = SimpleRouter(use_regex_path=False)
router.register("notifications", NotificationViewSet, basename="notification")

urlpatterns = [
    *router.urls,
    path(
        "notification-settings/",
        NotificationSettingsViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="notification-settings",
    ),
]
