"""What the API shows and takes of the parts of a plan."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from organizations.models import Membership
from roles.raci.default import BY_KEY
from rollout.enums import Gate, Grade, Measure, PhaseKind, RiskState, TaskStatus
from rollout.models import Criterion, PlanKeyResult, PlanMilestone, PlanPhase, PlanTask, Risk, RolloutPlan, Wave

_DIGITS: dict[str, Any] = {"max_digits": 20, "decimal_places": 4}


def _plan() -> serializers.Field:
    return related(RolloutPlan.objects.current().select_related("team").prefetch_related("officers"))


def _phase() -> serializers.Field:
    return related(PlanPhase.objects.select_related("plan__team").prefetch_related("plan__officers"))


class PlanPhaseSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    name = serializers.CharField(read_only=True)
    needed_tasks = serializers.SerializerMethodField(help_text="Tasks to be done before it begins.")
    needed_milestones = serializers.SerializerMethodField(help_text="Milestones to be reached before it begins.")

    class Meta:
        model = PlanPhase
        fields = [
            "id",
            "plan",
            "kind",
            "own_name",
            "name",
            "starts_on",
            "ends_on",
            "needed_tasks",
            "needed_milestones",
        ]
        read_only_fields = fields

    def get_needed_tasks(self, phase: PlanPhase) -> list[UUID]:
        """Return the ids of the tasks it waits for."""
        return sorted(row.task_id for row in phase.needs.all() if row.task_id is not None)

    def get_needed_milestones(self, phase: PlanPhase) -> list[UUID]:
        """Return the ids of the milestones it waits for."""
        return sorted(row.milestone_id for row in phase.needs.all() if row.milestone_id is not None)


class PlanPhaseInput(InputSerializer):
    plan = _plan()
    kind = serializers.ChoiceField(choices=PhaseKind.choices)
    own_name = serializers.CharField(max_length=80, required=False, allow_blank=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class WaveSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    phase = serializers.UUIDField(source="phase_id", read_only=True)
    teams = serializers.SerializerMethodField(help_text="Its teams that come with everything below them.")
    alone = serializers.SerializerMethodField(help_text="Its teams without those below them.")

    class Meta:
        model = Wave
        fields = ["id", "plan", "phase", "name", "starts_on", "started_at", "teams", "alone"]
        read_only_fields = fields

    def get_teams(self, wave: Wave) -> list[UUID]:
        """Return the ids of the teams that come with everything below them."""
        return sorted(row.team_id for row in wave.teams.all() if row.with_below)

    def get_alone(self, wave: Wave) -> list[UUID]:
        """Return the ids of the teams that come alone."""
        return sorted(row.team_id for row in wave.teams.all() if not row.with_below)


class WaveInput(InputSerializer):
    plan = _plan()
    phase = _phase()
    name = serializers.CharField(max_length=80)
    starts_on = serializers.DateField()


class CriterionSerializer(RowSerializer):
    phase = serializers.UUIDField(source="phase_id", read_only=True)
    judged_by = serializers.UUIDField(source="judged_by_id", read_only=True, allow_null=True)

    class Meta:
        model = Criterion
        fields = [
            "id",
            "phase",
            "gate",
            "measure",
            "text",
            "percent",
            "weeks",
            "is_met",
            "note",
            "judged_by",
            "judged_at",
        ]
        read_only_fields = fields


class CriterionInput(InputSerializer):
    phase = _phase()
    gate = serializers.ChoiceField(choices=Gate.choices)
    measure = serializers.ChoiceField(choices=Measure.choices)
    text = serializers.CharField(max_length=300, required=False, allow_blank=True)
    percent = serializers.IntegerField(min_value=1, max_value=100, required=False, allow_null=True)
    weeks = serializers.IntegerField(min_value=1, max_value=26, required=False, allow_null=True)


class TaskSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    phase = serializers.UUIDField(source="phase_id", read_only=True)
    owner = serializers.UUIDField(source="owner_id", read_only=True, allow_null=True)
    needed = serializers.SerializerMethodField(help_text="Tasks to be done before it begins.")

    class Meta:
        model = PlanTask
        fields = [
            "id",
            "plan",
            "phase",
            "title",
            "description",
            "owner",
            "activity",
            "starts_on",
            "due_on",
            "status",
            "needed",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields

    def get_needed(self, task: PlanTask) -> list[UUID]:
        """Return the ids of the tasks it waits for."""
        return sorted(row.needed_id for row in task.needs.all())


class TaskInput(InputSerializer):
    plan = _plan()
    phase = _phase()
    title = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    owner = related(
        Membership.objects.active(),
        required=False,
        allow_null=True,
        help_text="Left out: whom the RACI matrix proposes for the activity.",
    )
    activity = serializers.ChoiceField(
        choices=["", *BY_KEY], required=False, help_text="A default activity of the RACI matrix, by its key."
    )
    starts_on = serializers.DateField()
    due_on = serializers.DateField()
    status = serializers.ChoiceField(choices=TaskStatus.choices, required=False)


class PlanMilestoneSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    phase = serializers.UUIDField(source="phase_id", read_only=True)

    class Meta:
        model = PlanMilestone
        fields = ["id", "plan", "phase", "title", "due_on", "reached_on"]
        read_only_fields = fields


class PlanMilestoneInput(InputSerializer):
    plan = _plan()
    phase = _phase()
    title = serializers.CharField(max_length=200)
    due_on = serializers.DateField()
    reached_on = serializers.DateField(required=False, allow_null=True)


class RiskSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    owner = serializers.UUIDField(source="owner_id", read_only=True, allow_null=True)

    class Meta:
        model = Risk
        fields = ["id", "plan", "title", "likelihood", "impact", "answer", "owner", "state"]
        read_only_fields = fields


class RiskInput(InputSerializer):
    plan = _plan()
    title = serializers.CharField(max_length=200)
    likelihood = serializers.ChoiceField(choices=Grade.choices, required=False)
    impact = serializers.ChoiceField(choices=Grade.choices, required=False)
    answer = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    owner = related(Membership.objects.active(), required=False, allow_null=True)
    state = serializers.ChoiceField(choices=RiskState.choices, required=False)


class PlanKeyResultSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)

    class Meta:
        model = PlanKeyResult
        fields = ["id", "plan", "title", "unit", "start", "target", "current", "updated_at"]
        read_only_fields = fields


class PlanKeyResultInput(InputSerializer):
    plan = _plan()
    title = serializers.CharField(max_length=300)
    unit = serializers.CharField(max_length=24, required=False, allow_blank=True)
    start = serializers.DecimalField(**_DIGITS)
    target = serializers.DecimalField(**_DIGITS)
    current = serializers.DecimalField(required=False, allow_null=True, **_DIGITS)
