"""How retrospectives look in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrs.enums import ActionState, RetroColumn, RetroState
from okrs.models import Cycle, RetroAction, RetroCard, Retrospective
from organizations.models import Membership, Team


class RetrospectiveSerializer(RowSerializer):
    cycle = serializers.UUIDField(source="cycle_id", read_only=True)
    team = serializers.UUIDField(source="team_id", read_only=True)
    moderator = serializers.UUIDField(source="moderator_id", read_only=True, allow_null=True)

    class Meta:
        model = Retrospective
        fields = ["id", "cycle", "team", "moderator", "state", "opened_at", "closed_at"]
        read_only_fields = fields


class RetrospectiveInput(InputSerializer):
    cycle = related(Cycle.objects.current())
    team = related(Team.objects.current())
    moderator = related(Membership.objects.active(), required=False, allow_null=True)


class RetrospectivePatch(InputSerializer):
    state = serializers.ChoiceField(choices=RetroState.choices, required=False)
    moderator = related(Membership.objects.active(), required=False, allow_null=True)


class RetroCardSerializer(RowSerializer):
    retrospective = serializers.UUIDField(source="retrospective_id", read_only=True)
    author = serializers.UUIDField(
        source="author_id", read_only=True, allow_null=True, help_text="Null for a card without a name."
    )
    votes = serializers.SerializerMethodField(help_text="Null until voting has ended.")
    is_voted = serializers.SerializerMethodField(help_text="Whether one has voted for it oneself.")

    class Meta:
        model = RetroCard
        fields = ["id", "retrospective", "column", "text", "author", "about_process", "votes", "is_voted"]
        read_only_fields = fields

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_votes(self, card: RetroCard) -> int | None:
        """Return how many votes it got, once nobody votes any more."""
        found: Any = card
        return int(found.vote_count) if card.retrospective.state == RetroState.CLOSED else None

    @extend_schema_field(serializers.BooleanField())
    def get_is_voted(self, card: RetroCard) -> bool:
        """Return whether the reader has voted for it."""
        found: Any = card
        return bool(found.is_voted)


class RetroCardInput(InputSerializer):
    retrospective = related(Retrospective.objects.select_related("team", "cycle"))
    column = serializers.ChoiceField(choices=RetroColumn.choices)
    text = serializers.CharField(max_length=2000)
    is_anonymous = serializers.BooleanField(default=True)
    about_process = serializers.BooleanField(default=False)


class RetroCardPatch(InputSerializer):
    column = serializers.ChoiceField(choices=RetroColumn.choices, required=False)
    text = serializers.CharField(max_length=2000, required=False)
    about_process = serializers.BooleanField(required=False)


class RetroActionSerializer(RowSerializer):
    retrospective = serializers.UUIDField(source="retrospective_id", read_only=True)
    team = serializers.UUIDField(source="team_id", read_only=True)
    owner = serializers.UUIDField(source="owner_id", read_only=True, allow_null=True)

    class Meta:
        model = RetroAction
        fields = ["id", "retrospective", "team", "title", "owner", "due_on", "state", "created_at", "done_at"]
        read_only_fields = fields


class RetroActionInput(InputSerializer):
    title = serializers.CharField(max_length=300)
    owner = related(Membership.objects.active(), required=False, allow_null=True)
    due_on = serializers.DateField(required=False, allow_null=True)
    state = serializers.ChoiceField(choices=ActionState.choices, required=False)


class NewRetroActionInput(InputSerializer):
    retrospective = related(Retrospective.objects.select_related("team", "cycle"))
    title = serializers.CharField(max_length=300)
    owner = related(Membership.objects.active(), required=False, allow_null=True)
    due_on = serializers.DateField(required=False, allow_null=True)
