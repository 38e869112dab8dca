"""Cycles in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from okrs import permissions
from okrs.api.serializers import CycleInput, CycleMove, CycleSerializer
from okrs.domain import cycle as domain
from okrs.models import Cycle
from organizations.enums import Scope


class CycleViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Periods that OKRs are set for."""

    queryset = Cycle.objects.current()
    serializer_class = CycleSerializer
    filterset_fields = {"phase": ["exact"], "length": ["exact"], "starts_on": ["lte", "gte"], "ends_on": ["lte", "gte"]}
    scopes = {"GET": Scope.OKRS_READ, "POST": Scope.OKRS_WRITE, "PATCH": Scope.OKRS_WRITE}

    @extend_schema(request=CycleInput, responses={201: CycleSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Make a cycle."""
        self.authorized(permissions.manage_cycles(self.actor))
        cycle = domain.create_cycle(actor=self.actor, **self.validated(CycleInput))
        return Response(self.shown(cycle), status=status.HTTP_201_CREATED)

    @extend_schema(request=CycleInput, responses=CycleSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change name, days and who takes part."""
        cycle = self.get_object()
        self.authorized(permissions.edit_cycle(self.actor, cycle))
        values = self.validated(CycleInput, partial=True)
        sets_teams = "teams" in values
        teams = values.pop("teams", None)
        if sets_teams:
            values["for_all_teams"] = teams is None
        return Response(self.shown(domain.edit_cycle(actor=self.actor, cycle=cycle, changes=values, teams=teams)))

    @extend_schema(request=CycleMove, responses=CycleSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, **kwargs: Any) -> Response:
        """Move to a later phase, or one step back with a reason."""
        cycle = self.get_object()
        self.authorized(permissions.edit_cycle(self.actor, cycle))
        return Response(self.shown(domain.move_cycle(actor=self.actor, cycle=cycle, **self.validated(CycleMove))))
