"""What the pages of a plan show of it as a whole, in the API: the same numbers, for those who see the pages."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from organizations.enums import Role, Scope
from organizations.models import Membership, Team
from rollout.enums import BudgetCategory, NeededBy, PlanState, VersionState, VersionSubject
from rollout.models import PlanPhase, RolloutPlan, Wave
from tests.api.conftest import Program, fields, problem, program  # noqa: F401 # a fixture
from tests.factories.courses import AttendedFactory, CourseFactory, CourseSessionFactory, EnrolmentFactory
from tests.factories.messages import (
    MessageAudienceFactory,
    MessageRecipientFactory,
    PlannedMessageFactory,
    SentMessageFactory,
)
from tests.factories.organizations import MembershipFactory, TeamFactory, TeamMembershipFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import (
    BudgetLineFactory,
    CriterionFactory,
    PhaseDependencyFactory,
    PlanMilestoneFactory,
    PlanPhaseFactory,
    PlanTaskFactory,
    PlanVersionFactory,
    RolloutPlanFactory,
    TaskDependencyFactory,
    WaveFactory,
    WaveTeamFactory,
)
from tests.factories.worlds import World, make_member, within
from tests.queries import exactly
from tests.rollout.test_message_gaps import sent_to, to_team, wave_with
from tests.rollout.test_messages import plan_of

pytestmark = pytest.mark.django_db

Programs = Callable[..., Program]

WHOLE_PLAN = (
    "The whole plan is read by the Program Lead Office, the Sponsor, Leadership, coaches and administrators. "
    "Everybody reads its outline once it is approved."
)
BUDGET = "The budget is seen by the Program Lead Office of the plan, the Sponsor and Leadership."
ENABLEMENT = (
    "What teams still have to learn is seen by the plan's Program Lead Office, and by coaches for their own teams."
)
# What there is of a plan, and the reason to read for whoever may not.
OF_A_PLAN = {
    "criteria-standing": WHOLE_PLAN,
    "message-gaps": WHOLE_PLAN,
    "violations": WHOLE_PLAN,
    "budget": BUDGET,
    "enablement": ENABLEMENT,
}


@pytest.fixture
def plan(world: World) -> RolloutPlan:
    """A running plan; the lead is its sponsor, the member its office."""
    with within(world.organization):
        return plan_of(world)


@pytest.fixture
def office(world: World, program: Programs) -> Program:  # noqa: F811
    return program(world.member)


def phase_of(plan: RolloutPlan, first: int, last: int) -> PlanPhase:
    """Return a phase from and to so many days from today."""
    today = timezone.localdate()
    made: PlanPhase = PlanPhaseFactory.create(
        plan=plan, starts_on=today + timedelta(days=first), ends_on=today + timedelta(days=last)
    )
    return made


def at(plan: RolloutPlan, what: str) -> str:
    return f"rollout-plans/{plan.pk}/{what}/"


# Criteria


def test_criteria_as_they_stand(world: World, plan: RolloutPlan, office: Program) -> None:
    with within(world.organization):
        pilot, later = phase_of(plan, -30, 30), phase_of(plan, 31, 90)
        coached, alone = TeamFactory.create(name="Coached"), TeamFactory.create(name="Alone")
        wave_with(plan, "First", coached, alone)
        RoleAssignmentFactory.create(membership=world.lead, role=Role.COACH, team=coached)
        made = [
            CriterionFactory.create(phase=pilot, text="They want to go on", is_met=True),
            CriterionFactory.create(phase=pilot, text="Not judged"),
            CriterionFactory.create(phase=pilot, measure="coached", percent=50),
            CriterionFactory.create(phase=pilot, measure="check_ins", percent=80, weeks=3),
            CriterionFactory.create(phase=later, gate="entry", measure="coached", percent=100),
            CriterionFactory.create(phase=later, measure="coached", percent=100),
        ]
        CriterionFactory.create(phase=PlanPhaseFactory.create(), text="Of another plan")
    found = office.get(at(plan, "criteria-standing"))
    assert [one["criterion"] for one in found] == [str(one.pk) for one in made]
    assert [one["phase"] for one in found] == [str(pilot.pk)] * 4 + [str(later.pk)] * 2
    told = [(one["is_met"], one["share"], one["teams"], one["missing"]) for one in found]
    assert told == [
        (True, None, None, []),
        (None, None, None, []),
        (True, 0.5, 2, [str(alone.pk)]),
        (False, 0.0, 2, [str(alone.pk), str(coached.pk)]),
        (False, 0.5, 2, [str(alone.pk)]),
        (None, None, 0, []),
    ]
    assert found[0]["text"] == "They want to go on"
    assert {name: found[3][name] for name in ("gate", "measure", "percent", "weeks", "text")} == {
        "gate": "exit",
        "measure": "check_ins",
        "percent": 80,
        "weeks": 3,
        "text": "80% of the teams checked in every week for 3 weeks",
    }


# Messages


def codes(page: dict[str, Any]) -> list[str]:
    return [one["code"] for one in page["results"]]


def followed(api: Program, address: str) -> dict[str, Any]:
    """Return the page that an address of another page leads to."""
    found: dict[str, Any] = api.ask("GET", address.removeprefix("http://testserver")).json()
    return found


def test_who_heard_nothing(world: World, plan: RolloutPlan, office: Program) -> None:
    today = timezone.localdate()
    with within(world.organization):
        sales, support = TeamFactory.create(name="Sales"), TeamFactory.create(name="Support")
        wave = wave_with(plan, "First", sales, support)
        sent_to(plan, "To Sales", 15, to_team(sales))
        sent = str(plan.sent_messages.get().pk)
        coming = PlannedMessageFactory.create(plan=plan, sends_on=today + timedelta(days=3))
        MessageAudienceFactory.create(message=coming, kind="wave", wave=wave)
    found = office.get(at(plan, "message-gaps"))
    roles = [f"role:{role}" for role in Role]
    assert codes(found) == ["everybody", *roles, f"wave:{wave.pk}", f"team:{sales.pk}", f"team:{support.pk}"]
    told = {one["code"]: one for one in found["results"]}
    upcoming = {"message": str(coming.pk), "on": str(today + timedelta(days=3))}
    assert told[f"team:{sales.pk}"] == {
        "kind": "team",
        "code": f"team:{sales.pk}",
        "label": "Sales",
        "last": {"message": sent, "on": str(today - timedelta(days=15))},
        "weeks_ago": 2,
        "next": upcoming,
        "is_silent": False,
    }
    support_told = told[f"team:{support.pk}"]
    assert (support_told["last"], support_told["weeks_ago"], support_told["is_silent"]) == (None, None, True)
    assert (told[f"wave:{wave.pk}"]["kind"], told[f"wave:{wave.pk}"]["next"]) == ("wave", upcoming)
    assert (told["role:coach"]["label"], told["everybody"]["next"]) == ("OKR Coach", None)
    silent = {one["code"] for one in office.get(at(plan, "message-gaps"), weeks=2)["results"] if one["is_silent"]}
    assert f"team:{sales.pk}" in silent


@pytest.mark.parametrize("weeks", ["0", "53", "x", "²"])
def test_weeks_that_are_none(plan: RolloutPlan, office: Program, weeks: str) -> None:
    assert fields(office.ask("GET", f"{at(plan, 'message-gaps')}?weeks={weeks}")) == ["weeks"]


def audiences(world: World, plan: RolloutPlan, office: Program, waves: int) -> tuple[str, list[str]]:
    """Return the path to the audiences of a plan with so many waves of a team each, and the codes of all of them."""
    with within(world.organization):
        for number in range(waves):
            wave_with(plan, f"Wave {number}", TeamFactory.create(name=f"Team {number}"))
    path = at(plan, "message-gaps")
    return path, codes(office.get(path))


def test_pages_of_what_was_computed(world: World, plan: RolloutPlan, office: Program) -> None:
    path, every = audiences(world, plan, office, waves=7)
    pages = [office.get(path, page_size=5, weeks=3)]
    while pages[-1]["next"]:
        assert "weeks=3" in pages[-1]["next"]
        pages.append(followed(office, pages[-1]["next"]))
    assert [len(codes(page)) for page in pages] == [5, 5, 5, len(every) - 15]
    assert [code for page in pages for code in codes(page)] == every
    assert pages[0]["previous"] is None
    back = followed(office, pages[3]["previous"])
    assert back == pages[2]
    assert codes(followed(office, back["previous"])) == codes(pages[1])
    assert fields(office.ask("GET", f"{path}?cursor=nonsense")) == ["cursor"]


def test_pages_of_what_was_computed_stand_still(world: World, plan: RolloutPlan, office: Program) -> None:
    path, every = audiences(world, plan, office, waves=3)
    first = office.get(path, page_size=7)
    assert every[7].startswith("wave:")
    with within(world.organization):
        # Waves stand in the order of their days.
        early = timezone.localdate() - timedelta(days=90)
        WaveFactory.create(phase=plan.phases.get(), name="Early", starts_on=early)
    assert codes(followed(office, first["next"])) == every[7:]
    with within(world.organization):
        Wave.objects.filter(name="Early").delete()
        Wave.objects.filter(pk=every[7].removeprefix("wave:")).delete()
    # The row it began at is gone: on with what stands there now.
    assert codes(followed(office, first["next"]))[0] == every[8]


# Courses


def learning(world: World, plan: RolloutPlan) -> tuple[Any, Any, Team, Team]:
    """Return a course that two teams of a wave need, the wave and the teams; one person of three has it."""
    course = CourseFactory.create(needed_by=[NeededBy.STARTING])
    first, second = TeamFactory.create(name="First"), TeamFactory.create(name="Second")
    wave = wave_with(plan, "Pilot", first, second)
    people = [MembershipFactory.create() for _each in range(3)]
    for team, person in ((first, people[0]), (second, people[1]), (second, people[2])):
        TeamMembershipFactory.create(team=team, membership=person)
    AttendedFactory.create(session=CourseSessionFactory.create(course=course), member=people[0])
    EnrolmentFactory.create(session=CourseSessionFactory.create(course=course), member=people[1])
    return course, wave, first, second


def numbers(row: dict[str, Any], course: Any) -> tuple[int, int, int]:
    (cell,) = [one for one in row["courses"] if one["course"] == str(course.pk)]
    return cell["needing"], cell["having"], cell["enrolled"]


def test_what_teams_have_to_learn(world: World, plan: RolloutPlan, office: Program) -> None:
    with within(world.organization):
        course, wave, first, second = learning(world, plan)
        empty = wave_with(plan, "Later")
    found = office.get(at(plan, "enablement"))["results"]
    assert [(row["wave"], row["team"], row["teams"], row["complete"]) for row in found] == [
        (str(wave.pk), None, 2, 1),
        (str(empty.pk), None, 0, 0),
    ]
    assert numbers(found[0], course) == (3, 1, 1)
    assert numbers(found[1], course) == (0, 0, 0)
    teams = office.get(at(plan, "enablement"), wave=wave.pk, page_size=1)
    assert [(row["wave"], row["team"]) for row in teams["results"]] == [(str(wave.pk), str(first.pk))]
    assert numbers(teams["results"][0], course) == (1, 1, 0)
    (last,) = followed(office, teams["next"])["results"]
    assert (last["team"], last["teams"], last["complete"]) == (str(second.pk), 1, 0)
    assert numbers(last, course) == (2, 0, 1)


def test_coaches_are_told_of_their_teams(world: World, plan: RolloutPlan, program: Programs) -> None:  # noqa: F811
    with within(world.organization):
        course, wave, _first, second = learning(world, plan)
        wave_with(plan, "Later", TeamFactory.create(name="Others"))
        coach, stranger = make_member("Cora", "cora@acme"), make_member("Sten", "sten@acme")
        RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=second)
        RoleAssignmentFactory.create(membership=stranger, role=Role.COACH, team=world.team)
    api, path = program(coach), at(plan, "enablement")
    (row,) = api.get(path)["results"]
    assert (row["wave"], row["teams"], numbers(row, course)[1:]) == (str(wave.pk), 1, (0, 1))
    assert [row["team"] for row in api.get(path, wave=wave.pk)["results"]] == [str(second.pk)]
    assert program(stranger).get(path)["results"] == []
    assert program(stranger).get(path, wave=wave.pk)["results"] == []


def test_waves_of_others_have_no_teams_here(
    world: World, other_world: World, plan: RolloutPlan, office: Program
) -> None:
    with within(world.organization):
        learning(world, plan)
    for other in (world.wave.pk, other_world.wave.pk, plan.pk):
        assert office.get(at(plan, "enablement"), wave=other)["results"] == []
    assert fields(office.ask("GET", f"{at(plan, 'enablement')}?wave=first")) == ["wave"]


# Money


def test_a_budget_in_sums(world: World, plan: RolloutPlan, office: Program) -> None:
    with within(world.organization):
        phase = phase_of(plan, -30, 30)
        wave = WaveFactory.create(phase=phase, started_at=timezone.now())
        for _team in range(3):
            WaveTeamFactory.create(wave=wave)
        for category, of, planned, committed, actual in (
            (BudgetCategory.TRAINING, phase, "1000.10", "0", "0"),
            (BudgetCategory.TRAINING, None, "0.10", "0.30", "0.20"),
            (BudgetCategory.TOOLS, phase, "500", "100", "799.80"),
        ):
            BudgetLineFactory.create(
                plan=plan,
                category=category,
                phase=of,
                planned=Decimal(planned),
                committed=Decimal(committed),
                actual=Decimal(actual),
            )
        BudgetLineFactory.create(planned=Decimal(5))
        answered = {"state": VersionState.APPROVED, "decided_at": timezone.now()}
        PlanVersionFactory.create(plan=plan, number=1, budget_sum=Decimal(900), **answered)
        PlanVersionFactory.create(plan=plan, number=2, budget_sum=Decimal("1500.20"), **answered)
        PlanVersionFactory.create(plan=plan, number=3, budget_sum=Decimal(2000), subject=VersionSubject.BUDGET)
    found = office.get(at(plan, "budget"))
    total = {"planned": "1500.20", "committed": "100.30", "actual": "800.00", "forecast": "1800.20"}
    assert (found["currency"], found["total"]) == (plan.currency, total)
    assert [(one["category"], one["sums"]["planned"], one["sums"]["forecast"]) for one in found["categories"]] == [
        ("training", "1000.20", "1000.40"),
        ("tools", "500.00", "799.80"),
    ]
    assert [(one["phase"], one["sums"]["forecast"]) for one in found["phases"]] == [
        (str(phase.pk), "1799.90"),
        (None, "0.30"),
    ]
    assert found["approved"] == {
        "sum": "1500.20",
        "version": 2,
        "needed": "1800.20",
        "excess": "300.00",
        "waiting": 3,
    }
    assert (found["active_teams"], found["cost_per_team"]) == (3, "266.67")


def test_a_budget_of_a_plan_that_is_written(world: World, plan: RolloutPlan, office: Program) -> None:
    with within(world.organization):
        RolloutPlan.objects.filter(pk=plan.pk).update(state=PlanState.DRAFT)
    found = office.get(at(plan, "budget"))
    assert (found["categories"], found["phases"], found["total"]["forecast"]) == ([], [], "0.00")
    assert found["approved"] == {"sum": None, "version": None, "needed": "0.00", "excess": "0.00", "waiting": None}
    assert (found["active_teams"], found["cost_per_team"]) == (0, None)


def test_sums_beyond_what_a_line_holds(world: World, plan: RolloutPlan, office: Program) -> None:
    with within(world.organization):
        BudgetLineFactory.create_batch(30, plan=plan, planned=Decimal("999999999999.99"))
    assert office.get(at(plan, "budget"))["total"]["planned"] == "29999999999999.70"


# Steps that begin too early


def test_what_begins_too_early(world: World, plan: RolloutPlan, office: Program) -> None:
    today = timezone.localdate()

    def day(number: int) -> Any:
        return today + timedelta(days=number)

    with within(world.organization):
        now, later = phase_of(plan, -30, 30), phase_of(plan, 31, 90)
        needed = PlanTaskFactory.create(phase=now, starts_on=day(0), due_on=day(9))
        early = PlanTaskFactory.create(phase=now, starts_on=day(5), due_on=day(20))
        same_day = PlanTaskFactory.create(phase=now, starts_on=day(9), due_on=day(20))
        fine = PlanTaskFactory.create(phase=now, starts_on=day(10), due_on=day(20))
        for task in (early, same_day, fine):
            TaskDependencyFactory.create(task=task, needed=needed)
        done = PlanTaskFactory.create(phase=now, starts_on=day(0), due_on=day(9), status="done")
        TaskDependencyFactory.create(task=early, needed=done)
        milestone = PlanMilestoneFactory.create(phase=now, due_on=day(40))
        PhaseDependencyFactory.create(phase=later, task=None, milestone=milestone)
    assert office.get(at(plan, "violations")) == [
        _violation("task", early, "task", needed, 5),
        _violation("task", same_day, "task", needed, 1),
        _violation("phase", later, "milestone", milestone, 10),
    ]


def _violation(kind: str, step: Any, needed_kind: str, needed: Any, days: int) -> dict[str, Any]:
    return {
        "kind": kind,
        "step": str(step.pk),
        "needed_kind": needed_kind,
        "needed": str(needed.pk),
        "days": days,
    }


# Who got a message


def got(plan: RolloutPlan, *people: Membership) -> str:
    """Return the path to who got a message that some people got."""
    sent = SentMessageFactory.create(message__plan=plan, recipient_count=len(people))
    for person in people:
        MessageRecipientFactory.create(sent=sent, membership=person)
    return f"sent-messages/{sent.pk}/recipients/"


def test_who_got_a_message(world: World, plan: RolloutPlan, office: Program) -> None:
    with within(world.organization):
        people = [make_member(name, f"{name.lower()}@acme") for name in ("Zoe", "Yara", "Mia")]
        path = got(plan, *people)
        told = f"sent-messages/{SentMessageFactory.create(message__plan=plan, recipient_count=None).pk}/recipients/"
    first = office.get(path, page_size=2)
    assert first["results"] == [{"id": str(one.pk), "display_name": one.display_name} for one in people[:2]]
    assert [one["display_name"] for one in followed(office, first["next"])["results"]] == ["Mia"]
    # People told it: nobody counted who heard.
    assert office.get(told)["results"] == []


def test_who_got_it_the_office_sees(
    world: World,
    other_world: World,
    plan: RolloutPlan,
    program: Programs,  # noqa: F811
) -> None:
    with within(world.organization):
        gina, nils = make_member("Gina", "gina@acme"), make_member("Nils", "nils@acme")
        path = got(plan, gina, world.member)
    refusal = "Only the Program Lead Office changes a rollout plan, each in its own part of the organization."
    # Who got it, the sponsor who reads the whole plan, and a bystander.
    for person in (gina, world.lead, nils):
        assert problem(program(person).ask("GET", path), 403)["detail"] == refusal
    # Names of people are for tokens that read people.
    assert "people:read" in problem(program(world.member, Scope.ROLLOUT_READ).ask("GET", path), 403)["detail"]
    both = program(world.member, Scope.ROLLOUT_READ, Scope.PEOPLE_READ)
    assert [one["display_name"] for one in both.get(path)["results"]] == [world.member.display_name, "Gina"]
    theirs = f"sent-messages/{other_world.sent_message.pk}/recipients/"
    problem(both.ask("GET", theirs), 404)


# Who sees it, and what it costs


@pytest.mark.parametrize("what", OF_A_PLAN)
def test_who_is_refused(
    what: str,
    world: World,
    other_world: World,
    plan: RolloutPlan,
    program: Programs,  # noqa: F811
) -> None:
    with within(world.organization):
        person = make_member("Nils", "nils@acme")
        draft = RolloutPlanFactory.create(state=PlanState.DRAFT)
    assert problem(program(person).ask("GET", at(plan, what)), 403)["detail"] == OF_A_PLAN[what]
    assert "rollout:read" in problem(program(world.member, Scope.PEOPLE_READ).ask("GET", at(plan, what)), 403)["detail"]
    assert fields(program(world.member).ask("GET", f"{at(plan, what)}?weks=3")) == ["weks"]
    # One they may not know of, as one of another organization for whoever may do everything here.
    problem(program(person).ask("GET", at(draft, what)), 404)
    problem(program(world.plo).ask("GET", at(other_world.plan, what)), 404)


@pytest.mark.parametrize("what", ["budget", "enablement"])
def test_who_reads_the_plan_does_not_see_everything(
    what: str,
    world: World,
    plan: RolloutPlan,
    program: Programs,  # noqa: F811
) -> None:
    reader = program(world.administrator)
    assert reader.get(at(plan, "criteria-standing")) == []
    assert problem(reader.ask("GET", at(plan, what)), 403)["detail"] == OF_A_PLAN[what]


@pytest.fixture
def grown(world: World, plan: RolloutPlan) -> Callable[[int], None]:
    """Make everything that is told of a plan grow by so many."""

    def grow(number: int) -> None:
        with within(world.organization):
            phase = phase_of(plan, -30, 30)
            needed = PlanTaskFactory.create(phase=phase)
            course = CourseFactory.create(needed_by=[NeededBy.STARTING])
            for place in range(number):
                team = TeamFactory.create()
                WaveTeamFactory.create(wave=WaveFactory.create(phase=phase, started_at=timezone.now()), team=team)
                TeamMembershipFactory.create(team=team, membership=MembershipFactory.create())
                for measure, weeks in (("agreed", None), ("coached", None), ("trained", None), ("check_ins", 2)):
                    CriterionFactory.create(phase=phase, measure=measure, percent=50, weeks=weeks)
                sent_to(plan, f"Message {place}", place, to_team(team))
                MessageAudienceFactory.create(message=PlannedMessageFactory.create(plan=plan), kind="team", team=team)
                EnrolmentFactory.create(session=CourseSessionFactory.create(course=course))
                BudgetLineFactory.create(plan=plan, phase=phase)
                TaskDependencyFactory.create(task=PlanTaskFactory.create(phase=phase), needed=needed)

    return grow


@pytest.mark.parametrize("number", [1, 50])
@pytest.mark.parametrize(
    ("what", "statements"),
    [("criteria-standing", 19), ("message-gaps", 12), ("enablement", 15), ("budget", 13), ("violations", 13)],
)
def test_they_cost_the_same_for_few_and_many(
    what: str, statements: int, number: int, plan: RolloutPlan, office: Program, grown: Callable[[int], None]
) -> None:
    grown(number)
    office.get(at(plan, what))
    with exactly(statements):
        office.get(at(plan, what))


@pytest.mark.parametrize("number", [1, 50])
def test_teams_of_a_wave_cost_the_same(world: World, plan: RolloutPlan, office: Program, number: int) -> None:
    with within(world.organization):
        _course, wave, _first, _second = learning(world, plan)
        for _team in range(number):
            WaveTeamFactory.create(wave=wave)
    office.get(at(plan, "enablement"))
    with exactly(15):
        found = office.get(at(plan, "enablement"), wave=wave.pk, page_size=100)
    assert len(found["results"]) == number + 2


@pytest.mark.parametrize("number", [1, 50])
def test_who_got_it_costs_the_same(world: World, plan: RolloutPlan, office: Program, number: int) -> None:
    with within(world.organization):
        path = got(plan, *(MembershipFactory.create() for _each in range(number)))
    office.get(path)
    with exactly(6):
        assert len(office.get(path)["results"]) == number
