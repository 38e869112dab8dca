"""What the sponsor and the office of a plan say about it while it is written."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from okrapp.notifications.models import Notification
from organizations.errors import Refused
from rollout import budget_permissions
from rollout.domain import plan_comment as domain
from rollout.enums import PlanState
from rollout.models import PlanComment, RolloutPlan
from rollout.queries.talk import comments_on
from tests.factories.rollout import PlanCommentFactory, PlanOfficerFactory, RolloutPlanFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly
from tests.told import acting, still_true, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        Notification.objects.all().delete()
        yield world


def draft_of(world: World) -> RolloutPlan:
    made: RolloutPlan = RolloutPlanFactory.create(sponsor=world.lead, state=PlanState.DRAFT)
    PlanOfficerFactory.create(plan=made, membership=world.member)
    return made


def test_the_others_are_told_and_not_of_what_is_gone(inside: World) -> None:
    world = inside
    plan = draft_of(world)
    comment = domain.write_plan_comment(actor=acting(world.lead), plan=plan, text=" Start smaller. ")
    assert (comment.text, comment.author) == ("Start smaller.", world.lead)
    assert told("plan_commented") == still_true("plan_commented") == {world.member.pk}
    domain.remove_plan_comment(actor=acting(world.lead), comment=comment)
    assert told("plan_commented") == set()
    assert comments_on(acting(world.lead), plan) == []
    domain.restore_plan_comment(actor=acting(world.lead), comment=comment)
    assert [one.comment for one in comments_on(acting(world.lead), plan)] == [comment]
    domain.write_plan_comment(actor=acting(world.member), plan=plan, text="With two teams?")
    assert told("plan_commented") == {world.lead.pk}
    assert [one.may_remove for one in comments_on(acting(world.lead), plan)] == [True, False]


def test_sent_twice_it_is_once(inside: World) -> None:
    plan = draft_of(inside)
    for _time in range(2):
        domain.write_plan_comment(actor=acting(inside.lead), plan=plan, text="Start smaller.")
    assert PlanComment.objects.filter(plan=plan).count() == 1


def test_what_is_refused(inside: World) -> None:
    plan = draft_of(inside)
    for text in (" ", "x" * 5001):
        with pytest.raises(Refused) as refused:
            domain.write_plan_comment(actor=acting(inside.lead), plan=plan, text=text)
        assert "text" in refused.value.error_dict
    comment = PlanCommentFactory.create(plan=plan, removed_at=timezone.now() - timedelta(minutes=11))
    with pytest.raises(Refused, match="too late"):
        domain.restore_plan_comment(actor=acting(inside.lead), comment=comment)
    RolloutPlan.objects.filter(pk=plan.pk).update(state=PlanState.STOPPED)
    with pytest.raises(Refused, match="over"):
        domain.write_plan_comment(actor=acting(inside.lead), plan=plan, text="Late.")


def test_whoever_wrote_it_removes_it(inside: World) -> None:
    plan = draft_of(inside)
    comment = PlanCommentFactory.create(plan=plan, author=inside.lead)
    may = [
        bool(budget_permissions.remove_plan_comment(acting(member), comment))
        for member in (inside.lead, inside.member, inside.plo, inside.administrator)
    ]
    assert may == [True, False, False, False]
    RolloutPlan.objects.filter(pk=plan.pk).update(sponsor=None)
    comment.plan.refresh_from_db()
    assert not budget_permissions.remove_plan_comment(acting(inside.lead), comment)


def test_the_way_through_the_page(world: World) -> None:
    with within(world.organization):
        plan = draft_of(world)
    slug = world.organization.slug
    page = reverse("rollout:plan_versions", args=[slug, plan.pk])
    write = reverse("rollout:plan_comment", args=[slug, plan.pk])
    sponsor, office, administrator = client_of(world.lead), client_of(world.member), client_of(world.administrator)
    assert sponsor.post(write, {"text": ""}).status_code == 422
    assert sponsor.post(write, {"text": "Start *smaller*."})["Location"] == f"{page}#comments"
    assert "Start <em>smaller</em>." in office.get(page).content.decode()
    assert "smaller" not in administrator.get(page).content.decode()
    assert administrator.post(write, {"text": "Me too."}).status_code == 403
    with within(world.organization):
        comment = plan.comments.get()
    remove = reverse("rollout:plan_comment_remove", args=[slug, comment.pk])
    restore = reverse("rollout:plan_comment_restore", args=[slug, comment.pk])
    assert office.post(remove).status_code == 403
    assert sponsor.post(remove).status_code == 302
    assert "smaller" not in office.get(page).content.decode()
    assert sponsor.post(restore).status_code == 302
    assert "smaller" in office.get(page).content.decode()


@pytest.mark.parametrize("number", [1, 50])
def test_the_page_costs_the_same_at_any_length(world: World, number: int) -> None:
    with within(world.organization):
        plan = draft_of(world)
        for _one in range(number):
            PlanCommentFactory.create(plan=plan, author=world.member)
    address: Any = reverse("rollout:plan_versions", args=[world.organization.slug, plan.pk])
    client = client_of(world.lead)
    client.get(address)
    with exactly(11):
        assert client.get(address).status_code == 200
