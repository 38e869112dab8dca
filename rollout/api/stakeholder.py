"""Stakeholders of a plan in the API: for its office and its sponsor, and disclosed entries for the person."""

from collections.abc import Callable
from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.api.views import TenantViewSet
from okrapp.web.decisions import Decision
from organizations.actor import Actor
from organizations.api.idempotency import idempotent
from organizations.models import Membership
from rollout import stakeholder_permissions as permissions
from rollout.api.scopes import ABOUT_PEOPLE, ROLLOUT
from rollout.domain import concern as concerns
from rollout.domain import disclosure
from rollout.domain import stakeholder as domain
from rollout.domain.stakeholder_data import delete_stakeholder_data
from rollout.enums import Attitude, ConcernKind, ConcernState, Grade
from rollout.models import RolloutPlan, Stakeholder, StakeholderAttitude, StakeholderConcern
from rollout.models.office import seen_with_sponsor
from rollout.permissions import edit_some_plan
from rollout.queries.disclosure import with_all


def plan_field() -> serializers.Field:
    """Return a field that takes the id of a plan, with what decides who may do what with it."""
    return related(RolloutPlan.objects.select_related("team").prefetch_related("officers__membership"))


class StakeholderAttitudeSerializer(RowSerializer):
    noted_by = serializers.UUIDField(source="noted_by_id", read_only=True, allow_null=True)

    class Meta:
        model = StakeholderAttitude
        fields = ["id", "attitude", "on", "note", "noted_by"]
        read_only_fields = fields


class StakeholderConcernSerializer(RowSerializer):
    stakeholder = serializers.UUIDField(source="stakeholder_id", read_only=True)

    class Meta:
        model = StakeholderConcern
        fields = ["id", "stakeholder", "kind", "own_kind", "text", "answer", "state", "created_at", "updated_at"]
        read_only_fields = fields


class StakeholderSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    member = serializers.UUIDField(
        source="membership_id", read_only=True, allow_null=True, help_text="Null for a group."
    )
    owner = serializers.UUIDField(source="owner_id", read_only=True, allow_null=True)
    attitudes = serializers.SerializerMethodField(help_text="The latest first: it is how they stand today.")
    concerns = serializers.SerializerMethodField(help_text="Open ones first.")

    class Meta:
        model = Stakeholder
        fields = [
            "id",
            "plan",
            "member",
            "group",
            "influence",
            "interest",
            "owner",
            "next_contact_on",
            "disclosed_at",
            "attitudes",
            "concerns",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields

    @extend_schema_field(StakeholderAttitudeSerializer(many=True))
    def get_attitudes(self, row: Stakeholder) -> Any:
        """Return how they stood; read for the whole page at once."""
        return StakeholderAttitudeSerializer(row.attitudes.all(), many=True, context=self.context).data

    @extend_schema_field(StakeholderConcernSerializer(many=True))
    def get_concerns(self, row: Stakeholder) -> Any:
        """Return what worries them; read for the whole page at once."""
        return StakeholderConcernSerializer(row.concerns.all(), many=True, context=self.context).data


class StakeholderPatch(InputSerializer):
    member = related(Membership.objects.active(), required=False, allow_null=True, source="membership")
    group = serializers.CharField(max_length=120, required=False, allow_blank=True)
    influence = serializers.ChoiceField(choices=Grade.choices, required=False)
    interest = serializers.ChoiceField(choices=Grade.choices, required=False)
    owner = related(
        Membership.objects.active(),
        required=False,
        allow_null=True,
        help_text="Somebody in the plan's Program Lead Office, or its Sponsor.",
    )
    next_contact_on = serializers.DateField(required=False, allow_null=True)


class StakeholderInput(StakeholderPatch):
    plan = plan_field()
    attitude = serializers.ChoiceField(choices=Attitude.choices, required=False, help_text="How they stand today.")
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, help_text="About the attitude.")


class AttitudeInput(InputSerializer):
    attitude = serializers.ChoiceField(choices=Attitude.choices)
    on = serializers.DateField(required=False, help_text="Today, unless said otherwise; not a day to come.")
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class ConcernPatch(InputSerializer):
    kind = serializers.ChoiceField(choices=ConcernKind.choices)
    own_kind = serializers.CharField(
        max_length=80, required=False, allow_blank=True, help_text="What one of the kind `own` is called."
    )
    text = serializers.CharField(max_length=2000)
    answer = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    state = serializers.ChoiceField(choices=ConcernState.choices, required=False)


class ConcernInput(ConcernPatch):
    stakeholder = related(
        Stakeholder.objects.standing().select_related("plan__team").prefetch_related("plan__officers__membership")
    )


class StakeholderDeletionInput(InputSerializer):
    plan = plan_field()


class StakeholderFilter(django_filters.FilterSet):
    plan = django_filters.UUIDFilter(field_name="plan_id")
    member = django_filters.UUIDFilter(field_name="membership_id")
    owner = django_filters.UUIDFilter(field_name="owner_id")
    contact_before = django_filters.DateFilter(
        field_name="next_contact_on", lookup_expr="lt", label="Whose next contact is planned before a day."
    )

    class Meta:
        model = Stakeholder
        fields: tuple[str, ...] = ()


class StakeholderViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Somebody with a stake in a rollout: for the plan's Program Lead Office and its Sponsor, and nobody else."""

    queryset = Stakeholder.objects.all()
    serializer_class = StakeholderSerializer
    filterset_class = StakeholderFilter
    scopes = ROLLOUT
    also_scopes = ABOUT_PEOPLE
    singular, plural = "stakeholder", "stakeholders"

    def get_queryset(self) -> Any:
        """List those one may read; one by its id is refused with a reason by whatever is done with it."""
        if self.action == "list":
            return with_all(super().get_queryset().standing())
        rows = Stakeholder.objects.all() if self.action == "restore" else Stakeholder.objects.standing()
        return with_all(rows.select_related("plan__team").prefetch_related("plan__officers__membership"))

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get a stakeholder with attitudes and concerns."""
        return Response(self.shown(self._asked(permissions.see_stakeholders)))

    @extend_schema(request=StakeholderInput, responses={201: StakeholderSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a person or a group."""
        self.authorized(edit_some_plan(self.actor))
        values = self.validated(StakeholderInput)
        self.authorized(permissions.edit_stakeholders(self.actor, values["plan"]))
        return self._told(domain.add_stakeholder(actor=self.actor, **values), status.HTTP_201_CREATED)

    @extend_schema(request=StakeholderPatch, responses=StakeholderSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change who it is, how much they weigh and care, who talks to them and when."""
        row = self._asked(permissions.edit_stakeholders)
        changes = self.validated(StakeholderPatch, partial=True)
        return self._told(domain.edit_stakeholder(actor=self.actor, stakeholder=row, changes=changes))

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove an entry; it can be restored for ten minutes."""
        domain.remove_stakeholder(actor=self.actor, stakeholder=self._asked(permissions.edit_stakeholders))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=StakeholderSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring back an entry removed moments ago."""
        return self._do(domain.restore_stakeholder)

    @extend_schema(request=AttitudeInput, responses={201: StakeholderSerializer})
    @action(detail=True, methods=["post"])
    @idempotent
    def attitudes(self, request: Request, **kwargs: Any) -> Response:
        """Note how they stand towards the rollout."""
        row = self._asked(permissions.edit_stakeholders)
        domain.note_attitude(actor=self.actor, stakeholder=row, **self.validated(AttitudeInput))
        return self._told(row, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=StakeholderSerializer)
    @action(detail=True, methods=["post"])
    def disclose(self, request: Request, **kwargs: Any) -> Response:
        """Let the person read their entry, as it stands and as it will."""
        return self._do(disclosure.disclose_stakeholder)

    @extend_schema(request=None, responses=StakeholderSerializer)
    @action(detail=True, methods=["post"])
    def conceal(self, request: Request, **kwargs: Any) -> Response:
        """Take a disclosure back."""
        return self._do(disclosure.withdraw_disclosure)

    @extend_schema(request=StakeholderDeletionInput, responses={204: None})
    @action(detail=False, methods=["post"], url_path="delete-all", url_name="delete-all")
    def delete_all(self, request: Request, **kwargs: Any) -> Response:
        """Delete the stakeholder data of a plan that is over or archived, for good."""
        self.authorized(edit_some_plan(self.actor))
        plan = self.validated(StakeholderDeletionInput)["plan"]
        self.authorized(permissions.edit_stakeholders(self.actor, plan))
        delete_stakeholder_data(actor=self.actor, plan=plan)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _asked(self, may: Callable[[Actor, RolloutPlan], Decision]) -> Stakeholder:
        row: Stakeholder = self.get_object()
        self.authorized(may(self.actor, row.plan))
        return row

    def _do(self, do: Callable[..., Stakeholder]) -> Response:
        return self._told(do(actor=self.actor, stakeholder=self._asked(permissions.edit_stakeholders)))

    def _told(self, row: Stakeholder, code: int = status.HTTP_200_OK) -> Response:
        """Answer with an entry as it now is."""
        return Response(self.shown(with_all(Stakeholder.objects.all()).get(pk=row.pk)), status=code)


class ConcernFilter(django_filters.FilterSet):
    plan = django_filters.UUIDFilter(field_name="stakeholder__plan_id")
    stakeholder = django_filters.UUIDFilter(field_name="stakeholder_id")
    kind = django_filters.ChoiceFilter(choices=ConcernKind.choices)
    state = django_filters.ChoiceFilter(choices=ConcernState.choices)

    class Meta:
        model = StakeholderConcern
        fields: tuple[str, ...] = ()


class StakeholderConcernViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """What worries a stakeholder, and what was answered."""

    queryset = StakeholderConcern.objects.all()
    serializer_class = StakeholderConcernSerializer
    filterset_class = ConcernFilter
    scopes = ROLLOUT
    also_scopes = ABOUT_PEOPLE
    singular, plural = "stakeholder concern", "stakeholder concerns"

    def get_queryset(self) -> Any:
        """List those one may read; one by its id is refused with a reason by whatever is done with it."""
        rows = StakeholderConcern.objects.filter(stakeholder__removed_at=None)
        if self.action == "list":
            return rows.filter(seen_with_sponsor(self.actor, "stakeholder__plan"))
        return rows.select_related("stakeholder__plan__team").prefetch_related(
            "stakeholder__plan__officers__membership"
        )

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get a concern with its answer."""
        return Response(self.shown(self._asked(permissions.see_stakeholders)))

    @extend_schema(request=ConcernInput, responses={201: StakeholderConcernSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Write down a concern."""
        self.authorized(edit_some_plan(self.actor))
        values = self.validated(ConcernInput)
        self.authorized(permissions.edit_stakeholders(self.actor, values["stakeholder"].plan))
        row = concerns.add_concern(actor=self.actor, **values)
        return Response(self.shown(row), status=status.HTTP_201_CREATED)

    @extend_schema(request=ConcernPatch, responses=StakeholderConcernSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a concern, its answer and its state."""
        row = self._asked(permissions.edit_stakeholders)
        changes = self.validated(ConcernPatch, partial=True)
        return Response(self.shown(concerns.edit_concern(actor=self.actor, concern=row, changes=changes)))

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Delete a concern for good."""
        concerns.remove_concern(actor=self.actor, concern=self._asked(permissions.edit_stakeholders))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _asked(self, may: Callable[[Actor, RolloutPlan], Decision]) -> StakeholderConcern:
        row: StakeholderConcern = self.get_object()
        self.authorized(may(self.actor, row.stakeholder.plan))
        return row
