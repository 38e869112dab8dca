"""The life of a plan: who moves it where, what a version keeps, and what changed since the last one."""

from datetime import date

import pytest

from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from rollout.domain import plan as plans
from rollout.domain import plan_state as states
from rollout.domain.part import add_part, edit_part
from rollout.enums import PlanState, VersionState
from rollout.models import PlanPhase, PlanVersion, RolloutPlan
from rollout.queries.plan_changes import versions_of
from tests.factories.rollout import PlanPhaseFactory, RolloutPlanFactory
from tests.factories.worlds import World, within


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def written(world: World) -> RolloutPlan:
    """Return a draft that can be submitted."""
    plan: RolloutPlan = RolloutPlanFactory.create(state=PlanState.DRAFT, sponsor=world.lead)
    PlanPhaseFactory.create(plan=plan)
    return plan


def test_from_draft_to_completed(world: World) -> None:
    with within(world.organization):
        office, sponsor = acting(world.plo), acting(world.lead)
        plan = written(world)
        version = states.submit_plan(actor=office, plan=plan)
        assert (version.number, version.state) == (1, VersionState.WAITING)
        assert states.approve_plan(actor=sponsor, plan=plan, number=1).state == PlanState.APPROVED
        assert states.start_plan(actor=office, plan=plan).state == PlanState.RUNNING
        assert states.complete_plan(actor=office, plan=plan).state == PlanState.COMPLETED
        kept = PlanVersion.objects.get(plan=plan)
        assert (kept.state, kept.decided_by_id) == (VersionState.APPROVED, world.lead.pk)
        verbs = AuditEntry.objects.filter(object_id=str(plan.pk)).order_by("at", "pk").values_list("verb", flat=True)
        assert list(verbs) == ["submitted", "approved", "started", "completed"]
        with pytest.raises(Refused, match="over"):
            plans.edit_plan(actor=office, plan=plan, changes={"name": "Other"})


@pytest.mark.parametrize("state", list(PlanState))
def test_no_step_is_skipped(state: PlanState, world: World) -> None:
    steps = {
        PlanState.SUBMITTED: lambda actor, plan: states.submit_plan(actor=actor, plan=plan),
        PlanState.RUNNING: lambda actor, plan: states.start_plan(actor=actor, plan=plan),
        PlanState.COMPLETED: lambda actor, plan: states.complete_plan(actor=actor, plan=plan),
        PlanState.STOPPED: lambda actor, plan: states.stop_plan(actor=actor, plan=plan, reason="No money"),
    }
    with within(world.organization):
        office = acting(world.plo)
        for target, step in steps.items():
            plan = written(world)
            RolloutPlan.objects.filter(pk=plan.pk).update(state=state)
            if state in states.TRANSITIONS[target]:
                step(office, plan)
                assert RolloutPlan.objects.get(pk=plan.pk).state == target
            else:
                with pytest.raises(Refused):
                    step(office, plan)
                assert RolloutPlan.objects.get(pk=plan.pk).state == state


@pytest.mark.parametrize(("lacking", "word"), [("sponsor", "Sponsor"), ("goal", "what the rollout is for")])
def test_what_is_missing_is_said_before_it_is_submitted(lacking: str, word: str, world: World) -> None:
    with within(world.organization):
        plan = written(world)
        RolloutPlan.objects.filter(pk=plan.pk).update(**{lacking: None if lacking == "sponsor" else " "})
        with pytest.raises(Refused, match=word):
            states.submit_plan(actor=acting(world.plo), plan=plan)
        PlanPhase.objects.filter(plan=plan).delete()
        RolloutPlan.objects.filter(pk=plan.pk).update(sponsor=world.lead, goal="A goal")
        with pytest.raises(Refused, match="at least one phase"):
            states.submit_plan(actor=acting(world.plo), plan=plan)


def test_the_version_that_was_read_is_answered(world: World) -> None:
    with within(world.organization):
        office, sponsor = acting(world.plo), acting(world.lead)
        plan = written(world)
        states.submit_plan(actor=office, plan=plan)
        states.withdraw_plan(actor=office, plan=plan)
        states.submit_plan(actor=office, plan=plan)
        with pytest.raises(Refused, match="newer version"):
            states.approve_plan(actor=sponsor, plan=plan, number=1)
        with pytest.raises(Refused, match="missing or has to change"):
            states.return_plan(actor=sponsor, plan=plan, number=2, reason=" ")
        back = states.return_plan(actor=sponsor, plan=plan, number=2, reason="Too expensive")
        assert (back.state, back.state_reason) == (PlanState.DRAFT, "Too expensive")
        said = {row.number: row.state for row in PlanVersion.objects.filter(plan=plan)}
        assert said == {1: VersionState.WITHDRAWN, 2: VersionState.RETURNED}


def test_a_version_that_was_taken_back_says_who_took_it(world: World) -> None:
    with within(world.organization):
        office, sponsor = acting(world.plo), acting(world.lead)
        plan = written(world)
        states.submit_plan(actor=office, plan=plan)
        states.withdraw_plan(actor=office, plan=plan)
        taken = f"{world.plo.display_name} took it back while you were reading"
        with pytest.raises(Refused, match=taken):
            states.approve_plan(actor=sponsor, plan=plan, number=1)
        with pytest.raises(Refused, match=taken):
            states.return_plan(actor=sponsor, plan=plan, number=1, reason=" ")
        states.submit_plan(actor=office, plan=plan)
        states.approve_plan(actor=sponsor, plan=plan, number=2)
        with pytest.raises(Refused, match="does not wait for an answer"):
            states.approve_plan(actor=sponsor, plan=plan, number=2)


def test_a_version_stays_as_it_was_and_tells_what_changed(world: World) -> None:
    with within(world.organization):
        office = acting(world.plo)
        plan = written(world)
        phase = plan.phases.get()
        states.submit_plan(actor=office, plan=plan)
        states.withdraw_plan(actor=office, plan=plan)
        edit_part(actor=office, part=phase, changes={"own_name": "First try"})
        late = PlanPhase(kind="embed", starts_on=phase.starts_on, ends_on=phase.ends_on)
        add_part(actor=office, plan=plan, part=late)
        plans.edit_plan(actor=office, plan=plan, changes={"goal": "Another goal"})
        states.submit_plan(actor=office, plan=plan)
        second, first = versions_of(plan)
        assert first.version.content["phases"][str(phase.pk)]["own_name"] == ""
        changes = {
            str(change.label): (change.added_titles, change.changed_titles, change.removed) for change in second.changes
        }
        assert changes == {
            "The plan itself": ((), (plan.name,), ()),
            "Phases": (("Embed",), ("First try",), ()),
        }
        assert first.changes == []


def test_two_who_edit_a_plan(world: World) -> None:
    with within(world.organization):
        plan = written(world)
        opened = AuditEntry.objects.order_by("-at").first()
        assert opened is not None
        plans.edit_plan(actor=acting(world.plo), plan=plan, changes={"name": "Petra's"})
        with pytest.raises(Refused, match="changed this to “Petra's” while you were writing"):
            plans.edit_plan(actor=acting(world.administrator), plan=plan, changes={"name": "Anna's"}, seen=opened.at)
        plans.edit_plan(actor=acting(world.administrator), plan=plan, changes={"scope": "All"}, seen=opened.at)
        found = RolloutPlan.objects.get(pk=plan.pk)
        assert (found.name, found.scope) == ("Petra's", "All")


def test_days_the_wrong_way_round_are_refused(world: World) -> None:
    with within(world.organization), pytest.raises(Refused, match="must come after"):
        plans.create_plan(actor=acting(world.plo), name="A plan", starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1))


def test_a_running_plan_is_not_archived(world: World) -> None:
    with within(world.organization):
        office = acting(world.plo)
        with pytest.raises(Refused, match="Complete or stop it first"):
            plans.archive_plan(actor=office, plan=world.plan)
        draft = written(world)
        assert plans.archive_plan(actor=office, plan=draft).archived_at is not None
        with pytest.raises(Refused, match="archived"):
            plans.edit_plan(actor=office, plan=draft, changes={"name": "Other"})
        assert plans.restore_plan(actor=office, plan=draft).archived_at is None


def test_the_days_of_a_plan_hold_its_phases(world: World) -> None:
    with within(world.organization):
        plan = RolloutPlanFactory.create(starts_on=date(2027, 1, 1), ends_on=date(2027, 6, 30))
        PlanPhaseFactory.create(plan=plan, own_name="First", starts_on=date(2027, 2, 1), ends_on=date(2027, 3, 31))
        office = acting(world.plo)
        for field, day, said in (
            ("starts_on", date(2027, 2, 2), "“First” begins on 02/01/2027 already"),
            ("ends_on", date(2027, 3, 30), "“First” lasts until 03/31/2027"),
        ):
            with pytest.raises(Refused, match=said) as refused:
                plans.edit_plan(actor=office, plan=plan, changes={field: day})
            assert list(refused.value.error_dict) == [field]
        fitting = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 3, 31)}
        assert plans.edit_plan(actor=office, plan=plan, changes=fitting).ends_on == date(2027, 3, 31)


def approved(world: World) -> RolloutPlan:
    """Return a plan its sponsor has approved."""
    plan = written(world)
    states.submit_plan(actor=acting(world.plo), plan=plan)
    return states.approve_plan(actor=acting(world.lead), plan=plan, number=1)


def test_an_approved_plan_that_was_made_a_draft_gets_its_approval_back(world: World) -> None:
    with within(world.organization):
        office = acting(world.plo)
        plan = approved(world)
        states.rework_plan(actor=office, plan=plan)
        edit_part(actor=office, part=plan.phases.get(), changes={"own_name": "Another name"})
        assert states.undo_rework(actor=office, plan=plan).state == PlanState.APPROVED
        (row,) = versions_of(plan)
        assert row.version.state == VersionState.APPROVED
        entry = AuditEntry.objects.filter(object_id=str(plan.pk)).latest("at")
        assert (entry.verb, entry.before["state"], entry.after["state"]) == ("approval_kept", "draft", "approved")
        with pytest.raises(Refused, match="no approval"):
            states.undo_rework(actor=office, plan=plan)
        assert states.start_plan(actor=office, plan=plan).state == PlanState.RUNNING


def test_an_approval_comes_back_only_to_what_was_approved_last(world: World) -> None:
    with within(world.organization):
        office = acting(world.plo)
        plan = approved(world)
        states.rework_plan(actor=office, plan=plan)
        states.submit_plan(actor=office, plan=plan)
        with pytest.raises(Refused, match="no approval"):
            states.undo_rework(actor=office, plan=plan)
        states.return_plan(actor=acting(world.lead), plan=plan, number=2, reason="Too expensive")
        with pytest.raises(Refused, match="no approval"):
            states.undo_rework(actor=office, plan=plan)
        assert RolloutPlan.objects.get(pk=plan.pk).state == PlanState.DRAFT


def test_no_approval_comes_back_in_another_currency(world: World) -> None:
    with within(world.organization):
        office = acting(world.plo)
        plan = approved(world)
        states.rework_plan(actor=office, plan=plan)
        plans.edit_plan(actor=office, plan=plan, changes={"currency": "SEK"})
        with pytest.raises(Refused, match="currency"):
            states.undo_rework(actor=office, plan=plan)
