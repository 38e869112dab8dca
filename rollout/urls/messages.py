"""What a rollout tells people: planned messages, the archive, and who has heard nothing."""

from django.urls import URLPattern, URLResolver, path

from rollout.views import message, message_archive, message_doing

_ONE = "rollout/messages/<uuid:planned_message_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("rollout/<uuid:plan_id>/messages/", message.plan_messages, name="plan_messages"),
    path("rollout/<uuid:plan_id>/messages/new/", message.message_create, name="message_create"),
    path("rollout/<uuid:plan_id>/messages/archive/", message_archive.sent_messages_of, name="sent_messages"),
    path("rollout/<uuid:plan_id>/messages/gaps/", message_archive.plan_message_gaps, name="message_gaps"),
    path("rollout/sent/<uuid:sent_message_id>/", message_archive.sent_message, name="sent_message"),
    path(_ONE, message.message, name="message"),
    path(f"{_ONE}edit/", message.message_edit, name="message_edit"),
    path(f"{_ONE}schedule/", message_doing.message_schedule, name="message_schedule"),
    path(f"{_ONE}agree/", message_doing.message_agree, name="message_agree"),
    path(f"{_ONE}return/", message_doing.message_return, name="message_return"),
    path(f"{_ONE}send/", message_doing.message_send, name="message_send"),
    path(f"{_ONE}done/", message_doing.message_done, name="message_done"),
    path(f"{_ONE}undone/", message_doing.message_undone, name="message_undone"),
    path(f"{_ONE}cancel/", message_doing.message_cancel, name="message_cancel"),
    path(f"{_ONE}restore/", message_doing.message_restore, name="message_restore"),
]
