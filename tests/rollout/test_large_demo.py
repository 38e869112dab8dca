"""The rollout of a very large organization, made small: as many of everything as asked for, and true to the rules."""

from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest
from django.db.models import Count, Q

from okrapp.notifications.models import Notification
from okrs.demo.large.build import build_organization
from okrs.demo.large.company import Company
from okrs.demo.large.people import Staff
from okrs.demo.large.scale import COMPARED, LARGE, SMALL, Scale
from organizations.models import Dispatch, Membership, Organization, Team
from roles.models import Certificate
from rollout.demo.large import courses, messages, plan, sponsor, voices, wording
from rollout.domain.message_agenda import DISPATCH_KIND
from rollout.enums import BarrierState, EnrolmentState, EscalationState, Measure, MessageState, PlanState, VersionState
from rollout.models import (
    Barrier,
    BarrierVote,
    BudgetLine,
    BuyInLeader,
    Course,
    CourseCertificate,
    CourseSession,
    Criterion,
    Enrolment,
    Escalation,
    LeaderCommitment,
    MessageRecipient,
    PilotDecision,
    PlanMilestone,
    PlannedMessage,
    PlanPhase,
    PlanTask,
    PlanVersion,
    Risk,
    RolloutPlan,
    SentMessage,
    Stakeholder,
    StakeholderAttitude,
    StakeholderConcern,
    TaskDependency,
    Wave,
)
from rollout.models.course import SEATED
from rollout.models.readiness import VOTES
from rollout.queries.plan_changes import kinds_changed_since
from rollout.queries.wave import teams_by_wave, waves_of
from tests.factories.worlds import within

NOW = datetime(2027, 5, 12, 10, tzinfo=UTC)
# A twentieth of the largest one's teams.
SIZE = Scale(members=90, teams=60, cycles=3, objectives=60, key_results=60, check_ins=60)


@pytest.fixture
def large(db: None) -> Organization:
    return build_organization(slug="large", scale=SIZE, now=NOW)


def company(scale: Scale) -> Company:
    return Company(Organization(), scale, Staff(), Random(1), NOW, lambda text: None)


def test_the_sizes_are_those_that_pages_are_measured_with() -> None:
    assert (plan.WAVES, plan.TASKS, plan.MILESTONES, plan.RISKS) == (8, 400, 60, 60)
    assert (sponsor.LINES, voices.BARRIERS, voices.STAKEHOLDERS, voices.LEADERS) == (300, 150, 200, 60)
    assert (messages.MESSAGES, len(wording.COURSES), len(wording.WAVES)) == (60, 12, 8)


@pytest.mark.parametrize(("scale", "expected"), [(LARGE, 400), (LARGE.divided(4), 100), (COMPARED, 6), (SMALL, 6)])
def test_there_is_a_share_of_everything_and_at_least_a_few(scale: Scale, expected: int) -> None:
    assert company(scale).share_of(400, 6) == expected


def test_there_is_as_much_as_asked_for(large: Organization) -> None:
    with within(large):
        found = RolloutPlan.objects.get()
        assert (found.state, found.version, found.is_public) == (PlanState.RUNNING, 2, True)
        assert PlanPhase.objects.count() == 4
        assert (Wave.objects.count(), Wave.objects.filter(started_at=None).count()) == (2, 1)
        assert PlanTask.objects.count() == 21
        assert PlanMilestone.objects.count() == 4
        assert Risk.objects.count() == 3
        assert BudgetLine.objects.count() == 15
        assert Criterion.objects.count() == 24
        assert Counter(Criterion.objects.values_list("measure", flat=True)) == {
            Measure.JUDGED: 8, Measure.AGREED: 4, Measure.CHECK_INS: 4, Measure.COACHED: 4, Measure.TRAINED: 4
        }  # fmt: skip
        assert Barrier.objects.count() == 8
        assert set(Barrier.objects.values_list("state", flat=True)) == set(BarrierState)
        assert Stakeholder.objects.count() == 10
        assert StakeholderAttitude.objects.count() == 30
        assert StakeholderConcern.objects.count() == 5
        assert (BuyInLeader.objects.count(), LeaderCommitment.objects.count()) == (2, 6)
        assert PlannedMessage.objects.count() == 6
        assert SentMessage.objects.count() == PlannedMessage.objects.filter(state=MessageState.SENT).count() == 3
        assert set(Escalation.objects.values_list("state", flat=True)) == set(EscalationState)
        assert Course.objects.count() == 12
        assert Enrolment.objects.filter(state=EnrolmentState.WAITING, session=None).exists()
        assert Certificate.objects.count() == CourseCertificate.objects.count() > 0


def test_half_of_the_waves_of_a_larger_one_have_begun(db: None) -> None:
    scale = Scale(members=10, teams=600, cycles=2, objectives=6, key_results=6, check_ins=0)
    with within(build_organization(slug="many-teams", scale=scale, now=NOW)):
        waves = [(wave.name, wave.started_at is not None) for wave in Wave.objects.order_by("starts_on")]
        assert waves == [("Pilot", True), ("First", True), ("Second", False), ("Third", False)]
        assert PlanTask.objects.count() == 200
        assert not Wave.objects.filter(started_at__gt=NOW).exists()


def test_each_team_is_in_one_wave(large: Organization) -> None:
    with within(large):
        waves = waves_of(RolloutPlan.objects.get())
        found = [team.pk for teams in teams_by_wave(waves).values() for team in teams]
        assert sorted(found) == sorted(Team.objects.values_list("pk", flat=True))
        # Named one by one, and with everything below them.
        assert {below for wave in waves for _team, below in wave.teams_named or ()} == {True, False}
        assert all(teams_by_wave([wave])[wave.pk] for wave in waves)


def test_what_a_task_waits_for_is_due_before_it_begins(large: Organization) -> None:
    with within(large):
        needs = list(TaskDependency.objects.select_related("task", "needed"))
        assert len(needs) > PlanTask.objects.count() / 2
        assert all(one.needed.due_on < one.task.starts_on for one in needs)
        for task in PlanTask.objects.select_related("phase"):
            assert task.phase.starts_on <= task.starts_on <= task.due_on <= task.phase.ends_on, task


def test_forms_would_take_it(large: Organization) -> None:
    """Rows that are written in bulk keep the rules that a form would have held."""
    models = (RolloutPlan, PlanPhase, Wave, Criterion, PlanTask, PlanMilestone, Risk, BudgetLine, Barrier, Stakeholder)
    others = (StakeholderConcern, LeaderCommitment, PlannedMessage, Escalation, Course, CourseSession, Enrolment)
    with within(large):
        for model in (*models, *others):
            for row in model._default_manager.all():
                row.full_clean(validate_unique=False, validate_constraints=False)


def test_it_was_approved_and_says_the_same_still(large: Organization) -> None:
    with within(large):
        found = RolloutPlan.objects.get()
        returned, approved = PlanVersion.objects.order_by("number")
        assert (returned.state, approved.state) == (VersionState.RETURNED, VersionState.APPROVED)
        assert approved.decided_by == found.sponsor
        assert returned.budget_sum > approved.budget_sum
        assert kinds_changed_since(found, with_budget=True) is None
        criteria = PilotDecision.objects.get().content["criteria"]
        assert {one["measure"] for one in criteria} == set(Measure)


def test_nobody_votes_more_than_they_may(large: Organization) -> None:
    with within(large):
        votes = Counter[object]()
        for member, count in BarrierVote.objects.values_list("membership", "count"):
            votes[member] += count
        assert len(votes) == round(SIZE.members * voices.VOTING)
        assert set(votes.values()) == {VOTES}


def test_messages_reached_people_once_and_nothing_is_told_now(large: Organization) -> None:
    with within(large):
        for sent in SentMessage.objects.annotate(number=Count("recipients", distinct=True)):
            assert sent.number == (sent.recipient_count or 0)
        assert MessageRecipient.objects.values("sent").annotate(number=Count("pk")).filter(number__gt=1).exists()
        assert not Notification.objects.exists()
    assert not Dispatch.objects.filter(organization=large, kind=DISPATCH_KIND).exists()


def test_no_session_has_more_people_than_places(large: Organization) -> None:
    with within(large):
        seated = Count("enrolments", filter=Q(enrolments__state__in=SEATED))
        for session in CourseSession.objects.exclude(capacity=None).annotate(seated=seated):
            assert session.capacity is not None
            assert session.seated <= session.capacity
        held = Enrolment.objects.filter(state__in=(EnrolmentState.ATTENDED, EnrolmentState.MISSED))
        assert held.exists()
        assert not held.filter(session__starts_at__gt=NOW).exists()
        lead = Membership.objects.get(is_administrator=True)
        assert courses.KINDS[0].has_certificate
        assert CourseCertificate.objects.filter(enrolment__member=lead).exists()


def test_the_same_is_made_each_time(large: Organization) -> None:
    def content(organization: Organization) -> list[object]:
        with within(organization):
            return [
                *PlanTask.objects.order_by("starts_on", "title").values_list("title", "owner__display_name", "status"),
                *Wave.objects.order_by("name").values_list("name", "teams__team__slug"),
                *BarrierVote.objects.order_by("membership__email", "barrier__text", "count").values_list(
                    "barrier__text", "count"
                ),
                *Enrolment.objects.order_by("course__title", "member__email").values_list("member__email", "state"),
            ]

    first = sorted(map(str, content(large)))
    Organization.objects.filter(pk=large.pk).update(slug="before")
    assert sorted(map(str, content(build_organization(slug="large", scale=SIZE, now=NOW)))) == first


@pytest.mark.django_db
def test_a_very_small_one_has_no_programme_and_sees_no_other(large: Organization) -> None:
    with within(build_organization(slug="small", scale=SMALL, now=NOW)):
        for model in (RolloutPlan, PlanTask, Barrier, Course, Enrolment, SentMessage):
            assert not model._default_manager.exists()
