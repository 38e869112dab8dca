"""Proposals in the API."""

from collections.abc import Callable
from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.filters import CurrentFilter
from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.web.decisions import Decision
from okrs import talk_permissions as talking
from okrs.api.reaction import ReactionsMixin
from okrs.api.scopes import OKRS
from okrs.api.serializers import DECIMAL, ObjectiveSerializer, ReasonInput
from okrs.domain import proposal as domain
from okrs.enums import Level, MetricType, ObjectiveKind, UnitKind
from okrs.models import Cycle, Proposal
from organizations.actor import Actor
from organizations.api.idempotency import idempotent
from organizations.models import Membership, Team

LEVELS = [(level.value, level.label) for level in (Level.ORGANIZATION, Level.TEAM)]


class ProposedKeyResult(InputSerializer):
    title = serializers.CharField(max_length=500)
    metric = serializers.ChoiceField(choices=MetricType.choices, required=False)
    unit_kind = serializers.ChoiceField(choices=UnitKind.choices, required=False)
    unit = serializers.CharField(max_length=24, required=False, allow_blank=True)
    start = serializers.DecimalField(required=False, allow_null=True, **DECIMAL)
    target = serializers.DecimalField(required=False, allow_null=True, **DECIMAL)
    lower = serializers.DecimalField(required=False, allow_null=True, **DECIMAL)
    upper = serializers.DecimalField(required=False, allow_null=True, **DECIMAL)


class ProposalSerializer(RowSerializer):
    team = serializers.UUIDField(source="team_id", read_only=True, allow_null=True)
    key_results = serializers.JSONField(read_only=True, help_text="Fields of key results, numbers as text.")
    proposed_by = serializers.UUIDField(source="proposed_by_id", read_only=True, allow_null=True)
    decided_by = serializers.UUIDField(source="decided_by_id", read_only=True, allow_null=True)

    class Meta:
        model = Proposal
        fields = [
            "id",
            "level",
            "team",
            "title",
            "why",
            "description",
            "kind",
            "key_results",
            "state",
            "proposed_by",
            "created_at",
            "updated_at",
            "decided_by",
            "decided_at",
            "answer",
            "archived_at",
        ]
        read_only_fields = fields


class ProposalInput(InputSerializer):
    title = serializers.CharField(max_length=500)
    level = serializers.ChoiceField(choices=LEVELS, required=False)
    team = related(Team.objects.current(), required=False, allow_null=True)
    why = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    description = serializers.CharField(max_length=20000, required=False, allow_blank=True)
    kind = serializers.ChoiceField(choices=ObjectiveKind.choices, required=False)
    key_results = ProposedKeyResult(many=True, required=False)


class AdoptInput(InputSerializer):
    cycle = related(Cycle.objects.current())
    owner = related(Membership.objects.active(), required=False, allow_null=True)
    title = serializers.CharField(max_length=500, required=False, help_text="Instead of the proposed one.")


class ProposalFilter(CurrentFilter):
    team = django_filters.UUIDFilter(field_name="team_id")

    class Meta:
        model = Proposal
        fields = ["level", "state"]


class ProposalViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ReactionsMixin):
    """An objective without a cycle: proposed from below, or kept for later."""

    queryset = Proposal.objects.all()
    serializer_class = ProposalSerializer
    filterset_class = ProposalFilter
    scopes = OKRS
    singular, plural = "proposal", "proposals"

    def get_queryset(self) -> Any:
        """Load with one proposal what deciding about it needs."""
        queryset = super().get_queryset()
        return queryset if self.action == "list" else queryset.select_related("team__lead", "objective__cycle")

    def may_react(self, thing: Any) -> Decision:
        """Return whether the talk is open to whoever asks."""
        return talking.comment_on_proposal(self.actor, thing)

    @extend_schema(request=ProposalInput, responses={201: ProposalSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Propose an objective to a team or to the organization."""
        proposal = domain.propose(actor=self.actor, **self.validated(ProposalInput))
        return Response(self.shown(proposal), status=status.HTTP_201_CREATED)

    @extend_schema(request=ProposalInput, responses=ProposalSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change fields of an open proposal."""
        proposal = self._found(talking.edit_proposal)
        values = self.validated(ProposalInput, partial=True)
        return Response(self.shown(domain.edit_proposal(actor=self.actor, proposal=proposal, changes=values)))

    @extend_schema(request=AdoptInput, responses={201: ObjectiveSerializer})
    @action(detail=True, methods=["post"])
    @idempotent
    def adopt(self, request: Request, **kwargs: Any) -> Response:
        """Make an objective of a cycle out of it; answers with the objective."""
        proposal = self._found(talking.adopt_proposal)
        objective = domain.adopt_proposal(actor=self.actor, proposal=proposal, **self.validated(AdoptInput))
        context = self.get_serializer_context()
        return Response(ObjectiveSerializer(objective, context=context).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReasonInput, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, **kwargs: Any) -> Response:
        """Say no, with a reason."""
        proposal = self._found(talking.decline_proposal)
        values = self.validated(ReasonInput)
        return Response(self.shown(domain.decline_proposal(actor=self.actor, proposal=proposal, **values)))

    @extend_schema(request=None, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, **kwargs: Any) -> Response:
        """Let it wait for a decision again; what it had become is archived."""
        proposal = self._found(talking.reopen_proposal)
        return Response(self.shown(domain.reopen_proposal(actor=self.actor, proposal=proposal)))

    @extend_schema(request=None, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, **kwargs: Any) -> Response:
        """Put it away."""
        proposal = self._found(talking.edit_proposal)
        return Response(self.shown(domain.archive_proposal(actor=self.actor, proposal=proposal)))

    @extend_schema(request=None, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring it back."""
        proposal = self._found(talking.edit_proposal)
        return Response(self.shown(domain.restore_proposal(actor=self.actor, proposal=proposal)))

    def _found(self, permission: Callable[[Actor, Proposal], Decision]) -> Proposal:
        found: Proposal = self.get_object()
        self.authorized(permission(self.actor, found))
        return found
