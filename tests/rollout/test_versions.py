"""Versions of a plan: read as they were submitted, compared field by field, and with the plan as it stands."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import Membership, OrganizationSettings
from rollout.domain import plan as plans
from rollout.domain import plan_state as states
from rollout.domain.dependency import set_needed
from rollout.domain.part import add_part, edit_part, remove_part
from rollout.domain.wave import set_wave_teams
from rollout.enums import BudgetCategory, PlanState
from rollout.models import BudgetLine, PlanPhase, PlanTask, PlanVersion, RolloutPlan, Wave
from rollout.queries.plan_changes import Change, changed_since, changes_between, kinds_changed_since, versions_of
from rollout.queries.plan_content import content_of
from rollout.queries.version_content import content_read
from tests.factories.rollout import (
    BudgetLineFactory,
    CriterionFactory,
    PlanKeyResultFactory,
    PlanMilestoneFactory,
    PlanOfficerFactory,
    PlanPhaseFactory,
    PlanTaskFactory,
    RiskFactory,
    RolloutPlanFactory,
    WaveFactory,
    WaveTeamFactory,
)
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

FIRST, LAST = date(2027, 1, 4), date(2027, 3, 26)


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def written(world: World, rows: int = 1) -> RolloutPlan:
    """Return a draft with so many of everything in it."""
    plan: RolloutPlan = RolloutPlanFactory.create(
        name="Acme learns", state=PlanState.DRAFT, sponsor=world.lead, starts_on=FIRST, ends_on=LAST, scope="Sales"
    )
    PlanOfficerFactory.create(plan=plan, membership=world.plo)
    for number in range(rows):
        phase = PlanPhaseFactory.create(plan=plan, starts_on=FIRST, ends_on=LAST)
        wave = WaveFactory.create(phase=phase, name=f"Wave {number}", starts_on=FIRST)
        if not number:
            WaveTeamFactory.create(wave=wave, team=world.team, with_below=False)
        CriterionFactory.create(phase=phase)
        CriterionFactory.create(phase=phase, gate="entry", measure="agreed", percent=80, text="")
        PlanTaskFactory.create(
            phase=phase, title="Train", owner=world.member, starts_on=FIRST, due_on=LAST, description="By hand"
        )
        PlanMilestoneFactory.create(phase=phase, due_on=LAST)
        RiskFactory.create(plan=plan, owner=world.lead, answer="Agree on hours")
        PlanKeyResultFactory.create(plan=plan)
        BudgetLineFactory.create(plan=plan, phase=phase, note="Coach days", planned=Decimal("12500.50"))
    return plan


def spaced(text: str) -> str:
    return text.replace("\xa0", " ")


def told(changes: list[Change]) -> dict[str, list[tuple[str, str, str, str]]]:
    """Return the fields that differ, by kind: of what, which, before, after."""
    return {
        str(change.label): [
            (part.title, field.label, spaced(field.before), spaced(field.after))
            for part in change.changed
            for field in part.fields
        ]
        for change in changes
    }


def test_what_changed_is_told_field_by_field(world: World) -> None:
    with within(world.organization), translation.override("en"):
        office, plan = acting(world.plo), written(world)
        states.submit_plan(actor=office, plan=plan)
        states.withdraw_plan(actor=office, plan=plan)
        line, task, wave = BudgetLine.objects.get(plan=plan), plan.tasks.get(), plan.waves.get()
        plans.edit_plan(
            actor=office,
            plan=plan,
            changes={"scope": "Everybody", "sponsor": world.administrator, "ends_on": date(2027, 4, 2)},
        )
        edit_part(actor=office, part=line, changes={"planned": Decimal("6250.25"), "category": BudgetCategory.TOOLS})
        edit_part(actor=office, part=task, changes={"owner": None, "due_on": date(2027, 3, 1)})
        set_wave_teams(actor=office, wave=wave, teams=[(world.team, True), (world.root_team, True)])
        remove_part(actor=office, part=plan.milestones.get())
        late = PlanPhase(kind="embed", starts_on=FIRST, ends_on=LAST)
        add_part(actor=office, plan=plan, part=late)
        states.submit_plan(actor=office, plan=plan)
        second, first = versions_of(plan, with_budget=True)
        assert first.changes == []
        assert told(second.changes) == {
            "The plan itself": [
                ("Acme learns", "Scope", "Sales", "Everybody"),
                ("Acme learns", "Sponsor", world.lead.display_name, world.administrator.display_name),
                ("Acme learns", "Until", "03/26/2027", "04/02/2027"),
            ],
            "Phases": [],
            "Waves": [
                (
                    "Wave 0",
                    "Teams",
                    f"{world.team.name} without those below",
                    ", ".join(team.name for team in sorted((world.team, world.root_team), key=lambda one: one.pk)),
                )
            ],
            "Tasks": [
                ("Train", "Owner", world.member.display_name, "–"),
                ("Train", "Due", "03/26/2027", "03/01/2027"),
            ],
            "Milestones": [],
            "Budget": [
                ("Coach days", "Category", "Training", "Tools"),
                ("Coach days", "Planned", "12,500.50 EUR", "6,250.25 EUR"),
            ],
        }
        budget = second.changes[-1]
        assert budget.total is not None
        assert (spaced(budget.total.before), spaced(budget.total.after)) == ("12,500.50 EUR", "6,250.25 EUR")
        gone = {str(one.label): (one.added_titles, one.removed) for one in second.changes}
        assert gone["Milestones"] == ((), ("First OKRs agreed",))
        assert gone["Phases"] == (("Embed",), ())
        [hidden, _first] = versions_of(plan)
        assert "Budget" not in told(hidden.changes), "money is not for everybody"


def test_what_is_written_in_german(world: World) -> None:
    with within(world.organization), translation.override("de"):
        plan = written(world)
        older = content_of(plan)
        edit_part(actor=acting(world.plo), part=plan.budget_lines.get(), changes={"planned": Decimal("6250.25")})
        edit_part(actor=acting(world.plo), part=plan.tasks.get(), changes={"due_on": date(2027, 3, 1)})
        found = told(changes_between(older, content_of(plan), with_budget=True))
        values = [field[2:] for fields in found.values() for field in fields]
        assert values == [("26.03.2027", "01.03.2027"), ("12.500,50 EUR", "6.250,25 EUR")]


def test_what_an_older_version_did_not_keep_is_no_change(world: World) -> None:
    with within(world.organization):
        content = content_of(written(world))
        older = {
            kind: {
                pk: {
                    name: value for name, value in fields.items() if name not in ("phase", "owner", "teams", "officers")
                }
                for pk, fields in parts.items()
            }
            for kind, parts in content.items()
        }
        assert changes_between(older, content, with_budget=True) == []
        version = PlanVersion(plan=RolloutPlan.objects.get(name="Acme learns"), content=older)
        read = content_read(version, with_budget=False)
        assert [line.title for group in read.loose for line in group.lines][-2:] == ["Train", "First OKRs agreed"]
        assert read.budget == []


def test_a_running_plan_says_what_differs_from_what_was_approved(world: World) -> None:
    with within(world.organization):
        office, plan = acting(world.plo), written(world)
        states.submit_plan(actor=office, plan=plan)
        plan = states.approve_plan(actor=acting(world.lead), plan=plan, number=1)
        plan = states.start_plan(actor=office, plan=plan)
        versions = list(PlanVersion.objects.filter(plan=plan))
        edit_part(actor=office, part=plan.tasks.get(), changes={"status": "done"})
        edit_part(actor=office, part=plan.budget_lines.get(), changes={"actual": Decimal("10.00")})
        assert changed_since(plan, versions, with_budget=True) is None, "what happens is no change of the plan"
        assert kinds_changed_since(plan, with_budget=True) is None
        edit_part(actor=office, part=plan.budget_lines.get(), changes={"planned": Decimal("10.00")})
        for with_budget, kinds in ((True, ["budget_lines"]), (False, [])):
            for since in (
                changed_since(plan, versions, with_budget=with_budget),
                kinds_changed_since(plan, with_budget=with_budget),
            ):
                assert [change.kind for change in (since.changes if since else [])] == kinds
        draft = RolloutPlanFactory.create(state=PlanState.DRAFT)
        assert changed_since(draft, versions) is None


def test_what_is_new_says_when_by_whom_and_for_how_much(world: World) -> None:
    with within(world.organization), translation.override("en"):
        office, plan = acting(world.plo), written(world)
        older = content_of(plan)
        phase = plan.phases.get()
        line = BudgetLine(phase=phase, category=BudgetCategory.TOOLS, note="Amount", planned=Decimal("1000.00"))
        task = PlanTask(phase=phase, title="Invite", owner=world.member, starts_on=FIRST, due_on=date(2027, 1, 8))
        own = PlanTask(phase=phase, title="Tidy up", description="At length", starts_on=FIRST, due_on=LAST)
        for part in (line, task, own, PlanPhase(kind="embed", starts_on=FIRST, ends_on=LAST)):
            add_part(actor=office, plan=plan, part=part)
        PlanMilestoneFactory.create(phase=phase, title="Half way", due_on=LAST)
        CriterionFactory.create(phase=phase, text="All agree")
        WaveFactory.create(phase=phase, name="Second", starts_on=FIRST)
        RiskFactory.create(plan=plan, title="No time")
        PlanKeyResultFactory.create(plan=plan, title="Trained", unit="", start=0, target=5)
        changes = changes_between(older, content_of(plan), with_budget=True)
        new = {(one.title, spaced(one.detail)) for change in changes for one in change.added}
        assert new == {
            ("Amount", "1,000.00 EUR · Tools · Pilot"),
            ("Invite", f"01/04/2027 – 01/08/2027 · {world.member.display_name}"),
            ("Tidy up", "01/04/2027 – 03/26/2027"),
            ("Embed", "01/04/2027 – 03/26/2027"),
            ("Half way", "03/26/2027"),
            ("All agree", ""),
            ("Second", "01/04/2027 · no teams yet"),
            ("No time", "Likelihood: Medium · Impact: Medium"),
            ("Trained", "0 → 5"),
        }


def address(world: World, name: str, /, *args: object) -> str:
    return reverse(f"rollout:{name}", args=[world.organization.slug, *args])


def test_the_sponsor_reads_the_version_they_answer(world: World) -> None:
    with within(world.organization):
        office, plan = acting(world.plo), written(world)
        states.submit_plan(actor=office, plan=plan)
        plans.edit_plan(actor=office, plan=plan, changes={"scope": "Everybody, at once"})
        task = plan.tasks.get()
        set_needed(actor=office, task=task, needed=[])
        edit_part(actor=office, part=task, changes={"title": "Train all"})
    sponsor = client_of(world.lead)
    html = unescape(sponsor.get(address(world, "plan_versions", plan.pk)).content.decode())
    read = html[html.index("What version 1 says") :]
    for words in (
        "Every team knows what matters",
        "Sales",
        "The pilot teams want to go on",
        "80% of the teams have agreed OKRs",
        f"{world.team.name} without those below",
        "Train",
        "By hand",
        world.member.display_name,
        "First OKRs agreed",
        "Agree on hours",
        "Coach days",
        "12,500.50",
    ):
        assert words in read, words
    assert "Changed since version 1 was submitted" in html
    assert "Everybody, at once" in html
    assert "The answer is about that version, without these changes." in html
    overview = " ".join(unescape(sponsor.get(address(world, "plan", plan.pk)).content.decode()).split())
    assert "Changed since version 1 was submitted: The plan itself, Tasks." in overview
    page = unescape(sponsor.get(address(world, "plan_version", plan.pk, 1)).content.decode())
    assert "12,500.50" in page
    assert "Train all" not in page, "it does not change any more"
    assert sponsor.get(address(world, "plan_version", plan.pk, 2)).status_code == 404


def test_money_of_a_version_is_for_those_who_see_money(world: World) -> None:
    with within(world.organization):
        plan = written(world)
        states.submit_plan(actor=acting(world.plo), plan=plan)
        PlanVersion.objects.create(
            plan=plan,
            number=2,
            subject="budget",
            state="withdrawn",
            decided_at=plan.created_at,
            content=content_of(plan),
        )
    path = address(world, "plan_version", plan.pk, 1)
    page = client_of(world.administrator).get(path).content.decode()
    assert "Train" in page
    assert "Coach days" not in page
    assert client_of(world.administrator).get(address(world, "plan_version", plan.pk, 2)).status_code == 404
    assert client_of(world.lead).get(address(world, "plan_version", plan.pk, 2)).status_code == 200
    assert client_of(world.member).get(path).status_code == 403


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize(("name", "statements"), [("plan_version", 12), ("plan_versions", 19), ("plan", 20)])
def test_statements_do_not_grow(name: str, statements: int, rows: int, world: World) -> None:
    with within(world.organization):
        plan = written(world, rows)
        states.submit_plan(actor=acting(world.plo), plan=plan)
        PlanTask.objects.filter(plan=plan).update(title="Train all")
        Wave.objects.filter(plan=plan).update(starts_on=LAST)
    client = client_of(world.lead)
    path = address(world, name, plan.pk, *([1] if name == "plan_version" else []))
    client.get(path)
    with exactly(statements):
        assert client.get(path).status_code == 200


def test_a_no_without_a_reason_keeps_the_page_in_its_place(world: World) -> None:
    with within(world.organization):
        plan = written(world)
        states.submit_plan(actor=acting(world.plo), plan=plan)
        OrganizationSettings.objects.update(rollout=True)
    sponsor = client_of(world.lead)
    answer = sponsor.post(address(world, "plan_return", plan.pk), {"version": "1", "reason": " "})
    html = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "A no needs a reason; a yes may have one." in html
    assert f'href="{address(world, "plans")}" aria-current' in html, "the menu still says where one is"
    again = sponsor.get(address(world, "plan_return", plan.pk))
    assert again["Location"] == address(world, "plan_versions", plan.pk)
    sponsor.post(address(world, "plan_return", plan.pk), {"version": "1", "reason": "Half of the coach days, please."})
    overview = unescape(sponsor.get(address(world, "plan", plan.pk)).content.decode())
    assert f"{world.lead.display_name} sent version 1 back, " in overview
    assert "Half of the coach days, please." in overview
    client_of(world.plo).post(address(world, "plan_submit", plan.pk))
    stale = sponsor.post(address(world, "plan_approve", plan.pk), {"version": "1"})
    assert stale.status_code == 422
    assert stale.context["form"]["version"].value() == "2", "what is shown now is what the next click is about"
    sponsor.post(address(world, "plan_approve", plan.pk), {"version": "2"})
    with within(world.organization):
        assert RolloutPlan.objects.get(pk=plan.pk).state == PlanState.APPROVED


@pytest.mark.parametrize("name", ["plan_approve", "plan_return"])
def test_an_answer_to_what_was_taken_back_is_not_lost(name: str, world: World) -> None:
    with within(world.organization):
        plan = written(world)
        states.submit_plan(actor=acting(world.plo), plan=plan)
        states.withdraw_plan(actor=acting(world.plo), plan=plan)
    words = "Half of the coach days, <please>."
    answer = client_of(world.lead).post(address(world, name, plan.pk), {"version": "1", "reason": words})
    assert answer.status_code == 422
    html = unescape(answer.content.decode())
    assert f"{world.plo.display_name} took it back while you were reading." in html
    assert words in html
    assert f"Taken back by {world.plo.display_name}, " in html
    assert "Answered by" not in html


def test_what_is_new_is_shown_with_its_days_and_money(world: World) -> None:
    with within(world.organization):
        plan = written(world)
        states.submit_plan(actor=acting(world.plo), plan=plan)
        phase = plan.phases.get()
        BudgetLineFactory.create(plan=plan, phase=phase, note="Rooms", planned=Decimal("777.00"))
        PlanTaskFactory.create(phase=phase, title="Invite", owner=world.lead, starts_on=FIRST, due_on=date(2027, 1, 8))
    html = spaced(unescape(client_of(world.lead).get(address(world, "plan_versions", plan.pk)).content.decode()))
    for title, detail in (
        ("Rooms", "777.00 EUR · Training · Pilot"),
        ("Invite", f"01/04/2027 – 01/08/2027 · {world.lead.display_name}"),
    ):
        assert title in html[: html.index(detail)]


def test_the_sponsor_is_changed_where_they_stand(world: World) -> None:
    with within(world.organization):
        plan = written(world)
    html = client_of(world.plo).get(address(world, "plan", plan.pk)).content.decode()
    assert html.count(f'href="{address(world, "plan_edit", plan.pk)}"') == 3, "head, goal and people"


@pytest.mark.parametrize(("name", "kind"), [("part_create", "tasks"), ("plan_edit", ""), ("plan_complete", "")])
def test_a_form_alone_on_its_page_has_a_way_back(name: str, kind: str, world: World) -> None:
    path = address(world, name, world.plan.pk, *([kind] if kind else []))
    back = f'href="{address(world, "plan", world.plan.pk)}">Cancel</a>'
    office = client_of(world.plo)
    assert back in office.get(path).content.decode()
    assert back not in office.get(path, headers={"HX-Request": "true"}).content.decode()
