"""What leaders commit themselves to in the API: their own, and all of a plan for its office."""

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
from organizations.models import Membership
from rollout import buy_in_permissions as permissions
from rollout.api.scopes import ABOUT_PEOPLE, ROLLOUT
from rollout.api.stakeholder import plan_field
from rollout.domain import buy_in as domain
from rollout.enums import CommitmentKind, CommitmentState
from rollout.models import BuyInLeader, LeaderCommitment, RolloutPlan
from rollout.permissions import edit_some_plan
from rollout.queries.buy_in import summary_of


class LeaderInvitationSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    leader = serializers.UUIDField(source="leader_id", read_only=True)
    invited_by = serializers.UUIDField(source="invited_by_id", read_only=True, allow_null=True)

    class Meta:
        model = BuyInLeader
        fields = ["id", "plan", "leader", "invited_by", "invited_at"]
        read_only_fields = fields


class LeaderInvitationInput(InputSerializer):
    plan = plan_field()
    leader = related(Membership.objects.active(), help_text="Somebody in Leadership, or who leads a team.")


class LeaderInvitationFilter(django_filters.FilterSet):
    plan = django_filters.UUIDFilter(field_name="plan_id")

    class Meta:
        model = BuyInLeader
        fields: tuple[str, ...] = ()


class LeaderInvitationViewSet(mixins.ListModelMixin, TenantViewSet):
    """Leaders asked to commit themselves: one's own invitations, and those of plans one runs."""

    queryset = BuyInLeader.objects.all()
    serializer_class = LeaderInvitationSerializer
    filterset_class = LeaderInvitationFilter
    scopes = ROLLOUT
    also_scopes = ABOUT_PEOPLE
    singular, plural = "leader invitation", "leader invitations"

    def get_queryset(self) -> Any:
        """List those one may read; one by its id is refused with a reason by whatever is done with it."""
        if self.action == "list":
            return super().get_queryset()
        return BuyInLeader.objects.select_related("plan__team").prefetch_related("plan__officers__membership")

    @extend_schema(request=LeaderInvitationInput, responses={201: LeaderInvitationSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Invite a leader; they are told, and write themselves."""
        self.authorized(edit_some_plan(self.actor))
        values = self.validated(LeaderInvitationInput)
        self.authorized(permissions.invite_leaders(self.actor, values["plan"]))
        return Response(self.shown(domain.invite_leader(actor=self.actor, **values)), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take an invitation back; what the leader wrote stays theirs."""
        row: BuyInLeader = self.get_object()
        self.authorized(permissions.invite_leaders(self.actor, row.plan))
        domain.withdraw_invitation(actor=self.actor, invitation=row)
        return Response(status=status.HTTP_204_NO_CONTENT)


class LeaderCommitmentSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    leader = serializers.UUIDField(source="leader_id", read_only=True)

    class Meta:
        model = LeaderCommitment
        fields = ["id", "plan", "leader", "kind", "text", "state", "note", "created_at", "updated_at"]
        read_only_fields = fields


class LeaderCommitmentInput(InputSerializer):
    plan = plan_field()
    kind = serializers.ChoiceField(choices=CommitmentKind.choices)
    text = serializers.CharField(
        max_length=500, required=False, allow_blank=True, help_text="What exactly; the kind `own` needs it."
    )


class LeaderCommitmentPatch(InputSerializer):
    kind = serializers.ChoiceField(choices=CommitmentKind.choices)
    text = serializers.CharField(max_length=500, allow_blank=True)
    state = serializers.ChoiceField(choices=CommitmentState.choices)
    note = serializers.CharField(max_length=2000, allow_blank=True)


class LeaderCommitmentFilter(django_filters.FilterSet):
    plan = django_filters.UUIDFilter(field_name="plan_id")
    leader = django_filters.UUIDFilter(field_name="leader_id")

    class Meta:
        model = LeaderCommitment
        fields: tuple[str, ...] = ()


class LeaderCommitmentViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """What a leader does for a rollout: written by them alone, read by them and the plan's Program Lead Office."""

    queryset = LeaderCommitment.objects.all()
    serializer_class = LeaderCommitmentSerializer
    filterset_class = LeaderCommitmentFilter
    scopes = ROLLOUT
    also_scopes = ABOUT_PEOPLE
    singular, plural = "leader commitment", "leader commitments"

    def get_queryset(self) -> Any:
        """List those one may read; one by its id is refused with a reason by whatever is done with it."""
        if self.action == "list":
            return super().get_queryset().standing()
        rows = LeaderCommitment.objects.all() if self.action == "restore" else LeaderCommitment.objects.standing()
        return rows.select_related("plan__team").prefetch_related("plan__officers__membership")

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get a commitment with what became of it."""
        row = self.get_object()
        self.authorized(permissions.see_commitment(self.actor, row))
        return Response(self.shown(row))

    @extend_schema(request=LeaderCommitmentInput, responses={201: LeaderCommitmentSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Commit oneself; nobody commits another."""
        values = self.validated(LeaderCommitmentInput)
        self.authorized(permissions.commit(self.actor, values["plan"]))
        return Response(self.shown(domain.commit(actor=self.actor, **values)), status=status.HTTP_201_CREATED)

    @extend_schema(request=LeaderCommitmentPatch, responses=LeaderCommitmentSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change one's own commitment, or say what became of it."""
        row = self._own()
        changes = self.validated(LeaderCommitmentPatch, partial=True)
        return Response(self.shown(domain.edit_commitment(actor=self.actor, commitment=row, changes=changes)))

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove one's own commitment; it can be restored for ten minutes."""
        domain.remove_commitment(actor=self.actor, commitment=self._own())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=LeaderCommitmentSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring back one's own commitment removed moments ago."""
        return Response(self.shown(domain.restore_commitment(actor=self.actor, commitment=self._own())))

    def _own(self) -> LeaderCommitment:
        row: LeaderCommitment = self.get_object()
        self.authorized(permissions.edit_commitment(self.actor, row))
        return row


class CommitmentSumSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=CommitmentKind.choices, read_only=True)
    count = serializers.IntegerField(read_only=True)


class CommitmentOutcomeSerializer(serializers.Serializer):
    state = serializers.ChoiceField(choices=CommitmentState.choices, read_only=True)
    count = serializers.IntegerField(read_only=True)


class BuyInSerializer(serializers.Serializer):
    """Sums of all leaders, null while fewer than five have committed themselves."""

    kinds = CommitmentSumSerializer(many=True, read_only=True, allow_null=True)
    states = CommitmentOutcomeSerializer(many=True, read_only=True, allow_null=True)


class BuyInViewSet(TenantViewSet):
    """Whether leaders are behind a rollout, in sums: for the plan's Sponsor and its Program Lead Office."""

    queryset = RolloutPlan.objects.all()
    serializer_class = BuyInSerializer
    scopes = {"GET": ROLLOUT["GET"]}
    singular, plural = "buy-in", "buy-ins"

    def get_queryset(self) -> Any:
        """Return every plan: who may not read the sums is told so."""
        return RolloutPlan.objects.prefetch_related("officers__membership")

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get the sums of a plan, by its id."""
        plan = self.get_object()
        self.authorized(permissions.see_buy_in(self.actor, plan))
        sums = summary_of(plan)
        told: dict[str, Any] = {"kinds": None, "states": None}
        if sums is not None:
            told["kinds"] = [{"kind": kind, "count": number} for kind, number in sums.kinds]
            told["states"] = [{"state": state, "count": number} for state, number in sums.states]
        return Response(BuyInSerializer(told).data)
