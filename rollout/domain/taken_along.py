"""What goes with a part that is removed, and comes back with it: what waits for what, and the teams of a wave.

Kept in the audit entry of the removal, below the name ALONG, as plain values.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from organizations.models import Team
from rollout.domain.dependency import Needs, circle_from, needs_of
from rollout.models import PhaseDependency, PlanMilestone, PlanPhase, PlanTask, TaskDependency, Wave, WaveTeam

ALONG = "along"


def dependencies_of(task: PlanTask) -> dict[str, Any]:
    """Return what a task waits for and what waits for it, as pairs (task, needed) of ids; one query."""
    rows = TaskDependency.objects.filter(Q(task=task) | Q(needed=task)).values_list("task", "needed")
    return {"dependencies": [[str(one), str(needed)] for one, needed in rows]}


def bring_back_dependencies(task: PlanTask, kept: Mapping[str, Any]) -> None:
    """Let tasks that are still there wait for each other again, if nothing else was made of them meanwhile.

    A pair that would close a circle by now stays away. Side effects: the rows; at most six queries.
    """
    pairs = [(UUID(one), UUID(needed)) for one, needed in kept.get("dependencies", [])]
    if not pairs:
        return
    there = set(PlanTask.objects.filter(plan=task.plan_id).values_list("pk", flat=True))
    needs = needs_of(task.plan)
    wanted = [pair for pair in pairs if there.issuperset(pair) and _closes_no_circle(pair, needs)]
    TaskDependency.objects.bulk_create(TaskDependency(task_id=one, needed_id=needed) for one, needed in wanted)


def phase_needs(phase: PlanPhase, parts: Iterable[UUID]) -> dict[str, Any]:
    """Return what a phase waits for, and which phases wait for any of some tasks and milestones; one query.

    As triples of ids: the phase, the task or nothing, the milestone or nothing.
    """
    ids = list(parts)
    rows = PhaseDependency.objects.filter(Q(phase=phase) | Q(task__in=ids) | Q(milestone__in=ids))
    return {
        "phase_needs": [
            [str(one), str(task or ""), str(milestone or "")]
            for one, task, milestone in rows.values_list("phase", "task", "milestone")
        ]
    }


def bring_back_phase_needs(phase: PlanPhase, kept: Mapping[str, Any]) -> None:
    """Let phases wait again for what is still there; what would close a circle by now stays away.

    Side effects: the rows; at most seven queries.
    """
    rows = [(UUID(one), task, milestone) for one, task, milestone in kept.get("phase_needs", [])]
    if not rows:
        return
    of_plan = {"plan": phase.plan_id}
    there = {
        pk
        for model in (PlanPhase, PlanTask, PlanMilestone)
        for pk in model.objects.filter(**of_plan).values_list("pk", flat=True)
    }
    needs = needs_of(phase.plan)
    PhaseDependency.objects.bulk_create(
        PhaseDependency(phase_id=one, task_id=task or None, milestone_id=milestone or None)
        for one, task, milestone in rows
        if there.issuperset(pair := (one, UUID(task or milestone))) and _closes_no_circle(pair, needs)
    )


def teams_named(wave: Wave) -> dict[str, Any]:
    """Return the teams a wave names, as pairs of an id and whether those below come along; one query."""
    rows = WaveTeam.objects.filter(wave=wave).values_list("team", "with_below")
    return {"teams": [[str(team), below] for team, below in rows]}


def bring_back_teams(wave: Wave, kept: Mapping[str, Any]) -> None:
    """Put teams into a wave again, without those that are gone or in another one by now; at most three queries."""
    pairs = kept.get("teams", [])
    if not pairs:
        return
    ids = [team for team, _below in pairs]
    there = {str(pk) for pk in Team.objects.filter(pk__in=ids).values_list("pk", flat=True)}
    taken = {str(pk) for pk in WaveTeam.objects.filter(plan=wave.plan_id).values_list("team", flat=True)}
    WaveTeam.objects.bulk_create(
        WaveTeam(wave=wave, plan_id=wave.plan_id, team_id=team, with_below=below)
        for team, below in pairs
        if team in there and team not in taken
    )


def _closes_no_circle(pair: tuple[UUID, UUID], needs: Needs) -> bool:
    """Return whether one may wait for another, and has not waited for it; then `needs` says that it does."""
    one, needed = pair
    if needed in needs[one]:
        return False
    needs[one].add(needed)
    if circle_from(one, needs):
        needs[one].discard(needed)
        return False
    return True
