"""What the pages of a rollout are measured with: the largest of everything there is."""

from typing import Any

from django.db.models import Count

from organizations.models import Membership
from organizations.registry import Shown
from rollout.enums import EnrolmentState, EscalationState, MessageState, PhaseKind, PlanState
from rollout.models import (
    Barrier,
    BarrierComment,
    BuyInLeader,
    Course,
    CourseSession,
    Criterion,
    DisclosureRequest,
    Enrolment,
    Escalation,
    LeaderCommitment,
    PlanComment,
    PlannedMessage,
    PlanPhase,
    PlanTask,
    RolloutPlan,
    SentMessage,
    Stakeholder,
    StakeholderAttitude,
    StakeholderConcern,
    Wave,
)

# Where the sponsor is shown something else than the office, or something at all.
OF_SPONSOR = ("rollout:sponsor_home", "rollout:escalation_answer")


def shown(member: Membership) -> Shown:
    """Return what the variable parts of rollout addresses stand for, for somebody of the Program Lead Office.

    Nothing where no plan runs. A few queries.
    """
    plan = RolloutPlan.objects.filter(state=PlanState.RUNNING).select_related("sponsor__user").order_by("pk").first()
    if plan is None:
        return Shown()
    # The phase most things are in, and a wave that has not begun: forms about them offer most.
    phase = PlanPhase.objects.filter(plan=plan, kind=PhaseKind.EXPAND).order_by("pk")
    wave = Wave.objects.filter(plan=plan, started_at=None).order_by("starts_on", "pk")
    stakeholder = Stakeholder.objects.filter(plan=plan, concerns__isnull=False).order_by("pk").first()
    course = Course.objects.exclude(needed_by=[]).annotate(number=Count("enrolments")).order_by("-number", "pk").first()
    session = CourseSession.objects.annotate(number=Count("enrolments")).order_by("-number", "pk").first()
    message = PlannedMessage.objects.filter(plan=plan, state=MessageState.DRAFT, audiences__kind="everybody")
    task = PlanTask.objects.filter(
        phase__plan=plan, phase__kind=PhaseKind.EXPAND, needs__isnull=False, needed_by__isnull=False
    )
    sent = SentMessage.objects.filter(plan=plan).exclude(recipient_count=None).order_by("-recipient_count")
    values = {
        "plan_id": plan.pk,
        "phase_id": _first(phase),
        "wave_id": _first(wave),
        "criterion_id": _first(Criterion.objects.filter(phase__plan=plan, measure="judged")),
        "task_id": _first(task),
        "part_kind": "tasks",
        "part_id": _first(task),
        "number": plan.version,
        "barrier_id": _first(Barrier.objects.filter(author=member)),
        "barrier_comment_id": _first(BarrierComment.objects.all()),
        "stakeholder_id": _pk(stakeholder),
        "attitude_id": _first(StakeholderAttitude.objects.filter(stakeholder=stakeholder)),
        "concern_id": _first(StakeholderConcern.objects.filter(stakeholder=stakeholder)),
        "disclosure_id": _first(DisclosureRequest.objects.filter(plan=plan)),
        "buy_in_leader_id": _first(BuyInLeader.objects.filter(plan=plan)),
        "commitment_id": _first(LeaderCommitment.objects.filter(plan=plan, leader=member)),
        "escalation_id": _first(Escalation.objects.filter(plan=plan, state=EscalationState.OPEN)),
        "plan_comment_id": _first(PlanComment.objects.filter(plan=plan)),
        "planned_message_id": _first(message),
        "sent_message_id": _first(sent),
        "course_id": _pk(course),
        "course_session_id": _pk(session),
        "enrolment_id": _first(
            Enrolment.objects.filter(member=member, state=EnrolmentState.ATTENDED, course__has_certificate=True)
        ),
    }
    return Shown(values, dict.fromkeys(OF_SPONSOR, plan.sponsor) if plan.sponsor is not None else {})


def _pk(row: Any) -> Any:
    return row.pk if row is not None else None


def _first(rows: Any) -> Any:
    return rows.values_list("pk", flat=True).order_by(*rows.query.order_by, "pk").first()
