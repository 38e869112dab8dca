"""What goes with a part that is removed, and comes back with it: what a task waits for, and the teams of a wave.

Kept in the audit entry of the removal, below the name ALONG, as plain values.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from organizations.models import Team
from rollout.models import PlanTask, TaskDependency, Wave, WaveTeam

ALONG = "along"


def dependencies_of(task: PlanTask) -> dict[str, Any]:
    """Return what a task waits for and what waits for it, as pairs (task, needed) of ids; one query."""
    rows = TaskDependency.objects.filter(Q(task=task) | Q(needed=task)).values_list("task", "needed")
    return {"dependencies": [[str(one), str(needed)] for one, needed in rows]}


def bring_back_dependencies(task: PlanTask, kept: Mapping[str, Any]) -> None:
    """Let tasks that are still there wait for each other again, if nothing else was made of them meanwhile.

    A pair that would close a circle by now stays away. Side effects: the rows; at most three queries.
    """
    pairs = kept.get("dependencies", [])
    there = {str(pk) for pk in PlanTask.objects.filter(plan=task.plan_id).values_list("pk", flat=True)} if pairs else ()
    wanted = [(one, needed) for one, needed in pairs if one in there and needed in there]
    if not wanted:
        return
    needs: dict[str, set[str]] = {}
    for one, needed in TaskDependency.objects.filter(task__plan=task.plan_id).values_list("task", "needed"):
        needs.setdefault(str(one), set()).add(str(needed))
    rows = []
    for one, needed in wanted:
        if needed not in needs.get(one, ()) and not _leads_to(needed, one, needs):
            needs.setdefault(one, set()).add(needed)
            rows.append(TaskDependency(task_id=one, needed_id=needed))
    TaskDependency.objects.bulk_create(rows)


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


def _leads_to(start: str, end: str, needs: Mapping[str, set[str]]) -> bool:
    seen, waiting = set(), [start]
    while waiting:
        here = waiting.pop()
        if here == end:
            return True
        if here not in seen:
            seen.add(here)
            waiting += needs.get(here, ())
    return False
