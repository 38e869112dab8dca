"""Notifications for programs, below `/api/v1/o/<slug>/`."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from okrapp.notifications.api.endpoint import ChatRoomViewSet, ChatViewSet, WebhookViewSet
from okrapp.notifications.api.notification import NotificationSettingsViewSet, NotificationViewSet

app_name = "notifications_api"

router = SimpleRouter(use_regex_path=False)
router.register("webhooks", WebhookViewSet, basename="webhook")
router.register("chat-rooms", ChatRoomViewSet, basename="chat-room")
router.register("notifications", NotificationViewSet, basename="notification")

urlpatterns = [
    *router.urls,
    path(
        "chats/<slug:chat>/",
        ChatViewSet.as_view({"get": "retrieve", "put": "update", "delete": "destroy"}),
        name="chat",
    ),
    path(
        "notification-settings/",
        NotificationSettingsViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="notification-settings",
    ),
]
