"""Pages of notifications, below `/o/<slug>/`."""

from django.urls import URLPattern, URLResolver, path

from okrapp.notifications.views import inbox, preference

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
    path("settings/notifications/", preference.defaults, name="defaults"),
]
