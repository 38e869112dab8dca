"""Requests between teams, in the API."""

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
from okrs.domain import alignment_request as domain
from okrs.enums import RequestState
from okrs.models import AlignmentRequest, Cycle, Objective
from organizations.api.idempotency import idempotent
from organizations.models import Team


class AlignmentRequestSerializer(RowSerializer):
    objective = serializers.UUIDField(source="objective_id", read_only=True)
    team = serializers.UUIDField(source="team_id", read_only=True)
    asked_by = serializers.UUIDField(source="asked_by_id", read_only=True, allow_null=True)
    answered_by = serializers.UUIDField(source="answered_by_id", read_only=True, allow_null=True)
    contribution = serializers.UUIDField(source="contribution_id", read_only=True, allow_null=True)

    class Meta:
        model = AlignmentRequest
        fields = [
            "id",
            "objective",
            "team",
            "message",
            "state",
            "asked_by",
            "asked_at",
            "answer",
            "answered_by",
            "answered_at",
            "contribution",
        ]
        read_only_fields = fields


class AlignmentRequestInput(InputSerializer):
    objective = related(Objective.objects.current(), help_text="Of the team that asks.")
    team = related(Team.objects.current(), help_text="The team that is asked.")
    message = serializers.CharField(max_length=2000)


class AcceptInput(InputSerializer):
    contribution = related(Objective.objects.current(), required=False, allow_null=True)
    title = serializers.CharField(required=False, allow_blank=True, max_length=500, help_text="For a new objective.")
    cycle = related(Cycle.objects.current(), required=False, allow_null=True)
    answer = serializers.CharField(required=False, allow_blank=True, max_length=2000)


class DeclineInput(InputSerializer):
    reason = serializers.CharField(max_length=2000)


class AlignmentRequestFilter(django_filters.FilterSet):
    objective = django_filters.UUIDFilter(field_name="objective_id")
    team = django_filters.UUIDFilter(field_name="team_id")
    state = django_filters.ChoiceFilter(choices=RequestState.choices)

    class Meta:
        model = AlignmentRequest
        fields: tuple[str, ...] = ()


class AlignmentRequestViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """One team asks another to contribute to an objective."""

    queryset = AlignmentRequest.objects.all()
    serializer_class = AlignmentRequestSerializer
    filterset_class = AlignmentRequestFilter
    scopes = OKRS
    singular, plural = "alignment request", "alignment requests"

    @extend_schema(request=AlignmentRequestInput, responses={201: AlignmentRequestSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Ask a team."""
        values = self.validated(AlignmentRequestInput)
        self.authorized(permissions.edit_objective(self.actor, values["objective"]))
        return Response(self.shown(domain.ask_team(actor=self.actor, **values)), status=status.HTTP_201_CREATED)

    @extend_schema(request=AcceptInput, responses=AlignmentRequestSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, **kwargs: Any) -> Response:
        """Say yes, with an objective that contributes, a title for a new one, or neither yet."""
        found = self._to_answer()
        return Response(
            self.shown(domain.accept_request(actor=self.actor, request=found, **self.validated(AcceptInput)))
        )

    @extend_schema(request=DeclineInput, responses=AlignmentRequestSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, **kwargs: Any) -> Response:
        """Say no, with a reason."""
        found = self._to_answer()
        return Response(
            self.shown(domain.decline_request(actor=self.actor, request=found, **self.validated(DeclineInput)))
        )

    @extend_schema(request=None, responses=AlignmentRequestSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, **kwargs: Any) -> Response:
        """Take a request back that nobody has answered."""
        found = self.get_object()
        self.authorized(permissions.edit_objective(self.actor, found.objective))
        return Response(self.shown(domain.withdraw_request(actor=self.actor, request=found)))

    def _to_answer(self) -> AlignmentRequest:
        found: AlignmentRequest = self.get_object()
        self.authorized(permissions.answer_request(self.actor, found))
        return found
