"""Two who choose from the same list: the second loses nothing, changes only what they changed, and is told the rest."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import AuditEntry, Membership, Team
from rollout.domain import plan as plans
from rollout.domain.dependency import change_needed, set_needed
from rollout.domain.wave import change_wave_teams, set_wave_teams
from rollout.enums import PlanState
from rollout.models import Criterion, PlanOfficer, TaskDependency, WaveTeam
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.rollout import (
    CriterionFactory,
    PlanPhaseFactory,
    PlanTaskFactory,
    RolloutPlanFactory,
    TaskDependencyFactory,
    WaveFactory,
    WaveTeamFactory,
)
from tests.factories.worlds import World, client_of, make_organization, within
from tests.meanwhile import Other
from tests.queries import exactly

_HIDDEN = re.compile(r'<input type="hidden" name="(?P<name>[^"]+)"(?: value="(?P<value>[^"]*)")?')


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def opened(client: Client, path: str) -> dict[str, list[str]]:
    """Return what the hidden fields of a form say, by name: a browser sends them along."""
    answer = client.get(path, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    found: dict[str, list[str]] = {}
    for hidden in _HIDDEN.finditer(unescape(answer.content.decode())):
        found.setdefault(hidden["name"], []).append(hidden["value"] or "")
    return {name: values for name, values in found.items() if name.startswith("initial-") or name == "opened_at"}


def send(client: Client, path: str, data: dict[str, Any]) -> str:
    """Post a form and return the page it leads to."""
    return unescape(client.post(path, data, follow=True).content.decode())


def teams(world: World, *names: str) -> list[Team]:
    return [TeamFactory.create(name=name, parent=world.root_team) for name in names]


def wave_path(world: World, wave: Any) -> str:
    return reverse("rollout:wave_teams", args=[world.organization.slug, wave.pk])


def test_two_who_choose_teams_of_a_wave(world: World) -> None:
    with within(world.organization):
        wave = WaveFactory.create()
        before, first, second = teams(world, "Before", "First", "Second")
        WaveTeamFactory.create(wave=wave, team=before)
        plans.add_officer(actor=acting(world.plo), plan=wave.plan, member=world.administrator)
    path = wave_path(world, wave)
    one, other = client_of(world.plo), client_of(world.administrator)
    shown, seen_by_other = opened(one, path), opened(other, path)
    assert shown["initial-teams"] == [str(before.pk)]
    # One swaps Before for First, the other adds Second to what they saw.
    assert "Teams of the wave saved" in send(one, path, shown | {"teams": [first.pk], "below": [first.pk]})
    page = send(other, path, seen_by_other | {"teams": [before.pk, second.pk], "below": [before.pk]})
    assert "Meanwhile others added: First. Meanwhile others took out: Before." in page
    with within(world.organization):
        found = dict(WaveTeam.objects.filter(wave=wave).values_list("team__name", "with_below"))
        assert found == {"First": True, "Second": False}


def test_what_does_not_show_stays_in_the_wave(world: World) -> None:
    with within(world.organization):
        wave = WaveFactory.create()
        hidden, shown = teams(world, "Hidden", "Shown")
        set_wave_teams(actor=acting(world.plo), wave=wave, teams=[(hidden, True), (shown, True)])
        said = change_wave_teams(actor=acting(world.plo), wave=wave, teams=[(shown, False)], shown={shown.pk: True})
        assert said.added == ("Hidden",)
        found = dict(WaveTeam.objects.filter(wave=wave).values_list("team__name", "with_below"))
        assert found == {"Hidden": True, "Shown": False}


def test_two_who_choose_what_a_task_waits_for(world: World) -> None:
    with within(world.organization):
        phase = PlanPhaseFactory.create()
        task, before, first, second = (
            PlanTaskFactory.create(phase=phase, title=title) for title in ("Task", "Before", "First", "Second")
        )
        set_needed(actor=acting(world.plo), task=task, needed=[before])
        plans.add_officer(actor=acting(world.plo), plan=phase.plan, member=world.administrator)
    path = reverse("rollout:task_needs", args=[world.organization.slug, task.pk])
    one, other = client_of(world.plo), client_of(world.administrator)
    shown, seen_by_other = opened(one, path), opened(other, path)
    send(one, path, shown | {"needs": [before.pk, first.pk]})
    page = send(other, path, seen_by_other | {"needs": [second.pk]})
    assert "Dependencies saved. Meanwhile others added: First." in page
    with within(world.organization):
        found = TaskDependency.objects.filter(task=task).values_list("needed__title", flat=True)
        assert set(found) == {"First", "Second"}


def test_a_circle_that_two_make_is_refused(world: World) -> None:
    with within(world.organization):
        phase = PlanPhaseFactory.create()
        a, b = (PlanTaskFactory.create(phase=phase, title=title) for title in "AB")
        plo = acting(world.plo)
        change_needed(actor=plo, task=a, needed=[b], shown=[])
    answer = client_of(world.plo).post(
        reverse("rollout:task_needs", args=[world.organization.slug, b.pk]), {"needs": [str(a.pk)]}
    )
    assert answer.status_code == 422
    assert "That is a circle" in unescape(answer.content.decode())


def test_two_who_judge_a_criterion(world: World) -> None:
    with within(world.organization):
        criterion = CriterionFactory.create()
        plans.add_officer(actor=acting(world.plo), plan=criterion.phase.plan, member=world.administrator)
    path = reverse("rollout:criterion_judge", args=[world.organization.slug, criterion.pk])
    one, other = client_of(world.plo), client_of(world.administrator)
    shown, seen_by_other = opened(one, path), opened(other, path)
    send(one, path, shown | {"is_met": "yes", "note": "All six said yes"})
    refused = other.post(path, seen_by_other | {"is_met": "no", "note": "Two said no"})
    assert refused.status_code == 422
    page = unescape(refused.content.decode())
    assert f"{world.plo.display_name} changed this to “Yes” while you were writing" in page or "All six" in page
    assert "Two said no" in page
    with within(world.organization):
        found = Criterion.objects.get(pk=criterion.pk)
        assert (found.is_met, found.note) == (True, "All six said yes")


def test_who_only_changes_the_reason_keeps_the_judgement(world: World) -> None:
    with within(world.organization):
        criterion = CriterionFactory.create()
        plans.add_officer(actor=acting(world.plo), plan=criterion.phase.plan, member=world.administrator)
    path = reverse("rollout:criterion_judge", args=[world.organization.slug, criterion.pk])
    one, other = client_of(world.plo), client_of(world.administrator)
    shown, seen_by_other = opened(one, path), opened(other, path)
    send(one, path, shown | {"is_met": "yes", "note": ""})
    send(other, path, seen_by_other | {"is_met": "", "note": "They say so"})
    with within(world.organization):
        found = Criterion.objects.get(pk=criterion.pk)
        assert (found.is_met, found.note) == (True, "They say so")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["officers", "teams", "teams of a started wave", "needs"])
def test_the_second_waits_for_the_first(what: str) -> None:
    world = make_organization("acme")
    with within(world.organization):
        plan = RolloutPlanFactory.create(state=PlanState.DRAFT)
        phase = PlanPhaseFactory.create(plan=plan)
        wave = WaveFactory.create(phase=phase, started_at=timezone.now() if "started" in what else None)
        task, *needed = (PlanTaskFactory.create(phase=phase) for _ in range(3))
        places = teams(world, "First", "Second")
        people = [MembershipFactory.create() for _ in range(2)]
        actor = acting(world.plo)
        steps: dict[str, tuple[Callable[[int], Any], Callable[[], int]]] = {
            "officers": (
                lambda number: plans.add_officer(actor=actor, plan=plan, member=people[number]),
                lambda: PlanOfficer.objects.filter(plan=plan).count(),
            ),
            "teams": (
                lambda number: change_wave_teams(actor=actor, wave=wave, teams=[(places[number], True)], shown={}),
                lambda: WaveTeam.objects.filter(wave=wave).count(),
            ),
            "needs": (
                lambda number: change_needed(actor=actor, task=task, needed=[needed[number]], shown=[]),
                lambda: TaskDependency.objects.filter(task=task).count(),
            ),
        }
    act, count = steps[what.split()[0]]
    with within(world.organization):
        act(0)
        other = Other(world.organization, lambda: act(1))
        assert other.waits(), other.failure
    assert other.end() is None
    with within(world.organization):
        assert count() == 2


def test_a_person_who_is_taken_out_of_the_office(world: World) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create()
        actor = acting(world.plo)
        for member in (world.administrator, world.member):
            plans.add_officer(actor=actor, plan=plan, member=member)
        plans.remove_officer(actor=actor, plan=plan, member=world.member)
        plans.remove_officer(actor=actor, plan=plan, member=world.member)
        assert PlanOfficer.objects.get(plan=plan).membership_id == world.administrator.pk
        assert AuditEntry.objects.filter(object_id=str(plan.pk), verb="changed").count() == 3


def test_teams_of_a_large_organization_are_found_and_unfolded(world: World) -> None:
    with within(world.organization):
        wave = WaveFactory.create()
        divisions = [TeamFactory.create(name=f"Division {n}", parent=world.root_team) for n in range(4)]
        for number in range(48):
            TeamFactory.create(name=f"Squad {number:02}", parent=divisions[number % 4])
        chosen = Team.objects.get(name="Squad 07")
        WaveTeamFactory.create(wave=wave, team=chosen)
    client, path = client_of(world.plo), wave_path(world, wave)
    page = unescape(client.get(path).content.decode())
    assert "Division 3" in page
    assert page.index(chosen.name) < page.index("All teams")
    assert "Squad 03" not in page
    shown = opened(client, path)
    ticked = {"teams": [str(chosen.pk), str(divisions[0].pk)], "below": [str(chosen.pk)]}
    looked = client.post(path, shown | ticked | {"q": "squad 1", "find": "1"})
    assert looked.status_code == 200
    page = unescape(looked.content.decode())
    top = page[: page.index("All teams")]
    assert chosen.name in top
    assert divisions[0].name in top, "what was ticked stays, above"
    assert "Squad 13" in page
    assert "Squad 20" not in page
    unfolded = client.post(path, shown | ticked | {"q": "", "open": str(divisions[3].pk)})
    page = unescape(unfolded.content.decode())
    assert "Squad 03" in page
    assert "Squad 04" not in page
    assert page.count('name="teams"') < 40
    with within(world.organization):
        assert WaveTeam.objects.filter(wave=wave).count() == 1, "looking saves nothing"


@pytest.mark.parametrize("rows", [1, 50])
def test_statements_of_choosing_do_not_grow(rows: int, world: World) -> None:
    with within(world.organization):
        wave = WaveFactory.create()
        task = PlanTaskFactory.create(phase=wave.phase)
        for _row in range(rows):
            WaveTeamFactory.create(wave=wave, team=TeamFactory.create(parent=world.root_team))
            TaskDependencyFactory.create(task=task, needed=PlanTaskFactory.create(phase=wave.phase))
    client = client_of(world.plo)
    needs = reverse("rollout:task_needs", args=[world.organization.slug, task.pk])
    for path, statements in ((wave_path(world, wave), 12), (needs, 13)):
        client.get(path)
        with exactly(statements):
            assert client.get(path).status_code == 200


def test_tasks_of_a_large_plan_are_found(world: World) -> None:
    with within(world.organization):
        phase = PlanPhaseFactory.create()
        later = PlanPhaseFactory.create(plan=phase.plan, kind="expand")
        task, needed = (PlanTaskFactory.create(phase=phase, title=title) for title in ("Task", "Needed"))
        for number in range(45):
            PlanTaskFactory.create(phase=later, title=f"Step {number:02}")
        set_needed(actor=acting(world.plo), task=task, needed=[needed])
    client, path = client_of(world.plo), reverse("rollout:task_needs", args=[world.organization.slug, task.pk])
    page = unescape(client.get(path).content.decode())
    assert "Needed" in page
    assert "Step 07" not in page, "those of its own phase first"
    looked = client.post(path, opened(client, path) | {"needs": [str(needed.pk)], "q": "STEP 0", "find": "1"})
    assert looked.status_code == 200
    page = unescape(looked.content.decode())
    assert "Step 07" in page
    assert "Step 17" not in page
    assert page.index("Needed") < page.index("Step 07")
