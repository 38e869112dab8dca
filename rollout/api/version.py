"""Versions of plans in the API, and asking for more money than was approved."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer
from okrapp.api.views import TenantViewSet
from rollout import permissions
from rollout.api.amount import AmountField
from rollout.budget_permissions import answer_budget
from rollout.domain import budget as domain
from rollout.enums import VersionState, VersionSubject
from rollout.models import PlanVersion, RolloutPlan
from rollout.queries.plan_changes import versions_of


class AnswerInput(InputSerializer):
    version = serializers.IntegerField(min_value=1, help_text="The version that was read.")
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class PlanReasonInput(InputSerializer):
    reason = serializers.CharField(max_length=2000)


class PlanChangeSerializer(serializers.Serializer):
    what = serializers.CharField(source="label", read_only=True)
    added = serializers.ListField(source="added_titles", child=serializers.CharField(), read_only=True)
    changed = serializers.ListField(source="changed_titles", child=serializers.CharField(), read_only=True)
    removed = serializers.ListField(child=serializers.CharField(), read_only=True)


class PlanVersionSerializer(serializers.Serializer):
    """A version that was submitted, and what changed since the one before."""

    number = serializers.IntegerField(source="version.number", read_only=True)
    subject = serializers.ChoiceField(
        source="version.subject",
        choices=VersionSubject.choices,
        read_only=True,
        help_text="`budget`: asks for more money only; the plan goes on meanwhile.",
    )
    budget_sum = AmountField(
        max_digits=16,
        read_only=True,
        allow_null=True,
        help_text="What is approved with it, in the plan's currency. Null for those who do not see the budget.",
    )
    request = serializers.CharField(
        source="version.request", read_only=True, help_text="Why more money is needed, where it asks for that only."
    )
    state = serializers.ChoiceField(source="version.state", choices=VersionState.choices, read_only=True)
    submitted_at = serializers.DateTimeField(source="version.submitted_at", read_only=True)
    submitted_by = serializers.UUIDField(source="version.submitted_by_id", read_only=True, allow_null=True)
    decided_at = serializers.DateTimeField(source="version.decided_at", read_only=True, allow_null=True)
    decided_by = serializers.UUIDField(source="version.decided_by_id", read_only=True, allow_null=True)
    reason = serializers.CharField(source="version.reason", read_only=True)
    changes = PlanChangeSerializer(many=True, read_only=True)


class BudgetRequestMixin(TenantViewSet):
    """Asking the sponsor of a plan for more money than was approved, and their answer; the plan goes on meanwhile."""

    @extend_schema(request=PlanReasonInput, responses=PlanVersionSerializer)
    @action(detail=True, methods=["post"], url_path="ask-for-budget")
    def ask_for_budget(self, request: Request, **kwargs: Any) -> Response:
        """Lay a budget that goes beyond what was approved before the sponsor."""
        plan = self._plan_to(permissions.edit_plan)
        version = domain.ask_for_budget(actor=self.actor, plan=plan, **self.validated(PlanReasonInput))
        return _shown(plan, version)

    @extend_schema(request=None, responses=PlanVersionSerializer)
    @action(detail=True, methods=["post"], url_path="withdraw-budget")
    def withdraw_budget(self, request: Request, **kwargs: Any) -> Response:
        """Take back that more money is asked for."""
        plan = self._plan_to(permissions.edit_plan)
        return _shown(plan, domain.withdraw_budget_request(actor=self.actor, plan=plan))

    @extend_schema(request=AnswerInput, responses=PlanVersionSerializer)
    @action(detail=True, methods=["post"], url_path="approve-budget")
    def approve_budget(self, request: Request, **kwargs: Any) -> Response:
        """Approve the sum that was read: the sponsor."""
        return self._answered_budget(domain.approve_budget)

    @extend_schema(request=AnswerInput, responses=PlanVersionSerializer)
    @action(detail=True, methods=["post"], url_path="return-budget")
    def return_budget(self, request: Request, **kwargs: Any) -> Response:
        """Say no to the sum that was read, with the reason: the sponsor. What was approved before stays."""
        return self._answered_budget(domain.return_budget)

    def _answered_budget(self, say: Callable[..., PlanVersion]) -> Response:
        plan = self._plan_to(answer_budget)
        values = self.validated(AnswerInput)
        version = PlanVersion.objects.filter(plan=plan, number=values["version"]).select_related("plan").first()
        if version is None:
            raise NotFound
        return _shown(plan, say(actor=self.actor, version=version, reason=values.get("reason", "")))

    def _plan_to(self, ask: Callable[..., Any]) -> RolloutPlan:
        plan: RolloutPlan = self.get_object()
        self.authorized(ask(self.actor, plan))
        return plan


def _shown(plan: RolloutPlan, version: PlanVersion) -> Response:
    row = next(one for one in versions_of(plan, with_budget=True) if one.version.pk == version.pk)
    return Response(PlanVersionSerializer(row).data)
