"""Cycles in the API."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RelatedRows, RowSerializer, related
from okrapp.api.views import TenantViewSet
from okrs import permissions
from okrs.api.alignment_graph import AlignmentGraphSerializer, alignment_graph
from okrs.api.cycle_board import (
    BOARD_PARAMETERS,
    BoardQuery,
    BoardSerializer,
    DraftingCheckSerializer,
    board,
    drafting_check,
)
from okrs.api.cycle_serializers import CycleInput, CycleMove, CyclePatch, CycleSerializer
from okrs.api.filters import CycleFilter
from okrs.api.scopes import OKRS
from okrs.calendar import MONTHS
from okrs.domain import cycle as domain
from okrs.domain.cycle_days import DAY_FIELDS
from okrs.domain.cycle_generator import generate_cycles
from okrs.domain.cycle_phase import move_cycle
from okrs.domain.extension import extend_team, withdraw_extension
from okrs.enums import CycleLength
from okrs.models import Cycle, CycleExtension
from okrs.queries.extension import extensions_of
from organizations.api.idempotency import idempotent
from organizations.models import Team


class GenerateInput(InputSerializer):
    day = serializers.DateField(help_text="Any day of the fiscal year.")
    length = serializers.ChoiceField(
        choices=[one for one in CycleLength.choices if one[0] in MONTHS], default=CycleLength.QUARTER
    )
    with_year = serializers.BooleanField(default=True, help_text="Make a cycle of the year too.")
    teams = RelatedRows(
        Team.objects.current(),
        required=False,
        allow_null=True,
        default=None,
        max_length=2000,
        help_text="Who takes part in the cycles but the year's; left out: all teams.",
    )


class ExtensionSerializer(RowSerializer):
    """A team that may go on reviewing."""

    team = serializers.UUIDField(source="team_id", read_only=True)
    granted_by = serializers.UUIDField(source="granted_by_id", read_only=True, allow_null=True)

    class Meta:
        model = CycleExtension
        fields = ["id", "team", "until", "reason", "granted_by", "ended_at"]
        read_only_fields = fields


class ExtensionInput(InputSerializer):
    team = related(Team.objects.current())
    until = serializers.DateField(help_text="Last day of the team, included.")
    reason = serializers.CharField(max_length=1000)


class CycleViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Periods that OKRs are set for."""

    queryset = Cycle.objects.all()
    serializer_class = CycleSerializer
    filterset_class = CycleFilter
    scopes = OKRS
    parameters = {"board": BOARD_PARAMETERS}
    singular, plural = "cycle", "cycles"

    @extend_schema(request=CycleInput, responses={201: CycleSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Make a cycle."""
        self.authorized(permissions.manage_cycles(self.actor))
        values = self.validated(CycleInput)
        days = {name: values.pop(name) for name in DAY_FIELDS if name in values}
        cycle = domain.create_cycle(actor=self.actor, days=days, **values)
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

    @extend_schema(request=GenerateInput, responses={201: CycleSerializer(many=True)}, filters=False)
    @action(detail=False, methods=["post"], pagination_class=None)
    @idempotent
    def generate(self, request: Request, **kwargs: Any) -> Response:
        """Make the cycles of a fiscal year; those that exist are left alone and not answered."""
        self.authorized(permissions.manage_cycles(self.actor))
        made = generate_cycles(actor=self.actor, **self.validated(GenerateInput))
        return Response([self.shown(cycle) for cycle in made], status=status.HTTP_201_CREATED)

    @extend_schema(responses=ExtensionSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def extensions(self, request: Request, **kwargs: Any) -> Response:
        """Answer which teams have more time to review."""
        return Response(ExtensionSerializer(extensions_of(self.get_object()), many=True).data)

    @extend_schema(request=ExtensionInput, responses={201: ExtensionSerializer})
    @extensions.mapping.post
    @idempotent
    def extend(self, request: Request, **kwargs: Any) -> Response:
        """Give a team more time; a second time for the same team takes the place of the first."""
        cycle = self.get_object()
        self.authorized(permissions.edit_cycle(self.actor, cycle))
        extension = extend_team(actor=self.actor, cycle=cycle, **self.validated(ExtensionInput))
        return Response(ExtensionSerializer(extension).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["delete"], url_path="extensions/<uuid:team_id>")
    def end_extension(self, request: Request, team_id: UUID, **kwargs: Any) -> Response:
        """End a team's extension: its cycle ends with everybody else's."""
        cycle = self.get_object()
        extension = get_object_or_404(CycleExtension.objects.select_related("team"), cycle=cycle, team=team_id)
        self.authorized(permissions.edit_cycle(self.actor, cycle))
        withdraw_extension(actor=self.actor, extension=extension)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(parameters=[BoardQuery], responses=BoardSerializer)
    @action(detail=True)
    def board(self, request: Request, **kwargs: Any) -> Response:
        """Get the objectives of a cycle by how far they are: draft, submitted, agreed, active, scored."""
        query = BoardQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        slug = str(kwargs["slug"])
        return Response(board(self.actor, self.get_object(), query.validated_data, slug=slug))

    @extend_schema(responses=DraftingCheckSerializer)
    @action(detail=True, url_path="drafting-check")
    def drafting_check(self, request: Request, **kwargs: Any) -> Response:
        """Get how far each team is with its objectives of a cycle, and what is missing."""
        return Response(drafting_check(self.actor, self.get_object()))
