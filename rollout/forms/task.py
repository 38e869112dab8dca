"""Tasks of a plan: what is shown, and what one of them or a phase waits for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.domain_form import DomainForm
from rollout.enums import TaskStatus
from rollout.models import PhaseDependency, PlanMilestone, PlanPhase, PlanTask, RolloutPlan, TaskDependency
from rollout.queries.tasks import MINE, NOBODY, OPEN, OVERDUE


class TaskFilterForm(forms.Form):
    """Which tasks the list shows; what is no choice shows all."""

    phase = forms.ModelChoiceField(
        label=_("Phase"), queryset=PlanPhase.objects.none(), required=False, empty_label=_("All phases")
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Any status")), (OPEN, _("Not settled")), (OVERDUE, _("Overdue")), *TaskStatus.choices],
    )
    owner = forms.ChoiceField(
        label=_("Owner"),
        required=False,
        choices=[("", _("Anybody")), (MINE, _("Me")), (NOBODY, _("Nobody yet"))],
    )

    def __init__(self, *args: Any, plan: RolloutPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = PlanPhase.objects.filter(plan=plan)  # type: ignore[attr-defined]


class NeedsForm(DomainForm):
    """Tasks that must be done before another begins."""

    needs = forms.ModelMultipleChoiceField(
        label=_("It waits for"),
        queryset=PlanTask.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, task: PlanTask, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = PlanTask.objects.filter(plan=task.plan).exclude(pk=task.pk).exclude(status=TaskStatus.DROPPED)
        self.fields["needs"].queryset = others
        present = TaskDependency.objects.filter(task=task).values_list("needed", flat=True)
        self.initial.setdefault("needs", list(present))


class PhaseNeedsForm(DomainForm):
    """Tasks that must be done and milestones that must be reached before a phase begins."""

    tasks = forms.ModelMultipleChoiceField(
        label=_("Tasks that are done before"),
        queryset=PlanTask.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    milestones = forms.ModelMultipleChoiceField(
        label=_("Milestones that are reached before"),
        queryset=PlanMilestone.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, phase: PlanPhase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        elsewhere = PlanTask.objects.filter(plan=phase.plan).exclude(phase=phase)
        self.fields["tasks"].queryset = elsewhere.exclude(status=TaskStatus.DROPPED)
        self.fields["milestones"].queryset = PlanMilestone.objects.filter(plan=phase.plan).exclude(phase=phase)
        rows = list(PhaseDependency.objects.filter(phase=phase))
        self.initial.setdefault("tasks", [row.task_id for row in rows if row.task_id is not None])
        self.initial.setdefault("milestones", [row.milestone_id for row in rows if row.milestone_id is not None])
