"""The week of a team in the API."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer
from okrapp.api.views import TenantViewSet
from okrs.api.scopes import OKRS
from okrs.queries.digest import TeamWeek, week_before, weeks_of
from okrs.views.team_week import monday_of
from organizations.models import Team
from organizations.queries.settings import today_of


class MovedSerializer(InputSerializer):
    key_result = serializers.UUIDField()
    before = serializers.DecimalField(max_digits=20, decimal_places=6, allow_null=True)
    after = serializers.DecimalField(max_digits=20, decimal_places=6)
    is_better = serializers.BooleanField(
        allow_null=True, help_text="Whether it moved the right way; null where neither way is."
    )


class StuckSerializer(InputSerializer):
    key_result = serializers.UUIDField()
    status = serializers.CharField(help_text="on_track, at_risk, off_track, outdated, or empty.")
    is_far_behind = serializers.BooleanField()
    blocker = serializers.CharField(help_text="What is in the way; may be empty.")


class TeamWeekSerializer(InputSerializer):
    team = serializers.UUIDField()
    first_day = serializers.DateField(help_text="A Monday.")
    last_day = serializers.DateField()
    moved = MovedSerializer(many=True)
    stuck = StuckSerializer(many=True)
    due = serializers.ListField(child=serializers.UUIDField(), help_text="Key results that wait for a check-in.")
    kudos = serializers.ListField(child=serializers.UUIDField())


class TeamWeekViewSet(TenantViewSet):
    """What moved, is stuck, is celebrated and due in a team's week. About key results, never about persons."""

    queryset = Team.objects.current()
    serializer_class = TeamWeekSerializer
    pagination_class = None
    scopes = OKRS
    parameters = {"retrieve": ("from",)}
    singular, plural = "week of a team", "weeks of teams"

    @extend_schema(
        parameters=[
            OpenApiParameter("from", str, description="A day of the week; without it, the one digests tell of.")
        ],
        responses=TeamWeekSerializer,
    )
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get a team's week, by the id of the team. What is stuck and due is told as it stands now."""
        team = get_object_or_404(self.get_queryset(), pk=kwargs["pk"])
        wanted = request.query_params.get("from", "")
        first = monday_of(wanted) if wanted else week_before(today_of(self.actor.settings))
        if first is None:
            raise exceptions.ValidationError({"from": _("Write a day like 2026-11-30.")})
        return Response(_told(weeks_of(self.actor, [team], first)[team.pk]))


def _told(week: TeamWeek) -> dict[str, Any]:
    return {
        "team": week.team.pk,
        "first_day": week.first,
        "last_day": week.last,
        "moved": [
            {"key_result": one.key_result.pk, "before": one.before, "after": one.after, "is_better": one.is_better}
            for one in week.moved
        ],
        "stuck": [
            {
                "key_result": one.standing.key_result.pk,
                "status": one.standing.status,
                "is_far_behind": one.is_far_behind,
                "blocker": one.blocker,
            }
            for one in week.stuck
        ],
        "due": [one.key_result.pk for one in week.due],
        "kudos": [one.kudos.pk for one in week.celebrations],
    }
