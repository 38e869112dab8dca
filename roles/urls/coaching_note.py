"""Notes about the coaching of one person."""

from django.urls import URLPattern, URLResolver, path

from roles.views import coaching_note

urlpatterns: list[URLPattern | URLResolver] = [
    path("coaching/persons/<uuid:coaching_id>/", coaching_note.coaching_notes, name="coaching_notes"),
    path("coaching/notes/<uuid:note_id>/", coaching_note.coaching_note_edit, name="coaching_note_edit"),
    path("coaching/notes/<uuid:note_id>/remove/", coaching_note.coaching_note_remove, name="coaching_note_remove"),
]
