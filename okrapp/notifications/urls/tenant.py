"""Pages of notifications, below `/o/<slug>/`."""

from django.urls import URLPattern, URLResolver, path

from okrapp.notifications.views import chat, delivery, endpoint, inbox, preference

app_name = "notifications"
urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/", inbox.inbox_page, name="inbox"),
    path("inbox/read/", inbox.read_all, name="read_all"),
    path("inbox/unread/", inbox.unread_many, name="unread_many"),
    path("inbox/settings/", preference.preferences, name="preferences"),
    path("inbox/settings/test/", preference.test_message, name="test_message"),
    path("inbox/unsubscribe/<str:unsubscribe_token>/", preference.unsubscribe, name="unsubscribe"),
    path("inbox/<uuid:notification_id>/", inbox.open_notification, name="notification"),
    path("inbox/<uuid:notification_id>/read/", inbox.mark, name="mark"),
    path("inbox/settings/chats/<slug:chat>/", chat.chat_connect, name="chat_connect"),
    path("inbox/settings/chats/<slug:chat>/remove/", chat.chat_disconnect, name="chat_disconnect"),
    path("settings/notifications/", preference.defaults, name="defaults"),
    path("settings/connections/", endpoint.connections, name="connections"),
    path("settings/connections/webhooks/new/", endpoint.webhook_create, name="webhook_create"),
    path("settings/connections/rooms/new/", endpoint.room_create, name="room_create"),
    path("settings/connections/<uuid:endpoint_id>/", endpoint.endpoint_page, name="endpoint"),
    path("settings/connections/<uuid:endpoint_id>/secret/", endpoint.endpoint_rotate, name="endpoint_rotate"),
    path("settings/connections/<uuid:endpoint_id>/switch/", endpoint.endpoint_switch, name="endpoint_switch"),
    path("settings/connections/<uuid:endpoint_id>/remove/", endpoint.endpoint_remove, name="endpoint_remove"),
    path("settings/connections/<uuid:endpoint_id>/test/", endpoint.endpoint_ping, name="endpoint_ping"),
    path("settings/connections/<uuid:endpoint_id>/log/", delivery.delivery_log, name="delivery_log"),
    path("settings/connections/<uuid:endpoint_id>/again/", delivery.replay_failed, name="replay_failed"),
    path("settings/connections/log/<uuid:delivery_id>/", delivery.delivery_page, name="delivery"),
    path("settings/connections/log/<uuid:delivery_id>/again/", delivery.delivery_replay, name="delivery_replay"),
]
