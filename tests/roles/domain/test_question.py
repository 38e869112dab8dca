"""Questions of teams and coaches: on whose desk they wait, who hears of them, and that none is lost on the way."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from organizations.actor import Actor, system_actor
from organizations.domain.membership import deactivate_member
from organizations.enums import Role, Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership, OrganizationSettings, Team
from organizations.queries.audit import visible_entries
from organizations.queries.settings import local_today
from roles import question_permissions as permissions
from roles.domain import question as domain
from roles.domain.assignment import answer, assign_role, end_assignment, resume_assignment, update_assignment
from roles.domain.assignment_calendar import end_due_assignments
from roles.domain.conflict import withdraw_exception
from roles.domain.question_desk import DISPATCH_KIND, hand_over_questions, look_after_questions
from roles.enums import Desk, QuestionState, Side
from roles.models import CoachQuestion, QuestionMessage, RoleAssignment, RoleProfile
from roles.naming import forget_names
from roles.queries.question import (
    QuestionRow,
    addressees,
    count_waiting,
    question_row,
    questions,
    said_to,
    usual_answer_time,
)
from tests.factories.organizations import MembershipFactory, TeamMembershipFactory
from tests.factories.roles import (
    CoachQuestionFactory,
    ConflictExceptionFactory,
    QuestionMessageFactory,
    RoleAssignmentFactory,
)
from tests.factories.worlds import World, make_member, make_organization, within
from tests.meanwhile import Other
from tests.queries import exactly
from tests.scheduled import scheduled


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        world.question.messages.all().delete()
        yield world


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def coach_of(team: Team | None, name: str = "Cora Coach") -> tuple[Membership, RoleAssignment]:
    member = make_member(name, f"{name.split()[0].lower()}@acme")
    return member, RoleAssignmentFactory(membership=member, role=Role.COACH, team=team)


def verbs(question: CoachQuestion) -> list[str]:
    entries = AuditEntry.objects.filter(object_type="roles.coachquestion", object_id=str(question.pk))
    return list(entries.order_by("at", "pk").values_list("verb", flat=True))


def row_of(world: World, question: CoachQuestion) -> QuestionRow:
    row = question_row(acting(world.plo), question.pk)
    assert row is not None
    return row


def test_a_team_without_coach_asks_the_program_lead_office(inside: World) -> None:
    asked = domain.ask_question(actor=acting(inside.member), team=inside.team, title=" How often? ")
    assert (asked.title, asked.desk, asked.state) == ("How often?", Desk.PLO, QuestionState.OPEN)
    (there,) = addressees(acting(inside.member), [inside.team])
    assert there.coaches == []


@pytest.mark.parametrize("place", ["team", "root_team", None])
def test_a_team_asks_its_coach_near_or_far(inside: World, place: str | None) -> None:
    coach, _held = coach_of(getattr(inside, place) if place else None)
    asked = domain.ask_question(actor=acting(inside.member), team=inside.team, title="How often?")
    assert asked.desk == Desk.COACH
    assert [one.coaches for one in addressees(acting(inside.member), [inside.team])] == [["Cora Coach"]]
    due_at = scheduled(inside.organization, DISPATCH_KIND)
    assert due_at is not None
    assert due_at > timezone.now()
    # What the coach asks for the team, or for none, goes on: nobody asks themselves.
    for team in (inside.team, None):
        assert domain.ask_question(actor=acting(coach), team=team, title="What now?").desk == Desk.PLO


def test_whoever_stands_above_the_team_is_not_asked(inside: World) -> None:
    RoleAssignmentFactory(membership=inside.lead, role=Role.COACH, team=None)
    assert domain.ask_question(actor=acting(inside.member), team=inside.team, title="Why?").desk == Desk.PLO


@pytest.mark.parametrize(
    ("values", "field"),
    [({"title": " "}, "title"), ({"title": "x" * 201}, "title"), ({"title": "Why?", "text": "x" * 10_001}, "text")],
)
def test_what_is_refused_and_where(inside: World, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        domain.ask_question(actor=acting(inside.member), team=inside.team, **values)
    assert list(refused.value.error_dict) == [field]


def test_an_archived_team_asks_nothing(inside: World) -> None:
    Team.objects.filter(pk=inside.team.pk).update(archived_at=timezone.now())
    with pytest.raises(Refused, match="is archived"):
        domain.ask_question(actor=acting(inside.member), team=inside.team, title="Why?")


def test_visible_to_and_the_decision_agree_about_everybody(inside: World) -> None:
    world = inside
    coach, _held = coach_of(world.team)
    actors = {name: acting(getattr(world, name)) for name in ("administrator", "lead", "member", "plo")}
    actors |= {"coach": acting(coach), "system": system_actor()}
    for name, (role, team) in {
        "coach of the whole": (Role.COACH, None),
        "office of the unit": (Role.PLO, world.team),
        "office above": (Role.PLO, world.root_team),
        "sponsor": (Role.SPONSOR, None),
        "leadership": (Role.LEADERSHIP, world.team),
    }.items():
        member = make_member(name, f"{name.replace(' ', '.')}@acme")
        RoleAssignmentFactory(membership=member, role=role, team=team)
        actors[name] = acting(member)
    of_team = CoachQuestionFactory(team=world.team, asked_by=world.member, desk=Desk.COACH)
    of_none = CoachQuestionFactory(team=None, asked_by=coach, desk=Desk.PLO)
    domain.answer_question(actor=system_actor(), question=of_team, text="So.")
    domain.answer_question(actor=system_actor(), question=of_none, text="So.")
    everybody = {
        of_team.pk: set(actors) - {"administrator", "sponsor", "leadership"},
        of_none.pk: {"coach", "plo", "system"},
    }
    for question in (of_team, of_none):
        seen = {name for name, actor in actors.items() if permissions.see_question(actor, question)}
        assert seen == everybody[question.pk]
        rows = CoachQuestion.objects.filter(pk=question.pk)
        assert seen == {name for name, actor in actors.items() if rows.visible_to(actor).exists()}
        told = {name for name, actor in actors.items() if visible_entries(actor).filter(object_id=question.pk).exists()}
        assert told == seen


def test_from_the_coach_to_the_office_and_back_to_an_answer(inside: World) -> None:
    world = inside
    coach, _held = coach_of(world.team)
    asker, plo, helper = acting(world.member), acting(world.plo), acting(coach)
    question = domain.ask_question(actor=asker, team=world.team, title="How often?")
    steps: list[tuple[Callable[[], Any], set[str]]] = [
        (lambda: None, {"coach"}),
        (lambda: domain.ask_back(actor=helper, question=question, text="In which cycle?"), {"asker"}),
        (lambda: domain.reply_to_question(actor=asker, question=question, text="This one."), {"coach"}),
        (lambda: domain.pass_question_on(actor=helper, question=question, text="You decide."), {"plo"}),
        (lambda: domain.pass_question_back(actor=plo, question=question, text="You do."), {"coach"}),
        (lambda: domain.answer_question(actor=helper, question=question, text="Weekly."), {"asker"}),
        (lambda: domain.reply_to_question(actor=asker, question=question, text="In holidays too?"), {"coach"}),
        (lambda: domain.answer_question(actor=plo, question=question, text="No."), {"asker"}),
        (lambda: domain.close_question(actor=asker, question=question), set()),
        (lambda: domain.reopen_question(actor=asker, question=question), {"asker"}),
    ]
    CoachQuestion.objects.exclude(pk=question.pk).delete()
    for step, waits in steps:
        step()
        people = {"asker": asker, "coach": helper, "plo": plo}
        assert {name for name, actor in people.items() if count_waiting(actor)} == waits
    told = said_to(CoachQuestion.objects.get(pk=question.pk))
    assert [one.kind for one in told] == ["back", "reply", "passed", "passed", "answer", "reply", "answer"]
    assert verbs(question) == [
        "asked",
        "asked_back",
        "replied",
        "passed_on",
        "passed_back",
        "answered",
        "replied",
        "answered",
        "closed",
        "reopened",
    ]


def test_what_is_not_possible_any_more(inside: World) -> None:
    coach, held = coach_of(inside.team)
    helper, asker, plo = acting(coach), acting(inside.member), acting(inside.plo)
    question = domain.ask_question(actor=asker, team=inside.team, title="How often?")
    with pytest.raises(Refused, match="Write something first"):
        domain.answer_question(actor=helper, question=question, text=" ")
    with pytest.raises(Refused, match="with the coach already"):
        domain.pass_question_back(actor=plo, question=question, text="You.")
    domain.pass_question_on(actor=helper, question=question, text="You decide.")
    with pytest.raises(Refused, match="with the Program Lead Office already"):
        domain.pass_question_on(actor=helper, question=question, text="Please.")
    end_assignment(actor=plo, assignment=held)
    with pytest.raises(Refused, match="No coach is there"):
        domain.pass_question_back(actor=plo, question=question, text="You.")
    domain.answer_question(actor=plo, question=question, text="Weekly.")
    for write in (domain.ask_back, domain.pass_question_on, domain.pass_question_back):
        with pytest.raises(Refused, match="answered meanwhile"):
            write(actor=plo, question=question, text="Wait")
    domain.close_question(actor=asker, question=question)
    for write in (domain.answer_question, domain.reply_to_question):
        with pytest.raises(Refused, match="is closed"):
            write(actor=plo, question=question, text="Late")
    assert QuestionMessage.objects.filter(question=question).count() == 2


def test_a_closed_question_says_by_whom_it_can_be_opened_again(inside: World) -> None:
    question = inside.question

    def hint() -> str:
        with pytest.raises(Refused) as refused:
            domain.answer_question(actor=acting(inside.plo), question=question, text="Late")
        return " ".join(refused.value.messages)

    domain.close_question(actor=acting(inside.member), question=question)
    asker, lead = f"{inside.member.display_name} (Who asked)", f"{inside.lead.display_name} (Team lead)"
    assert hint() == f"This question is closed. It can be opened again by: {asker}, {lead}."
    deactivate_member(actor=acting(inside.administrator), member=inside.member)
    RoleProfile.objects.update_or_create(role=Role.PLO, defaults={"name": "Kernteam"})
    forget_names()
    office = f"{inside.plo.display_name} (Kernteam)"
    assert hint() == f"This question is closed. It can be opened again by: {lead}, {office}."
    # Whoever it names can.
    for person in (inside.lead, inside.plo):
        assert permissions.close_question(acting(person), CoachQuestion.objects.get(pk=question.pk))
    CoachQuestion.objects.filter(pk=question.pk).update(team=None, desk=Desk.PLO)
    assert hint() == f"This question is closed. It can be opened again by: {office}."


def test_who_closes_for_somebody_who_has_left(inside: World) -> None:
    question = CoachQuestion.objects.select_related("team", "asked_by").get(pk=inside.question.pk)
    assert not permissions.close_question(acting(inside.plo), question)
    assert permissions.close_question(acting(inside.lead), question)
    QuestionMessageFactory(question=question, author=inside.plo, text="Which?")
    assert row_of(inside, question).waits_for_asker
    deactivate_member(actor=acting(inside.administrator), member=inside.member)
    question = CoachQuestion.objects.select_related("team", "asked_by").get(pk=question.pk)
    assert permissions.close_question(acting(inside.plo), question)
    # Nobody waits for them: it is with those who can answer.
    assert not row_of(inside, question).waits_for_asker


def ended(world: World, coach: Membership, held: RoleAssignment) -> None:
    end_assignment(actor=acting(coach), assignment=held)


def over(world: World, coach: Membership, held: RoleAssignment) -> None:
    RoleAssignment.objects.filter(pk=held.pk).update(ends_on=local_today() - timedelta(days=1))
    assert end_due_assignments() == 1


def later(world: World, coach: Membership, held: RoleAssignment) -> None:
    starts = local_today() + timedelta(days=3)
    update_assignment(actor=acting(world.plo), assignment=held, changes={"starts_on": starts})


def deactivated(world: World, coach: Membership, held: RoleAssignment) -> None:
    deactivate_member(actor=acting(world.administrator), member=coach)


def made_lead(world: World, coach: Membership, held: RoleAssignment) -> None:
    Team.objects.filter(pk=world.team.pk).update(lead=coach)
    assert look_after_questions() == 1


@pytest.mark.parametrize("go", [ended, over, later, deactivated, made_lead])
def test_nothing_is_lost_when_a_coach_goes(
    inside: World, go: Callable[[World, Membership, RoleAssignment], None]
) -> None:
    world = inside
    CoachQuestion.objects.all().delete()
    coach, held = coach_of(world.team)
    asker = acting(world.member)
    waiting = domain.ask_question(actor=asker, team=world.team, title="How often?")
    answered = domain.ask_question(actor=asker, team=world.team, title="Why?")
    domain.answer_question(actor=acting(coach), question=answered, text="Because.")
    RoleAssignmentFactory(membership=coach, role=Role.SPONSOR, team=None)
    go(world, coach, held)
    waiting.refresh_from_db()
    answered.refresh_from_db()
    assert (waiting.desk, answered.desk) == (Desk.PLO, Desk.COACH)
    assert waiting.passed_on_at is not None
    (message,) = waiting.messages.all()
    assert (message.author, message.text, message.passed_to) == (None, "", Desk.PLO)
    assert verbs(waiting) == ["asked", "handed_over"]
    assert count_waiting(acting(world.plo)) == 1
    assert hand_over_questions(actor=system_actor()) == 0
    # The answer left something open: it waits with somebody who is there.
    domain.reply_to_question(actor=asker, question=answered, text="Always?")
    answered.refresh_from_db()
    assert answered.desk == Desk.PLO
    # Who comes after finds them all.
    successor, _held = coach_of(world.team, "Nils New")
    found = {row.question.pk for row in questions(acting(successor), state=QuestionState.OPEN).rows}
    assert found == {waiting.pk, answered.pk}
    domain.answer_question(actor=acting(successor), question=waiting, text="Weekly.")


def test_who_takes_the_end_back_or_comes_after_gets_the_questions_back(inside: World) -> None:
    CoachQuestion.objects.all().delete()
    _coach, held = coach_of(inside.team)
    plo, asker = acting(inside.plo), acting(inside.member)
    untouched = domain.ask_question(actor=asker, team=inside.team, title="How often?")
    taken_up = domain.ask_question(actor=asker, team=inside.team, title="Why?")
    end_assignment(actor=plo, assignment=held)
    domain.ask_back(actor=plo, question=taken_up, text="Which?")
    resume_assignment(actor=plo, assignment=held)
    untouched.refresh_from_db()
    taken_up.refresh_from_db()
    assert (untouched.desk, taken_up.desk) == (Desk.COACH, Desk.PLO)
    assert verbs(untouched) == ["asked", "handed_over", "passed_back"]
    end_assignment(actor=plo, assignment=held)
    successor = make_member("Nils New", "nils@acme")
    proposed = assign_role(actor=plo, membership=successor, role=Role.COACH, team=inside.team)
    assert CoachQuestion.objects.get(pk=untouched.pk).desk == Desk.PLO
    for actor, side in ((acting(successor), Side.COACH), (acting(inside.lead), Side.TEAM)):
        answer(actor=actor, assignment=proposed, side=side, agrees=True)
    assert CoachQuestion.objects.get(pk=untouched.pk).desk == Desk.COACH
    assert count_waiting(acting(successor)) == 1


def test_another_coach_keeps_them(inside: World) -> None:
    CoachQuestion.objects.all().delete()
    _coach, held = coach_of(inside.team)
    other, _other_held = coach_of(None, "Otto Other")
    question = domain.ask_question(actor=acting(inside.member), team=inside.team, title="How often?")
    end_assignment(actor=acting(inside.plo), assignment=held)
    question.refresh_from_db()
    assert question.desk == Desk.COACH
    assert count_waiting(acting(other)) == 1
    # Whoever asked is no coach to ask.
    CoachQuestion.objects.filter(pk=question.pk).update(asked_by=other)
    assert hand_over_questions(actor=system_actor()) == 1


def test_an_exception_that_is_taken_back_takes_its_questions_along(inside: World) -> None:
    CoachQuestion.objects.all().delete()
    RoleAssignmentFactory(membership=inside.lead, role=Role.COACH, team=inside.team)
    granted = ConflictExceptionFactory(
        membership=inside.lead,
        team=inside.team,
        granted_by=inside.plo,
        starts_on=local_today(),
        ends_on=local_today() + timedelta(days=9),
    )
    question = domain.ask_question(actor=acting(inside.member), team=inside.team, title="How often?")
    assert question.desk == Desk.COACH
    withdraw_exception(actor=acting(inside.plo), exception=granted)
    question.refresh_from_db()
    assert question.desk == Desk.PLO


def test_the_nightly_look_goes_on_while_questions_wait(inside: World) -> None:
    CoachQuestion.objects.all().delete()
    coach, _held = coach_of(inside.team)
    question = domain.ask_question(actor=acting(inside.member), team=inside.team, title="How often?")
    assert look_after_questions() == 0
    assert scheduled(inside.organization, DISPATCH_KIND) is not None
    domain.answer_question(actor=acting(coach), question=question, text="Weekly.")
    assert look_after_questions() == 0
    assert scheduled(inside.organization, DISPATCH_KIND) is None


def test_days_are_counted_where_the_organization_is(inside: World) -> None:
    OrganizationSettings.objects.update(time_zone="Pacific/Auckland")
    zone = ZoneInfo("Pacific/Auckland")
    noon = timezone.now().astimezone(zone).replace(hour=23, minute=30) - timedelta(days=9)
    rows = CoachQuestion.objects.filter(pk=inside.question.pk)
    for hours, told in ((0, "on the same day"), (1, "after 1 day"), (24, "after 1 day"), (25, "after 2 days")):
        rows.update(asked_at=noon, answered_at=noon + timedelta(hours=hours), state=QuestionState.ANSWERED)
        assert row_of(inside, inside.question).answered == f"answered {told}"


def test_the_usual_time_is_of_many_people_and_for_the_office_alone(inside: World) -> None:
    CoachQuestion.objects.all().delete()
    plo, now = acting(inside.plo), timezone.now()
    people = [make_member(f"Person {number}", f"p{number}@acme") for number in range(3)]

    def answered(days: int, author: Membership) -> None:
        question = CoachQuestionFactory(team=inside.team, asked_by=inside.member, state=QuestionState.ANSWERED)
        CoachQuestion.objects.filter(pk=question.pk).update(asked_at=now - timedelta(days=days), answered_at=now)
        QuestionMessageFactory(question=question, author=author, is_answer=True)

    for days in (1, 2, 4, 9):
        answered(days, people[0])
    answered(30, people[1])
    assert usual_answer_time(plo) == ""
    CoachQuestion.objects.all().delete()
    for days, author in zip((1, 2, 4, 9), (*people, people[0]), strict=True):
        answered(days, author)
    assert usual_answer_time(plo) == ""
    answered(30, people[0])
    assert usual_answer_time(plo) == "after 4 days"
    assert usual_answer_time(acting(inside.member)) == ""
    assert usual_answer_time(acting(coach_of(inside.team)[0])) == ""


@pytest.mark.parametrize("number", [1, 20])
def test_queries_however_many(inside: World, number: int) -> None:
    coach, _held = coach_of(inside.team)
    for _one in range(number):
        question = CoachQuestionFactory(team=inside.team, asked_by=MembershipFactory(), desk=Desk.COACH)
        QuestionMessageFactory(question=question, author=coach)
    actor = acting(coach)
    assert actor.roles
    assert actor.team_ids == frozenset()
    assert actor.settings.time_zone
    with exactly(1):
        assert len(questions(actor).rows) == number + 1
    with exactly(1):
        count_waiting(actor)
    # The lock, the questions, five of the coverage and the day.
    with exactly(8):
        hand_over_questions(actor=actor)


@pytest.mark.parametrize("number", [1, 20])
def test_handing_over_costs_the_same_for_many(inside: World, number: int) -> None:
    CoachQuestion.objects.all().delete()
    for _one in range(number):
        CoachQuestionFactory(team=inside.team, asked_by=inside.member, desk=Desk.COACH)
    with exactly(11):
        assert hand_over_questions(actor=system_actor()) == number


def test_waiting_first(inside: World) -> None:
    CoachQuestion.objects.all().delete()
    TeamMembershipFactory(team=inside.team, membership=inside.plo)
    old = CoachQuestionFactory(team=inside.team, asked_by=inside.member, desk=Desk.PLO)
    CoachQuestion.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=9))
    new = CoachQuestionFactory(team=inside.team, asked_by=inside.member, desk=Desk.COACH)
    mine = CoachQuestionFactory(team=inside.team, asked_by=inside.plo, desk=Desk.COACH, state=QuestionState.CLOSED)
    actor = acting(inside.plo)

    def titles(**wanted: Any) -> list[str]:
        return [row.question.title for row in questions(actor, **wanted).rows]

    assert titles() == [old.title, mine.title, new.title]
    assert titles(show="waiting") == [old.title]
    assert titles(show="mine") == [mine.title]
    assert titles(state=QuestionState.CLOSED) == [mine.title]
    assert titles(team=inside.root_team) == []
    assert titles(page=2) == []


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_both_kept() -> None:
    world = make_organization("acme")
    with within(world.organization):
        domain.answer_question(actor=acting(world.plo), question=world.question, text="Weekly.")
        other = Other(
            world.organization,
            lambda: domain.answer_question(actor=acting(world.plo), question=world.question, text="On Fridays."),
        )
        assert other.waits()
    assert other.end() is None
    with within(world.organization):
        answers = QuestionMessage.objects.filter(question=world.question, is_answer=True)
        assert [one.text for one in answers] == ["Weekly.", "On Fridays."]
        assert CoachQuestion.objects.get(pk=world.question.pk).answered_at == answers[0].created_at


@pytest.mark.django_db(transaction=True)
def test_passed_on_twice_at_once_is_once() -> None:
    world = make_organization("acme")
    with within(world.organization):
        domain.pass_question_on(actor=acting(world.plo), question=world.question, text="You decide.")
        other = Other(
            world.organization,
            lambda: domain.pass_question_on(actor=acting(world.plo), question=world.question, text="Please."),
        )
        assert other.waits()
    assert "already" in str(other.end())
    with within(world.organization):
        assert QuestionMessage.objects.filter(question=world.question, passed_to=Desk.PLO).count() == 1


@pytest.mark.django_db(transaction=True)
def test_asked_while_the_coach_goes() -> None:
    world = make_organization("acme")
    with within(world.organization):
        _coach, held = coach_of(world.team)
    with within(world.organization):
        end_assignment(actor=acting(world.plo), assignment=held)
        other = Other(
            world.organization,
            lambda: domain.ask_question(actor=acting(world.member), team=world.team, title="Anybody there?"),
        )
        assert other.waits()
    assert other.end() is None
    with within(world.organization):
        assert CoachQuestion.objects.get(title="Anybody there?").desk == Desk.PLO
        _coach, held = coach_of(world.team, "Nils New")
    with within(world.organization):
        domain.ask_question(actor=acting(world.member), team=world.team, title="And now?")
        other = Other(world.organization, lambda: end_assignment(actor=acting(world.plo), assignment=held))
        assert other.waits()
    assert other.end() is None
    with within(world.organization):
        assert CoachQuestion.objects.get(title="And now?").desk == Desk.PLO
