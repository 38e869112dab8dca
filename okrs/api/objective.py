"""Objectives in the API."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from okrapp.web.decisions import ALLOWED, Decision
from okrs import permissions
from okrs.api.filters import ObjectiveFilter
from okrs.api.serializers import NewObjectiveInput, ObjectivePatch, ObjectiveSerializer
from okrs.domain import objective as domain
from okrs.enums import Level
from okrs.models import Objective
from okrs.queries.standing import Standings, key_results_of
from organizations.actor import Actor
from organizations.enums import Scope
from organizations.models import Team

EXPAND = OpenApiParameter(
    "expand", str, description="Comma-separated: `key_results` brings them along, `standing` their pace and rhythm."
)


def may_write(actor: Actor, level: str, team: Team | None) -> Decision:
    """Return whether the actor may write an objective of a level (and team)."""
    if level == Level.ORGANIZATION:
        return permissions.draft_for_organization(actor)
    if level == Level.INDIVIDUAL:
        return permissions.draft_for_oneself(actor)
    return permissions.draft_in_team(actor, team) if team is not None else ALLOWED


@extend_schema_view(list=extend_schema(parameters=[EXPAND]), retrieve=extend_schema(parameters=[EXPAND]))
class ObjectiveViewSet(TenantViewSet):
    """What an organization, a team or a person wants to reach in a cycle."""

    queryset = Objective.objects.all()
    serializer_class = ObjectiveSerializer
    filterset_class = ObjectiveFilter
    scopes = {"GET": Scope.OKRS_READ, "POST": Scope.OKRS_WRITE, "PATCH": Scope.OKRS_WRITE}

    def get_queryset(self) -> Any:
        """Load with each objective only what the answer needs."""
        queryset = super().get_queryset()
        if "standing" in self.expand() or self.action != "list":
            return queryset.select_related("cycle", "team", "owner")
        return queryset

    def list(self, request: Request, **kwargs: Any) -> Response:
        """List objectives by age."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        context = {**self.get_serializer_context(), **self._expanded(page)}
        return self.get_paginated_response(self.get_serializer_class()(page, many=True, context=context).data)

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Return one objective."""
        objective = self.get_object()
        return Response(self.shown(objective, **self._expanded([objective])))

    @extend_schema(request=NewObjectiveInput, responses={201: ObjectiveSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Write an objective; active at once in a running cycle, else a draft."""
        values = self.validated(NewObjectiveInput)
        self.authorized(may_write(self.actor, values.get("level", Level.TEAM), values.get("team")))
        objective = domain.create_objective(actor=self.actor, **values)
        return Response(self.shown(objective), status=status.HTTP_201_CREATED)

    @extend_schema(request=ObjectivePatch, responses=ObjectiveSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change fields of an objective."""
        objective = self.get_object()
        self.authorized(permissions.edit_objective(self.actor, objective))
        values = self.validated(ObjectivePatch, partial=True)
        if {"team", "level"} & set(values):
            level, team = values.get("level", objective.level), values.get("team", objective.team)
            self.authorized(may_write(self.actor, level, team))
        return Response(self.shown(domain.edit_objective(actor=self.actor, objective=objective, changes=values)))

    @extend_schema(request=None, responses=ObjectiveSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, **kwargs: Any) -> Response:
        """Put an objective away; it counts nowhere from now on."""
        objective = self.get_object()
        self.authorized(permissions.edit_objective(self.actor, objective))
        return Response(self.shown(domain.archive_objective(actor=self.actor, objective=objective)))

    @extend_schema(request=None, responses=ObjectiveSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring an archived objective back."""
        objective = self.get_object()
        self.authorized(permissions.edit_objective(self.actor, objective))
        return Response(self.shown(domain.restore_objective(actor=self.actor, objective=objective)))

    def filter_queryset(self, queryset: Any) -> Any:
        """Filter lists only: one object is found by its id, archived or not."""
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    def _expanded(self, objectives: Sequence[Objective]) -> dict[str, Any]:
        wanted = self.expand()
        if not wanted & {"key_results", "standing"}:
            return {}
        found = key_results_of([objective.pk for objective in objectives])
        context: dict[str, Any] = {"key_results": found}
        if "standing" in wanted:
            standings = Standings(self.actor)
            context["standings"] = {
                one.key_result.pk: one
                for objective in objectives
                for one in standings.of_objective(objective, found[objective.pk]).key_results
            }
        return context
