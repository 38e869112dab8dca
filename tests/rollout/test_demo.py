"""The rollout of the invented company tells a true story on every page, in each language."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from okrapp.notifications.models import Notification
from okrs.demo.build import build_demo
from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import AuditEntry, Membership, Organization
from organizations.queries.settings import local_today
from rollout.demo.sponsor import BUDGET_LINES
from rollout.demo.texts import ROLLOUT_TEXTS
from rollout.demo.voices import BARRIERS, PROMISES, STAKEHOLDERS
from rollout.enums import ConcernState, EscalationState, Measure, PhaseKind, PlanState, TaskStatus, VersionState
from rollout.models import (
    Barrier,
    BarrierCollection,
    BarrierComment,
    BarrierVote,
    BudgetLine,
    Criterion,
    Escalation,
    LeaderCommitment,
    PhaseDependency,
    PilotDecision,
    PlanComment,
    PlanKeyResult,
    PlanMilestone,
    PlanPhase,
    PlanTask,
    PlanVersion,
    RolloutPlan,
    Stakeholder,
    StakeholderAttitude,
    StakeholderConcern,
    Wave,
)
from rollout.models.readiness import VOTES
from rollout.queries.budget import approved_now
from rollout.queries.buy_in import summary_of
from rollout.queries.plan_changes import versions_of
from rollout.queries.timeline import timeline_of
from tests.factories.worlds import within


@pytest.fixture
def nordkamm(db: None) -> Organization:
    return build_demo(slug="nordkamm", language="en")


def test_the_plan_was_approved_before_it_began(nordkamm: Organization) -> None:
    with within(nordkamm):
        plan = RolloutPlan.objects.get()
        assert plan.state == PlanState.RUNNING
        returned, approved = PlanVersion.objects.order_by("number")
        assert (returned.state, approved.state) == (VersionState.RETURNED, VersionState.APPROVED)
        assert returned.reason
        assert approved.reason
        assert PlanComment.objects.count() == 2
        pilot = PlanPhase.objects.get(kind=PhaseKind.PILOT)
        moments = [plan.created_at, returned.submitted_at, returned.decided_at, approved.submitted_at]
        began = AuditEntry.objects.get(object_id=str(plan.pk), verb="started").at
        moments += [approved.decided_at, began, Wave.objects.get(phase=pilot).started_at]
        assert None not in moments
        assert moments == sorted(moments)  # type: ignore[type-var]
        assert moments[-1].date() == pilot.starts_on < pilot.ends_on < timezone.localdate()
        milestone = PlanMilestone.objects.order_by("due_on").first()
        assert milestone is not None
        assert milestone.reached_on == approved.decided_at.date()
        # The sponsor found something too dear, and it changed.
        newer, _older = versions_of(plan, with_budget=True)
        assert [(change.label, len(change.changed)) for change in newer.changes] == [("Budget", 1)]
        assert approved_now(plan).excess == 0


def test_nothing_of_the_past_is_dated_today(nordkamm: Organization) -> None:
    """Each entry of the trail is as old as what it tells of; nobody is told of old news."""
    with within(nordkamm):
        # Messages that are to come were written today.
        entries = AuditEntry.objects.filter(object_type__startswith="rollout.").exclude(object_type__endswith="message")
        assert entries.count() > 60
        assert not entries.filter(at__date=timezone.localdate()).exists()
        assert not Notification.objects.filter(
            path__startswith=f"rollout/{RolloutPlan.objects.get().pk}/approval"
        ).exists()
        assert not AuditEntry.objects.filter(object_type="rollout.barriercomment").exists()
        nameless = Barrier.objects.filter(author=None).values_list("pk", flat=True)
        assert not entries.filter(object_id__in=[str(pk) for pk in nameless], verb="created").exists()


def test_what_is_over_is_done_and_decided(nordkamm: Organization) -> None:
    with within(nordkamm):
        today = local_today()
        decision = PilotDecision.objects.get()
        assert decision.decided_at.date() == decision.phase.ends_on
        met = [one["is_met"] for one in decision.content["criteria"]]
        assert met.count(True) == 4
        assert met.count(False) == 1
        over = PlanPhase.objects.filter(ends_on__lt=today)
        assert {one.kind for one in over} == {PhaseKind.PREPARE, PhaseKind.PILOT}
        assert set(PlanTask.objects.filter(phase__in=over).values_list("status", flat=True)) == {TaskStatus.DONE}
        assert not PlanTask.objects.exclude(status=TaskStatus.DONE).filter(due_on__lt=today).exists()
        assert not PlanMilestone.objects.filter(due_on__lt=today, reached_on=None).exists()
        judged = Criterion.objects.filter(measure=Measure.JUDGED, phase__starts_on__lte=today)
        assert judged.count() == 5
        assert not judged.exclude(is_met=True, judged_by__isnull=False).exists()
        assert not Wave.objects.filter(starts_on__lte=today, started_at=None).exists()
        assert timeline_of(RolloutPlan.objects.get(), today).violations == 0
        waiting = PhaseDependency.objects.order_by("phase__starts_on").values_list(
            "phase__kind", "milestone__phase__kind"
        )
        assert list(waiting) == [(PhaseKind.PILOT, PhaseKind.PREPARE), (PhaseKind.EXPAND, PhaseKind.PILOT)]


def test_every_page_of_the_plan_has_something_to_show(nordkamm: Organization) -> None:
    with within(nordkamm):
        plan = RolloutPlan.objects.get()
        assert BudgetLine.objects.filter(planned__gt=0).count() == len(BUDGET_LINES) == 8
        assert BudgetLine.objects.filter(actual__gt=0, committed__gt=0).count() == 7
        assert Barrier.objects.filter(author=None).count() == 2
        assert Barrier.objects.exclude(answer="").count() == len(BARRIERS) - 1
        assert BarrierComment.objects.filter(author=None).count() == 2
        spent = Counter[object]()
        for member, count in BarrierVote.objects.values_list("membership", "count"):
            spent[member] += count
        assert max(spent.values()) <= VOTES
        collection = BarrierCollection.objects.get()
        assert collection.closed_at is not None
        assert collection.closed_at > collection.opened_at
        states = set(Escalation.objects.values_list("state", flat=True))
        assert states == {EscalationState.OPEN, EscalationState.ANSWERED}
        assert Stakeholder.objects.count() == len(STAKEHOLDERS) == 5
        assert StakeholderAttitude.objects.count() > 5
        concerns = Counter(StakeholderConcern.objects.values_list("state", flat=True))
        assert concerns == {ConcernState.ANSWERED: 4, ConcernState.OPEN: 1}
        assert LeaderCommitment.objects.count() == len(PROMISES)
        assert summary_of(plan) is not None, "enough leaders for sums"
        assert all(0 < (one.progress or 0) < 1 for one in PlanKeyResult.objects.all())
        sponsor = Actor(Membership.objects.get(pk=plan.sponsor_id), via=Via.WEB)
        assert Escalation.objects.visible_to(sponsor).count() == 2


@pytest.mark.parametrize("month", range(1, 13))
def test_the_story_holds_in_every_month(db: None, month: int) -> None:
    """Wherever the pauses of the year lie, the pilot is over, and its decision is neither early nor to come."""
    organization = build_demo(slug="nordkamm", language="sv", now=datetime(2027, month, 14, 9, tzinfo=UTC))
    with within(organization):
        pilot = PlanPhase.objects.get(kind=PhaseKind.PILOT)
        assert pilot.starts_on <= PilotDecision.objects.get().decided_at.date() == pilot.ends_on
        expand = PlanPhase.objects.get(kind=PhaseKind.EXPAND)
        assert expand.starts_on < datetime(2027, month, 14, tzinfo=UTC).date() <= expand.ends_on


def test_each_language_says_the_same() -> None:
    english = ROLLOUT_TEXTS["en"]
    for language in ("de", "sv"):
        other = ROLLOUT_TEXTS[language]
        for name in ("barriers", "barrier_answers", "barrier_comments", "budget", "groups", "commitments", "kept"):
            mine, theirs = getattr(english, name), getattr(other, name)
            assert set(mine) == set(theirs), name
            assert not [key for key in mine if mine[key] and mine[key] == theirs[key]], name
        for name in ("key_results", "comments", "judged"):
            assert len(getattr(other, name)) == len(getattr(english, name)), name
        assert {key: len(notes) for key, notes in other.attitudes.items()} == {
            key: len(notes) for key, notes in english.attitudes.items()
        }
        assert {key: bool(answer) for key, (_text, answer) in other.concerns.items()} == {
            key: bool(answer) for key, (_text, answer) in english.concerns.items()
        }
        assert {key: bool(one.answer) for key, one in other.escalations.items()} == {
            key: bool(one.answer) for key, one in english.escalations.items()
        }
