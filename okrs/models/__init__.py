"""Tables of the okrs app."""

from okrs.models.alignment import Alignment, AlignmentRequest, Dependency
from okrs.models.check_in import CheckIn
from okrs.models.comment import Comment, Mention, Reaction
from okrs.models.cycle import Cycle, CycleExtension, CycleTeam
from okrs.models.example import Example
from okrs.models.grant import ObjectiveGrant
from okrs.models.imported_row import ImportedRow
from okrs.models.initiative import Initiative
from okrs.models.key_result import KeyResult, Milestone, PhasedTarget
from okrs.models.kudos import Kudos, KudosPerson
from okrs.models.meeting import Meeting, MeetingNote
from okrs.models.objective import Objective
from okrs.models.proposal import Proposal
from okrs.models.retrospective import RetroAction, RetroCard, Retrospective, RetroVote
from okrs.models.review import Review

__all__ = [
    "Alignment",
    "AlignmentRequest",
    "CheckIn",
    "Comment",
    "Cycle",
    "CycleExtension",
    "CycleTeam",
    "Dependency",
    "Example",
    "ImportedRow",
    "Initiative",
    "KeyResult",
    "Kudos",
    "KudosPerson",
    "Meeting",
    "MeetingNote",
    "Mention",
    "Milestone",
    "Objective",
    "ObjectiveGrant",
    "PhasedTarget",
    "Proposal",
    "Reaction",
    "RetroAction",
    "RetroCard",
    "RetroVote",
    "Retrospective",
    "Review",
]
