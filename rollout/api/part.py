"""The parts of a plan in the API: one resource each, which all work the same."""

from collections.abc import Mapping
from typing import Any, ClassVar

import django_filters
from django.db.models import Model
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RelatedRows
from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from organizations.models import Team
from rollout import permissions
from rollout.api.part_serializers import (
    CriterionInput,
    CriterionSerializer,
    PlanKeyResultInput,
    PlanKeyResultSerializer,
    PlanMilestoneInput,
    PlanMilestoneSerializer,
    PlanPhaseInput,
    PlanPhaseSerializer,
    RiskInput,
    RiskSerializer,
    TaskInput,
    TaskSerializer,
    WaveInput,
    WaveSerializer,
)
from rollout.api.scopes import ROLLOUT
from rollout.domain import criterion as criterion_domain
from rollout.domain import part as domain
from rollout.domain import wave as wave_domain
from rollout.domain.dependency import set_needed, set_phase_needed
from rollout.domain.part import plan_of
from rollout.domain.plan_from_blueprint import only_owner
from rollout.domain.shift import shift_phase, shift_task
from rollout.models import (
    Criterion,
    PlanKeyResult,
    PlanMilestone,
    PlanPhase,
    PlanTask,
    Risk,
    RolloutPlan,
    Wave,
)
from rollout.models.plan import readable_whole


class PartFilter(django_filters.FilterSet):
    plan = django_filters.UUIDFilter(field_name="plan_id")


class CriterionFilter(django_filters.FilterSet):
    plan = django_filters.UUIDFilter(field_name="phase__plan_id")
    phase = django_filters.UUIDFilter(field_name="phase_id")


class ShiftInput(InputSerializer):
    days = serializers.IntegerField(min_value=-3660, max_value=3660, help_text="Less than 0 moves it earlier.")
    also_following = serializers.BooleanField(
        default=True, help_text="Also later phases, and tasks that wait for its tasks."
    )


class TaskShiftInput(InputSerializer):
    days = serializers.IntegerField(min_value=-3660, max_value=3660, help_text="Less than 0 moves it earlier.")
    also_waiting = serializers.BooleanField(default=True, help_text="Also open tasks that wait for it.")


class WaveTeamsInput(InputSerializer):
    teams = RelatedRows(Team.objects.current(), max_length=2000)
    alone = RelatedRows(Team.objects.current(), required=False, default=list, max_length=2000)


class WaveTeamsPatch(InputSerializer):
    teams = RelatedRows(Team.objects.current(), required=False, default=list, max_length=2000)
    alone = RelatedRows(Team.objects.current(), required=False, default=list, max_length=2000)
    removed = RelatedRows(Team.objects.all(), required=False, default=list, max_length=2000)


def _chosen(values: Mapping[str, list[Team]]) -> list[tuple[Team, bool]]:
    return [(team, True) for team in values["teams"]] + [(team, False) for team in values["alone"]]


class JudgeInput(InputSerializer):
    is_met = serializers.BooleanField(allow_null=True)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)


class NeedsInput(InputSerializer):
    needed = RelatedRows(PlanTask.objects.all())


class PhaseNeedsInput(InputSerializer):
    tasks = RelatedRows(PlanTask.objects.all(), default=list, help_text="Done before it begins.")
    milestones = RelatedRows(PlanMilestone.objects.all(), default=list, help_text="Reached before it begins.")


class PartViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """What all parts have in common; those of plans one may not read are not there."""

    scopes = ROLLOUT
    filterset_class: ClassVar[type[django_filters.FilterSet]] = PartFilter
    to_plan: ClassVar[str] = "plan"
    # What is shown with each, in a query of its own.
    beside: ClassVar[tuple[str, ...]] = ()
    model: ClassVar[type[Model]]
    input_class: ClassVar[type[InputSerializer]]

    def get_queryset(self) -> Any:
        """Return the parts; lists leave those out whose plan whoever asks may not read the whole of."""
        rows = self.model._default_manager.prefetch_related(*self.beside)
        if self.action == "list":
            return rows.filter(readable_whole(self.actor, f"{self.to_plan}__"))
        return rows.select_related(self.to_plan).prefetch_related(f"{self.to_plan}__officers")

    def get_object(self) -> Any:
        """Return one part: whoever reads it reads the whole plan; who writes is asked for more."""
        part = super().get_object()
        if self.action == "retrieve":
            self.authorized(permissions.see_plan(self.actor, plan_of(part)))
        return part

    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove it."""
        domain.remove_part(actor=self.actor, part=self.editable())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def add(self) -> Response:
        """Add what the request's body says."""
        self.authorized(permissions.edit_some_plan(self.actor))
        values = self.validated(self.input_class)
        plan: RolloutPlan = values["phase"].plan if self.model is Criterion else values.pop("plan")
        self.authorized(permissions.edit_plan(self.actor, plan))
        part = self.model(**values)
        if isinstance(part, PlanTask) and part.owner is None:
            part.owner = only_owner(part.activity, plan.team)
        made = domain.add_part(actor=self.actor, plan=plan, part=part)
        return Response(self.shown(made), status=status.HTTP_201_CREATED)

    def change(self) -> Response:
        """Change what the request's body says."""
        part = self.editable()
        values = self.validated(self.input_class, partial=True)
        return Response(self.shown(domain.edit_part(actor=self.actor, part=part, changes=values)))

    def again(self, part: Model) -> Response:
        """Answer with a part as it is now, with what is shown beside it."""
        return Response(self.shown(self.get_queryset().get(pk=part.pk)))

    def editable(self) -> Any:
        """Return the part, which whoever asks may change."""
        part = self.get_object()
        self.authorized(permissions.edit_plan(self.actor, plan_of(part)))
        return part


class PlanPhaseViewSet(PartViewSet):
    """A part of a plan with days of its own."""

    model = PlanPhase
    queryset = PlanPhase.objects.all()
    beside = ("needs",)
    serializer_class = PlanPhaseSerializer
    input_class = PlanPhaseInput
    singular, plural = "phase of a plan", "phases of plans"

    @extend_schema(request=PlanPhaseInput, responses={201: PlanPhaseSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add one."""
        return self.add()

    @extend_schema(request=PlanPhaseInput, responses=PlanPhaseSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change one."""
        return self.change()

    @extend_schema(request=ShiftInput, responses=PlanPhaseSerializer)
    @action(detail=True, methods=["post"])
    def shift(self, request: Request, **kwargs: Any) -> Response:
        """Move it in time, with its open tasks, and, if asked, what depends on it."""
        phase = self.editable()
        shift_phase(actor=self.actor, phase=phase, **self.validated(ShiftInput))
        return self.again(phase)

    @extend_schema(request=PhaseNeedsInput, responses=PlanPhaseSerializer)
    @action(detail=True, methods=["post"])
    def needs(self, request: Request, **kwargs: Any) -> Response:
        """Set what must be there before it begins: tasks that are done, milestones that are reached."""
        phase = self.editable()
        set_phase_needed(actor=self.actor, phase=phase, **self.validated(PhaseNeedsInput))
        return self.again(phase)


class WaveViewSet(PartViewSet):
    """Teams that begin together."""

    model = Wave
    queryset = Wave.objects.all()
    beside = ("teams",)
    serializer_class = WaveSerializer
    input_class = WaveInput
    singular, plural = "wave", "waves"

    @extend_schema(request=WaveInput, responses={201: WaveSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add one."""
        return self.add()

    @extend_schema(request=WaveInput, responses=WaveSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change one."""
        return self.change()

    @extend_schema(request=WaveTeamsInput, responses=WaveSerializer)
    @action(detail=True, methods=["post"])
    def teams(self, request: Request, **kwargs: Any) -> Response:
        """Set its teams: `teams` with everything below them, `alone` without.

        Once it has started its teams stay, and those that are new begin at once.
        """
        wave = self.editable()
        values = self.validated(WaveTeamsInput)
        wave_domain.set_wave_teams(actor=self.actor, wave=wave, teams=_chosen(values))
        return self.again(wave)

    @extend_schema(request=WaveTeamsPatch, responses=WaveSerializer)
    @teams.mapping.patch
    def change_teams(self, request: Request, **kwargs: Any) -> Response:
        """Add teams (`teams` with everything below them, `alone` without) and take out `removed`; the others stay.

        Once it has started none can be taken out, and those that are new begin at once.
        """
        wave = self.editable()
        values = self.validated(WaveTeamsPatch)
        shown = {team.pk: True for team in values["removed"]}
        wave_domain.change_wave_teams(actor=self.actor, wave=wave, teams=_chosen(values), shown=shown)
        return self.again(wave)

    @extend_schema(request=None, responses=WaveSerializer)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, **kwargs: Any) -> Response:
        """Let its teams take part in the cycles."""
        wave = self.editable()
        wave_domain.start_wave(actor=self.actor, wave=wave)
        return self.again(wave)


class CriterionViewSet(PartViewSet):
    """What has to be true before a phase begins or ends."""

    model = Criterion
    queryset = Criterion.objects.all()
    serializer_class = CriterionSerializer
    input_class = CriterionInput
    filterset_class = CriterionFilter
    to_plan = "phase__plan"
    singular, plural = "criterion", "criteria"

    @extend_schema(request=CriterionInput, responses={201: CriterionSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add one."""
        return self.add()

    @extend_schema(request=CriterionInput, responses=CriterionSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change one."""
        return self.change()

    @extend_schema(request=JudgeInput, responses=CriterionSerializer)
    @action(detail=True, methods=["post"])
    def judge(self, request: Request, **kwargs: Any) -> Response:
        """Say whether it is met, and why."""
        criterion = self.editable()
        values = self.validated(JudgeInput)
        return Response(
            self.shown(
                criterion_domain.judge_criterion(actor=self.actor, criterion=criterion, changes={"note": "", **values})
            )
        )


class PlanTaskViewSet(PartViewSet):
    """Work of a phase with an owner and days."""

    model = PlanTask
    queryset = PlanTask.objects.all()
    beside = ("needs",)
    serializer_class = TaskSerializer
    input_class = TaskInput
    singular, plural = "task of a plan", "tasks of plans"

    @extend_schema(request=TaskInput, responses={201: TaskSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add one."""
        return self.add()

    @extend_schema(request=TaskInput, responses=TaskSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change one."""
        return self.change()

    @extend_schema(request=NeedsInput, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    def needs(self, request: Request, **kwargs: Any) -> Response:
        """Set the tasks that must be done before it begins."""
        task = self.editable()
        set_needed(actor=self.actor, task=task, **self.validated(NeedsInput))
        return self.again(task)

    @extend_schema(request=TaskShiftInput, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    def shift(self, request: Request, **kwargs: Any) -> Response:
        """Move it in time, and, if asked, what waits for it."""
        task = self.editable()
        moved = shift_task(actor=self.actor, task=task, **self.validated(TaskShiftInput))
        return Response(self.shown(moved[0]))


class PlanMilestoneViewSet(PartViewSet):
    """A day at which something is reached."""

    model = PlanMilestone
    queryset = PlanMilestone.objects.all()
    serializer_class = PlanMilestoneSerializer
    input_class = PlanMilestoneInput
    singular, plural = "milestone of a plan", "milestones of plans"

    @extend_schema(request=PlanMilestoneInput, responses={201: PlanMilestoneSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add one."""
        return self.add()

    @extend_schema(request=PlanMilestoneInput, responses=PlanMilestoneSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change one."""
        return self.change()


class RiskViewSet(PartViewSet):
    """What could keep the rollout from working."""

    model = Risk
    queryset = Risk.objects.all()
    serializer_class = RiskSerializer
    input_class = RiskInput
    singular, plural = "risk", "risks"

    @extend_schema(request=RiskInput, responses={201: RiskSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add one."""
        return self.add()

    @extend_schema(request=RiskInput, responses=RiskSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change one."""
        return self.change()


class PlanKeyResultViewSet(PartViewSet):
    """A number that says whether the rollout works."""

    model = PlanKeyResult
    queryset = PlanKeyResult.objects.all()
    serializer_class = PlanKeyResultSerializer
    input_class = PlanKeyResultInput
    singular, plural = "key result of a plan", "key results of plans"

    @extend_schema(request=PlanKeyResultInput, responses={201: PlanKeyResultSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add one."""
        return self.add()

    @extend_schema(request=PlanKeyResultInput, responses=PlanKeyResultSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change one."""
        return self.change()
