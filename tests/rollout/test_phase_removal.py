"""Removing a phase with everything in it, and what goes along with a task or a wave; all of it comes back."""

from html import unescape

import pytest
from django.urls import reverse

from okrapp.notifications.models import Notification
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from rollout.domain.criterion import judge_criterion
from rollout.domain.dependency import set_needed, set_phase_needed
from rollout.domain.part import add_part, remove_part, restore_part
from rollout.domain.phase_removal import remove_phase, restore_phase
from rollout.models import (
    BudgetLine,
    Criterion,
    PhaseDependency,
    PlanMilestone,
    PlanPhase,
    PlanTask,
    RolloutPlan,
    TaskDependency,
    Wave,
    WaveTeam,
)
from tests.factories.rollout import (
    BudgetLineFactory,
    CriterionFactory,
    PlanMilestoneFactory,
    PlanPhaseFactory,
    PlanTaskFactory,
    RolloutPlanFactory,
    WaveFactory,
    WaveTeamFactory,
    days_from_now,
)
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

KINDS = (Wave, WaveTeam, Criterion, PlanTask, TaskDependency, PhaseDependency, PlanMilestone, BudgetLine)


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def filled(world: World, rows: int = 1) -> PlanPhase:
    """Return a phase of a plan with so many of everything in it, and a task and a phase that wait for some of it."""
    plan = RolloutPlanFactory.create()
    phase: PlanPhase = PlanPhaseFactory.create(plan=plan)
    later = PlanTaskFactory.create(phase=PlanPhaseFactory.create(plan=plan, kind="embed"), title="Later")
    before: PlanTask | None = None
    for _row in range(rows):
        WaveTeamFactory.create(wave=WaveFactory.create(phase=phase))
        judge_criterion(
            actor=acting(world.plo),
            criterion=CriterionFactory.create(phase=phase),
            changes={"is_met": True, "note": "We asked them"},
        )
        task = PlanTaskFactory.create(phase=phase, owner=world.member, description="By hand")
        set_needed(actor=acting(world.plo), task=task, needed=[before] if before else [])
        before = task
        milestone = PlanMilestoneFactory.create(phase=phase)
        BudgetLineFactory.create(plan=plan, phase=phase)
    assert before is not None
    set_needed(actor=acting(world.plo), task=later, needed=[before])
    set_phase_needed(actor=acting(world.plo), phase=later.phase, tasks=[before], milestones=[milestone])
    elsewhere = PlanTaskFactory.create(phase=PlanPhaseFactory.create(plan=plan, kind="prepare"), title="Sooner")
    set_phase_needed(actor=acting(world.plo), phase=phase, tasks=[elsewhere])
    return phase


def rows_of(plan: RolloutPlan) -> dict[str, list[dict[str, object]]]:
    """Return all there is in a plan, without when and under which id a link was made."""
    links = {WaveTeam: ("id",), TaskDependency: ("id",), PhaseDependency: ("id",)}
    to_plan = {Criterion: "phase__plan", TaskDependency: "task__plan", PhaseDependency: "phase__plan"}
    found = {}
    for model in KINDS:
        rows = model.objects.filter(**{to_plan.get(model, "plan"): plan}).order_by("pk").values()
        left_out = (*links.get(model, ()), "created_at", "updated_at", "judged_at")
        kept = [{name: value for name, value in row.items() if name not in left_out} for row in rows]
        found[model.__name__] = sorted(kept, key=str)
    return found


def test_all_of_it_goes_and_comes_back(world: World) -> None:
    with within(world.organization):
        phase, actor = filled(world, 2), acting(world.plo)
        plan = phase.plan
        before = rows_of(plan)
        inside = remove_phase(actor=actor, phase=phase)
        assert (len(inside.waves), len(inside.criteria), len(inside.tasks), len(inside.milestones)) == (2, 2, 2, 2)
        left = rows_of(plan)
        assert {name: len(rows) for name, rows in left.items() if rows} == {"PlanTask": 2, "BudgetLine": 2}
        assert all(line["phase_id"] is None for line in left["BudgetLine"])
        assert AuditEntry.objects.filter(verb="removed").count() == 9
        restore_phase(actor=actor, phase_id=phase.pk)
        assert rows_of(plan) == before
        restore_phase(actor=actor, phase_id=phase.pk)
        assert rows_of(plan) == before, "a second click changes nothing"


@pytest.mark.parametrize("rows", [1, 30])
def test_removing_takes_as_many_statements_however_much_is_in_it(rows: int, world: World) -> None:
    with within(world.organization):
        phase, actor = filled(world, rows), acting(world.plo)
        with exactly(39):
            remove_phase(actor=actor, phase=phase)


def test_what_was_told_of_its_tasks_is_taken_back_and_told_again(world: World) -> None:
    with within(world.organization):
        phase, actor = PlanPhaseFactory.create(), acting(world.plo)
        days = {"starts_on": phase.starts_on, "due_on": phase.ends_on}
        add_part(actor=actor, plan=phase.plan, part=PlanTask(phase=phase, title="Train", owner=world.member, **days))
        told = Notification.objects.filter(kind="plan_task_given", recipient=world.member.pk)
        before = told.count()
        assert before
        remove_phase(actor=actor, phase=phase)
        assert told.count() == before - 1
        restore_phase(actor=actor, phase_id=phase.pk)
        assert told.count() == before


def test_what_has_begun_stays(world: World) -> None:
    with within(world.organization):
        phase = filled(world)
        Wave.objects.filter(phase=phase).update(started_at=phase.created_at)
        with pytest.raises(Refused, match="has started"):
            remove_phase(actor=acting(world.plo), phase=phase)
        with pytest.raises(Refused, match="decision was taken"):
            remove_phase(actor=acting(world.plo), phase=world.pilot_decision.phase)
        assert PlanTask.objects.filter(phase=phase).count() == 1


def test_a_name_that_is_taken_by_now_is_said(world: World) -> None:
    with within(world.organization):
        phase, actor = filled(world), acting(world.plo)
        wave, other = Wave.objects.get(phase=phase), PlanPhase.objects.filter(plan=phase.plan, kind="embed")
        remove_phase(actor=actor, phase=phase)
        again = Wave(phase=other.get(), name=wave.name, starts_on=wave.starts_on)
        add_part(actor=actor, plan=phase.plan, part=again)
        with pytest.raises(Refused, match="wave of this name"):
            restore_phase(actor=actor, phase_id=phase.pk)
        assert not PlanPhase.objects.filter(pk=phase.pk).exists(), "all of it or nothing"


def test_a_task_takes_along_what_it_waits_for(world: World) -> None:
    with within(world.organization):
        actor, phase = acting(world.plo), PlanPhaseFactory.create()
        first, second, third = (PlanTaskFactory.create(phase=phase, title=title) for title in "ABC")
        set_needed(actor=actor, task=second, needed=[first])
        set_needed(actor=actor, task=third, needed=[second])
        remove_part(actor=actor, part=second)
        assert not TaskDependency.objects.filter(task__plan=phase.plan).exists()
        restore_part(actor=actor, model=PlanTask, part_id=second.pk)
        pairs = TaskDependency.objects.filter(task__plan=phase.plan).values_list("task__title", "needed__title")
        assert set(pairs) == {("B", "A"), ("C", "B")}
        remove_part(actor=actor, part=second)
        set_needed(actor=actor, task=first, needed=[third])
        restore_part(actor=actor, model=PlanTask, part_id=second.pk)
        assert set(pairs.all()) in ({("A", "C"), ("B", "A")}, {("A", "C"), ("C", "B")}), "never a circle"


def test_a_wave_takes_its_teams_along(world: World) -> None:
    with within(world.organization):
        actor, wave = acting(world.plo), WaveFactory.create()
        kept = WaveTeamFactory.create(wave=wave, with_below=False)
        elsewhere = WaveTeamFactory.create(wave=wave)
        remove_part(actor=actor, part=wave)
        WaveTeamFactory.create(wave=WaveFactory.create(phase=wave.phase), team=elsewhere.team)
        restore_part(actor=actor, model=Wave, part_id=wave.pk)
        assert list(WaveTeam.objects.filter(wave=wave).values_list("team", "with_below")) == [(kept.team_id, False)]


def test_the_office_is_asked_and_told(world: World) -> None:
    def path(name: str, *args: object) -> str:
        return reverse(f"rollout:{name}", args=[world.organization.slug, *args])

    with within(world.organization):
        phase = filled(world, 2)
        RolloutPlan.objects.filter(pk=phase.plan_id).update(ends_on=days_from_now(500).function())
        empty = PlanPhaseFactory.create(plan=phase.plan)
    office = client_of(world.plo)
    ask = path("phase_remove", phase.pk)
    assert ask in office.get(path("part_edit", "phases", phase.pk)).content.decode()
    assert path("phase_remove", empty.pk) not in office.get(path("part_edit", "phases", empty.pk)).content.decode()
    html = unescape(office.get(ask).content.decode())
    for words in ("2 waves", "2 criteria", "2 tasks", "2 milestones", "2 lines of the budget stay"):
        assert words in html
    answer = office.post(ask, follow=True)
    html = unescape(answer.content.decode())
    assert "Phase removed, with everything in it. The plan itself still lasts until" in html
    office.post(path("part_restore", "phases", phase.pk))
    with within(world.organization):
        assert PlanTask.objects.filter(phase=phase.pk).count() == 2
