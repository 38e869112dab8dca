"""Models of the roles app."""

from roles.models.assignment import AssignmentAnswer, CoachingNote, ConflictException, RoleAssignment
from roles.models.community import CoachQuestion, Post, PostComment, PostUseful, QuestionMessage
from roles.models.profile import Certificate, CoachProfile, Qualification, RoleProfile
from roles.models.raci import RaciActivity, RaciEntry, RaciPerson

__all__ = [
    "AssignmentAnswer",
    "Certificate",
    "CoachProfile",
    "CoachQuestion",
    "CoachingNote",
    "ConflictException",
    "Post",
    "PostComment",
    "PostUseful",
    "Qualification",
    "QuestionMessage",
    "RaciActivity",
    "RaciEntry",
    "RaciPerson",
    "RoleAssignment",
    "RoleProfile",
]
