"""What the pages of a plan show of it as a whole: criteria, messages, courses, money, steps that begin too early."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from okrapp.api.pagination import ListPages
from okrapp.api.views import TenantViewSet
from okrapp.web.decisions import Decision
from organizations.actor import Actor
from organizations.queries.settings import today_of
from rollout.api.overview_serializers import (
    BudgetOverviewSerializer,
    CriterionStandingSerializer,
    EnablementQuery,
    EnablementRowSerializer,
    MessageGapQuery,
    MessageGapSerializer,
    ViolationSerializer,
)
from rollout.budget_permissions import see_budget
from rollout.course_permissions import see_enablement
from rollout.models import RolloutPlan
from rollout.permissions import see_plan
from rollout.queries.budget import budget_page
from rollout.queries.criterion import standings_of_plan
from rollout.queries.enablement import Row, enablement_page
from rollout.queries.message_gaps import message_gaps
from rollout.queries.timeline import timeline_of, violations_of


class GapPages(ListPages):
    """Pages of audiences."""

    ordering = "code"


class PlanOverviewMixin(TenantViewSet):
    """What whoever reads the pages of a plan sees there besides its parts."""

    parameters = {"message_gaps": ("weeks",), "enablement": ("wave",)}

    @extend_schema(responses=CriterionStandingSerializer(many=True))
    @action(detail=True, pagination_class=None, filterset_class=None, url_path="criteria-standing")
    def criteria_standing(self, request: Request, **kwargs: Any) -> Response:
        """List how the criteria of a plan stand today, phase by phase; those that are computed too."""
        plan = self._plan_for(see_plan)
        return Response(CriterionStandingSerializer(standings_of_plan(self.actor, plan), many=True).data)

    @extend_schema(parameters=[MessageGapQuery], responses=MessageGapSerializer(many=True))
    @action(detail=True, pagination_class=GapPages, filterset_class=None, url_path="message-gaps")
    def message_gaps(self, request: Request, **kwargs: Any) -> Response:
        """List who has heard nothing of a plan for some weeks, and what is planned for them.

        Everybody, then roles, waves and the topmost teams of waves. What counts is for whom a message was meant.
        """
        plan = self._plan_for(see_plan)
        gaps = message_gaps(plan, today=today_of(self.actor.settings), weeks=self._asked(MessageGapQuery)["weeks"])
        return self.get_paginated_response(MessageGapSerializer(self.paginate_queryset(gaps), many=True).data)

    @extend_schema(parameters=[EnablementQuery], responses=EnablementRowSerializer(many=True))
    @action(detail=True, pagination_class=ListPages, filterset_class=None)
    def enablement(self, request: Request, **kwargs: Any) -> Response:
        """List how many in each wave of a plan need, have and get which course; with `wave` in each of its teams.

        Coaches are told of the teams they coach alone.
        """
        plan = self._plan_for(see_enablement)
        wave_id = self._asked(EnablementQuery).get("wave")
        found = enablement_page(self.actor, plan, wave_id=wave_id)
        if wave_id is None:
            rows = [_enablement_row(row, row.id) for row in self.paginate_queryset(found.waves) or []]
        else:
            is_there = found.wave is not None and found.wave.pk == wave_id
            teams = self.paginate_queryset(found.teams if is_there else []) or []
            rows = [_enablement_row(row, wave_id, team_id=row.id) for row in found.rows(teams)]
        return self.get_paginated_response(EnablementRowSerializer(rows, many=True).data)

    @extend_schema(responses=BudgetOverviewSerializer)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def budget(self, request: Request, **kwargs: Any) -> Response:
        """Get the budget of a plan in sums, what it will cost in the end, and what was approved of it."""
        plan = self._plan_for(see_budget)
        return Response(BudgetOverviewSerializer(budget_page(plan, no_phase="")).data)

    @extend_schema(responses=ViolationSerializer(many=True))
    @action(detail=True, pagination_class=None, filterset_class=None)
    def violations(self, request: Request, **kwargs: Any) -> Response:
        """List the steps of a plan that are to begin before something they wait for is due."""
        plan = self._plan_for(see_plan)
        timeline = timeline_of(plan, today_of(self.actor.settings))
        return Response(ViolationSerializer(violations_of(timeline), many=True).data)

    def _plan_for(self, ask: Callable[[Actor, RolloutPlan], Decision]) -> RolloutPlan:
        plan: RolloutPlan = self.get_object()
        self.authorized(ask(self.actor, plan))
        return plan

    def _asked(self, query: type[Serializer]) -> dict[str, Any]:
        found = query(data=self.request.query_params)
        found.is_valid(raise_exception=True)
        return dict(found.validated_data)


def _enablement_row(row: Row, wave_id: UUID, *, team_id: UUID | None = None) -> dict[str, Any]:
    return {
        "wave": wave_id,
        "team": team_id,
        "teams": row.teams,
        "complete": row.complete,
        "courses": [
            {"course": course.pk, "needing": cell.needing, "having": cell.having, "enrolled": cell.enrolled}
            for course, cell in row.cells
        ],
    }
