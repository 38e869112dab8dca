"""Removing a phase with everything in it, and bringing all of it back."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.removed import as_fields, removed_values
from organizations.errors import Refused
from organizations.models import AuditEntry
from rollout.domain.message_waves import bring_back_messages, forget_waves, messages_for, refuse_addressed
from rollout.domain.part import check_part, lock_part, remembered, restore_part
from rollout.domain.plan import lock_plan
from rollout.domain.taken_along import (
    ALONG,
    bring_back_dependencies,
    bring_back_phase_needs,
    bring_back_teams,
    phase_needs,
)
from rollout.domain.telling_of_tasks import follow_task, forget_tasks
from rollout.models import (
    BudgetLine,
    Criterion,
    PlanMilestone,
    PlanPhase,
    PlanTask,
    TaskDependency,
    Wave,
    WaveTeam,
)


@dataclass(frozen=True, slots=True)
class PhaseContent:
    """What is in a phase. Lines of the budget stay when it goes: they belong to no phase then."""

    waves: Sequence[Wave]
    criteria: Sequence[Criterion]
    tasks: Sequence[PlanTask]
    milestones: Sequence[PlanMilestone]
    budget_lines: Sequence[BudgetLine]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is in it."""
        return not any((self.waves, self.criteria, self.tasks, self.milestones, self.budget_lines))

    def parts(self) -> Iterator[Model]:
        """Return what is removed with it."""
        for rows in (self.waves, self.criteria, self.tasks, self.milestones):
            yield from rows


# By the names they have in the audit entry of the phase.
_MODELS: dict[str, type[Any]] = {"waves": Wave, "criteria": Criterion, "tasks": PlanTask, "milestones": PlanMilestone}


def content_of_phase(phase: PlanPhase) -> PhaseContent:
    """Return what is in a phase; five queries."""
    return PhaseContent(
        list(Wave.objects.filter(phase=phase)),
        list(Criterion.objects.filter(phase=phase)),
        list(PlanTask.objects.filter(phase=phase)),
        list(PlanMilestone.objects.filter(phase=phase)),
        list(BudgetLine.objects.filter(phase=phase)),
    )


def remove_phase(*, actor: Actor, phase: PlanPhase) -> PhaseContent:
    """Remove a phase and everything in it; returns what was in it. `restore_phase` brings all back for ten minutes.

    Lines of the budget stay, without a phase: money is not lost by the way. Raises Refused where a wave has started,
    or a decision about the pilot was taken. Side effects: one audit entry for each part, with what it was; what was
    told of its tasks and has not been sent is taken back.
    """
    with transaction.atomic():
        lock_plan(phase.plan)
        locked = lock_part(phase)
        inside = content_of_phase(locked)
        _refuse_begun(locked, inside)
        tasks = [task.pk for task in inside.tasks]
        dependencies = TaskDependency.objects.filter(Q(task__in=tasks) | Q(needed__in=tasks))
        pairs = dependencies.values_list("task", "needed")
        teams: dict[UUID, list[list[Any]]] = defaultdict(list)
        named = WaveTeam.objects.filter(wave__phase=locked)
        for wave_id, team_id, below in named.values_list("wave", "team", "with_below"):
            teams[wave_id].append([str(team_id), below])
        along: dict[str, Any] = {
            name: [str(part.pk) for part in inside.parts() if isinstance(part, model)]
            for name, model in _MODELS.items()
        }
        along["dependencies"] = [[str(task), str(needed)] for task, needed in pairs]
        along |= phase_needs(locked, [part.pk for part in (*inside.tasks, *inside.milestones)])
        along["budget_lines"] = [str(line.pk) for line in inside.budget_lines]
        messages = messages_for(inside.waves)
        of_waves = {wave.pk: {"teams": teams[wave.pk], "messages": messages[wave.pk]} for wave in inside.waves}
        removed = [(part, of_waves.get(part.pk, {})) for part in inside.parts()]
        entries = [
            audit.entry(actor=actor, verb="removed", subject=part, before=remembered(part, kept))
            for part, kept in [*removed, (locked, along)]
        ]
        audit.record_many(actor, [*entries, *_moved_lines(actor, inside.budget_lines, None)])
        forget_waves(inside.waves)
        forget_tasks(inside.tasks)
        BudgetLine.objects.filter(phase=locked).update(phase=None)
        for model in _MODELS.values():
            model.objects.filter(phase=locked).delete()
        locked.delete()
        return inside


def restore_phase(*, actor: Actor, phase_id: UUID) -> PlanPhase:
    """Bring back a phase removed moments ago with all that was in it, and return it.

    What somebody gave another place meanwhile stays there. Raises Refused when it is too late, or where a name is
    taken by now; NeverRemoved. Side effects: one audit entry for each part; owners of tasks are told as of new ones.
    """
    with transaction.atomic():
        there = PlanPhase.objects.filter(pk=phase_id).exists()
        along = {} if there else removed_values(PlanPhase, phase_id).get(ALONG, {})
        phase = restore_part(actor=actor, model=PlanPhase, part_id=phase_id)
        back: list[Model] = []
        for name, model in _MODELS.items():
            found = _remade(model, along.get(name, []))
            for part, _kept in found:
                part.phase = phase
                check_part(phase.plan, part)
            model.objects.bulk_create([part for part, _kept in found])
            for part, kept in found:
                if isinstance(part, Wave):
                    bring_back_teams(part, kept)
                    bring_back_messages(part, kept)
            back += [part for part, _kept in found]
        if tasks := [part for part in back if isinstance(part, PlanTask)]:
            bring_back_dependencies(tasks[0], along)
        for task in tasks:
            follow_task(actor, task, ("owner",))
        bring_back_phase_needs(phase, along)
        lines = list(BudgetLine.objects.filter(pk__in=along.get("budget_lines", []), phase=None))
        BudgetLine.objects.filter(pk__in=[line.pk for line in lines]).update(phase=phase)
        restored = [audit.entry(actor=actor, verb="restored", subject=part) for part in back]
        audit.record_many(actor, [*restored, *_moved_lines(actor, lines, phase.pk)])
        return phase


def _remade(model: type[Any], ids: Sequence[str]) -> list[tuple[Any, dict[str, Any]]]:
    """Return removed rows anew, unsaved, each with what went along; one query."""
    entries = AuditEntry.objects.filter(object_type=model._meta.label_lower, object_id__in=ids, verb="removed")
    latest = {entry.object_id: dict(entry.before or {}) for entry in entries.order_by("at", "pk")}
    found = []
    for part_id in ids:
        kept = latest[part_id].pop(ALONG, {})
        found.append((model(pk=part_id, **as_fields(model, latest[part_id])), kept))
    return found


def _moved_lines(actor: Actor, lines: Sequence[BudgetLine], phase_id: UUID | None) -> list[AuditEntry]:
    return [
        audit.entry(
            actor=actor, verb="changed", subject=line, before={"phase": line.phase_id}, after={"phase": phase_id}
        )
        for line in lines
    ]


def _refuse_begun(phase: PlanPhase, inside: PhaseContent) -> None:
    if phase.decisions.exists():
        raise Refused(_("A decision was taken about this pilot, and is kept for good. So the phase stays."))
    begun = [wave.name for wave in inside.waves if wave.started_at is not None]
    if begun:
        raise Refused(
            _("%(wave)s has started: its teams take part in the cycles. So the phase stays.") % {"wave": begun[0]}
        )
    refuse_addressed(inside.waves)
