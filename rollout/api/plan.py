"""Rollout plans in the API."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RelatedRows, RowSerializer, related
from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from organizations.models import Membership, Team
from rollout import permissions
from rollout.api.overview import PlanOverviewMixin
from rollout.api.scopes import ROLLOUT
from rollout.api.version import AnswerInput, BudgetRequestMixin, PlanReasonInput, PlanVersionSerializer
from rollout.blueprints.fitting import TimeOff
from rollout.blueprints.known import BLUEPRINTS
from rollout.budget_permissions import see_budget
from rollout.currencies import CURRENCIES
from rollout.domain import plan as domain
from rollout.domain import plan_state
from rollout.domain.plan_from_blueprint import create_from_blueprint
from rollout.enums import PlanState
from rollout.models import RolloutPlan
from rollout.queries.plan_changes import versions_of


class RolloutPlanSerializer(RowSerializer):
    team = serializers.UUIDField(
        source="team_id", read_only=True, allow_null=True, help_text="Null: for the whole organization."
    )
    sponsor = serializers.UUIDField(source="sponsor_id", read_only=True, allow_null=True)

    class Meta:
        model = RolloutPlan
        fields = [
            "id",
            "name",
            "goal",
            "scope",
            "team",
            "sponsor",
            "starts_on",
            "ends_on",
            "currency",
            "state",
            "state_reason",
            "version",
            "created_at",
            "updated_at",
            "archived_at",
        ]
        read_only_fields = fields


class TimeOffInput(InputSerializer):
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The last day must not come before the first."""
        if attrs["ends_on"] < attrs["starts_on"]:
            raise serializers.ValidationError({"ends_on": _("The last day must come after the first.")})
        return attrs


class RolloutPlanPatch(InputSerializer):
    name = serializers.CharField(max_length=120)
    goal = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    scope = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    sponsor = related(Membership.objects.active(), required=False, allow_null=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    currency = serializers.ChoiceField(
        choices=CURRENCIES, required=False, help_text="Of its budget; only a draft changes it."
    )
    officers = RelatedRows(
        Membership.objects.active(), required=False, help_text="Everybody in the plan's Program Lead Office."
    )


class RolloutPlanInput(InputSerializer):
    name = serializers.CharField(max_length=120)
    goal = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    team = related(Team.objects.current(), required=False, allow_null=True)
    sponsor = related(Membership.objects.active(), required=False, allow_null=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, help_text="Only without a blueprint.")
    blueprint = serializers.ChoiceField(choices=[*BLUEPRINTS], required=False)
    time_off = serializers.ListField(
        child=TimeOffInput(),
        required=False,
        max_length=100,
        help_text="Days on which nobody works; with a blueprint.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Without a blueprint somebody must say when it ends."""
        if not attrs.get("blueprint") and "ends_on" not in attrs:
            raise serializers.ValidationError({"ends_on": _("Say when it ends, or choose a blueprint.")})
        return attrs


class RolloutPlanFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=PlanState.choices)
    team = django_filters.UUIDFilter(field_name="team_id")
    archived = django_filters.BooleanFilter(field_name="archived_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = RolloutPlan
        fields: tuple[str, ...] = ()


class RolloutPlanViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, BudgetRequestMixin, PlanOverviewMixin, TenantViewSet
):
    """How OKRs are introduced: the plan with its goal, days and state; its parts are resources of their own."""

    queryset = RolloutPlan.objects.all()
    serializer_class = RolloutPlanSerializer
    filterset_class = RolloutPlanFilter
    scopes = ROLLOUT
    singular, plural = "rollout plan", "rollout plans"

    def get_queryset(self) -> Any:
        """Return the plans of which whoever asks may read at least the outline."""
        return RolloutPlan.objects.visible_to(self.actor).prefetch_related("officers__membership")

    @extend_schema(request=RolloutPlanInput, responses={201: RolloutPlanSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Begin a plan as a draft; with a blueprint it comes with phases, tasks and criteria."""
        self.authorized(permissions.create_some_plan(self.actor))
        values = self.validated(RolloutPlanInput)
        self.authorized(permissions.create_plan(self.actor, values.get("team")))
        off = [TimeOff(**one) for one in values.pop("time_off", [])]
        blueprint = BLUEPRINTS.get(values.pop("blueprint", ""))
        if blueprint is None:
            made = domain.create_plan(actor=self.actor, **values)
        else:
            values.pop("ends_on", None)
            made = create_from_blueprint(actor=self.actor, blueprint=blueprint, time_off=off, **values)
        return Response(self.shown(made), status=status.HTTP_201_CREATED)

    @extend_schema(request=RolloutPlanPatch, responses=RolloutPlanSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a plan, and who is in its Program Lead Office."""
        plan = self._editable()
        values = self.validated(RolloutPlanPatch, partial=True)
        officers = values.pop("officers", None)
        return Response(self.shown(domain.edit_plan(actor=self.actor, plan=plan, changes=values, officers=officers)))

    @extend_schema(responses=PlanVersionSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def versions(self, request: Request, **kwargs: Any) -> Response:
        """List what was submitted and answered, the latest first."""
        plan = self.get_object()
        self.authorized(permissions.see_plan(self.actor, plan))
        sees_budget = bool(see_budget(self.actor, plan))
        return Response(PlanVersionSerializer(versions_of(plan, with_budget=sees_budget), many=True).data)

    @extend_schema(request=None, responses=RolloutPlanSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, **kwargs: Any) -> Response:
        """Lay it before its sponsor."""
        plan = self._editable()
        plan_state.submit_plan(actor=self.actor, plan=plan)
        return self._again(plan)

    @extend_schema(request=None, responses=RolloutPlanSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, **kwargs: Any) -> Response:
        """Take it back from the sponsor."""
        return self._moved(plan_state.withdraw_plan)

    @extend_schema(request=None, responses=RolloutPlanSerializer)
    @action(detail=True, methods=["post"])
    def rework(self, request: Request, **kwargs: Any) -> Response:
        """Make an approved plan that has not begun a draft again."""
        return self._moved(plan_state.rework_plan)

    @extend_schema(request=None, responses=RolloutPlanSerializer)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, **kwargs: Any) -> Response:
        """Let an approved plan begin."""
        return self._moved(plan_state.start_plan)

    @extend_schema(request=None, responses=RolloutPlanSerializer)
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, **kwargs: Any) -> Response:
        """Say that a running plan has reached its end."""
        return self._moved(plan_state.complete_plan)

    @extend_schema(request=PlanReasonInput, responses=RolloutPlanSerializer)
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, **kwargs: Any) -> Response:
        """End it before its time."""
        plan = self._editable()
        values = self.validated(PlanReasonInput)
        return Response(self.shown(plan_state.stop_plan(actor=self.actor, plan=plan, **values)))

    @extend_schema(request=AnswerInput, responses=RolloutPlanSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, **kwargs: Any) -> Response:
        """Approve the version that was read: the sponsor."""
        return self._answered(plan_state.approve_plan)

    @extend_schema(request=AnswerInput, responses=RolloutPlanSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def send_back(self, request: Request, **kwargs: Any) -> Response:
        """Send the version that was read back, with the reason: the sponsor."""
        return self._answered(plan_state.return_plan)

    @extend_schema(request=None, responses=RolloutPlanSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, **kwargs: Any) -> Response:
        """Put it away."""
        return self._moved(domain.archive_plan)

    @extend_schema(request=None, responses=RolloutPlanSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring it back."""
        return self._moved(domain.restore_plan)

    def _editable(self) -> RolloutPlan:
        plan: RolloutPlan = self.get_object()
        self.authorized(permissions.edit_plan(self.actor, plan))
        return plan

    def _moved(self, do: Callable[..., RolloutPlan]) -> Response:
        return Response(self.shown(do(actor=self.actor, plan=self._editable())))

    def _answered(self, say: Callable[..., RolloutPlan]) -> Response:
        plan = self.get_object()
        self.authorized(permissions.approve_plan(self.actor, plan))
        values = self.validated(AnswerInput)
        said = say(actor=self.actor, plan=plan, number=values["version"], reason=values.get("reason", ""))
        return Response(self.shown(said))

    def _again(self, plan: RolloutPlan) -> Response:
        return Response(self.shown(RolloutPlan.objects.get(pk=plan.pk)))
