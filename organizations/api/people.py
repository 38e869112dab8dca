"""Members and teams in the API."""

from typing import Any
from uuid import UUID

import django_filters
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.filters import CurrentFilter
from okrapp.api.views import TenantViewSet
from organizations import permissions
from organizations.api.idempotency import idempotent
from organizations.api.serializers import (
    MemberInput,
    MemberPatch,
    MemberSerializer,
    NewTeamInput,
    TeamInput,
    TeamMembersInput,
    TeamMove,
    TeamSerializer,
)
from organizations.domain import membership as members
from organizations.domain import team as teams
from organizations.enums import Scope
from organizations.models import Membership, Team
from organizations.names import sort_key

PEOPLE = {
    "GET": (Scope.PEOPLE_READ,),
    "POST": (Scope.PEOPLE_WRITE,),
    "PATCH": (Scope.PEOPLE_WRITE,),
    "DELETE": (Scope.PEOPLE_WRITE,),
}


class NameFilter(django_filters.CharFilter):
    """Finds a part of a name, whatever its case and accents."""

    def filter(self, qs: Any, value: str) -> Any:
        """Filter by what names sort by."""
        return qs.filter(sort_key__contains=sort_key(value)) if value else qs


class MemberFilter(CurrentFilter):
    q = NameFilter(label="A part of the name.")
    email = django_filters.CharFilter(lookup_expr="iexact", label="The whole address.")
    team = django_filters.UUIDFilter(field_name="team_memberships__team_id", label="Members of this team.")
    archived = None
    deactivated = django_filters.BooleanFilter(method="leave_to_qs", label="True: with those who have left.")
    everything = "deactivated"
    kept = "active"

    class Meta:
        model = Membership
        fields = ["is_administrator"]


class MemberViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """People of the organization; placeholders are those nobody signs in as yet."""

    queryset = Membership.objects.all()
    serializer_class = MemberSerializer
    filterset_class = MemberFilter
    scopes = PEOPLE
    singular, plural = "member", "members"

    @extend_schema(responses=MemberSerializer)
    @action(detail=False, methods=["get"], filterset_class=None, pagination_class=None, scopes={})
    def me(self, request: Request, **kwargs: Any) -> Response:
        """Tell who asks."""
        return Response(self.shown(self.actor.membership))

    @extend_schema(request=MemberInput, responses={201: MemberSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a member whom a person can claim; no invitation is sent."""
        self.authorized(permissions.manage_people(self.actor))
        member = members.add_member(actor=self.actor, **self.validated(MemberInput))
        return Response(self.shown(member), status=status.HTTP_201_CREATED)

    @extend_schema(request=MemberPatch, responses=MemberSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a member's name or title; address, manager and who is an administrator take an administrator."""
        member = self.get_object()
        values = self.validated(MemberPatch, partial=True)
        own = set(values) <= {"display_name", "title"}
        self.authorized(permissions.edit_member(self.actor, member) if own else permissions.manage_people(self.actor))
        administers = values.pop("is_administrator", None)
        represents = values.pop("is_employee_representative", None)
        member = members.update_member(actor=self.actor, member=member, changes=values)
        if administers is not None:
            member = members.set_administrator(actor=self.actor, member=member, is_administrator=administers)
        if represents is not None:
            member = members.set_employee_representative(
                actor=self.actor, member=member, is_employee_representative=represents
            )
        return Response(self.shown(member))

    @extend_schema(request=None, responses=MemberSerializer)
    @action(detail=True, methods=["post"])
    def deactivate(self, request: Request, **kwargs: Any) -> Response:
        """Take a member out; all history stays."""
        member = self.get_object()
        self.authorized(permissions.manage_people(self.actor))
        return Response(self.shown(members.deactivate_member(actor=self.actor, member=member)))

    @extend_schema(request=None, responses=MemberSerializer)
    @action(detail=True, methods=["post"])
    def reactivate(self, request: Request, **kwargs: Any) -> Response:
        """Bring a member back."""
        member = self.get_object()
        self.authorized(permissions.manage_people(self.actor))
        return Response(self.shown(members.reactivate_member(actor=self.actor, member=member)))


class TeamFilter(CurrentFilter):
    q = NameFilter(label="A part of the name.")
    parent = django_filters.UUIDFilter(field_name="parent_id", label="Teams right below this one.")
    lead = django_filters.UUIDFilter(field_name="lead_id")

    class Meta:
        model = Team
        fields = ["slug"]


class TeamViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """The tree of teams."""

    queryset = Team.objects.all()
    serializer_class = TeamSerializer
    filterset_class = TeamFilter
    scopes = PEOPLE
    singular, plural = "team", "teams"

    @extend_schema(request=NewTeamInput, responses={201: TeamSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Create a team."""
        self.authorized(permissions.manage_teams(self.actor))
        team = teams.create_team(actor=self.actor, **self.validated(NewTeamInput))
        return Response(self.shown(team), status=status.HTTP_201_CREATED)

    @extend_schema(request=TeamInput, responses=TeamSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change what a team is called and for, and who leads it."""
        team = self.get_object()
        self.authorized(permissions.edit_team(self.actor, team))
        values = self.validated(TeamInput, partial=True)
        if "lead" in values:
            self.authorized(permissions.manage_teams(self.actor))
        return Response(self.shown(teams.update_team(actor=self.actor, team=team, changes=values)))

    @extend_schema(request=TeamMove, responses=TeamSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, **kwargs: Any) -> Response:
        """Move a team, with everything below it, under another one or to the top; a circle is refused by name."""
        team = self.get_object()
        self.authorized(permissions.manage_teams(self.actor))
        return Response(self.shown(teams.move_team(actor=self.actor, team=team, **self.validated(TeamMove))))

    @extend_schema(request=None, responses=TeamSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, **kwargs: Any) -> Response:
        """Put a team away; refused while it has teams below it."""
        team = self.get_object()
        self.authorized(permissions.manage_teams(self.actor))
        teams.archive_team(actor=self.actor, team=team)
        return Response(self.shown(self.get_object()))

    @extend_schema(request=None, responses=TeamSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring an archived team back."""
        team = self.get_object()
        self.authorized(permissions.manage_teams(self.actor))
        teams.unarchive_team(actor=self.actor, team=team)
        return Response(self.shown(self.get_object()))

    @extend_schema(responses=MemberSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"])
    def members(self, request: Request, **kwargs: Any) -> Response:
        """List the members of a team; those who have left are not told."""
        page = self.paginate_queryset(Membership.objects.active().filter(team_memberships__team=self.get_object()))
        return self.get_paginated_response(MemberSerializer(page, many=True).data)

    @extend_schema(request=TeamMembersInput, responses=MemberSerializer(many=True))
    @members.mapping.post
    def add_members(self, request: Request, **kwargs: Any) -> Response:
        """Put people into a team. Answers with those who were not in it before."""
        team = self.get_object()
        self.authorized(permissions.edit_team(self.actor, team))
        wanted = self.validated(TeamMembersInput)["members"]
        added = teams.add_team_members(actor=self.actor, team=team, members=wanted)
        return Response(MemberSerializer(added, many=True).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["delete"], url_path="members/<uuid:member_id>")
    def remove_member(self, request: Request, member_id: UUID, **kwargs: Any) -> Response:
        """Take somebody out of a team; once more changes nothing."""
        team = self.get_object()
        member = get_object_or_404(Membership.objects.all(), pk=member_id)
        self.authorized(permissions.edit_team(self.actor, team))
        teams.remove_team_member(actor=self.actor, team=team, member=member)
        return Response(status=status.HTTP_204_NO_CONTENT)
