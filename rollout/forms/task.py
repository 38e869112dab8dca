"""Tasks of a plan: what is shown, and what one of them or a phase waits for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.domain_form import DomainForm
from rollout.enums import TaskStatus
from rollout.forms.picking import MOST_ROWS, SMALL, LookForField, LookInField, shown_ids
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
    """Tasks that must be done before another begins.

    Those it waits for stand on top. The others are those of its phase, of another one, or those whose title holds
    what is looked for (`q`). What does not show stays as it is.
    """

    refused_at = {"needed": "needs"}

    needs = forms.ModelMultipleChoiceField(label=_("It waits for"), queryset=PlanTask.objects.none(), required=False)
    q = LookForField(label=_("Find a task"))
    of_phase = LookInField(label=_("Phase"))

    def __init__(self, *args: Any, task: PlanTask, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = PlanTask.objects.filter(plan=task.plan_id).exclude(pk=task.pk).exclude(status=TaskStatus.DROPPED)
        self.fields["needs"].queryset = others
        phases = list(PlanPhase.objects.filter(plan=task.plan_id))
        self.fields["of_phase"].choices = [("", _("All phases")), *((str(one.pk), one.name) for one in phases)]
        self.initial.setdefault("of_phase", str(task.phase_id))
        names = {one.pk: one.name for one in phases}
        rows = list(others)
        if self.is_bound:
            self.shown = shown_ids(self.data, "needs")
            picked = set(self.data.getlist("needs"))  # type: ignore[attr-defined]
        else:
            present = TaskDependency.objects.filter(task=task).values_list("needed", flat=True)
            self.shown = frozenset(present) & {one.pk for one in rows}
            picked = {str(pk) for pk in self.shown}
        self.number = len(picked)
        self.has_others = bool(rows)
        self.is_large = len(rows) > SMALL
        top_ids = {one.pk for one in rows if one.pk in self.shown or str(one.pk) in picked}
        on_top = [one for one in rows if one.pk in top_ids]
        below = [one for one in rows if one.pk not in top_ids and self._is_wanted(one)]
        self.more = max(len(below) - MOST_ROWS, 0)
        self.chosen_rows = [(one, names[one.phase_id], str(one.pk) in picked, one.pk in self.shown) for one in on_top]
        self.found_rows = [(one, names[one.phase_id], False, False) for one in below[:MOST_ROWS]]

    def _is_wanted(self, task: PlanTask) -> bool:
        if not self.is_large:
            return True
        asked = self.data if self.is_bound else self.initial
        text, phase = str(asked.get("q", "")).strip().casefold(), asked.get("of_phase")
        return text in task.title.casefold() and phase in ("", None, str(task.phase_id))


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
        # What it waited for when the form was opened.
        present = frozenset(row.needed_id for row in rows)
        self.shown = shown_ids(self.data, "needs") if self.is_bound else present
        self.initial.setdefault("tasks", [row.task_id for row in rows if row.task_id is not None])
        self.initial.setdefault("milestones", [row.milestone_id for row in rows if row.milestone_id is not None])
