"""The pages of a plan: what each shows to whom, in how many statements, and the whole way in the browser's forms."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizations.models import OrganizationSettings
from rollout.enums import PlanState
from rollout.models import PlanTask, RolloutPlan, Wave
from tests.factories.organizations import TeamFactory
from tests.factories.rollout import (
    CriterionFactory,
    PlanKeyResultFactory,
    PlanMilestoneFactory,
    PlanOfficerFactory,
    PlanPhaseFactory,
    PlanTaskFactory,
    RiskFactory,
    RolloutPlanFactory,
    TaskDependencyFactory,
    WaveFactory,
    WaveTeamFactory,
)
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

HX = {"HX-Request": "true"}


def address(world: World, name: str, /, *args: object) -> str:
    return reverse(f"rollout:{name}", args=[world.organization.slug, *args])


def page(client: Client, world: World, name: str, *args: object, **query: str) -> str:
    answer = client.get(address(world, name, *args), query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.fixture(autouse=True)
def switched_on(world: World) -> None:
    """The programme is turned on, as it is where somebody plans."""
    with within(world.organization):
        OrganizationSettings.objects.update(rollout=True)


def grown(world: World, rows: int) -> RolloutPlan:
    """Return a running plan with so many of everything in it."""
    with within(world.organization):
        plan: RolloutPlan = RolloutPlanFactory.create(sponsor=world.lead)
        PlanOfficerFactory.create(plan=plan, membership=world.plo)
        for _row in range(rows):
            phase = PlanPhaseFactory.create(plan=plan)
            wave = WaveFactory.create(phase=phase)
            WaveTeamFactory.create(wave=wave, team=TeamFactory.create(parent=world.root_team))
            for measure in ("agreed", "coached"):
                CriterionFactory.create(phase=phase, measure=measure, percent=80, text="")
            CriterionFactory.create(phase=phase, measure="check_ins", percent=80, weeks=4, text="")
            CriterionFactory.create(phase=phase)
            task = PlanTaskFactory.create(phase=phase, owner=world.member)
            TaskDependencyFactory.create(task=task)
            PlanMilestoneFactory.create(phase=phase)
            RiskFactory.create(plan=plan, owner=world.lead)
            PlanKeyResultFactory.create(plan=plan, current=12)
        return plan


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize(
    ("name", "statements"),
    [("plan", 25), ("plan_timeline", 15), ("plan_list", 13), ("plan_board", 13), ("plan_versions", 11)],
)
def test_statements_do_not_grow(name: str, statements: int, rows: int, world: World) -> None:
    plan = grown(world, rows)
    client = client_of(world.plo)
    path = address(world, name, plan.pk)
    client.get(path)
    with exactly(statements):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("rows", [1, 50])
def test_statements_of_the_list_do_not_grow(rows: int, world: World) -> None:
    with within(world.organization):
        for _row in range(rows):
            RolloutPlanFactory.create(sponsor=world.lead, team=world.team)
    client = client_of(world.plo)
    client.get(address(world, "plans"))
    with exactly(10):
        client.get(address(world, "plans"))


def test_everybody_reads_the_outline_and_their_own_tasks(world: World) -> None:
    with within(world.organization):
        Wave.objects.filter(pk=world.wave.pk).update(starts_on=timezone.localdate() + timedelta(days=3))
    html = page(client_of(world.member), world, "plan", world.plan.pk)
    assert world.wave.name in html
    assert "Your team" in html
    assert world.plan_task.title in html
    assert world.criterion.text not in html
    assert "Board" not in html


def test_a_draft_is_nobody_elses(world: World) -> None:
    with within(world.organization):
        RolloutPlan.objects.update(state=PlanState.DRAFT)
    assert client_of(world.member).get(address(world, "plan", world.plan.pk)).status_code == 403
    assert world.plan.name not in page(client_of(world.member), world, "plans")
    assert world.plan.name in page(client_of(world.lead), world, "plans")


def test_without_the_programme_there_is_no_way_to_it(world: World) -> None:
    path = address(world, "plans")
    client = client_of(world.plo)
    assert f'href="{path}"' in unescape(client.get(path).content.decode())
    with within(world.organization):
        OrganizationSettings.objects.update(rollout=False)
    assert f'href="{path}"' not in unescape(client.get(path).content.decode())


def send(client: Client, world: World, where: str, /, *args: object, **data: Any) -> Any:
    return client.post(address(world, where, *args), data, headers=HX)


def test_from_a_blueprint_to_a_running_pilot(world: World) -> None:
    office, sponsor = client_of(world.plo), client_of(world.lead)
    made = send(
        office,
        world,
        "plan_create",
        blueprint="pilot_first",
        name="OKRs for Acme",
        goal="Everybody knows what matters",
        starts_on="2027-01-04",
        sponsor=world.lead.email,
        time_off="2027-02-01 – 2027-02-05\n2027-05-17",
    )
    with within(world.organization):
        plan = RolloutPlan.objects.get(name="OKRs for Acme")
        pilot = Wave.objects.get(plan=plan, name="Pilot teams")
        prepare = plan.phases.first()
    assert made["HX-Redirect"] == address(world, "plan", plan.pk)
    assert (prepare.ends_on - prepare.starts_on).days == 9 * 7 - 3, "eight weeks, and one on which nobody works"
    send(office, world, "wave_teams", pilot.pk, teams=[str(world.team.pk)], below=[str(world.team.pk)])
    send(office, world, "plan_submit", plan.pk)
    assert "waits for your answer" in page(sponsor, world, "plan", plan.pk)
    send(sponsor, world, "plan_approve", plan.pk, version="1", reason="Go on")
    send(office, world, "plan_start", plan.pk)
    send(office, world, "wave_start", pilot.pk)
    html = page(office, world, "plan", plan.pk)
    assert "Started" in html
    assert "1 team<" in html
    assert "Go on" in page(office, world, "plan_versions", plan.pk)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("time_off", "some day", "“some day” is no day."),
        ("time_off", "2027-02-05 – 2027-02-01", "is no day."),
        ("starts_on", "never", "Enter a valid date."),
        ("sponsor", "Nobody at all", "Nobody here has this name"),
        ("name", "", "This field is required."),
    ],
)
def test_wrong_input_is_kept_and_said_at_its_field(field: str, value: str, said: str, world: World) -> None:
    values = {"blueprint": "empty", "name": "A plan", "starts_on": "2027-01-04", "goal": "Kept", field: value}
    answer = client_of(world.plo).post(address(world, "plan_create"), values)
    assert answer.status_code == 422
    html = unescape(answer.content.decode())
    assert said in html
    assert "Kept" in html


def test_a_part_is_added_changed_removed_and_brought_back(world: World) -> None:
    office = client_of(world.plo)
    step = {"phase": str(world.plan_phase.pk), "starts_on": "2027-01-04", "due_on": "2027-01-08", "status": "open"}
    added = send(office, world, "part_create", world.plan.pk, "tasks", title="Invite everybody", **step)
    assert added["HX-Redirect"] == address(world, "plan_list", world.plan.pk)
    with within(world.organization):
        task = PlanTask.objects.get(title="Invite everybody")
    wrong = send(office, world, "part_edit", "tasks", task.pk, title="Invite", **step | {"due_on": "2027-01-01"})
    assert wrong.status_code == 422
    assert "It must not be due before it begins." in unescape(wrong.content.decode())
    send(office, world, "part_edit", "tasks", task.pk, title="Invite all", **step)
    removed = office.post(address(world, "part_remove", "tasks", task.pk), follow=True)
    assert "Task removed" in removed.content.decode()
    with within(world.organization):
        assert not PlanTask.objects.filter(pk=task.pk).exists()
    send(office, world, "part_restore", "tasks", task.pk)
    with within(world.organization):
        assert PlanTask.objects.get(pk=task.pk).title == "Invite all"
    assert office.get(address(world, "part_create", world.plan.pk, "things")).status_code == 404


def test_the_owner_says_where_the_own_task_stands(world: World) -> None:
    send(client_of(world.member), world, "task_status", world.plan_task.pk, status="done")
    with within(world.organization):
        assert PlanTask.objects.get(pk=world.plan_task.pk).status == "done"
    send(client_of(world.member), world, "task_status", world.plan_task.pk, status="nonsense")
    with within(world.organization):
        assert PlanTask.objects.get(pk=world.plan_task.pk).status == "done"


def test_moving_a_phase_says_what_moves_with_it(world: World) -> None:
    office = client_of(world.plo)
    html = page(office, world, "phase_shift", world.plan_phase.pk, days="14")
    assert 'value="14"' in html
    # Max's task and the one it waits for.
    assert "With it move 2 open tasks" in html
    send(office, world, "phase_shift", world.plan_phase.pk, days="14", also_following="on")
    with within(world.organization):
        assert PlanTask.objects.get(pk=world.plan_task.pk).starts_on == world.plan_task.starts_on + timedelta(days=14)


def test_the_list_is_narrowed(world: World) -> None:
    office = client_of(world.plo)
    assert world.plan_task.title in page(office, world, "plan_list", world.plan.pk, status="to_do")
    html = page(office, world, "plan_list", world.plan.pk, status="done")
    assert "No task fits what you chose." in html
    assert world.plan_task.title not in page(office, world, "plan_list", world.plan.pk, owner="mine")
    assert world.plan_task.title not in page(office, world, "plan_list", world.plan.pk, owner="nobody")


@pytest.mark.parametrize(
    ("name", "back"),
    [
        ("plan_submit", "plan_versions"),
        ("plan_approve", "plan_versions"),
        ("plan_return", "plan_versions"),
        ("budget_return", "plan_versions"),
        ("budget_withdraw", "plan_budget"),
        ("plan_comment", "plan_versions"),
        ("barrier_create", "plan_readiness"),
    ],
)
def test_the_address_of_a_button_leads_back_to_its_page(name: str, back: str, world: World) -> None:
    answer = client_of(world.plo).get(address(world, name, world.plan.pk))
    assert (answer.status_code, answer["Location"]) == (302, address(world, back, world.plan.pk))
    assert client_of(world.plo).put(address(world, name, world.plan.pk)).status_code == 405


def test_a_task_is_opened_and_ticked_on_the_overview_and_the_toast_takes_it_back(world: World) -> None:
    plan = grown(world, 1)
    with within(world.organization):
        task = PlanTask.objects.get(plan=plan, owner=world.member)
        milestone = plan.milestones.get()
    client = client_of(world.plo)
    html = page(client, world, "plan", plan.pk)
    for kind, part in (("tasks", task), ("milestones", milestone)):
        assert address(world, "part_edit", kind, part.pk) in html
    url = address(world, "task_status", task.pk)
    answer = client.post(url, {"status": "done", "from": "plan"}, follow=True)
    assert answer.redirect_chain[-1][0] == address(world, "plan", plan.pk)
    undo = f"{url}?status={task.status}&from=plan"
    assert undo in unescape(answer.content.decode())
    with within(world.organization):
        assert PlanTask.objects.get(pk=task.pk).status == "done"
    html = unescape(client.post(undo, follow=True).content.decode())
    with within(world.organization):
        assert PlanTask.objects.get(pk=task.pk).status == task.status
    assert "It stands where it was." in html
    assert "?status=" not in html, "an undo is not undone again"


def test_the_board_folds_what_was_dropped_away(world: World) -> None:
    plan = grown(world, 1)
    client = client_of(world.plo)
    assert "Dropped <span" not in page(client, world, "plan_board", plan.pk)
    with within(world.organization):
        dropped = PlanTaskFactory.create(phase=plan.phases.get(), title="Print posters", status="dropped")
    html = page(client, world, "plan_board", plan.pk)
    column = html.index('aria-labelledby="c-dropped"')
    folded = re.compile(r"<details(?P<attributes>[^>]*)>(?P<inside>.*?)</details>", re.DOTALL).search(html, column)
    assert folded is not None
    assert "open" not in folded["attributes"]
    assert re.search(r"Dropped\s*<span[^>]*>1<", folded["inside"])
    assert dropped.title in folded["inside"]
    assert html.count(dropped.title) == html.count(dropped.title, folded.start(), folded.end())


def test_what_comes_next_stands_in_the_order_of_its_days(world: World) -> None:
    plan = grown(world, 1)
    today = timezone.localdate()
    with within(world.organization):
        phase = plan.phases.get()
        PlanTask.objects.filter(plan=plan).delete()
        plan.milestones.all().delete()
        for number, factory in enumerate((PlanTaskFactory, PlanMilestoneFactory) * 5):
            factory.create(phase=phase, title=f"Step {number}.", due_on=today + timedelta(days=number))
    html = page(client_of(world.plo), world, "plan", plan.pk)
    places = [html.find(f"Step {number}.") for number in range(10)]
    assert places[:8] == sorted(places[:8])
    assert min(places[:8]) > 0
    assert places[8:] == [-1, -1], "what comes later is cut off, of both"
    assert 'title="Mark as done"' in html


def test_risks_stand_on_the_overview_the_heaviest_first(world: World) -> None:
    plan = grown(world, 1)
    with within(world.organization):
        RiskFactory.create(plan=plan, title="Nobody has time", likelihood=3, impact=3)
        RiskFactory.create(plan=plan, title="Long gone", state="closed")
        for number in range(5):
            RiskFactory.create(plan=plan, title=f"Small {number}", likelihood=1, impact=1)
    html = page(client_of(world.plo), world, "plan", plan.pk)
    assert "Nobody has time" in html
    assert "Long gone" not in html
    assert "Small 0" in html
    assert html.count("Small ") == 4, "the list shows all"
    assert html.index("Nobody has time") < html.index("Small 0")
    assert "Small " not in page(client_of(world.member), world, "plan", plan.pk)


def test_only_who_may_ticks_a_task_on_the_overview(world: World) -> None:
    plan = grown(world, 1)
    with within(world.organization):
        task = PlanTask.objects.get(plan=plan, owner=world.member)
    html = page(client_of(world.lead), world, "plan", plan.pk)
    assert task.title in html
    assert address(world, "task_status", task.pk) not in html


def test_a_wave_says_how_many_teams_take_part(world: World) -> None:
    """Those below the teams it names begin too; in the form that is asked only where there are some."""
    with within(world.organization):
        phase = PlanPhaseFactory.create()
        wave = WaveFactory.create(phase=phase)
        division = TeamFactory.create(name="Division")
        for name in ("North", "South"):
            TeamFactory.create(name=name, parent=division)
        WaveTeamFactory.create(wave=wave, team=division, with_below=True)
    client = client_of(world.plo)
    assert "3 teams<" in page(client, world, "plan", phase.plan_id)
    html = page(client, world, "wave_teams", wave.pk)
    rows = {name: html.split(f"{name}</span></label>")[1].split("</li>")[0] for name in ("Division", "North")}
    assert "and below" in rows["Division"]
    assert "and below" not in rows["North"]
    assert 'name="below"' in rows["North"], "teams that come below it later begin with it"
    assert '<p class="text-sm text-muted tabular-nums chosen-count">Chosen: </p>' in html


def test_what_has_a_value_is_not_called_optional(world: World) -> None:
    """Filters show all; amounts left empty are nothing. Only what is really left out is optional."""
    client = client_of(world.plo)
    assert "Optional" not in page(client, world, "plan_list", world.plan.pk)
    assert page(client, world, "part_create", world.plan.pk, "budget-lines").count("Optional") == 1
    said = send(client, world, "part_create", world.plan.pk, "budget-lines", category="tools", planned="", actual="2")
    assert said.status_code == 200


def test_what_is_overdue_is_found_from_the_overview_and_marked(world: World) -> None:
    plan = grown(world, 1)
    today = timezone.localdate()
    with within(world.organization):
        late = PlanTask.objects.get(plan=plan, owner=world.member)
        PlanTask.objects.filter(plan=plan).update(starts_on=today, due_on=today)
        PlanTask.objects.filter(pk=late.pk).update(title="Late", starts_on=today, due_on=today)
        PlanTask.objects.filter(pk=late.pk).update(
            starts_on=today - timedelta(days=3), due_on=today - timedelta(days=2)
        )
        other = PlanTask.objects.filter(plan=plan).exclude(pk=late.pk).get()
    client = client_of(world.plo)
    assert f"{address(world, 'plan_list', plan.pk)}?status=overdue" in page(client, world, "plan", plan.pk)
    html = page(client, world, "plan_list", plan.pk, status="overdue")
    assert f"task-{late.pk}" in html
    assert f"task-{other.pk}" not in html
    assert html.count("(overdue)") == 1
    assert page(client, world, "plan_board", plan.pk).count("(overdue)") == 1
    with within(world.organization):
        PlanTask.objects.filter(plan=plan).update(status="done")
    assert "(overdue)" not in page(client, world, "plan_list", plan.pk)
