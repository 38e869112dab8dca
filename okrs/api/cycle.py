"""Cycles in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from okrs import permissions
from okrs.api.alignment_graph import AlignmentGraphSerializer, alignment_graph
from okrs.api.filters import CycleFilter
from okrs.api.scopes import OKRS
from okrs.api.serializers import CycleInput, CycleMove, CyclePatch, CycleSerializer
from okrs.domain import cycle as domain
from okrs.domain.cycle_phase import move_cycle
from okrs.models import Cycle
from organizations.api.idempotency import idempotent


class CycleViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Periods that OKRs are set for."""

    queryset = Cycle.objects.all()
    serializer_class = CycleSerializer
    filterset_class = CycleFilter
    scopes = OKRS
    singular, plural = "cycle", "cycles"

    @extend_schema(request=CycleInput, responses={201: CycleSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Make a cycle."""
        self.authorized(permissions.manage_cycles(self.actor))
        cycle = domain.create_cycle(actor=self.actor, **self.validated(CycleInput))
        return Response(self.shown(cycle), status=status.HTTP_201_CREATED)

    @extend_schema(request=CyclePatch, responses=CycleSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change name, days and who takes part."""
        cycle = self.get_object()
        self.authorized(permissions.edit_cycle(self.actor, cycle))
        values = self.validated(CyclePatch, partial=True)
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
        return Response(self.shown(move_cycle(actor=self.actor, cycle=cycle, **self.validated(CycleMove))))

    @extend_schema(request=None, responses=CycleSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, **kwargs: Any) -> Response:
        """Put away a cycle that has no objectives."""
        cycle = self.get_object()
        self.authorized(permissions.edit_cycle(self.actor, cycle))
        return Response(self.shown(domain.archive_cycle(actor=self.actor, cycle=cycle)))

    @extend_schema(request=None, responses=CycleSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring an archived cycle back."""
        cycle = self.get_object()
        self.authorized(permissions.edit_cycle(self.actor, cycle))
        return Response(self.shown(domain.restore_cycle(actor=self.actor, cycle=cycle)))

    @extend_schema(responses=AlignmentGraphSerializer)
    @action(detail=True, url_path="alignment-graph")
    def alignment_graph(self, request: Request, **kwargs: Any) -> Response:
        """Get who supports whom: the objectives of a cycle, what they support and what supports them, all at once.

        It reaches into cycles that overlap this one. Key results are nodes where an objective supports them.
        """
        return Response(alignment_graph(self.actor, self.get_object()))
