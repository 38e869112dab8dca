"""How reviews look in the API."""

from typing import Any

from rest_framework import serializers

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrs.enums import Outcome
from okrs.models import Cycle, Objective, Review

SCORE: dict[str, Any] = {"max_digits": 4, "decimal_places": 3, "min_value": 0, "max_value": 1}


class ReviewSerializer(RowSerializer):
    objective = serializers.UUIDField(source="objective_id", read_only=True)
    reviewed_by = serializers.UUIDField(source="reviewed_by_id", read_only=True, allow_null=True)

    class Meta:
        model = Review
        fields = [
            "id",
            "objective",
            "score",
            "proposed_score",
            "reason",
            "learnings",
            "outcome",
            "not_reviewed",
            "reviewed_by",
            "reviewed_at",
            "updated_at",
        ]
        read_only_fields = fields


class ReviewInput(InputSerializer):
    objective = related(Objective.objects.current())
    score = serializers.DecimalField(
        required=False, allow_null=True, help_text="From 0 to 1. Leave out to take the proposed one.", **SCORE
    )
    reason = serializers.CharField(
        required=False, allow_blank=True, help_text="Needed where the score differs from the proposed one by over 0.05."
    )
    learnings = serializers.CharField(required=False, allow_blank=True)
    outcome = serializers.ChoiceField(choices=Outcome.choices, required=False, allow_blank=True)
    next_cycle = related(
        Cycle.objects.current(),
        required=False,
        allow_null=True,
        help_text="Where `carry_over` makes a draft; without it the wish is kept.",
    )


class CarryOverInput(InputSerializer):
    cycle = related(Cycle.objects.current())
