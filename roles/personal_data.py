"""What is stored about people with roles, who sees it, and for how long; see organizations.personal_data."""

from django.utils.translation import gettext_lazy as _

from organizations.personal_data import AS_LONG_AS_THE_ORGANIZATION, Kept
from roles.models import (
    AssignmentAnswer,
    Certificate,
    CoachingNote,
    CoachProfile,
    CoachQuestion,
    ConflictException,
    Post,
    PostComment,
    PostUseful,
    QuestionMessage,
    RaciPerson,
    RoleAssignment,
)

KEPT = (
    Kept(
        _("Roles"),
        _(
            "Who holds which role, where, from when until when; who was proposed, and what was answered with "
            "which reason; who is named in the RACI matrix."
        ),
        _(
            "Roles in force: everybody in the organization. Proposals and reasons: those who were asked, and the "
            "Program Lead Office."
        ),
        AS_LONG_AS_THE_ORGANIZATION,
        (RoleAssignment, AssignmentAnswer, RaciPerson),
    ),
    Kept(
        _("Exceptions from a conflict of interest"),
        _("Who may coach a team in their own line, why, until when, and who granted it."),
        _("Everybody in the organization, on the team's page."),
        AS_LONG_AS_THE_ORGANIZATION,
        (ConflictException,),
    ),
    Kept(
        _("Coach profiles"),
        _("What coaches write about themselves: languages, experience, how many teams and hours they can carry."),
        _("Everybody in the organization."),
        AS_LONG_AS_THE_ORGANIZATION,
        (CoachProfile,),
    ),
    Kept(
        _("Certificates"),
        _("Trainings and certificates, from when until when they count."),
        _(
            "You, and the Program Lead Office where you hold a role; with a coach profile everybody in the "
            "organization."
        ),
        _("Until you remove them."),
        (Certificate,),
    ),
    Kept(
        _("Notes about a coaching"),
        _("What a coach writes down about the coaching of one person. It leaves no trace in the audit trail."),
        _("The coach; the person coached where the note is for both. Nobody else, administrators neither."),
        _("Until the coach removes it."),
        (CoachingNote,),
    ),
    Kept(
        _("Coach community"),
        _(
            "Posts, comments and marks of what was useful, with the name of the author. Resistance is reported of"
            " groups, never of persons."
        ),
        _("Coaches and the Program Lead Office."),
        AS_LONG_AS_THE_ORGANIZATION,
        (Post, PostComment, PostUseful),
    ),
    Kept(
        _("Questions to coaches"),
        _("Who asked and answered what, and how long it took; answer times are shown per question, never per person."),
        _("The team, its coaches and the Program Lead Office in whose part it is."),
        AS_LONG_AS_THE_ORGANIZATION,
        (CoachQuestion, QuestionMessage),
    ),
)
