"""What people are told about roles and questions: who, who not, and nothing that is over."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from okrapp.notifications.models import Notification
from okrapp.notifications.registry import registry
from organizations.actor import system_actor
from organizations.enums import Role
from organizations.models import Membership
from organizations.queries.settings import local_today
from roles.domain import telling
from roles.domain.assignment import answer, assign_role, end_assignment, update_assignment
from roles.domain.question import answer_question, ask_back, ask_question, pass_question_on, reply_to_question
from roles.domain.telling import tell_of_days
from roles.enums import AssignmentState, Side
from roles.models import Certificate, RoleAssignment, RoleProfile
from roles.notices import KINDS
from tests.factories.organizations import MembershipFactory, TeamFactory, UserFactory
from tests.factories.roles import CertificateFactory, RoleAssignmentFactory
from tests.factories.worlds import World, within
from tests.queries import exactly
from tests.told import acting, still_true, told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        Notification.objects.all().delete()
        RoleAssignment.objects.exclude(role=Role.PLO).delete()
        Certificate.objects.all().delete()
        yield world


def somebody() -> Membership:
    return MembershipFactory.create(user=UserFactory.create())


def office() -> set[Any]:
    held = RoleAssignment.objects.filter(role=Role.PLO, team=None, state=AssignmentState.ACTIVE)
    return set(held.values_list("membership", flat=True))


def test_those_who_are_asked_about_a_coach_are_told_and_then_who_proposed(inside: World) -> None:
    coach, lead = somebody(), somebody()
    team = TeamFactory.create(lead=lead)
    made = assign_role(actor=acting(inside.plo), membership=coach, role=Role.COACH, team=team)
    assert told(telling.ROLE_PROPOSED) == still_true(telling.ROLE_PROPOSED) == {coach.pk, lead.pk}
    answer(actor=acting(coach), assignment=made, side=Side.COACH, agrees=True)
    assert still_true(telling.ROLE_PROPOSED) == {lead.pk}
    assert told(telling.ROLE_ANSWERED) == set()
    answer(actor=acting(lead), assignment=made, side=Side.TEAM, agrees=True)
    assert told(telling.ROLE_ANSWERED) == {inside.plo.pk, coach.pk}
    (one,) = {row.facts["state"] for row in Notification.objects.filter(kind=telling.ROLE_ANSWERED)}
    assert one == AssignmentState.ACTIVE


def test_a_withdrawn_proposal_is_taken_back(inside: World) -> None:
    coach = somebody()
    made = assign_role(actor=acting(inside.plo), membership=coach, role=Role.COACH, team=TeamFactory.create())
    assert coach.pk in told(telling.ROLE_PROPOSED)
    end_assignment(actor=acting(inside.plo), assignment=made)
    assert told(telling.ROLE_PROPOSED) == set()


def test_who_gets_a_role_is_told_in_the_organizations_own_words(inside: World) -> None:
    person = somebody()
    RoleProfile.objects.update_or_create(role=Role.SPONSOR, defaults={"name": "Godfather"})
    assign_role(actor=acting(inside.plo), membership=person, role=Role.SPONSOR)
    (one,) = Notification.objects.filter(kind=telling.ROLE_GIVEN)
    assert one.recipient_id == person.pk
    assert registry.kinds[telling.ROLE_GIVEN].sentence(one.facts) == "You have a new role: Godfather"


def test_a_role_that_ends_is_told_of_a_month_and_a_week_before(inside: World) -> None:
    person, today = somebody(), local_today()
    last = today + timedelta(days=100)
    made = assign_role(actor=acting(inside.plo), membership=person, role=Role.SPONSOR, ends_on=last)
    for before in range(31, 0, -1):
        tell_of_days(system_actor(), last - before * DAY)
    mine = Notification.objects.filter(kind=telling.ROLE_ENDS, recipient=person)
    assert mine.count() == 2
    assert told(telling.ROLE_ENDS) == {person.pk, *office()}
    assert still_true(telling.ROLE_ENDS) == {person.pk, *office()}
    update_assignment(actor=acting(inside.plo), assignment=made, changes={"ends_on": last + DAY})
    assert still_true(telling.ROLE_ENDS) == set()


def test_only_the_holder_hears_of_a_certificate(inside: World) -> None:
    person, today = somebody(), local_today()
    made = CertificateFactory.create(membership=person, issued_on=date(2020, 1, 1), expires_on=today + 30 * DAY)
    for _twice in range(2):
        tell_of_days(system_actor(), today)
    assert told(telling.CERTIFICATE_EXPIRES) == still_true(telling.CERTIFICATE_EXPIRES) == {person.pk}
    assert Notification.objects.filter(kind=telling.CERTIFICATE_EXPIRES).count() == 1
    Certificate.objects.filter(pk=made.pk).update(expires_on=today + 300 * DAY)
    assert still_true(telling.CERTIFICATE_EXPIRES) == set()


def test_a_question_goes_to_the_coach_then_to_the_office_and_the_answer_back(inside: World) -> None:
    coach = somebody()
    RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=inside.team)
    question = ask_question(actor=acting(inside.member), team=inside.team, title="How?")
    assert told(telling.QUESTION_ASKED) == {coach.pk}
    ask_back(actor=acting(coach), question=question, text="What do you mean?")
    assert told(telling.QUESTION_ANSWERED) == {inside.member.pk}
    reply_to_question(actor=acting(inside.member), question=question, text="This.")
    assert Notification.objects.filter(kind=telling.QUESTION_ASKED, recipient=coach).count() == 2
    pass_question_on(actor=acting(coach), question=question, text="Over to you")
    assert told(telling.QUESTION_ASKED) == {coach.pk, *office()}
    answer_question(actor=acting(inside.plo), question=question, text="Like this")
    assert still_true(telling.QUESTION_ASKED) == set()
    assert Notification.objects.filter(kind=telling.QUESTION_ANSWERED, recipient=inside.member).count() == 2


def test_a_question_waits_only_for_those_who_hold_the_role_now(inside: World) -> None:
    coach, other = somebody(), somebody()
    held = RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=inside.team)
    RoleAssignmentFactory.create(membership=other, role=Role.COACH, team=inside.team)
    question = ask_question(actor=acting(inside.member), team=inside.team, title="How?")
    assert still_true(telling.QUESTION_ASKED) == {coach.pk, other.pk}
    held.delete()
    assert still_true(telling.QUESTION_ASKED) == {other.pk}
    pass_question_on(actor=acting(other), question=question, text="Over to you")
    assert still_true(telling.QUESTION_ASKED) == office()


@pytest.mark.parametrize("number", [1, 20])
def test_looking_again_at_questions_takes_the_same_number_of_statements(number: int, inside: World) -> None:
    coach = somebody()
    for _each in range(number):
        team = TeamFactory.create(parent=inside.root_team)
        RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=team)
        ask_question(actor=acting(inside.member), team=team, title="How?")
    with exactly(9):
        assert coach.pk in still_true(telling.QUESTION_ASKED)


FACTS = {
    "who": "Mira Santos",
    "role": "coach",
    "where": "Sales",
    "state": "active",
    "what": "How",
    "team": "Sales",
    "is_answer": True,
    "mine": True,
    "day": "2026-11-27",
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_has_words_in_every_language(inside: World, kind: Any) -> None:
    words = set()
    for language in ("en", "de", "sv"):
        with translation.override(language):
            words.add(kind.sentence(FACTS))
    assert len(words) == 3
