"""Which teams have a coach, and what coaches carry, in the API."""

from typing import Any
from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import RowSerializer
from okrapp.api.views import TenantViewSet
from organizations.enums import Scope
from organizations.models import Membership, Team
from organizations.queries.settings import today_of
from organizations.queries.team import with_descendants
from roles import permissions
from roles.queries.coverage import Coverage, Reach, read_coverage, scope_of
from roles.queries.coverage_page import loads_of, summary_of

SCOPES = {"GET": (Scope.PEOPLE_READ,)}
REACHES = [(reach.value, reach.value) for reach in Reach]


class CoveredTeamSerializer(RowSerializer):
    """A team and who coaches it."""

    parent: Any = serializers.UUIDField(source="parent_id", read_only=True, allow_null=True)
    lead: Any = serializers.UUIDField(source="lead_id", read_only=True, allow_null=True)
    reach: Any = serializers.SerializerMethodField(help_text="Where its coach is from; null without a coach.")
    coaches: Any = serializers.SerializerMethodField(help_text="Ids of the members; the nearest coaches only.")
    proposed: Any = serializers.SerializerMethodField(help_text="Who is proposed, or coaches it from a later day on.")

    class Meta:
        model = Team
        fields = ["id", "name", "slug", "parent", "lead", "reach", "coaches", "proposed"]
        read_only_fields = fields

    @property
    def coverage(self) -> Coverage:
        """The coverage that the view has read."""
        found: Coverage = self.context["coverage"]
        return found

    @extend_schema_field(serializers.ChoiceField(choices=REACHES, allow_null=True))
    def get_reach(self, team: Team) -> str | None:
        cover = self.coverage.covers.get(team.pk)
        return cover.reach.value if cover else None

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_coaches(self, team: Team) -> list[UUID]:
        cover = self.coverage.covers.get(team.pk)
        return list(cover.coach_ids) if cover else []

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_proposed(self, team: Team) -> UUID | None:
        coming = self.coverage.coming(team.pk)
        return coming.member_id if coming else None


class CoverageSummarySerializer(serializers.Serializer):
    teams: Any = serializers.IntegerField(source="total", read_only=True)
    covered = serializers.IntegerField(read_only=True, help_text="Teams that have a coach.")
    organization_only = serializers.IntegerField(
        source="far",
        read_only=True,
        help_text="Of these, teams that have nobody but coaches of the whole organization.",
    )
    without: Any = serializers.IntegerField(read_only=True, help_text="Teams without a coach.")
    share: Any = serializers.FloatField(read_only=True, allow_null=True, help_text="Of teams with a coach, 0 to 1.")


class CoverageFilter(django_filters.FilterSet):
    reach = django_filters.ChoiceFilter(
        choices=[*REACHES, ("none", "none")], method="leave_to_view", label="Where the coach is from; none: no coach."
    )
    below = django_filters.UUIDFilter(method="of_part", label="A team: itself and everything below it.")

    class Meta:
        model = Team
        fields: tuple[str, ...] = ()

    def leave_to_view(self, queryset: Any, name: str, value: str) -> Any:
        """Keep the teams that the view has found; the database does not know."""
        coverage: Coverage = self.request.coverage
        reach_of = {team_id: cover.reach.value for team_id, cover in coverage.covers.items()}
        return queryset.filter(pk__in=[one for one in coverage.lines.teams if reach_of.get(one, "none") == value])

    def of_part(self, queryset: Any, name: str, value: UUID) -> Any:
        """Keep a team and everything below it."""
        return queryset.filter(pk__in=with_descendants(value))


class CoverageViewSet(TenantViewSet):
    """Which teams have a coach: the nearest one counts, and nobody covers teams of their own line."""

    queryset = Team.objects.current()
    serializer_class = CoveredTeamSerializer
    filterset_class = CoverageFilter
    scopes = SCOPES
    singular, plural = "covered team", "covered teams"

    @extend_schema(responses=CoveredTeamSerializer(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List the teams you answer for with who coaches them."""
        self.authorized(permissions.see_coverage(self.actor))
        found = read_coverage(today_of(self.actor.settings))
        request.coverage = found  # type: ignore[attr-defined] # the filter asks it
        rows = self.get_queryset().filter(pk__in=scope_of(self.actor, found))
        page = self.paginate_queryset(self.filter_queryset(rows)) or []
        context = {**self.get_serializer_context(), "coverage": found}
        return self.get_paginated_response(CoveredTeamSerializer(page, many=True, context=context).data)

    @extend_schema(responses=CoverageSummarySerializer)
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None)
    def summary(self, request: Request, **kwargs: Any) -> Response:
        """Get how many of the teams you answer for have a coach."""
        self.authorized(permissions.see_coverage(self.actor))
        found = read_coverage(today_of(self.actor.settings))
        return Response(CoverageSummarySerializer(summary_of(found, scope_of(self.actor, found))).data)


class CoachLoadSerializer(RowSerializer):
    """What one coach carries; null where they have said nothing about what they can carry."""

    member: Any = serializers.UUIDField(source="pk", read_only=True)
    name: Any = serializers.CharField(source="display_name", read_only=True)
    teams: Any = serializers.SerializerMethodField(help_text="Teams coached by an assignment for them or a team above.")
    shared: Any = serializers.SerializerMethodField(
        help_text="The part of the teams that only coaches of the whole organization cover, divided among these."
    )
    persons: Any = serializers.SerializerMethodField(help_text="How many persons they coach one to one.")
    teams_wanted: Any = serializers.SerializerMethodField(help_text="How many teams they can carry.")
    hours_a_week: Any = serializers.SerializerMethodField()
    over_capacity: Any = serializers.SerializerMethodField()

    class Meta:
        model = Membership
        fields = ["member", "name", "teams", "shared", "persons", "teams_wanted", "hours_a_week", "over_capacity"]
        read_only_fields = fields

    def _load(self, member: Membership) -> Any:
        return self.context["coverage"].loads[member.pk]

    @extend_schema_field(serializers.IntegerField())
    def get_teams(self, member: Membership) -> int:
        return int(self._load(member).own)

    @extend_schema_field(serializers.IntegerField())
    def get_shared(self, member: Membership) -> int:
        return int(self._load(member).share)

    @extend_schema_field(serializers.IntegerField())
    def get_persons(self, member: Membership) -> int:
        return int(self._load(member).persons)

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_teams_wanted(self, member: Membership) -> int | None:
        capacity = self._load(member).capacity
        return capacity.teams if capacity else None

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_hours_a_week(self, member: Membership) -> float | None:
        capacity = self._load(member).capacity
        return capacity.hours if capacity else None

    @extend_schema_field(serializers.BooleanField())
    def get_over_capacity(self, member: Membership) -> bool:
        return bool(self._load(member).is_over)


class CoachLoadViewSet(TenantViewSet):
    """What coaches carry, for planning."""

    queryset = Membership.objects.active()
    serializer_class = CoachLoadSerializer
    scopes = SCOPES
    singular, plural = "load of a coach", "loads of coaches"

    @extend_schema(responses=CoachLoadSerializer(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List who coaches in the teams you answer for with what they carry."""
        self.authorized(permissions.see_coverage(self.actor))
        found = read_coverage(today_of(self.actor.settings))
        seen = scope_of(self.actor, found)
        loads = loads_of(found, None if len(seen) == len(found.lines.teams) else seen)
        rows = self.get_queryset().filter(pk__in=[one.member_id for one in loads])
        page = self.paginate_queryset(rows) or []
        context = {**self.get_serializer_context(), "coverage": found}
        return self.get_paginated_response(CoachLoadSerializer(page, many=True, context=context).data)
