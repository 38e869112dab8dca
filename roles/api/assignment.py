"""Who holds which role, who is proposed, and what those asked said, in the API."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from organizations.enums import Role, Scope
from organizations.errors import Refused, at_field
from organizations.models import Membership, Team
from organizations.queries.settings import day_there
from roles import permissions
from roles.domain import assignment as domain
from roles.enums import AssignmentState, Side
from roles.forms.assignment import LONGEST_REASON
from roles.models import AssignmentAnswer, RoleAssignment
from roles.queries.assignment import with_answers
from roles.queries.assignment_sight import readable_assignments

SCOPES = {
    "GET": (Scope.PEOPLE_READ,),
    "POST": (Scope.PEOPLE_WRITE,),
    "PATCH": (Scope.PEOPLE_WRITE,),
}


class AssignmentAnswerSerializer(RowSerializer):
    """What one of those asked said to a proposed coach."""

    member = serializers.UUIDField(
        source="answered_by_id", read_only=True, allow_null=True, help_text="Who answered, or is asked."
    )
    agrees = serializers.BooleanField(read_only=True, allow_null=True, help_text="Null: not answered yet.")

    class Meta:
        model = AssignmentAnswer
        fields = ["side", "agrees", "member", "answered_at"]
        read_only_fields = fields


class RoleAssignmentSerializer(RowSerializer):
    member = serializers.UUIDField(source="membership_id", read_only=True)
    team = serializers.UUIDField(
        source="team_id", read_only=True, allow_null=True, help_text="With everything under it. Null: see person."
    )
    person = serializers.UUIDField(
        source="person_id",
        read_only=True,
        allow_null=True,
        help_text="Whom a coach is there for alone. Without team and person it is the whole organization.",
    )
    proposed_by = serializers.UUIDField(source="proposed_by_id", read_only=True, allow_null=True)
    reason = serializers.CharField(read_only=True, help_text="Why it ended before its day, or was declined.")
    answers = serializers.SerializerMethodField()

    class Meta:
        model = RoleAssignment
        fields = [
            "id",
            "role",
            "member",
            "team",
            "person",
            "state",
            "is_external",
            "starts_on",
            "ends_on",
            "proposed_by",
            "reason",
            "answers",
        ]
        read_only_fields = fields

    @extend_schema_field(AssignmentAnswerSerializer(many=True))
    def get_answers(self, assignment: RoleAssignment) -> Any:
        """Return what those asked said, which has been read with the assignment."""
        return AssignmentAnswerSerializer(assignment.answers.all(), many=True).data


class RoleAssignmentPatch(InputSerializer):
    starts_on = serializers.DateField(required=False)
    ends_on = serializers.DateField(required=False, allow_null=True, help_text="The last day. Null: nobody knows yet.")
    is_external = serializers.BooleanField(required=False)


class RoleAssignmentInput(RoleAssignmentPatch):
    role = serializers.ChoiceField(choices=Role.choices)
    member = related(Membership.objects.active())
    team = related(
        Team.objects.current(), required=False, allow_null=True, help_text="Left out: the whole organization."
    )
    person = related(
        Membership.objects.active(), required=False, allow_null=True, help_text="Whom a coach is there for alone."
    )


class AssignmentAnswerInput(InputSerializer):
    side = serializers.ChoiceField(choices=Side.choices, help_text="For whom you answer.")
    agrees = serializers.BooleanField()
    reason = serializers.CharField(
        max_length=LONGEST_REASON, required=False, allow_blank=True, help_text="Needed for a no."
    )


class AssignmentEndInput(InputSerializer):
    reason = serializers.CharField(max_length=LONGEST_REASON, required=False, allow_blank=True)


class RoleAssignmentFilter(django_filters.FilterSet):
    role = django_filters.ChoiceFilter(choices=Role.choices)
    team = django_filters.UUIDFilter(field_name="team_id")
    member = django_filters.UUIDFilter(field_name="membership_id")
    state = django_filters.ChoiceFilter(choices=AssignmentState.choices)
    current = django_filters.BooleanFilter(method="in_force", label="True: only those in force today.")

    class Meta:
        model = RoleAssignment
        fields: list[str] = []

    def in_force(self, queryset: Any, name: str, value: bool) -> Any:
        """Keep those in force today, if asked."""
        return queryset.current(day_there()) if value else queryset


class RoleAssignmentViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Who holds which role is for everybody; proposals, history and the coaching of one person for those concerned."""

    queryset = RoleAssignment.objects.all()
    serializer_class = RoleAssignmentSerializer
    filterset_class = RoleAssignmentFilter
    scopes = SCOPES
    singular, plural = "role assignment", "role assignments"

    def get_queryset(self) -> Any:
        """Return what whoever asks may read; one by its id is refused with a reason."""
        return with_answers(readable_assignments(self.actor) if self.action == "list" else super().get_queryset())

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Get a role assignment."""
        return Response(self.shown(self._readable()))

    @extend_schema(request=RoleAssignmentInput, responses={201: RoleAssignmentSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Give a role; a coach is proposed, and in force once everybody asked has agreed."""
        values = self.validated(RoleAssignmentInput)
        member, team = values.pop("member"), values.get("team")
        if values["role"] == Role.COACH:
            self.authorized(permissions.propose_coach(self.actor, member, team, values.get("person")))
        else:
            self.authorized(permissions.assign_role(self.actor, values["role"], team))
        try:
            made = domain.assign_role(actor=self.actor, membership=member, **values)
        except Refused as refused:
            raise at_field(refused, "membership", "member") from refused
        return self._told(made, status.HTTP_201_CREATED)

    @extend_schema(request=RoleAssignmentPatch, responses=RoleAssignmentSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change its days, and whether its holder is external."""
        one: RoleAssignment = self.get_object()
        self.authorized(permissions.edit_assignment(self.actor, one))
        changes = self.validated(RoleAssignmentPatch, partial=True)
        return self._told(domain.update_assignment(actor=self.actor, assignment=one, changes=changes))

    @extend_schema(request=AssignmentAnswerInput, responses=RoleAssignmentSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, **kwargs: Any) -> Response:
        """Say yes to a proposed coach, or no with a reason."""
        one = self._readable()
        values = self.validated(AssignmentAnswerInput)
        self.authorized(permissions.answer_assignment(self.actor, one, values["side"]))
        return self._told(domain.answer(actor=self.actor, assignment=one, **values))

    @extend_schema(request=AssignmentEndInput, responses=RoleAssignmentSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, **kwargs: Any) -> Response:
        """End a role today, or withdraw a proposal."""
        one: RoleAssignment = self.get_object()
        self.authorized(permissions.end_assignment(self.actor, one))
        values = self.validated(AssignmentEndInput)
        return self._told(domain.end_assignment(actor=self.actor, assignment=one, **values))

    @extend_schema(request=None, responses=RoleAssignmentSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, **kwargs: Any) -> Response:
        """Take back that a role was ended, or a proposal withdrawn."""
        one: RoleAssignment = self.get_object()
        self.authorized(permissions.resume_assignment(self.actor, one))
        return self._told(domain.resume_assignment(actor=self.actor, assignment=one))

    def _readable(self) -> RoleAssignment:
        one: RoleAssignment = self.get_object()
        self.authorized(permissions.see_assignment(self.actor, one))
        return one

    def _told(self, one: RoleAssignment, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.shown(with_answers(RoleAssignment.objects.all()).get(pk=one.pk)), status=code)
