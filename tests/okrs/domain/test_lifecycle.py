"""An objective's life: what leads where, late starts, what becomes of an agreement, undo, two people at once."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from okrs.domain import lifecycle
from okrs.domain.cycle_phase import move_cycle
from okrs.domain.key_result import archive_key_result, create_key_result, edit_key_result
from okrs.domain.lifecycle import STEPS
from okrs.domain.objective import archive_objective, create_objective, edit_objective
from okrs.enums import Level, ObjectiveStatus, Phase, Visibility
from okrs.models import Cycle, KeyResult, Objective
from okrs.queries.locking import is_locked
from okrs.queries.standing import KeyResultStanding, Standings
from organizations.actor import Actor
from organizations.enums import Agreement, Role, Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from tests.factories.okrs import AlignmentFactory, CycleFactory, KeyResultFactory, ObjectiveFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, make_member, make_organization, within

Status = ObjectiveStatus
REASONS = {"return_to_draft": "No baseline yet", "pause": "Waiting for legal", "stop": "Overtaken"}
# Every status after every step, literally: what is not here is refused.
TABLE = {
    ("submit", Status.DRAFT): Status.SUBMITTED,
    ("withdraw_submission", Status.SUBMITTED): Status.DRAFT,
    ("recommend", Status.SUBMITTED): Status.SUBMITTED,
    ("return_to_draft", Status.SUBMITTED): Status.DRAFT,
    ("return_to_draft", Status.AGREED): Status.DRAFT,
    ("agree", Status.SUBMITTED): Status.AGREED,
    ("pause", Status.ACTIVE): Status.PAUSED,
    ("resume", Status.PAUSED): Status.ACTIVE,
    ("resume", Status.STOPPED): Status.ACTIVE,
    ("stop", Status.ACTIVE): Status.STOPPED,
    ("stop", Status.PAUSED): Status.STOPPED,
}


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        world.settings.agreement = Agreement.ALWAYS
        world.settings.save()
        yield world


@pytest.fixture
def drafting(inside: World) -> Cycle:
    return CycleFactory.create(name="Next", phase=Phase.DRAFTING)


def acting(member: Membership) -> Actor:
    return Actor(member, via=Via.WEB)


def take(name: str, member: Membership, objective: Objective, **values: Any) -> Objective:
    if name in REASONS:
        values.setdefault("reason", REASONS[name])
    step: Callable[..., Objective] = getattr(lifecycle, name)
    return step(actor=acting(member), objective=objective, **values)


def read(objective: Objective) -> Objective:
    return Objective.objects.select_related("cycle").get(pk=objective.pk)


def entries_about(objective: Objective) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(object_id=str(objective.pk)).order_by("at", "id"))


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", [name for name in STEPS if name != "activate"])
def test_what_leads_where(inside: World, drafting: Cycle, name: str, status: Status) -> None:
    objective = ObjectiveFactory.create(cycle=drafting, team=inside.team, status=status)
    expected = TABLE.get((name, status))
    if expected is None:
        with pytest.raises(Refused, match=str(status.label)):
            take(name, inside.lead, objective)
        assert read(objective).status == status
        assert not entries_about(objective)
    else:
        assert take(name, inside.lead, objective).status == expected
        assert read(objective).status == expected
        [entry] = entries_about(objective)
        assert (entry.verb, entry.reason) == (STEPS[name].verb, REASONS.get(name, ""))


@pytest.mark.parametrize("name", REASONS)
def test_steps_that_need_a_reason(inside: World, drafting: Cycle, name: str) -> None:
    objective = ObjectiveFactory.create(cycle=drafting, team=inside.team, status=STEPS[name].sources[0])
    with pytest.raises(Refused) as caught:
        take(name, inside.lead, objective, reason="  ")
    assert list(caught.value.error_dict) == ["reason"]
    take(name, inside.lead, objective)
    assert read(objective).status_reason == REASONS[name]


def test_who_submitted_recommended_and_agreed_is_kept(inside: World, drafting: Cycle) -> None:
    draft = ObjectiveFactory.create(cycle=drafting, team=inside.team, owner=inside.member, status=Status.DRAFT)
    take("submit", inside.member, draft)
    lifecycle.recommend(actor=acting(inside.plo), objective=draft, comment="Well measured")
    take("agree", inside.lead, draft)
    now = read(draft)
    assert (now.submitted_by, now.recommended_by, now.agreed_by) == (inside.member, inside.plo, inside.lead)
    assert [entry.reason for entry in entries_about(draft)] == ["", "Well measured", ""]
    take("return_to_draft", inside.lead, draft)
    now = read(draft)
    assert (now.submitted_by, now.recommended_by, now.agreed_by, now.agreed_at) == (None, None, None, None)
    take("submit", inside.member, draft)
    assert read(draft).status_reason == ""


def test_nobody_submits_where_nobody_agrees(inside: World, drafting: Cycle) -> None:
    inside.settings.agreement = Agreement.NEVER
    inside.settings.save()
    draft = ObjectiveFactory.create(cycle=drafting, team=inside.team, status=Status.DRAFT)
    with pytest.raises(Refused, match="Nobody needs to agree"):
        take("submit", inside.member, draft)


@pytest.mark.parametrize("kind", ["individual", "private"])
def test_individual_and_private_ones_need_no_agreement(inside: World, drafting: Cycle, kind: str) -> None:
    place = (
        {"level": Level.INDIVIDUAL, "team": None}
        if kind == "individual"
        else {"team": inside.team, "visibility": Visibility.PRIVATE}
    )
    draft = ObjectiveFactory.create(cycle=drafting, owner=inside.member, status=Status.DRAFT, **place)
    with pytest.raises(Refused, match="Nobody needs to agree"):
        take("submit", inside.member, draft)
    move_cycle(actor=acting(inside.plo), cycle=drafting, phase=Phase.RUNNING)
    assert read(draft).status == Status.ACTIVE


@pytest.mark.parametrize(
    ("agreement", "started"),
    [
        (Agreement.NEVER, {Status.DRAFT, Status.SUBMITTED, Status.AGREED}),
        (Agreement.ALWAYS, {Status.AGREED}),
        # Four people sign in here.
        (Agreement.BY_SIZE, {Status.DRAFT, Status.SUBMITTED, Status.AGREED}),
    ],
)
def test_what_starts_with_its_cycle(inside: World, drafting: Cycle, agreement: Agreement, started: set[Status]) -> None:
    inside.settings.agreement = agreement
    inside.settings.save()
    made = {
        status: ObjectiveFactory.create(cycle=drafting, team=inside.team, status=status)
        for status in Status
        if status != Status.ACTIVE
    }
    before = timezone.now()
    move_cycle(actor=acting(inside.plo), cycle=drafting, phase=Phase.RUNNING)
    for status, objective in made.items():
        now = read(objective)
        assert now.status == (Status.ACTIVE if status in started else status)
        assert (now.activated_at is not None and now.activated_at >= before) == (status in started)
        assert [entry.verb for entry in entries_about(objective)] == ["activated"] * (status in started)


def test_thirty_people_agree_and_placeholders_do_not_count(inside: World) -> None:
    inside.settings.agreement = Agreement.BY_SIZE
    inside.settings.save()
    signing_in = Membership.objects.active().exclude(user=None).count()
    for number in range(29 - signing_in):
        make_member(f"Person {number}", f"person{number}@acme")
    actor = acting(inside.member)
    assert create_objective(actor=actor, cycle=inside.cycle, title="At once", team=inside.team).status == Status.ACTIVE
    make_member("The thirtieth", "thirty@acme")
    actor = acting(inside.member)
    assert create_objective(actor=actor, cycle=inside.cycle, title="Later", team=inside.team).status == Status.DRAFT


def test_what_is_agreed_late_starts_then(inside: World) -> None:
    actor = acting(inside.member)
    late = create_objective(actor=actor, cycle=inside.cycle, title="Late", team=inside.team, owner=inside.member)
    assert (late.status, late.activated_at) == (Status.DRAFT, None)
    with pytest.raises(Refused, match="Submit it first"):
        take("activate", inside.member, late)
    take("submit", inside.member, late)
    take("agree", inside.lead, late)
    now = read(late)
    assert now.status == Status.ACTIVE
    assert now.agreed_by == inside.lead
    assert now.activated_at is not None
    assert now.activated_at > timezone.now() - timedelta(minutes=1)


def test_a_draft_left_in_a_running_cycle_is_started_by_hand_where_nobody_agrees(inside: World) -> None:
    actor = acting(inside.member)
    late = create_objective(actor=actor, cycle=inside.cycle, title="Late", team=inside.team)
    inside.settings.agreement = Agreement.NEVER
    inside.settings.save()
    take("activate", inside.member, late)
    assert read(late).status == Status.ACTIVE


def test_a_draft_does_not_start_before_its_cycle(inside: World, drafting: Cycle) -> None:
    draft = ObjectiveFactory.create(cycle=drafting, team=inside.team, status=Status.AGREED)
    with pytest.raises(Refused, match="starts by itself"):
        take("activate", inside.lead, draft)


def test_what_rests_counts_nowhere_and_comes_back(inside: World) -> None:
    above = ObjectiveFactory.create(cycle=inside.cycle, team=inside.team, counts_supporting=True)
    below = ObjectiveFactory.create(cycle=inside.cycle, team=inside.team, progress=0.5)
    KeyResultFactory.create(objective=below, current=50, progress=0.5)
    AlignmentFactory.create(objective=below, target_objective=above)
    seen = []
    for name in ("pause", "resume", "stop", "resume"):
        take(name, inside.lead, below)
        seen.append(read(above).progress)
    assert seen == [None, 0.5, None, 0.5]


def test_a_rest_changes_nothing_but_when_somebody_is_asked(inside: World) -> None:
    """Pace, lock and what is outdated go on as before: nobody gets round them by resting for a moment."""
    now, long_ago = timezone.now(), timezone.now() - timedelta(days=40)
    objective, key_result = inside.objective, inside.key_result
    Cycle.objects.filter(pk=inside.cycle.pk).update(starts_on=(now - timedelta(days=50)).date())
    Objective.objects.filter(pk=objective.pk).update(activated_at=long_ago)
    KeyResult.objects.filter(pk=key_result.pk).update(
        created_at=long_ago, last_check_in_at=now - timedelta(days=30), confidence="on_track"
    )

    def standing() -> KeyResultStanding:
        fresh = KeyResult.objects.select_related("objective__cycle", "objective__team").get(pk=key_result.pk)
        return Standings(acting(inside.lead)).of_key_result(
            fresh, objective=fresh.objective, cycle=fresh.objective.cycle, team=fresh.objective.team
        )

    before = standing()
    assert before.is_outdated
    take("pause", inside.lead, objective)
    take("resume", inside.lead, read(objective))
    again = read(objective)
    assert again.activated_at == long_ago
    assert is_locked(again, inside.settings)
    after = standing()
    assert (after.is_outdated, after.expected.value, after.pace) == (True, before.expected.value, before.pace)
    # Having rested from just after its last check-in until today, it owes nobody anything.
    Objective.objects.filter(pk=objective.pk).update(rested_from=(now - timedelta(days=30)).date())
    assert not standing().is_outdated


def test_archived_and_closed_ones_take_no_step(inside: World) -> None:
    archive_objective(actor=acting(inside.lead), objective=inside.objective)
    with pytest.raises(Refused, match="archived"):
        take("pause", inside.lead, inside.objective)
    Cycle.objects.filter(pk=inside.cycle.pk).update(phase=Phase.CLOSED)
    with pytest.raises(Refused, match="closed"):
        take("pause", inside.lead, inside.organization_objective)


@pytest.mark.parametrize(
    ("who", "kept"), [("member", False), ("lead", True), ("plo", True), ("administrator", False), ("coach", False)]
)
def test_whose_change_keeps_an_agreement(inside: World, drafting: Cycle, who: str, kept: bool) -> None:
    coach = make_member("Carla Coach", "carla@acme")
    RoleAssignmentFactory.create(membership=coach, role=Role.COACH)
    person = coach if who == "coach" else getattr(inside, who)
    agreed = ObjectiveFactory.create(cycle=drafting, team=inside.team, owner=inside.member, status=Status.AGREED)
    edit_objective(actor=acting(person), objective=agreed, changes={"title": "Other words"})
    now = read(agreed)
    assert now.status == (Status.AGREED if kept else Status.DRAFT)
    assert bool(now.status_reason) is not kept
    assert [entry.verb for entry in entries_about(agreed)] == ["changed", *([] if kept else ["unsettled"])]


def test_which_changes_touch_an_agreement(inside: World, drafting: Cycle) -> None:
    actor = acting(inside.member)
    agreed = ObjectiveFactory.create(cycle=drafting, team=inside.team, owner=inside.member, status=Status.AGREED)
    key_result = KeyResultFactory.create(objective=agreed)
    numbers = {"start": Decimal(1), "target": Decimal(3)}

    def after(change: Callable[[], Any]) -> str:
        Objective.objects.filter(pk=agreed.pk).update(status=Status.AGREED)
        change()
        return read(agreed).status

    def edited(**changes: Any) -> Callable[[], Any]:
        return lambda: edit_key_result(actor=actor, key_result=key_result, changes=changes)

    assert after(lambda: edit_objective(actor=actor, objective=agreed, changes={"why": "Since"})) == Status.AGREED
    assert after(edited(description="More words")) == Status.AGREED
    assert after(edited(target=Decimal(200))) == Status.DRAFT
    assert after(lambda: create_key_result(actor=actor, objective=agreed, title="And", **numbers)) == "draft"
    assert after(lambda: archive_key_result(actor=actor, key_result=key_result)) == Status.DRAFT


def test_a_submitted_draft_stays_submitted_when_edited(inside: World, drafting: Cycle) -> None:
    draft = ObjectiveFactory.create(cycle=drafting, team=inside.team, status=Status.SUBMITTED)
    edit_objective(actor=acting(inside.member), objective=draft, changes={"title": "Other words"})
    assert read(draft).status == Status.SUBMITTED


@pytest.mark.parametrize(("name", "status"), list(TABLE))
def test_each_step_is_taken_back(inside: World, drafting: Cycle, name: str, status: Status) -> None:
    before = {
        "submitted_by": inside.member,
        "submitted_at": timezone.now().replace(microsecond=0),
        "status_reason": "As it was",
    }
    objective = ObjectiveFactory.create(cycle=drafting, team=inside.team, status=status, **before)
    take(name, inside.lead, objective)
    lifecycle.take_back(actor=acting(inside.lead), objective=objective)
    now = read(objective)
    assert {field: getattr(now, field) for field in before} == before
    assert (now.status, now.agreed_by, now.recommended_by) == (status, None, None)
    with pytest.raises(Refused):
        lifecycle.take_back(actor=acting(inside.lead), objective=objective)


def test_only_ones_own_last_step_is_taken_back_and_soon(inside: World, drafting: Cycle) -> None:
    draft = ObjectiveFactory.create(cycle=drafting, team=inside.team, owner=inside.member, status=Status.DRAFT)
    take("submit", inside.member, draft)
    with pytest.raises(Refused, match="Max"):
        lifecycle.take_back(actor=acting(inside.lead), objective=draft)
    take("agree", inside.lead, draft)
    with pytest.raises(Refused, match="Lena"):
        lifecycle.take_back(actor=acting(inside.member), objective=draft)
    # What was agreed and then changed is a draft for another reason than the lead's step.
    edit_objective(actor=acting(inside.member), objective=draft, changes={"title": "Other words"})
    with pytest.raises(Refused):
        lifecycle.take_back(actor=acting(inside.lead), objective=draft)


def test_late_is_too_late_to_take_back(inside: World, monkeypatch: pytest.MonkeyPatch) -> None:
    take("pause", inside.lead, inside.objective)
    monkeypatch.setattr(lifecycle, "UNDO_WITHIN", timedelta(0))
    with pytest.raises(Refused, match="too late"):
        lifecycle.take_back(actor=acting(inside.lead), objective=inside.objective)


def test_the_same_click_twice_is_one_step(inside: World, drafting: Cycle) -> None:
    draft = ObjectiveFactory.create(cycle=drafting, team=inside.team, status=Status.SUBMITTED)
    take("agree", inside.lead, draft)
    assert take("agree", inside.lead, draft).status == Status.AGREED
    assert len(entries_about(draft)) == 1


def at_once(world: World, *steps: Callable[[], Any]) -> list[str]:
    """Run steps at the same time on connections of their own; return what the refused ones were told."""
    start = threading.Barrier(len(steps), timeout=20)
    told: list[str] = []
    failures: list[BaseException] = []

    def run(step: Callable[[], Any]) -> None:
        try:
            start.wait()
            with within(world.organization):
                step()
        except Refused as refused:
            told.extend(refused.messages)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    return told


@pytest.mark.django_db(transaction=True)
def test_one_agrees_while_another_returns() -> None:
    world = make_organization("acme")
    with within(world.organization):
        world.settings.agreement = Agreement.ALWAYS
        world.settings.save()
        cycle = CycleFactory.create(name="Next", phase=Phase.DRAFTING)
    for _turn in range(5):
        with within(world.organization):
            draft = ObjectiveFactory.create(cycle=cycle, team=world.team, status=Status.SUBMITTED)
        told = at_once(
            world,
            lambda draft=draft: take("agree", world.lead, draft),
            lambda draft=draft: take("return_to_draft", world.administrator, draft),
        )
        with within(world.organization):
            now, verbs = read(draft), [entry.verb for entry in entries_about(draft)]
        # An agreed draft may still be returned, so either both happened in that order, or the return came first.
        assert (now.status, verbs, len(told)) in [
            (Status.DRAFT, ["agreed", "returned"], 0),
            (Status.DRAFT, ["returned"], 1),
        ]
        assert all("Anna" in sentence and "Draft" in sentence for sentence in told)


@pytest.mark.django_db(transaction=True)
def test_two_agree_at_once() -> None:
    world = make_organization("acme")
    with within(world.organization):
        world.settings.agreement = Agreement.ALWAYS
        world.settings.save()
        cycle = CycleFactory.create(name="Next", phase=Phase.DRAFTING)
    for _turn in range(5):
        with within(world.organization):
            draft = ObjectiveFactory.create(cycle=cycle, team=world.team, status=Status.SUBMITTED)
        told = at_once(
            world,
            lambda draft=draft: take("agree", world.lead, draft),
            lambda draft=draft: take("agree", world.administrator, draft),
        )
        with within(world.organization):
            [entry] = entries_about(draft)
            assert read(draft).agreed_by == entry.actor
        [sentence] = told
        assert entry.actor.display_name in sentence
        assert "Agreed" in sentence


@pytest.mark.django_db(transaction=True)
def test_nothing_agreed_is_left_behind_when_the_cycle_starts_meanwhile() -> None:
    world = make_organization("acme")
    with within(world.organization):
        world.settings.agreement = Agreement.ALWAYS
        world.settings.save()
    for turn in range(5):
        with within(world.organization):
            cycle = CycleFactory.create(name=f"Next {turn}", phase=Phase.ALIGNING)
            draft = ObjectiveFactory.create(cycle=cycle, team=world.team, status=Status.SUBMITTED)
        told = at_once(
            world,
            lambda draft=draft: take("agree", world.lead, draft),
            lambda cycle=cycle: move_cycle(actor=acting(world.plo), cycle=cycle, phase=Phase.RUNNING),
        )
        assert told == []
        with within(world.organization):
            assert read(draft).status == Status.ACTIVE
