"""Difficulties brought before the sponsor of a plan: asked, answered, closed, and who reads of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from okrapp.notifications.models import Notification
from organizations.enums import Role
from organizations.errors import Refused
from organizations.queries.audit import visible_entries
from rollout import budget_permissions
from rollout.domain import escalation as domain
from rollout.enums import EscalationState, PlanState
from rollout.models import Escalation, RolloutPlan
from rollout.notices.sponsor import KINDS
from rollout.queries.talk import escalations_of
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import EscalationFactory, PlanOfficerFactory, RolloutPlanFactory
from tests.factories.worlds import World, client_of, make_member, make_organization, within
from tests.meanwhile import Other
from tests.queries import exactly
from tests.told import acting, still_true, told

pytestmark = pytest.mark.django_db

ASKED: dict[str, Any] = {
    "title": "Sales has no time",
    "difficulty": "Nobody comes to the workshop.",
    "request": "Give them a day.",
}


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        Notification.objects.all().delete()
        yield world


@pytest.fixture
def plan(inside: World) -> RolloutPlan:
    return plan_of(inside)


def plan_of(world: World) -> RolloutPlan:
    made: RolloutPlan = RolloutPlanFactory.create(sponsor=world.lead)
    PlanOfficerFactory.create(plan=made, membership=world.member)
    return made


def raised(world: World, plan: RolloutPlan, **fields: Any) -> Escalation:
    values = {**ASKED, "due_on": timezone.localdate() + timedelta(days=7), **fields}
    return domain.raise_escalation(actor=acting(world.member), plan=plan, **values)


def test_from_the_difficulty_to_the_answer(plan: RolloutPlan, inside: World) -> None:
    world = inside
    one = raised(world, plan)
    assert (one.state, one.raised_by) == (EscalationState.OPEN, world.member)
    assert told("escalation_raised") == still_true("escalation_raised") == {world.lead.pk}
    one = domain.answer_escalation(actor=acting(world.lead), escalation=one, answer="They have Friday.")
    assert (one.state, one.answer, one.answered_by) == (EscalationState.ANSWERED, "They have Friday.", world.lead)
    assert one.answered_at is not None
    assert still_true("escalation_raised") == set()
    assert told("escalation_answered") == {world.member.pk}
    one = domain.close_escalation(actor=acting(world.member), escalation=one)
    assert (one.state, one.closed_at is not None) == (EscalationState.CLOSED, True)
    with pytest.raises(Refused, match="closed"):
        domain.answer_escalation(actor=acting(world.lead), escalation=one, answer="Or Monday.")
    one = domain.reopen_escalation(actor=acting(world.member), escalation=one)
    assert (one.state, one.closed_at) == (EscalationState.ANSWERED, None)


def test_a_new_answer_replaces_the_old_and_is_told_anew(plan: RolloutPlan, inside: World) -> None:
    one = raised(inside, plan)
    for answer in ("Friday.", "Friday.", "Monday."):
        one = domain.answer_escalation(actor=acting(inside.lead), escalation=one, answer=answer)
    assert one.answer == "Monday."
    assert Notification.objects.filter(kind="escalation_answered").count() == 2


def test_closed_before_anybody_heard_of_it(plan: RolloutPlan, inside: World) -> None:
    one = raised(inside, plan)
    domain.close_escalation(actor=acting(inside.member), escalation=one)
    assert told("escalation_raised") == set()
    domain.reopen_escalation(actor=acting(inside.member), escalation=one)
    assert told("escalation_raised") == {inside.lead.pk}


def test_another_sponsor_means_another_who_is_asked(plan: RolloutPlan, inside: World) -> None:
    raised(inside, plan)
    RolloutPlan.objects.filter(pk=plan.pk).update(sponsor=inside.administrator)
    assert still_true("escalation_raised") == set()


@pytest.mark.parametrize("field", ["title", "difficulty", "request"])
def test_words_that_are_missing_or_too_many(plan: RolloutPlan, inside: World, field: str) -> None:
    for words in (" ", "x" * 4001):
        with pytest.raises(Refused) as refused:
            raised(inside, plan, **{field: words})
        assert field in refused.value.error_dict


def test_what_is_answered_is_not_changed_any_more(plan: RolloutPlan, inside: World) -> None:
    one = raised(inside, plan)
    opened = timezone.now()
    domain.edit_escalation(actor=acting(inside.plo), escalation=one, changes={"title": "Sales is ill"})
    with pytest.raises(Refused) as refused:
        domain.edit_escalation(
            actor=acting(inside.member), escalation=one, changes={"title": "Sales is busy"}, seen=opened
        )
    assert "Sales is ill" in str(refused.value)
    domain.answer_escalation(actor=acting(inside.lead), escalation=one, answer="I see.")
    with pytest.raises(Refused, match="meanwhile"):
        domain.edit_escalation(actor=acting(inside.member), escalation=one, changes={"title": "Sales is back"})
    with pytest.raises(Refused) as nothing:
        domain.answer_escalation(actor=acting(inside.lead), escalation=one, answer=" ")
    assert "answer" in nothing.value.error_dict


def test_nobody_is_asked_without_a_sponsor_or_when_it_is_over(plan: RolloutPlan, inside: World) -> None:
    RolloutPlan.objects.filter(pk=plan.pk).update(sponsor=None)
    with pytest.raises(Refused, match="Name a Sponsor"):
        raised(inside, plan)
    RolloutPlan.objects.filter(pk=plan.pk).update(sponsor=inside.lead, state=PlanState.COMPLETED)
    with pytest.raises(Refused, match="over"):
        raised(inside, plan)


def test_who_reads_it_and_the_lists_agree(plan: RolloutPlan, inside: World) -> None:
    world = inside
    one = EscalationFactory.create(plan=plan)
    sponsor, leader, unit = (make_member(name, f"{name}@acme") for name in "abc")
    RoleAssignmentFactory.create(membership=sponsor, role=Role.SPONSOR)
    RoleAssignmentFactory.create(membership=leader, role=Role.LEADERSHIP)
    RoleAssignmentFactory.create(membership=unit, role=Role.PLO, team=world.team)
    readers = set()
    for member in (world.plo, world.lead, world.member, world.administrator, sponsor, leader, unit):
        may = bool(budget_permissions.see_escalation(acting(member), one))
        assert may == Escalation.objects.visible_to(acting(member)).filter(pk=one.pk).exists(), member
        if may:
            readers.add(member)
    assert readers == {world.plo, world.lead, world.member}
    RolloutPlan.objects.filter(pk=plan.pk).update(team=world.team)
    one.plan.refresh_from_db()
    assert budget_permissions.see_escalation(acting(unit), one)
    assert Escalation.objects.visible_to(acting(unit)).filter(pk=one.pk).exists()


def test_the_trail_tells_nobody_else(plan: RolloutPlan, inside: World) -> None:
    one = raised(inside, plan)
    told_to = [
        visible_entries(acting(member)).filter(object_id=str(one.pk)).exists()
        for member in (inside.plo, inside.lead, inside.member, inside.administrator)
    ]
    assert told_to == [True, True, True, False]


def test_what_waits_comes_first(plan: RolloutPlan, inside: World) -> None:
    world = inside
    _late, soon, closed, answered = (raised(world, plan, title=title) for title in ("late", "soon", "closed", "said"))
    Escalation.objects.filter(pk=soon.pk).update(due_on=timezone.localdate())
    domain.close_escalation(actor=acting(world.plo), escalation=closed)
    domain.answer_escalation(actor=acting(world.lead), escalation=answered, answer="Yes.")
    assert [one.title for one in escalations_of(plan)] == ["soon", "late", "said", "closed"]


@pytest.mark.parametrize("number", [1, 50])
def test_the_page_costs_the_same_at_any_length(world: World, number: int) -> None:
    with within(world.organization):
        plan = plan_of(world)
        for _one in range(number):
            EscalationFactory.create(plan=plan, raised_by=world.member)
    client = client_of(world.lead)
    address = reverse("rollout:plan_escalations", args=[world.organization.slug, plan.pk])
    client.get(address)
    with exactly(10):
        assert client.get(address).status_code == 200


def test_the_way_through_the_pages(world: World) -> None:
    with within(world.organization):
        plan = plan_of(world)
    slug = world.organization.slug
    office, sponsor = client_of(world.member), client_of(world.lead)
    home = reverse("rollout:plan_escalations", args=[slug, plan.pk])
    new = reverse("rollout:escalation_raise", args=[slug, plan.pk])
    assert office.post(new, ASKED).status_code == 422
    assert office.post(new, {**ASKED, "due_on": "2030-01-31"})["Location"] == home
    assert sponsor.post(new, {**ASKED, "due_on": "2030-01-31"}).status_code == 403
    with within(world.organization):
        one = plan.escalations.get()

    def at(name: str) -> str:
        return reverse(f"rollout:escalation_{name}", args=[slug, one.pk])

    assert ASKED["title"] in sponsor.get(home).content.decode()
    assert office.post(at("answer"), {"answer": "Myself."}).status_code == 403
    assert sponsor.post(at("answer"), {"answer": ""}).status_code == 422
    assert sponsor.post(at("answer"), {"answer": "They have Friday."})["Location"] == home
    assert "They have Friday." in office.get(home).content.decode()
    assert sponsor.post(at("close")).status_code == 403
    assert office.post(at("close"))["Location"] == home
    assert office.post(at("reopen"))["Location"] == home
    assert client_of(world.administrator).get(home).status_code == 403


FACTS = {
    "who": "Mira Santos",
    "what": "Sales has no time",
    "day": "2026-11-27",
    "state": "approved",
    "sponsor": "Henrik",
    "took_back": "yes",
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_has_words(kind: Any) -> None:
    for language in ("en", "de", "sv"):
        with translation.override(language):
            sentence = kind.sentence(FACTS)
            assert FACTS["who"] in sentence
            assert FACTS["what"] in sentence
            assert str(kind.label)


def test_every_line_leads_somewhere(plan: RolloutPlan, inside: World) -> None:
    world = inside
    one = raised(world, plan)
    domain.answer_escalation(actor=acting(world.lead), escalation=one, answer="Yes.")
    rows = set(Notification.objects.values_list("recipient", "path"))
    assert len(rows) == 2
    people = {world.lead.pk: world.lead, world.member.pk: world.member}
    for recipient, path in rows:
        assert client_of(people[recipient]).get(f"/o/{world.organization.slug}/{path}").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_answered_while_it_is_closed() -> None:
    world = make_organization("acme")
    with within(world.organization):
        one = raised(world, plan_of(world))
    with within(world.organization):
        domain.close_escalation(actor=acting(world.member), escalation=one)
        other = Other(
            world.organization,
            lambda: domain.answer_escalation(actor=acting(world.lead), escalation=one, answer="They have Friday."),
        )
        assert other.waits()
    assert "closed" in str(other.end())
    with within(world.organization):
        assert Escalation.objects.get(pk=one.pk).answer == ""
