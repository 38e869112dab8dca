"""What the API shows and takes of the messages of rollouts."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from organizations.enums import Role
from organizations.models import Membership, Team
from rollout.domain import message as domain
from rollout.domain import message_consent
from rollout.domain.message_audience import MOST
from rollout.enums import AudienceKind, MessageChannel, MessageFormat
from rollout.models import MessageAudience, PlannedMessage, RolloutPlan, SentMessage, Wave


class AudienceSerializer(RowSerializer):
    wave = serializers.UUIDField(source="wave_id", read_only=True, allow_null=True)
    team = serializers.UUIDField(source="team_id", read_only=True, allow_null=True)
    member = serializers.UUIDField(source="member_id", read_only=True, allow_null=True)

    class Meta:
        model = MessageAudience
        fields = ["kind", "role", "wave", "team", "with_below", "member"]
        read_only_fields = fields


class PlannedMessageSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    sender = serializers.UUIDField(source="sender_id", read_only=True, allow_null=True)
    asked_by = serializers.UUIDField(source="asked_by_id", read_only=True, allow_null=True)
    version = serializers.IntegerField(read_only=True, help_text="How often the sender was asked.")
    audience = serializers.SerializerMethodField(help_text="All of these together; each person gets it once.")

    class Meta:
        model = PlannedMessage
        fields = [
            "id",
            "plan",
            "title",
            "text",
            "channel",
            "format",
            "sender",
            "sends_on",
            "sends_hour",
            "audience",
            "state",
            "version",
            "asked_by",
            "agreed_at",
            "return_reason",
            "cancelled_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields

    @extend_schema_field(AudienceSerializer(many=True))
    def get_audience(self, row: PlannedMessage) -> Any:
        """Return whom it is for; read for the whole page at once."""
        return AudienceSerializer(row.audiences.all(), many=True, context=self.context).data


class AudienceInput(InputSerializer):
    kind = serializers.ChoiceField(choices=AudienceKind.choices)
    role = serializers.ChoiceField(choices=Role.choices, required=False, allow_blank=True, help_text="Of kind “role”.")
    wave = related(Wave.objects.all(), required=False, allow_null=True, help_text="Of kind “wave”: one of the plan.")
    team = related(Team.objects.current(), required=False, allow_null=True, help_text="Of kind “team”.")
    with_below = serializers.BooleanField(required=False, help_text="Whether all teams below it are meant too.")
    member = related(Membership.objects.active(), required=False, allow_null=True, help_text="Of kind “member”.")


class PlannedMessagePatch(InputSerializer):
    title = serializers.CharField(max_length=domain.LONGEST_TITLE)
    text = serializers.CharField(max_length=domain.LONGEST, required=False, allow_blank=True, help_text="Markdown.")
    channel = serializers.ChoiceField(
        choices=MessageChannel.choices, required=False, help_text="All but “app” are told by people and ticked off."
    )
    format = serializers.ChoiceField(choices=MessageFormat.choices, required=False)
    sender = related(
        Membership.objects.active(), required=False, allow_null=True, help_text="In whose name; they have to agree."
    )
    sends_on = serializers.DateField()
    sends_hour = serializers.IntegerField(
        min_value=0, max_value=23, required=False, help_text="On the organization's clock."
    )
    audience = AudienceInput(many=True, required=False, max_length=MOST)  # type: ignore[call-arg]  # of the list

    def validate_audience(self, lines: list[dict[str, Any]]) -> list[MessageAudience]:
        """Return the lines as the domain takes them."""
        return [MessageAudience(**line) for line in lines]


class PlannedMessageInput(PlannedMessagePatch):
    plan = related(RolloutPlan.objects.current().select_related("team").prefetch_related("officers"))


class AgreeInput(InputSerializer):
    version = serializers.IntegerField(min_value=0, help_text="The one you have read.")


class SendBackInput(InputSerializer):
    reason = serializers.CharField(max_length=message_consent.LONGEST_REASON, help_text="What has to change.")


class MarkDoneInput(InputSerializer):
    on = serializers.DateField(help_text="The day it was told; not one to come.")


class SentMessageSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    planned_message = serializers.UUIDField(source="message_id", read_only=True)
    sender = serializers.UUIDField(source="sender_id", read_only=True, allow_null=True)
    sender_name = serializers.CharField(read_only=True, help_text="As it was then.")
    recipient_count = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Null where people told it: nobody counted them."
    )

    class Meta:
        model = SentMessage
        fields = [
            "id",
            "plan",
            "planned_message",
            "title",
            "text",
            "channel",
            "format",
            "sender",
            "sender_name",
            "recipient_count",
            "sent_on",
            "sent_at",
        ]
        read_only_fields = fields


class RecipientSerializer(RowSerializer):
    class Meta:
        model = Membership
        fields = ["id", "display_name"]
        read_only_fields = fields
