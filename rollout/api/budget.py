"""Lines of budgets in the API."""

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
from organizations.domain.removed import NeverRemoved, removed_values
from rollout import budget_permissions, permissions
from rollout.api.amount import AmountField
from rollout.api.scopes import ROLLOUT
from rollout.domain import part as domain
from rollout.enums import BudgetCategory
from rollout.models import BudgetLine, PlanPhase, RolloutPlan
from rollout.queries.budget import forecast_of


def _amount(text: str) -> AmountField:
    return AmountField(max_digits=14, min_value=0, required=False, help_text=text)


class BudgetLineSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    phase = serializers.UUIDField(
        source="phase_id", read_only=True, allow_null=True, help_text="Null: none in particular."
    )
    planned = serializers.SerializerMethodField(help_text="In the plan's currency, to the cent.")
    committed = serializers.SerializerMethodField()
    actual = serializers.SerializerMethodField()
    forecast = serializers.SerializerMethodField(
        help_text="What it will have cost: the greatest of what is planned, committed and paid."
    )

    class Meta:
        model = BudgetLine
        fields = [
            "id",
            "plan",
            "phase",
            "category",
            "note",
            "planned",
            "committed",
            "actual",
            "forecast",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields

    @extend_schema_field(AmountField(max_digits=14))
    def get_planned(self, line: BudgetLine) -> str:
        """Return what is planned."""
        return str(line.planned)

    @extend_schema_field(AmountField(max_digits=14))
    def get_committed(self, line: BudgetLine) -> str:
        """Return what is ordered or promised."""
        return str(line.committed)

    @extend_schema_field(AmountField(max_digits=14))
    def get_actual(self, line: BudgetLine) -> str:
        """Return what was paid."""
        return str(line.actual)

    @extend_schema_field(AmountField(max_digits=14))
    def get_forecast(self, line: BudgetLine) -> str:
        """Return what the line will have cost."""
        return str(forecast_of(line.planned, line.committed, line.actual))


class BudgetLinePatch(InputSerializer):
    phase = related(PlanPhase.objects.all(), required=False, allow_null=True)
    category = serializers.ChoiceField(choices=BudgetCategory.choices)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)
    planned = _amount("In the plan's currency.")
    committed = _amount("Ordered or promised, paid or not.")
    actual = _amount("Paid so far.")


class BudgetLineInput(BudgetLinePatch):
    plan = related(RolloutPlan.objects.all())


class BudgetLineFilter(django_filters.FilterSet):
    plan = django_filters.UUIDFilter(field_name="plan_id")
    phase = django_filters.UUIDFilter(field_name="phase_id")
    category = django_filters.ChoiceFilter(choices=BudgetCategory.choices)

    class Meta:
        model = BudgetLine
        fields: tuple[str, ...] = ()


class BudgetLineViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """What something costs in a rollout: planned, committed, actual."""

    queryset = BudgetLine.objects.all()
    serializer_class = BudgetLineSerializer
    filterset_class = BudgetLineFilter
    scopes = ROLLOUT
    singular, plural = "budget line", "budget lines"

    def get_queryset(self) -> Any:
        """List those one may see; one by its id is refused with a reason."""
        rows = super().get_queryset() if self.action == "list" else BudgetLine.objects.all()
        return rows.select_related("plan").prefetch_related("plan__officers")

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get a line of a budget."""
        line = self.get_object()
        self.authorized(budget_permissions.see_budget_line(self.actor, line))
        return Response(self.shown(line))

    @extend_schema(request=BudgetLineInput, responses={201: BudgetLineSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a line to the budget of a plan."""
        self.authorized(permissions.edit_some_plan(self.actor))
        values = self.validated(BudgetLineInput)
        plan = values.pop("plan")
        self.authorized(permissions.edit_plan(self.actor, plan))
        line = domain.add_part(actor=self.actor, plan=plan, part=BudgetLine(**values))
        return Response(self.shown(line), status=status.HTTP_201_CREATED)

    @extend_schema(request=BudgetLinePatch, responses=BudgetLineSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a line of a budget."""
        line = self._editable()
        changes = self.validated(BudgetLinePatch, partial=True)
        return Response(self.shown(domain.edit_part(actor=self.actor, part=line, changes=changes)))

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove a line of a budget; it can be brought back for ten minutes."""
        domain.remove_part(actor=self.actor, part=self._editable())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=BudgetLineSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring back a line that was removed moments ago."""
        try:
            values = removed_values(BudgetLine, kwargs["pk"])
        except NeverRemoved:
            return Response(self.shown(self._editable()))
        plan = RolloutPlan.objects.prefetch_related("officers").get(pk=values["plan"])
        self.authorized(permissions.edit_plan(self.actor, plan))
        return Response(self.shown(domain.restore_part(actor=self.actor, model=BudgetLine, part_id=kwargs["pk"])))

    def _editable(self) -> BudgetLine:
        line: BudgetLine = self.get_object()
        self.authorized(budget_permissions.edit_budget_line(self.actor, line))
        return line
