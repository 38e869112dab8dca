"""How people, teams and the organization look in the API."""

from typing import Any

from rest_framework import serializers

from organizations.domain.organization_settings import DIRECTION, GENERAL, PROCESS
from organizations.enums import Frequency
from organizations.models import (
    ApiToken,
    AuditEntry,
    Invitation,
    Membership,
    OrganizationSettings,
    PausePeriod,
    StrategicPriority,
    Team,
)


def related(queryset: Any, **options: Any) -> serializers.PrimaryKeyRelatedField:
    """Return a field that takes the id of a row of this organization."""
    return serializers.PrimaryKeyRelatedField(queryset=queryset, pk_field=serializers.UUIDField(), **options)


class MemberSerializer(serializers.ModelSerializer):
    manager = serializers.UUIDField(source="manager_id", read_only=True, allow_null=True)
    is_placeholder = serializers.BooleanField(read_only=True)

    class Meta:
        model = Membership
        fields = [
            "id",
            "display_name",
            "email",
            "title",
            "manager",
            "is_administrator",
            "is_placeholder",
            "joined_at",
            "deactivated_at",
        ]
        read_only_fields = fields


class MemberInput(serializers.Serializer):
    display_name = serializers.CharField(max_length=150)
    email = serializers.EmailField(required=False, allow_blank=True)
    title = serializers.CharField(max_length=120, required=False, allow_blank=True)
    manager = related(Membership.objects.active(), required=False, allow_null=True)


class TeamSerializer(serializers.ModelSerializer):
    parent: Any = serializers.UUIDField(source="parent_id", read_only=True, allow_null=True)
    lead = serializers.UUIDField(source="lead_id", read_only=True, allow_null=True)

    class Meta:
        model = Team
        fields = [
            "id",
            "name",
            "slug",
            "parent",
            "lead",
            "vision",
            "mission",
            "expectations",
            "check_in_frequency",
            "check_in_weekday",
            "check_in_hour",
            "created_at",
            "archived_at",
        ]
        read_only_fields = fields


class TeamInput(serializers.Serializer):
    name = serializers.CharField(max_length=120)
    lead = related(Membership.objects.active(), required=False, allow_null=True)
    vision = serializers.CharField(required=False, allow_blank=True)
    mission = serializers.CharField(required=False, allow_blank=True)
    expectations = serializers.CharField(required=False, allow_blank=True)
    check_in_frequency = serializers.ChoiceField(choices=Frequency.choices, required=False, allow_blank=True)
    check_in_weekday = serializers.IntegerField(min_value=0, max_value=6, required=False, allow_null=True)
    check_in_hour = serializers.IntegerField(min_value=0, max_value=23, required=False, allow_null=True)


class NewTeamInput(TeamInput):
    parent: Any = related(Team.objects.current(), required=False, allow_null=True)


class TeamMove(serializers.Serializer):
    parent: Any = related(Team.objects.current(), allow_null=True)


class TeamMembersInput(serializers.Serializer):
    members = related(Membership.objects.active(), many=True)


class PrioritySerializer(serializers.ModelSerializer):
    class Meta:
        model = StrategicPriority
        fields = ["id", "title", "description", "position", "archived_at"]
        read_only_fields = ["id", "position", "archived_at"]


class PausePeriodSerializer(serializers.ModelSerializer):
    class Meta:
        model = PausePeriod
        fields = ["id", "name", "starts_on", "ends_on"]
        read_only_fields = ["id"]


class SettingsSerializer(serializers.ModelSerializer):
    class Meta:
        model = OrganizationSettings
        fields = [*DIRECTION, *GENERAL, *PROCESS, "updated_at"]
        read_only_fields = ["updated_at"]


class InvitationSerializer(serializers.ModelSerializer):
    team = serializers.UUIDField(source="team_id", read_only=True, allow_null=True)
    invited_by = serializers.UUIDField(source="invited_by_id", read_only=True, allow_null=True)

    class Meta:
        model = Invitation
        fields = ["id", "email", "team", "invited_by", "created_at", "expires_at", "accepted_at", "revoked_at"]
        read_only_fields = fields


class InvitationInput(serializers.Serializer):
    emails = serializers.ListField(child=serializers.EmailField(), allow_empty=False, max_length=200)
    team = related(Team.objects.current(), required=False, allow_null=True)


class TokenSerializer(serializers.ModelSerializer):
    class Meta:
        model = ApiToken
        fields = ["id", "name", "prefix", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at"]
        read_only_fields = fields


class AuditEntrySerializer(serializers.ModelSerializer):
    actor = serializers.UUIDField(source="actor_id", read_only=True, allow_null=True)

    class Meta:
        model = AuditEntry
        fields = [
            "id",
            "at",
            "actor",
            "via",
            "verb",
            "object_type",
            "object_id",
            "object_label",
            "before",
            "after",
            "reason",
        ]
        read_only_fields = fields
