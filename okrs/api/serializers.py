"""How OKRs look in the API. Progress is raw: 1.0 is the target, and it may lie below 0 or above 1."""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from okrs.enums import Confidence, CycleLength, InitiativeStatus, Level, MetricType, ObjectiveKind, Phase, UnitKind
from okrs.models import Alignment, CheckIn, Cycle, Initiative, KeyResult, Milestone, Objective
from organizations.models import Membership, StrategicPriority, Team

DECIMAL: dict[str, Any] = {"max_digits": 24, "decimal_places": 6}


def related(queryset: Any, **options: Any) -> serializers.PrimaryKeyRelatedField:
    """Return a field that takes the id of a row of this organization."""
    return serializers.PrimaryKeyRelatedField(queryset=queryset, pk_field=serializers.UUIDField(), **options)


class CycleSerializer(serializers.ModelSerializer):
    class Meta:
        model = Cycle
        fields = ["id", "name", "length", "starts_on", "ends_on", "phase", "for_all_teams", "created_at", "archived_at"]
        read_only_fields = ["id", "phase", "created_at", "archived_at"]


class CycleInput(serializers.Serializer):
    name = serializers.CharField(max_length=60)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    length = serializers.ChoiceField(choices=CycleLength.choices, default="quarter")
    phase = serializers.ChoiceField(choices=[Phase.PLANNED, Phase.RUNNING], default=Phase.PLANNED)
    teams = related(
        Team.objects.current(),
        many=True,
        required=False,
        allow_null=True,
        help_text="Teams that take part; leave out or null for all.",
    )


class CycleMove(serializers.Serializer):
    phase = serializers.ChoiceField(choices=Phase.choices)
    reason = serializers.CharField(required=False, allow_blank=True, default="")


class MilestoneSerializer(serializers.ModelSerializer):
    class Meta:
        model = Milestone
        fields = ["id", "title", "due_on", "weight", "done_at"]
        read_only_fields = ["id", "done_at"]


class KeyResultSerializer(serializers.ModelSerializer):
    objective = serializers.UUIDField(source="objective_id", read_only=True)
    owner = serializers.UUIDField(source="owner_id", read_only=True, allow_null=True)
    standing = serializers.SerializerMethodField(help_text="With expand=standing: pace, and whether a check-in is due.")

    class Meta:
        model = KeyResult
        fields = [
            "id",
            "objective",
            "owner",
            "title",
            "description",
            "weight",
            "metric",
            "unit_kind",
            "unit",
            "start",
            "target",
            "lower",
            "upper",
            "current",
            "progress",
            "confidence",
            "last_check_in_at",
            "starts_on",
            "ends_on",
            "standing",
            "created_at",
            "updated_at",
            "archived_at",
        ]
        read_only_fields = fields

    def get_standing(self, key_result: KeyResult) -> dict[str, Any] | None:
        """Return how it stands today, where that was asked for."""
        standing = self.context.get("standings", {}).get(key_result.pk)
        if standing is None:
            return None
        return {
            "expected": standing.expected.value,
            "pace": standing.pace,
            "check_in": standing.check_in.state if standing.check_in else None,
            "next_due_at": standing.check_in.next_due_at if standing.check_in else None,
        }


class KeyResultInput(serializers.Serializer):
    title = serializers.CharField(max_length=500)
    description = serializers.CharField(required=False, allow_blank=True)
    owner = related(Membership.objects.active(), required=False, allow_null=True)
    weight = serializers.DecimalField(max_digits=8, decimal_places=3, required=False, validators=[MinValueValidator(0)])
    metric = serializers.ChoiceField(choices=MetricType.choices, required=False)
    unit_kind = serializers.ChoiceField(choices=UnitKind.choices, required=False)
    unit = serializers.CharField(max_length=24, required=False, allow_blank=True)
    start = serializers.DecimalField(required=False, allow_null=True, **DECIMAL)
    target = serializers.DecimalField(required=False, allow_null=True, **DECIMAL)
    lower = serializers.DecimalField(required=False, allow_null=True, **DECIMAL)
    upper = serializers.DecimalField(required=False, allow_null=True, **DECIMAL)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)


class NewKeyResultInput(KeyResultInput):
    objective = related(Objective.objects.current())


class ObjectiveSerializer(serializers.ModelSerializer):
    cycle = serializers.UUIDField(source="cycle_id", read_only=True)
    team = serializers.UUIDField(source="team_id", read_only=True, allow_null=True)
    owner = serializers.UUIDField(source="owner_id", read_only=True, allow_null=True)
    key_results = serializers.SerializerMethodField(help_text="With expand=key_results.")

    class Meta:
        model = Objective
        fields = [
            "id",
            "cycle",
            "level",
            "team",
            "owner",
            "title",
            "description",
            "why",
            "kind",
            "status",
            "tags",
            "counts_supporting",
            "confidence",
            "progress",
            "reported_progress",
            "reported_note",
            "created_at",
            "updated_at",
            "archived_at",
            "key_results",
        ]
        read_only_fields = fields

    @extend_schema_field(KeyResultSerializer(many=True, allow_null=True))
    def get_key_results(self, objective: Objective) -> list[dict[str, Any]] | None:
        """Return the current key results, where they were asked for; null otherwise."""
        found = self.context.get("key_results")
        if found is None:
            return None
        return list(KeyResultSerializer(found[objective.pk], many=True, context=self.context).data)


class ObjectiveInput(serializers.Serializer):
    title = serializers.CharField(max_length=500)
    description = serializers.CharField(required=False, allow_blank=True)
    why = serializers.CharField(required=False, allow_blank=True)
    kind = serializers.ChoiceField(choices=ObjectiveKind.choices, required=False)
    level = serializers.ChoiceField(choices=Level.choices, required=False)
    team = related(Team.objects.current(), required=False, allow_null=True)
    owner = related(Membership.objects.active(), required=False, allow_null=True)
    tags = serializers.ListField(child=serializers.CharField(max_length=40), required=False)
    counts_supporting = serializers.BooleanField(required=False)


class ObjectivePatch(ObjectiveInput):
    confidence = serializers.ChoiceField(choices=["", *Confidence.values], required=False)


class NewObjectiveInput(ObjectiveInput):
    cycle = related(Cycle.objects.current())


class CheckInSerializer(serializers.ModelSerializer):
    key_result = serializers.UUIDField(source="key_result_id", read_only=True)
    author = serializers.UUIDField(source="author_id", read_only=True, allow_null=True)
    on_behalf_of = serializers.UUIDField(source="on_behalf_of_id", read_only=True, allow_null=True)
    helper = serializers.UUIDField(source="helper_id", read_only=True, allow_null=True)

    class Meta:
        model = CheckIn
        fields = [
            "id",
            "key_result",
            "author",
            "on_behalf_of",
            "value",
            "previous_value",
            "progress",
            "confidence",
            "note",
            "blocker",
            "helper",
            "next_step",
            "via",
            "at",
            "withdrawn_at",
        ]
        read_only_fields = fields


class CheckInInput(serializers.Serializer):
    value = serializers.DecimalField(
        required=False, allow_null=True, help_text="Leave out when nothing changed; 0 or 1 for done or not.", **DECIMAL
    )
    confidence = serializers.ChoiceField(choices=Confidence.choices, required=False)
    note = serializers.CharField(required=False, allow_blank=True)
    blocker = serializers.CharField(required=False, allow_blank=True)
    helper = related(Membership.objects.active(), required=False, allow_null=True)
    next_step = serializers.CharField(required=False, allow_blank=True)
    milestones_done = serializers.ListField(
        child=serializers.UUIDField(), required=False, help_text="Ids of all milestones done so far."
    )


class AlignmentSerializer(serializers.ModelSerializer):
    objective = serializers.UUIDField(source="objective_id", read_only=True)
    target_objective = serializers.UUIDField(source="target_objective_id", read_only=True, allow_null=True)
    target_key_result = serializers.UUIDField(source="target_key_result_id", read_only=True, allow_null=True)
    target_priority = serializers.UUIDField(source="target_priority_id", read_only=True, allow_null=True)

    class Meta:
        model = Alignment
        fields = [
            "id",
            "objective",
            "target_objective",
            "target_key_result",
            "target_priority",
            "weight",
            "reason",
            "created_at",
        ]
        read_only_fields = fields


class AlignmentInput(serializers.Serializer):
    objective = related(Objective.objects.current())
    target_objective = related(Objective.objects.current(), required=False, allow_null=True)
    target_key_result = related(KeyResult.objects.current(), required=False, allow_null=True)
    target_priority = related(StrategicPriority.objects.current(), required=False, allow_null=True)
    weight = serializers.DecimalField(
        max_digits=8, decimal_places=3, default=Decimal(1), validators=[MinValueValidator(0)]
    )
    reason = serializers.CharField(required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for exactly one target."""
        names = ("target_objective", "target_key_result", "target_priority")
        if sum(attrs.get(name) is not None for name in names) != 1:
            raise serializers.ValidationError("Name exactly one of " + ", ".join(names) + ".")
        return attrs


class InitiativeSerializer(serializers.ModelSerializer):
    objective = serializers.UUIDField(source="objective_id", read_only=True)
    key_result = serializers.UUIDField(source="key_result_id", read_only=True, allow_null=True)
    owner = serializers.UUIDField(source="owner_id", read_only=True, allow_null=True)

    class Meta:
        model = Initiative
        fields = ["id", "objective", "key_result", "title", "owner", "due_on", "status", "url", "created_at"]
        read_only_fields = fields


class InitiativeInput(serializers.Serializer):
    title = serializers.CharField(max_length=300)
    key_result = related(KeyResult.objects.current(), required=False, allow_null=True)
    owner = related(Membership.objects.active(), required=False, allow_null=True)
    due_on = serializers.DateField(required=False, allow_null=True)
    status = serializers.ChoiceField(choices=InitiativeStatus.choices, required=False)
    url = serializers.URLField(max_length=500, required=False, allow_blank=True)


class NewInitiativeInput(InitiativeInput):
    objective = related(Objective.objects.current())
