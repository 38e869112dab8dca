"""Who is who, in the API."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import RowSerializer
from okrapp.api.views import TenantViewSet
from organizations.enums import Scope
from organizations.queries.settings import today_of
from roles.models import RoleAssignment
from roles.naming import role_label


class RoleHolderSerializer(RowSerializer):
    """Somebody who holds a role today, and how to reach them."""

    label: Any = serializers.SerializerMethodField(help_text="What the role is called here.")
    member: Any = serializers.UUIDField(source="membership_id", read_only=True)
    name: Any = serializers.CharField(source="membership.display_name", read_only=True)
    title: Any = serializers.CharField(source="membership.title", read_only=True)
    email: Any = serializers.CharField(source="membership.email", read_only=True)
    team: Any = serializers.UUIDField(
        source="team_id", read_only=True, allow_null=True, help_text="With everything below it; null: everybody."
    )

    class Meta:
        model = RoleAssignment
        fields = ["role", "label", "member", "name", "title", "email", "team", "ends_on", "is_external"]
        read_only_fields = fields

    def get_label(self, row: RoleAssignment) -> str:
        return role_label(row.role)


class RoleHolderFilter(django_filters.FilterSet):
    team = django_filters.UUIDFilter(field_name="team_id")
    member = django_filters.UUIDFilter(field_name="membership_id")

    class Meta:
        model = RoleAssignment
        fields = ["role"]


class WhoIsWhoViewSet(TenantViewSet):
    """Who holds which role today, for everybody; persons who are coached one to one are not told."""

    queryset = RoleAssignment.objects.filter(person=None, membership__deactivated_at=None)
    serializer_class = RoleHolderSerializer
    filterset_class = RoleHolderFilter
    scopes = {"GET": (Scope.PEOPLE_READ,)}
    singular, plural = "holder of a role", "holders of roles"

    @extend_schema(responses=RoleHolderSerializer(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List who holds which role today, and how to reach them."""
        rows = self.get_queryset().current(today_of(self.actor.settings)).select_related("membership")
        page = self.paginate_queryset(self.filter_queryset(rows)) or []
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
