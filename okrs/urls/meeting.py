"""Check-in meetings of teams."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import meeting

_TEAM = "teams/<slug:team_slug>/meetings"
_MEETING = "meetings/<uuid:meeting_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_TEAM}/", meeting.meetings, name="meetings"),
    path(f"{_TEAM}/start/", meeting.meeting_start, name="meeting_start"),
    path(f"{_MEETING}/", meeting.meeting, name="meeting"),
    path(f"{_MEETING}/notes/", meeting.meeting_note, name="meeting_note"),
    path(f"{_MEETING}/end/", meeting.meeting_end, name="meeting_end"),
]
