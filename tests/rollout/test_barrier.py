"""Barriers of a plan: who is asked, what is said with and without a name, answers, comments."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizations.enums import Role
from organizations.errors import Refused
from organizations.models import AuditEntry
from rollout import readiness_permissions as permissions
from rollout.domain.barrier import answer_barrier, edit_barrier
from rollout.domain.barrier_collection import close_collection, open_collection
from rollout.domain.barrier_comment import comment_on_barrier, remove_barrier_comment, restore_barrier_comment
from rollout.domain.barrier_vote import set_votes
from rollout.enums import BarrierGroup, BarrierState, PlanState
from rollout.models import Barrier, BarrierCollection, BarrierComment, RolloutPlan
from rollout.queries.audience import asked_plan_ids, asking_plans
from rollout.queries.readiness import readiness_page
from tests.factories.organizations import TeamFactory, TeamMembershipFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import BarrierFactory, RolloutPlanFactory
from tests.factories.worlds import World, client_of, make_member, make_organization, within
from tests.rollout.barriers import again, asking, at_once, say
from tests.told import acting


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


def test_it_is_opened_closed_and_opened_again(inside: World) -> None:
    plan, plo = RolloutPlanFactory(state=PlanState.DRAFT), acting(inside.plo)
    with pytest.raises(Refused, match="never collected"):
        close_collection(actor=plo, plan=plan)
    for wrong in ([], ["else"]):
        with pytest.raises(Refused) as refused:
            open_collection(actor=plo, plan=plan, for_everybody=False, roles=wrong)
        assert list(refused.value.error_dict) == ["roles"]
    first = open_collection(actor=plo, plan=plan, for_everybody=False, roles=[Role.SPONSOR, Role.COACH])
    assert (first.roles, first.is_open) == ([Role.COACH, Role.SPONSOR], True)
    assert not close_collection(actor=plo, plan=plan).is_open
    close_collection(actor=plo, plan=plan)
    with pytest.raises(Refused, match="not collected now"):
        say(inside.member, plan)
    second = open_collection(actor=plo, plan=plan, for_everybody=True, roles=[Role.COACH])
    assert (second.pk, second.roles, second.is_open) == (first.pk, [], True)
    open_collection(actor=plo, plan=plan, for_everybody=True)
    verbs = AuditEntry.objects.filter(object_id=str(first.pk)).order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["opened", "closed", "opened"]


def test_the_database_holds_who_is_asked(inside: World) -> None:
    for fields in ({"for_everybody": False, "roles": []}, {"for_everybody": True, "roles": [Role.PLO]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BarrierCollection.objects.create(plan=RolloutPlanFactory(), opened_at=timezone.now(), **fields)


class TestWhoIsAsked:
    def test_everybody_or_holders_of_roles(self, inside: World) -> None:
        plan = asking(inside)
        stranger = make_member("Sofia Somebody", "sofia@acme")
        assert permissions.see_readiness(acting(stranger), again(plan))
        open_collection(actor=acting(inside.plo), plan=plan, for_everybody=False, roles=[Role.COACH])
        assert not permissions.see_readiness(acting(stranger), again(plan))
        RoleAssignmentFactory(membership=stranger, role=Role.COACH, team=inside.team)
        assert permissions.see_readiness(acting(stranger), again(plan))

    def test_in_the_part_the_plan_is_for(self, inside: World) -> None:
        below = TeamFactory(parent=inside.team)
        plan = asking(inside, team=inside.team)
        near, far = make_member("Nele Near", "nele@acme"), make_member("Fritz Far", "fritz@acme")
        TeamMembershipFactory(team=below, membership=near)
        TeamMembershipFactory(team=TeamFactory(), membership=far)
        assert [bool(permissions.see_readiness(acting(one), again(plan))) for one in (near, far)] == [True, False]
        assert [asking_plans(acting(one)) for one in (near, far)] == [[plan], []]

    def test_of_a_draft_only_while_it_is_open(self, inside: World) -> None:
        plan = asking(inside)
        stranger = acting(make_member("Sofia Somebody", "sofia@acme"))
        assert asking_plans(stranger) == [plan]
        close_collection(actor=acting(inside.plo), plan=plan)
        assert not permissions.see_readiness(stranger, again(plan))
        assert (asking_plans(stranger), asked_plan_ids(stranger)) == ([], [])
        # Once it is approved they read what was answered.
        RolloutPlan.objects.filter(pk=plan.pk).update(state=PlanState.APPROVED)
        assert permissions.see_readiness(stranger, again(plan))
        assert asked_plan_ids(stranger) == [plan.pk]
        RolloutPlan.objects.filter(pk=plan.pk).update(state=PlanState.DRAFT, archived_at=timezone.now())
        open_now = BarrierCollection.objects.filter(plan=plan)
        open_now.update(closed_at=None)
        assert not permissions.see_readiness(stranger, again(plan))
        assert (asking_plans(stranger), asked_plan_ids(stranger)) == ([], [])

    def test_nothing_else_of_the_draft_is_told(self, world: World) -> None:
        with within(world.organization):
            plan = asking(world, name="Onwards", goal="Secret goal", scope="Secret scope", sponsor=world.lead)
            stranger = make_member("Sofia Somebody", "sofia@acme")
        client = client_of(stranger)
        url = reverse("rollout:plan_readiness", args=["acme", plan.pk])
        text = client.get(url).content.decode()
        assert "Onwards" in text
        for secret in ("Secret goal", "Secret scope", world.lead.display_name, "Draft", str(plan.ends_on.year)):
            assert secret not in text.partition("<main")[2], secret
        assert "Have a say" in client.get(reverse("rollout:plans", args=["acme"])).content.decode()
        for name in ("plan", "plan_timeline", "plan_list", "plan_board", "plan_versions", "plan_decisions"):
            assert client.get(reverse(f"rollout:{name}", args=["acme", plan.pk])).status_code == 403


SAID = ("No time at all", "Same with us", "Through a program")


def _rows() -> dict[tuple[str, str], dict[str, Any]]:
    """Return every row of every table the application can read, but for sign-ins."""
    found = {}
    for model in apps.get_models():
        if model is Session or not model._meta.managed or model._meta.app_label == "guardian":
            continue
        for row in model._base_manager.values():
            found[model._meta.label, str(row[model._meta.pk.attname])] = row
    return found


class TestWithoutAName:
    def test_nothing_in_any_table_tells_who_or_when(self, world: World) -> None:
        """Everything that a request writes, in all tables there are."""
        client = client_of(world.member)
        with within(world.organization):
            plan = asking(world)
            page = reverse("rollout:plan_readiness", args=["acme", plan.pk])
        client.get(page)
        with within(world.organization):
            before = _rows()
        with structlog.testing.capture_logs() as lines:
            self._say_three_things(world, client, plan)
        assert not [mark for mark in (str(world.member.pk), *SAID) if mark in str(lines)]
        with within(world.organization):
            after = _rows()
            changed = {key: row for key, row in after.items() if before.get(key) != row}
            assert sorted(label for label, _pk in changed) == [
                "rollout.Barrier",
                "rollout.Barrier",
                "rollout.BarrierComment",
            ]
            person = (str(world.member.pk), world.member.display_name, world.member.email)
            for row in changed.values():
                assert row["author_id"] is None
                assert not [mark for mark in person if mark in str(row)]
                assert not [value for value in row.values() if isinstance(value, datetime)]
                assert row["id"].version == 4
            assert set(before) <= set(after)

    @staticmethod
    def _say_three_things(world: World, client: Client, plan: RolloutPlan) -> None:
        said = {"text": SAID[0], "group": "teams", "is_anonymous": "on"}
        assert client.post(reverse("rollout:barrier_create", args=["acme", plan.pk]), said).status_code == 302
        with within(world.organization):
            barrier = Barrier.objects.get(plan=plan)
        talk = {"text": SAID[1], "is_anonymous": "on"}
        url = reverse("rollout:barrier_comment_create", args=["acme", barrier.pk])
        assert client.post(url, talk).status_code == 302
        body = {"plan": str(plan.pk), "text": SAID[2], "group": "other"}
        key = {"idempotency-key": "once"}
        url = "/api/v1/o/acme/barriers/"
        assert client.post(url, body, content_type="application/json", headers=key).status_code == 201

    def test_the_scan_finds_a_barrier_with_a_name(self, world: World) -> None:
        """It can find something: the trail knows who and when."""
        with within(world.organization):
            plan = asking(world)
            before = _rows()
        said = {"text": SAID[0], "group": "teams"}
        client_of(world.member).post(reverse("rollout:barrier_create", args=["acme", plan.pk]), said)
        with within(world.organization):
            changed = {key: row for key, row in _rows().items() if before.get(key) != row}
            found = {label: row for (label, _pk), row in changed.items()}
            assert found["rollout.Barrier"]["author_id"] == world.member.pk
            assert found["organizations.AuditEntry"]["actor_id"] == world.member.pk

    def test_nobody_changes_it_and_there_is_no_trail(self, inside: World) -> None:
        plan = asking(inside)
        entries = AuditEntry.objects.count()
        barrier = say(inside.member, plan, is_anonymous=True)
        comment_on_barrier(actor=acting(inside.member), barrier=barrier, text="And no room")
        set_votes(actor=acting(inside.member), barrier=barrier, count=2)
        assert AuditEntry.objects.count() == entries
        with pytest.raises(Refused, match="nobody can tell whose it is"):
            edit_barrier(actor=acting(inside.member), barrier=barrier, changes={"text": "Else"})
        assert not permissions.remove_barrier(acting(inside.member), barrier)
        assert permissions.remove_barrier(acting(inside.plo), barrier)

    def test_a_named_comment_between_two_others_is_in_no_trail(self, inside: World) -> None:
        """Its time would say between which moments those without a name were written."""
        barrier = say(inside.member, asking(inside))
        entries = AuditEntry.objects.count()
        named = comment_on_barrier(actor=acting(inside.lead), barrier=barrier, text="Yes", is_anonymous=False)
        assert (named.author, named.pk.version) == (inside.lead, 4)
        assert AuditEntry.objects.count() == entries

    def test_among_few_nobody_hides(self, inside: World) -> None:
        plan = asking(inside)
        named = say(inside.member, plan)
        open_collection(actor=acting(inside.plo), plan=plan, for_everybody=False, roles=[Role.COACH])
        for number in range(4):
            RoleAssignmentFactory(membership=make_member(f"Coach {number}", f"c{number}@acme"), role=Role.COACH)
        with pytest.raises(Refused, match="Fewer than 5 people are asked"):
            say(inside.member, plan, is_anonymous=True)
        with pytest.raises(Refused, match="Fewer than 5 people are asked"):
            comment_on_barrier(actor=acting(inside.member), barrier=named, text="Yes")
        assert say(inside.member, plan).author == inside.member
        assert not readiness_page(acting(inside.member), again(plan)).hides_names
        RoleAssignmentFactory(membership=make_member("Coach 5", "c5@acme"), role=Role.COACH, team=inside.team)
        assert say(inside.member, plan, is_anonymous=True).author is None
        assert readiness_page(acting(inside.member), again(plan)).hides_names

    def test_nobody_hides_behind_a_group_of_few(self, inside: World) -> None:
        plan = asking(inside)
        for group in (BarrierGroup.COACHES, BarrierGroup.LEADERS):
            with pytest.raises(Refused, match="Fewer than 5 people are “") as refused:
                say(inside.member, plan, group=group, is_anonymous=True)
            assert list(refused.value.error_dict) == ["group"]
        for number in range(5):
            RoleAssignmentFactory(membership=make_member(f"Coach {number}", f"c{number}@acme"), role=Role.COACH)
        assert say(inside.member, plan, group=BarrierGroup.COACHES, is_anonymous=True).author is None

    def test_in_a_part_those_of_that_part_count(self, inside: World) -> None:
        plan = asking(inside, team=inside.team)
        with pytest.raises(Refused, match="Fewer than 5 people are asked"):
            say(inside.member, plan, is_anonymous=True)
        for number in range(5):
            member = make_member(f"Member {number}", f"m{number}@acme")
            TeamMembershipFactory(team=TeamFactory(parent=inside.team), membership=member)
        assert say(inside.member, plan, is_anonymous=True).author is None

    def test_the_sponsor_cannot_hide(self, inside: World) -> None:
        plan = asking(inside)
        with pytest.raises(Refused) as refused:
            say(inside.lead, plan, group=BarrierGroup.SPONSOR, is_anonymous=True)
        assert list(refused.value.error_dict) == ["group"]
        assert say(inside.lead, plan, group=BarrierGroup.SPONSOR).author == inside.lead


def test_with_a_name(inside: World) -> None:
    plan = asking(inside)
    barrier = say(inside.member, plan)
    assert (barrier.text, barrier.author, barrier.state) == ("No time", inside.member, BarrierState.OPEN)
    entry = AuditEntry.objects.get(object_id=str(barrier.pk))
    assert (entry.actor, entry.verb) == (inside.member, "created")
    changed = edit_barrier(
        actor=acting(inside.member), barrier=barrier, changes={"text": " No hour ", "state": "solved"}
    )
    assert (changed.text, changed.state) == ("No hour", BarrierState.OPEN)
    with pytest.raises(Refused, match="Only whoever wrote"):
        edit_barrier(actor=acting(inside.lead), barrier=barrier, changes={"text": "Else"})
    for said, at in (({"text": " "}, "text"), ({"text": "x" * 1001}, "text"), ({"group": "else"}, "group")):
        with pytest.raises(Refused) as refused:
            say(inside.member, plan, **said)
        assert list(refused.value.error_dict) == [at]


def test_nothing_is_said_once_it_has_ended(inside: World) -> None:
    plan = asking(inside)
    barrier = say(inside.member, plan)
    member = acting(inside.member)
    close_collection(actor=acting(inside.plo), plan=plan)
    for write in (
        lambda: say(inside.member, plan),
        lambda: edit_barrier(actor=member, barrier=barrier, changes={"text": "Else"}),
        lambda: comment_on_barrier(actor=member, barrier=barrier, text="Late"),
        lambda: set_votes(actor=member, barrier=barrier, count=1),
    ):
        with pytest.raises(Refused, match="not collected now"):
            write()
    RolloutPlan.objects.filter(pk=plan.pk).update(state=PlanState.STOPPED)
    with pytest.raises(Refused, match="is over"):
        say(inside.member, plan)


def test_an_answer_has_words_an_owner_and_a_state(inside: World) -> None:
    barrier = say(inside.member, asking(inside), is_anonymous=True)
    plo = acting(inside.plo)
    with pytest.raises(Refused) as refused:
        answer_barrier(actor=plo, barrier=barrier, changes={"state": BarrierState.SOLVED})
    assert list(refused.value.error_dict) == ["answer"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Barrier.objects.filter(pk=barrier.pk).update(state=BarrierState.SOLVED)
    seen = timezone.now()
    said = {"answer": " An hour a week is free ", "owner": inside.lead, "state": BarrierState.ANSWERED}
    answered = answer_barrier(actor=plo, barrier=barrier, changes=said)
    assert (answered.answer, answered.owner, answered.state) == ("An hour a week is free", inside.lead, "answered")
    # Somebody who had it open before is told, once.
    with pytest.raises(Refused, match="while you were writing"):
        answer_barrier(actor=acting(inside.administrator), barrier=barrier, changes={"answer": "No"}, seen=seen)
    with pytest.raises(Refused) as refused:
        answer_barrier(actor=plo, barrier=barrier, changes={"answer": ""})
    assert list(refused.value.error_dict) == ["answer"]
    entry = AuditEntry.objects.get(object_id=str(barrier.pk))
    assert (entry.verb, entry.actor) == ("answered", inside.plo)


@pytest.mark.django_db(transaction=True)
def test_two_comments_at_once_both_stand() -> None:
    world = make_organization("acme")
    with within(world.organization):
        barrier = BarrierFactory(plan=asking(world))
    failures = at_once(
        world,
        lambda: comment_on_barrier(actor=acting(world.member), barrier=barrier, text="One"),
        lambda: comment_on_barrier(actor=acting(world.lead), barrier=barrier, text="Two"),
    )
    assert failures == []
    with within(world.organization):
        said = BarrierComment.objects.filter(barrier=barrier)
        assert (sorted(one.text for one in said), [one.position for one in said]) == (["One", "Two"], [1, 2])


def test_comments_are_taken_away_and_come_back(inside: World) -> None:
    barrier = say(inside.member, asking(inside))
    comment = comment_on_barrier(actor=acting(inside.lead), barrier=barrier, text=" Yes ", is_anonymous=False)
    assert (comment.text, comment.position) == ("Yes", 1)
    assert permissions.remove_barrier_comment(acting(inside.lead), comment)
    assert not permissions.remove_barrier_comment(acting(inside.member), comment)
    remove_barrier_comment(actor=acting(inside.lead), comment=comment)
    assert not BarrierComment.objects.standing().filter(pk=comment.pk).exists()
    restore_barrier_comment(actor=acting(inside.lead), comment=comment)
    assert BarrierComment.objects.standing().get(pk=comment.pk).text == "Yes"
    for text in (" ", "x" * 1001):
        with pytest.raises(Refused) as refused:
            comment_on_barrier(actor=acting(inside.lead), barrier=barrier, text=text)
        assert list(refused.value.error_dict) == ["text"]
    # What was said is in no entry about it.
    assert "Yes" not in str(list(AuditEntry.objects.values()))


def test_a_barrier_is_of_its_day(inside: World) -> None:
    barrier = say(inside.member, asking(inside))
    assert timezone.now().date() - barrier.written_on <= timedelta(days=1)
