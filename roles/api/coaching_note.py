"""Notes about the coaching of one person in the API; only for the two of them."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from roles import permissions
from roles.api.coach_profile import SCOPES
from roles.domain import coaching_note as domain
from roles.models import CoachingNote
from roles.queries.coaching_note import coachings, readable_notes


class CoachingNoteSerializer(RowSerializer):
    coaching = serializers.UUIDField(
        source="assignment_id", read_only=True, help_text="The assignment of the coach to the person."
    )

    class Meta:
        model = CoachingNote
        fields = ["id", "coaching", "text", "is_shared", "created_at", "updated_at"]
        read_only_fields = fields


class CoachingNotePatch(InputSerializer):
    text = serializers.CharField(max_length=20_000)
    is_shared = serializers.BooleanField(required=False, help_text="Whether the person coached reads it too.")


class CoachingNoteInput(CoachingNotePatch):
    coaching = related(coachings())


class CoachingNoteFilter(django_filters.FilterSet):
    coaching = django_filters.UUIDFilter(field_name="assignment_id")

    class Meta:
        model = CoachingNote
        fields: list[str] = []


class CoachingNoteViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """What a coach writes down about the coaching of one person: one's own notes, and those shared with oneself."""

    queryset = CoachingNote.objects.all()
    serializer_class = CoachingNoteSerializer
    filterset_class = CoachingNoteFilter
    scopes = SCOPES
    singular, plural = "coaching note", "coaching notes"

    def get_queryset(self) -> Any:
        """Return the notes whoever asks may read; for everybody else there are none."""
        return readable_notes(self.actor).select_related("assignment")

    @extend_schema(request=CoachingNoteInput, responses={201: CoachingNoteSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Write a note, for oneself unless it is shared."""
        values = self.validated(CoachingNoteInput)
        coaching = values.pop("coaching")
        self.authorized(permissions.write_notes(self.actor, coaching))
        note = domain.write_note(actor=self.actor, assignment=coaching, **values)
        return Response(self.shown(note), status=status.HTTP_201_CREATED)

    @extend_schema(request=CoachingNotePatch, responses=CoachingNoteSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a note, share it or keep it to oneself again."""
        note = self._own()
        values = {"text": note.text, "is_shared": note.is_shared, **self.validated(CoachingNotePatch, partial=True)}
        return Response(self.shown(domain.update_note(actor=self.actor, note=note, **values)))

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove a note for good."""
        domain.remove_note(actor=self.actor, note=self._own())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _own(self) -> CoachingNote:
        note: CoachingNote = self.get_object()
        self.authorized(permissions.write_notes(self.actor, note.assignment))
        return note
