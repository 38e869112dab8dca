"""Making a whole plan from a blueprint, fitted to its first day and to days on which nobody works."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from organizations.actor import Actor
from organizations.domain import audit
from organizations.models import Membership, Team
from roles.queries.raci import owner_proposal
from rollout.blueprints.blueprint import Blueprint, PhaseDraft
from rollout.blueprints.fitting import DAY, Calendar, TimeOff
from rollout.days import refuse_far_days
from rollout.domain.messages_from_blueprint import add_message_drafts
from rollout.domain.plan import create_plan
from rollout.enums import Grade
from rollout.models import (
    Criterion,
    PlanMilestone,
    PlanPhase,
    PlanTask,
    Risk,
    RolloutPlan,
    TaskDependency,
    Wave,
    WaveTeam,
)


def create_from_blueprint(
    *,
    actor: Actor,
    blueprint: Blueprint,
    name: str,
    starts_on: date,
    time_off: Iterable[TimeOff] = (),
    team: Team | None = None,
    sponsor: Membership | None = None,
    goal: str = "",
) -> RolloutPlan:
    """Make a plan with everything a blueprint has and return it, in the language in use.

    The organization's own pauses count as time off too. Owners of tasks are who the RACI matrix proposes, where it
    names one person. Raises Refused as create_plan, and where nobody works for more than a year. Side effects: two
    audit entries, however much is in it.
    """
    refuse_far_days({"starts_on": starts_on})
    pauses = (TimeOff(first, last) for first, last in actor.settings.pauses)
    calendar = Calendar([*pauses, *time_off])
    with transaction.atomic():
        days = _days(blueprint, calendar, starts_on)
        plan = create_plan(
            actor=actor,
            name=name,
            starts_on=days[0][0],
            ends_on=days[-1][1],
            team=team,
            sponsor=sponsor,
            goal=goal,
        )
        tasks: dict[str, PlanTask] = {}
        needs: list[tuple[str, str]] = []
        phases: list[PlanPhase] = []
        owners: dict[str, Membership | None] = {}
        for draft, (first, last) in zip(blueprint.phases, days, strict=True):
            phase = PlanPhase.objects.create(plan=plan, kind=draft.kind, starts_on=first, ends_on=last)
            phases.append(phase)
            _add_waves(plan, phase, draft, calendar)
            Criterion.objects.bulk_create(
                Criterion(
                    phase=phase,
                    gate=one.gate,
                    measure=one.measure,
                    text=str(one.text),
                    percent=one.percent,
                    weeks=one.weeks,
                )
                for one in draft.criteria
            )
            PlanMilestone.objects.bulk_create(
                PlanMilestone(
                    plan=plan, phase=phase, title=str(one.title), due_on=min(calendar.after(first, one.at), last)
                )
                for one in draft.milestones
            )
            for one in draft.tasks:
                if one.activity not in owners:
                    owners[one.activity] = only_owner(one.activity, team)
                begins = calendar.after(first, one.at)
                tasks[one.key] = PlanTask(
                    plan=plan,
                    phase=phase,
                    title=str(one.title),
                    activity=one.activity,
                    owner=owners[one.activity],
                    starts_on=begins,
                    due_on=calendar.last_of(begins, one.weeks),
                )
                needs += [(one.key, other) for other in one.needs]
        PlanTask.objects.bulk_create(tasks.values())
        TaskDependency.objects.bulk_create(
            TaskDependency(task=tasks[key], needed=tasks[other]) for key, other in needs if other in tasks
        )
        Risk.objects.bulk_create(
            Risk(plan=plan, title=str(title), answer=str(answer), likelihood=Grade.MEDIUM, impact=Grade.HIGH)
            for title, answer in blueprint.risks
        )
        add_message_drafts(plan=plan, phases=phases, calendar=calendar, office=actor.membership)
        filled = {"blueprint": str(blueprint.name), "phases": len(blueprint.phases), "tasks": len(tasks)}
        audit.record(actor=actor, verb="filled", subject=plan, after=filled)
        return plan


def only_owner(activity: str, team: Team | None) -> Membership | None:
    """Return who owns a task of an activity, where the RACI matrix leaves no choice; None otherwise."""
    if not activity:
        return None
    members = owner_proposal(activity, team=team).members
    return members[0] if len(members) == 1 else None


def _days(blueprint: Blueprint, calendar: Calendar, starts_on: date) -> list[tuple[date, date]]:
    """Return first and last day of each phase."""
    found, first = [], calendar.next_working(starts_on)
    for phase in blueprint.phases:
        last = calendar.last_of(first, phase.weeks)
        found.append((first, last))
        first = calendar.next_working(last + DAY)
    return found


def _add_waves(plan: RolloutPlan, phase: PlanPhase, draft: PhaseDraft, calendar: Calendar) -> None:
    for one in draft.waves:
        if one.per_division:
            begins, names = phase.starts_on, Counter[str]()
            for team in _divisions(plan):
                names[team.name] += 1
                name = team.name[:70] if names[team.name] == 1 else f"{team.name[:70]} {names[team.name]}"
                wave = Wave.objects.create(plan=plan, phase=phase, name=name, starts_on=begins)
                WaveTeam.objects.create(plan=plan, wave=wave, team=team)
                begins = min(calendar.after(begins, one.at), phase.ends_on)
            continue
        begins = calendar.after(phase.starts_on, one.at)
        wave = Wave.objects.create(plan=plan, phase=phase, name=str(one.name), starts_on=begins)
        if one.everybody:
            WaveTeam.objects.bulk_create(WaveTeam(plan=plan, wave=wave, team=team) for team in _tops(plan))


def _tops(plan: RolloutPlan) -> list[Team]:
    return [plan.team] if plan.team is not None else list(Team.objects.current().filter(parent=None))


def _divisions(plan: RolloutPlan) -> list[Team]:
    """Return the teams directly below the plan's part of the organization; below its root where it has one."""
    tops = [team.pk for team in _tops(plan)]
    below = list(Team.objects.current().filter(parent__in=tops).order_by("sort_key", "pk"))
    return below or _tops(plan)
