"""Check-in meetings of teams in the API."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.api.views import TenantViewSet
from okrs import permissions
from okrs.api.scopes import OKRS
from okrs.domain import meeting as domain
from okrs.enums import NoteKind
from okrs.models import Cycle, KeyResult, Meeting, MeetingNote
from okrs.queries.meeting import notes_of
from organizations.api.idempotency import idempotent
from organizations.models import Team


class MeetingSerializer(RowSerializer):
    team = serializers.UUIDField(source="team_id", read_only=True)
    cycle = serializers.UUIDField(source="cycle_id", read_only=True)
    started_by = serializers.UUIDField(source="started_by_id", read_only=True, allow_null=True)

    class Meta:
        model = Meeting
        fields = ["id", "team", "cycle", "started_by", "started_at", "ended_at", "summary"]
        read_only_fields = fields


class MeetingInput(InputSerializer):
    team = related(Team.objects.current())
    cycle = related(Cycle.objects.current())


class MeetingEnd(InputSerializer):
    summary = serializers.CharField(max_length=domain.LONGEST_SUMMARY, help_text="Markdown.")


class MeetingNoteSerializer(RowSerializer):
    key_result = serializers.UUIDField(source="key_result_id", read_only=True, allow_null=True)
    author = serializers.UUIDField(source="author_id", read_only=True, allow_null=True)

    class Meta:
        model = MeetingNote
        fields = ["id", "key_result", "kind", "text", "author", "at"]
        read_only_fields = fields


class MeetingNoteInput(InputSerializer):
    text = serializers.CharField(max_length=domain.LONGEST_NOTE)
    kind = serializers.ChoiceField(choices=NoteKind.choices, default=NoteKind.NOTE)
    key_result = related(KeyResult.objects.current(), required=False, allow_null=True)


class MeetingFilter(django_filters.FilterSet):
    team = django_filters.UUIDFilter(field_name="team_id")
    cycle = django_filters.UUIDFilter(field_name="cycle_id")

    class Meta:
        model = Meeting
        fields: tuple[str, ...] = ()


class MeetingViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Check-in meetings. Their summaries are for everybody, what was written down on the way for the team."""

    queryset = Meeting.objects.all()
    serializer_class = MeetingSerializer
    filterset_class = MeetingFilter
    scopes = OKRS
    singular, plural = "check-in meeting", "check-in meetings"

    @extend_schema(request=MeetingInput, responses={201: MeetingSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Begin the meeting of a team; answers with the one that is open."""
        values = self.validated(MeetingInput)
        self.authorized(permissions.hold_meeting(self.actor, values["team"]))
        begun = domain.start_meeting(actor=self.actor, **values)
        return Response(self.shown(begun), status=status.HTTP_201_CREATED)

    @extend_schema(request=MeetingEnd, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, **kwargs: Any) -> Response:
        """End a meeting and post its summary."""
        found = self._held()
        values = self.validated(MeetingEnd)
        return Response(self.shown(domain.end_meeting(actor=self.actor, meeting=found, **values)))

    @extend_schema(responses=MeetingNoteSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"])
    def notes(self, request: Request, **kwargs: Any) -> Response:
        """List the notes and decisions of a meeting, as they came."""
        page = self.paginate_queryset(notes_of(self._held()))
        return self.get_paginated_response(MeetingNoteSerializer(page, many=True).data)

    @extend_schema(request=MeetingNoteInput, responses={201: MeetingNoteSerializer})
    @notes.mapping.post
    @idempotent
    def add_note(self, request: Request, **kwargs: Any) -> Response:
        """Write down a note or a decision."""
        found = self._held()
        note = domain.add_note(actor=self.actor, meeting=found, **self.validated(MeetingNoteInput))
        return Response(MeetingNoteSerializer(note).data, status=status.HTTP_201_CREATED)

    def _held(self) -> Meeting:
        found: Meeting = self.get_object()
        self.authorized(permissions.hold_meeting(self.actor, found.team))
        return found
