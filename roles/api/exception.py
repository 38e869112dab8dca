"""Exceptions from the conflict of interest, and conflicts that came up later, in the API."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from organizations.errors import Refused, at_field
from organizations.models import Membership, Team
from organizations.queries.settings import day_there, local_today
from roles import permissions
from roles.api.coach_profile import SCOPES
from roles.domain import conflict as domain
from roles.models import ConflictException
from roles.queries.conflict import flagged_conflicts


class CoachExceptionSerializer(RowSerializer):
    member = serializers.UUIDField(source="membership_id", read_only=True, help_text="Who may coach.")
    team = serializers.UUIDField(source="team_id", read_only=True, help_text="This team and everything under it.")
    granted_by = serializers.UUIDField(source="granted_by_id", read_only=True, allow_null=True)

    class Meta:
        model = ConflictException
        fields = ["id", "member", "team", "reason", "starts_on", "ends_on", "granted_by", "withdrawn_at"]
        read_only_fields = fields


class CoachExceptionInput(InputSerializer):
    member = related(Membership.objects.active())
    team = related(Team.objects.current())
    reason = serializers.CharField(max_length=1000)
    starts_on = serializers.DateField(required=False, help_text="Left out: today.")
    ends_on = serializers.DateField(help_text="A year at most.")


class CoachExceptionFilter(django_filters.FilterSet):
    member = django_filters.UUIDFilter(field_name="membership_id")
    team = django_filters.UUIDFilter(field_name="team_id")
    current = django_filters.BooleanFilter(method="in_force", label="True: only those in force today.")

    class Meta:
        model = ConflictException
        fields: list[str] = []

    def in_force(self, queryset: Any, name: str, value: bool) -> Any:
        """Keep those in force today, if asked."""
        return queryset.current(day_there()) if value else queryset


class CoachConflictSerializer(serializers.Serializer):
    """A coach of a team or a person who should not be, since something changed after it was agreed."""

    assignment = serializers.UUIDField(source="assignment.pk", read_only=True)
    member = serializers.UUIDField(source="assignment.membership_id", read_only=True)
    team = serializers.UUIDField(source="assignment.team_id", read_only=True, allow_null=True)
    person = serializers.UUIDField(source="assignment.person_id", read_only=True, allow_null=True)
    reason = serializers.CharField(read_only=True)


class CoachExceptionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Somebody may coach a team in their own line until a day, and everybody can read why."""

    queryset = ConflictException.objects.all()
    serializer_class = CoachExceptionSerializer
    filterset_class = CoachExceptionFilter
    scopes = SCOPES
    singular, plural = "coach exception", "coach exceptions"

    @extend_schema(request=CoachExceptionInput, responses={201: CoachExceptionSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Grant an exception."""
        self.authorized(permissions.grant_exceptions(self.actor))
        values = self.validated(CoachExceptionInput)
        member = values.pop("member")
        self.authorized(permissions.grant_exception(self.actor, member, values["team"]))
        try:
            granted = domain.grant_exception(actor=self.actor, membership=member, **values)
        except Refused as refused:
            raise at_field(refused, "membership", "member") from refused
        return Response(self.shown(granted), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=CoachExceptionSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, **kwargs: Any) -> Response:
        """Take an exception back."""
        exception: ConflictException = self.get_object()
        self.authorized(permissions.withdraw_exception(self.actor, exception))
        return Response(self.shown(domain.withdraw_exception(actor=self.actor, exception=exception)))

    @extend_schema(request=None, responses=CoachExceptionSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Let a withdrawn exception stand again."""
        exception = ConflictException.objects.select_related("membership", "team").get(pk=self.get_object().pk)
        self.authorized(permissions.grant_exception(self.actor, exception.membership, exception.team))
        return Response(self.shown(domain.restore_exception(actor=self.actor, exception=exception)))

    @extend_schema(responses=CoachConflictSerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None)
    def conflicts(self, request: Request, **kwargs: Any) -> Response:
        """List coaches who stand against the rule, with the reason; for the Program Lead Office and administrators."""
        self.authorized(permissions.see_roles(self.actor))
        return Response(CoachConflictSerializer(flagged_conflicts(self.actor, local_today()), many=True).data)
