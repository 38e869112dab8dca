"""Models of the rollout app."""

from rollout.models.budget import BudgetLine
from rollout.models.buy_in import BuyInLeader, LeaderCommitment
from rollout.models.course import Course, CourseCertificate, CourseSession, Enrolment
from rollout.models.decision import PilotDecision
from rollout.models.message import MessageAudience, MessageRecipient, PlannedMessage, SentMessage
from rollout.models.plan import PlanKeyResult, PlanOfficer, PlanPhase, PlanVersion, RolloutPlan
from rollout.models.readiness import Barrier, BarrierCollection, BarrierComment, BarrierVote
from rollout.models.stakeholder import (
    DisclosureRequest,
    Stakeholder,
    StakeholderAttitude,
    StakeholderConcern,
)
from rollout.models.step import PhaseDependency, PlanMilestone, PlanTask, Risk, TaskDependency
from rollout.models.talk import Escalation, PlanComment
from rollout.models.wave import Criterion, Wave, WaveTeam

__all__ = [
    "Barrier",
    "BarrierCollection",
    "BarrierComment",
    "BarrierVote",
    "Criterion",
    "PilotDecision",
    "BuyInLeader",
    "DisclosureRequest",
    "LeaderCommitment",
    "MessageAudience",
    "MessageRecipient",
    "PlannedMessage",
    "SentMessage",
    "BudgetLine",
    "Course",
    "CourseCertificate",
    "CourseSession",
    "Enrolment",
    "Escalation",
    "PhaseDependency",
    "PlanComment",
    "PlanKeyResult",
    "PlanMilestone",
    "PlanOfficer",
    "PlanPhase",
    "PlanTask",
    "PlanVersion",
    "Risk",
    "RolloutPlan",
    "Stakeholder",
    "StakeholderAttitude",
    "StakeholderConcern",
    "TaskDependency",
    "Wave",
    "WaveTeam",
]
