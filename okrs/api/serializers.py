"""How OKRs look in the API. Progress is raw: 1.0 is the target, and it may lie below 0 or above 1."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrs import scoring
from okrs.enums import (
    Confidence,
    InitiativeStatus,
    Level,
    MetricType,
    ObjectiveKind,
    Pace,
    ShareLevel,
    UnitKind,
    Visibility,
)
from okrs.models import Alignment, CheckIn, Cycle, Initiative, KeyResult, Milestone, Objective, PhasedTarget
from organizations.enums import Frequency
from organizations.models import Membership, StrategicPriority, Team

DECIMAL: dict[str, Any] = {"max_digits": 24, "decimal_places": 6}
WEIGHT: dict[str, Any] = {"max_digits": 8, "decimal_places": 3, "min_value": 0}
TARGETS = ("target_objective", "target_key_result", "target_priority")
CHECK_IN_STATES = [state.value for state in scoring.CheckInState]


class MilestoneSerializer(RowSerializer):
    class Meta:
        model = Milestone
        fields = ["id", "title", "due_on", "weight", "done_at", "position"]
        read_only_fields = fields


class MilestoneInput(InputSerializer):
    title = serializers.CharField(max_length=200)
    due_on = serializers.DateField(required=False, allow_null=True)
    weight = serializers.DecimalField(required=False, **WEIGHT)


class MilestoneMove(InputSerializer):
    steps = serializers.IntegerField(min_value=-500, max_value=500, help_text="By how many places; below zero: up.")


class StandingSerializer(serializers.Serializer):
    """How a key result stands today."""

    expected = serializers.FloatField(allow_null=True, help_text="The progress expected by today.")
    pace = serializers.ChoiceField(choices=Pace.choices, allow_null=True, help_text="Computed from the two.")
    check_in = serializers.ChoiceField(choices=CHECK_IN_STATES, allow_null=True, help_text="Null where none is asked.")
    next_due_at = serializers.DateTimeField(allow_null=True)


class KeyResultSerializer(RowSerializer):
    objective = serializers.UUIDField(source="objective_id", read_only=True)
    owner = serializers.UUIDField(source="owner_id", read_only=True, allow_null=True)
    milestones = serializers.SerializerMethodField(help_text="With `expand=milestones`; null otherwise.")
    standing = serializers.SerializerMethodField(help_text="With `expand=standing`; null otherwise.")

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
            "check_in_frequency",
            "check_in_weekday",
            "check_in_hour",
            "created_at",
            "updated_at",
            "archived_at",
            "milestones",
            "standing",
        ]
        read_only_fields = fields

    @extend_schema_field(MilestoneSerializer(many=True, allow_null=True))
    def get_milestones(self, key_result: KeyResult) -> list[dict[str, Any]] | None:
        """Return its milestones, where they were asked for."""
        if "milestones" not in self.context.get("expanded", ()):
            return None
        show = _milestone_row.to_representation
        return [show(milestone) for milestone in key_result.milestones.all()]

    @extend_schema_field(StandingSerializer(allow_null=True))
    def get_standing(self, key_result: KeyResult) -> dict[str, Any] | None:
        """Return how it stands today, where that was asked for."""
        standings = self.context.get("standings")
        if standings is None:
            return None
        standing = standings[key_result.pk]
        return {
            "expected": standing.expected.value,
            "pace": standing.pace,
            "check_in": standing.check_in.state if standing.check_in else None,
            "next_due_at": standing.check_in.next_due_at if standing.check_in else None,
        }


_milestone_row = MilestoneSerializer()


class PhasedTargetSerializer(RowSerializer):
    """What should be reached by a day."""

    class Meta:
        model = PhasedTarget
        fields = ["due_on", "value"]
        read_only_fields = fields


class StepInput(InputSerializer):
    due_on = serializers.DateField()
    value = serializers.DecimalField(**DECIMAL)


class PhasedTargetsInput(InputSerializer):
    steps: Any = serializers.ListField(child=StepInput(), max_length=60)


class KeyResultInput(InputSerializer):
    title = serializers.CharField(max_length=500)
    description = serializers.CharField(required=False, allow_blank=True)
    owner = related(Membership.objects.active(), required=False, allow_null=True)
    weight = serializers.DecimalField(required=False, **WEIGHT)
    metric = serializers.ChoiceField(choices=MetricType.choices, required=False)
    unit_kind = serializers.ChoiceField(choices=UnitKind.choices, required=False)
    unit = serializers.CharField(max_length=24, required=False, allow_blank=True)
    start = serializers.DecimalField(required=False, allow_null=True, **DECIMAL)
    target = serializers.DecimalField(required=False, allow_null=True, **DECIMAL)
    lower = serializers.DecimalField(required=False, allow_null=True, **DECIMAL)
    upper = serializers.DecimalField(required=False, allow_null=True, **DECIMAL)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    check_in_frequency = serializers.ChoiceField(choices=Frequency.choices, required=False, allow_blank=True)
    check_in_weekday = serializers.IntegerField(min_value=0, max_value=6, required=False, allow_null=True)
    check_in_hour = serializers.IntegerField(min_value=0, max_value=23, required=False, allow_null=True)


class KeyResultPatch(KeyResultInput):
    reason = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=2000,
        help_text="Needed to change metric, numbers, unit or weight once they are locked; it stays visible.",
    )


class NewKeyResultInput(KeyResultInput):
    objective = related(Objective.objects.current())


class ObjectiveSerializer(RowSerializer):
    cycle = serializers.UUIDField(source="cycle_id", read_only=True)
    team = serializers.UUIDField(source="team_id", read_only=True, allow_null=True)
    owner = serializers.UUIDField(source="owner_id", read_only=True, allow_null=True)
    submitted_by = serializers.UUIDField(source="submitted_by_id", read_only=True, allow_null=True)
    recommended_by = serializers.UUIDField(source="recommended_by_id", read_only=True, allow_null=True)
    agreed_by = serializers.UUIDField(source="agreed_by_id", read_only=True, allow_null=True)
    key_results = serializers.SerializerMethodField(help_text="With `expand=key_results`; null otherwise.")

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
            "visibility",
            "status_reason",
            "submitted_by",
            "submitted_at",
            "recommended_by",
            "recommended_at",
            "agreed_by",
            "agreed_at",
            "activated_at",
            "stands_alone",
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
        return None if found is None else found[str(objective.pk)]


class ObjectiveInput(InputSerializer):
    title = serializers.CharField(max_length=500)
    description = serializers.CharField(required=False, allow_blank=True)
    why = serializers.CharField(required=False, allow_blank=True)
    kind = serializers.ChoiceField(choices=ObjectiveKind.choices, required=False)
    level = serializers.ChoiceField(choices=Level.choices, required=False)
    team = related(Team.objects.current(), required=False, allow_null=True)
    owner = related(Membership.objects.active(), required=False, allow_null=True)
    tags = serializers.ListField(child=serializers.CharField(max_length=40), required=False, max_length=50)
    counts_supporting = serializers.BooleanField(required=False)
    visibility = serializers.ChoiceField(
        choices=Visibility.choices, required=False, help_text="A private objective counts in no other number."
    )
    stands_alone = serializers.BooleanField(required=False, help_text="It supports nothing, and that is right.")


class ReasonInput(InputSerializer):
    reason = serializers.CharField(max_length=2000, help_text="Everybody can read it.")


class OptionalReasonInput(InputSerializer):
    reason = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=2000, help_text="Needed once it is locked."
    )


class CommentInput(InputSerializer):
    comment = serializers.CharField(required=False, allow_blank=True, default="", max_length=2000)


class ObjectivePatch(ObjectiveInput):
    confidence = serializers.ChoiceField(
        choices=Confidence.choices, required=False, allow_blank=True, help_text="Empty: the worst of its key results."
    )


class NewObjectiveInput(ObjectiveInput):
    cycle = related(Cycle.objects.current())


class CheckInSerializer(RowSerializer):
    key_result = serializers.UUIDField(source="key_result_id", read_only=True)
    author = serializers.UUIDField(source="author_id", read_only=True, allow_null=True)
    on_behalf_of = serializers.UUIDField(source="on_behalf_of_id", read_only=True, allow_null=True)
    helper = serializers.UUIDField(source="helper_id", read_only=True, allow_null=True)
    corrects = serializers.UUIDField(
        source="corrects_id", read_only=True, allow_null=True, help_text="The check-in that this one puts right."
    )
    solved_by = serializers.UUIDField(source="solved_by_id", read_only=True, allow_null=True)

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
            "corrects",
            "solved_at",
            "solved_by",
            "withdrawn_at",
        ]
        read_only_fields = fields


class CheckInInput(InputSerializer):
    value = serializers.DecimalField(
        required=False, allow_null=True, help_text="Leave out when nothing changed; 0 or 1 for done or not.", **DECIMAL
    )
    confidence = serializers.ChoiceField(choices=Confidence.choices, required=False)
    note = serializers.CharField(required=False, allow_blank=True)
    blocker = serializers.CharField(required=False, allow_blank=True)
    helper = related(Membership.objects.active(), required=False, allow_null=True)
    next_step = serializers.CharField(required=False, allow_blank=True)
    milestones_done = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=500, help_text="Ids of all milestones done so far."
    )


class AlignmentSerializer(RowSerializer):
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


class AlignmentInput(InputSerializer):
    objective = related(Objective.objects.current())
    target_objective = related(Objective.objects.current(), required=False, allow_null=True)
    target_key_result = related(KeyResult.objects.current(), required=False, allow_null=True)
    target_priority = related(StrategicPriority.objects.current(), required=False, allow_null=True)
    weight = serializers.DecimalField(default=Decimal(1), **WEIGHT)
    reason = serializers.CharField(required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for exactly one target."""
        if sum(attrs.get(name) is not None for name in TARGETS) != 1:
            raise serializers.ValidationError(_("Name exactly one of: %(names)s.") % {"names": ", ".join(TARGETS)})
        return attrs


class InitiativeSerializer(RowSerializer):
    objective = serializers.UUIDField(source="objective_id", read_only=True)
    key_result = serializers.UUIDField(source="key_result_id", read_only=True, allow_null=True)
    owner = serializers.UUIDField(source="owner_id", read_only=True, allow_null=True)
    url: Any = serializers.CharField(read_only=True, help_text="Empty, or a link.")

    class Meta:
        model = Initiative
        fields = ["id", "objective", "key_result", "title", "owner", "due_on", "status", "url", "created_at"]
        read_only_fields = fields


class InitiativeInput(InputSerializer):
    title = serializers.CharField(max_length=300)
    key_result = related(KeyResult.objects.current(), required=False, allow_null=True)
    owner = related(Membership.objects.active(), required=False, allow_null=True)
    due_on = serializers.DateField(required=False, allow_null=True)
    status = serializers.ChoiceField(choices=InitiativeStatus.choices, required=False)
    url = serializers.URLField(max_length=500, required=False, allow_blank=True)


class NewInitiativeInput(InitiativeInput):
    objective = related(Objective.objects.current())


class ShareSerializer(serializers.Serializer):
    """With whom an objective is shared."""

    member = serializers.UUIDField(source="member.pk", read_only=True)
    level = serializers.ChoiceField(choices=ShareLevel.choices, read_only=True)


class ShareInput(InputSerializer):
    member = related(Membership.objects.active())
    level = serializers.ChoiceField(choices=ShareLevel.choices, default=ShareLevel.VIEW)
