"""Who may do what with OKRs: the rules, as a table. What a cycle that is closed refuses stands in okrs.permissions."""

from django.utils.translation import gettext_lazy as _

from okrs.standing import (
    AGREER,
    IN_A_TEAM,
    INDIVIDUAL_OKRS_ARE_ON,
    MEMBER_FOR_NOBODY,
    PLO_FOR_NOBODY,
    SHARED,
    SHARED_FOR_COMMENTS,
    SHARED_FOR_EDITING,
    SPONSOR_OF_DRAFT,
)
from organizations.rights import (
    COACH,
    COACH_SOMEWHERE,
    EVERYBODY,
    LEAD,
    LEADERSHIP,
    MEMBER,
    NAMED_IN_IT,
    OWNER,
    PLO,
    PLO_SOMEWHERE,
    REMOVER,
    SPONSOR,
    Rule,
    Section,
    directory,
)

PRIVATE = _("This objective is private. Its owner can share it with you for editing.")

# Sight; the querysets' visible_to() says the same.
SEE = Rule(_("See open objectives and what belongs to them"), (EVERYBODY,), "")
SEE_PRIVATE = Rule(
    _("See private objectives"),
    (OWNER, SHARED),
    _("This objective is private. Its owner can share it with you."),
)

# The organization's objectives.
DRAFT_FOR_ORGANIZATION = Rule(
    _("Write objectives of the organization"),
    (PLO, LEADERSHIP, SPONSOR),
    _("Organization objectives are written by Leadership, the Sponsor and the Program Lead Office."),
)
EDIT_OF_ORGANIZATION = Rule(
    _("Change objectives of the organization"),
    (OWNER, SHARED_FOR_EDITING, PLO, LEADERSHIP, SPONSOR_OF_DRAFT),
    _("Only Leadership, the owner and the Program Lead Office change organization objectives."),
)
SUBMIT_OF_ORGANIZATION = Rule(
    _("Submit drafts of the organization"),
    (OWNER, PLO, LEADERSHIP, SPONSOR),
    _("Only the owner, Leadership, the Sponsor and the Program Lead Office submit organization objectives."),
)
REST_OF_ORGANIZATION = Rule(
    _("Pause, stop and resume objectives of the organization"),
    (OWNER, PLO, LEADERSHIP),
    _("Only the owner, Leadership and the Program Lead Office pause or stop organization objectives."),
)
REVIEW_OF_ORGANIZATION = Rule(
    _("Score objectives of the organization"),
    (OWNER, PLO_FOR_NOBODY, LEADERSHIP),
    _("Only its owner and Leadership score an objective of the organization."),
)

# A team's objectives.
DRAFT_SOMEWHERE = Rule(
    _("Write objectives at all"),
    (IN_A_TEAM, PLO_SOMEWHERE, LEADERSHIP, SPONSOR, INDIVIDUAL_OKRS_ARE_ON),
    _("You are in no team yet. Objectives are written by the members of a team."),
)
DRAFT_IN_TEAM = Rule(
    _("Write objectives of a team"),
    (MEMBER, PLO),
    _("Only members of this team and the Program Lead Office write its objectives."),
)
EDIT_OF_TEAM = Rule(
    _("Change objectives of a team, what measures and what supports them"),
    (OWNER, SHARED_FOR_EDITING, PLO, MEMBER),
    _("Only members of the team, the owner and the Program Lead Office change this objective."),
)
WORDS_OF_TEAM = Rule(
    _("Change the text of a team's objectives and key results, never their progress"),
    (OWNER, SHARED_FOR_EDITING, PLO, MEMBER, COACH),
    EDIT_OF_TEAM.refusal,
)
SUBMIT = Rule(
    _("Submit a team's drafts"),
    (OWNER, MEMBER),
    _("Only the owner and members of the team submit this objective."),
)
RECOMMEND = Rule(
    _("Recommend a team's drafts"),
    (COACH,),
    _("Only the team's coach recommends its drafts."),
)
REST_OF_TEAM = Rule(
    _("Pause, stop and resume a team's objectives"),
    (OWNER, LEAD, PLO),
    _("Only the owner, the team's lead and the Program Lead Office pause or stop this objective."),
)
REVIEW_OF_TEAM = Rule(
    _("Score a team's objectives"),
    (OWNER, PLO_FOR_NOBODY, LEAD, MEMBER_FOR_NOBODY),
    _("Only its owner and the team's lead score this objective."),
)
# The refusal names the people; see okrs.permissions.agree_on_objective.
AGREE = Rule(
    _("Agree on drafts, or return them"),
    (AGREER,),
    _("Nobody needs to agree on this objective."),
)
ANSWER_REQUEST = Rule(
    _("Answer what another team asks of one"),
    (MEMBER, PLO),
    _("Only the team that was asked and the Program Lead Office answer this request."),
)

# Individual and private ones.
DRAFT_FOR_ONESELF = Rule(
    _("Write individual objectives"),
    (INDIVIDUAL_OKRS_ARE_ON,),
    _("Individual OKRs are turned off in this organization. The Program Lead Office can turn them on."),
)
EDIT_INDIVIDUAL = Rule(
    _("Change individual objectives"),
    (OWNER, SHARED_FOR_EDITING),
    _("Only its owner changes an individual objective."),
)
REST_INDIVIDUAL = Rule(
    _("Pause, stop and resume individual objectives"),
    (OWNER,),
    _("Only its owner pauses or stops an individual objective."),
)
REVIEW_INDIVIDUAL = Rule(
    _("Score individual objectives"),
    (OWNER, PLO_FOR_NOBODY),
    _("Only its owner scores an individual objective."),
)
EDIT_PRIVATE = Rule(
    _("Change, rest and score private objectives"),
    (OWNER, SHARED_FOR_EDITING),
    PRIVATE,
)
COMMENT_ON_PRIVATE = Rule(
    _("Comment on private objectives"),
    (OWNER, SHARED_FOR_COMMENTS),
    _("This objective is private and shared with you to read. Its owner can let you comment on it."),
)
SHARE = Rule(_("Share an objective with single people"), (OWNER,), _("Only its owner shares an objective."))

# The rhythm.
CHECK_IN = Rule(
    _("Check in on key results"),
    (OWNER, NAMED_IN_IT, MEMBER, PLO_FOR_NOBODY),
    _("Only the owner and members of the team check in on this key result."),
)
CHECK_IN_PRIVATE = Rule(
    _("Check in on key results of private objectives"),
    (OWNER, NAMED_IN_IT, SHARED_FOR_EDITING),
    PRIVATE,
)
SOLVE_BLOCKER = Rule(
    _("Say that a blocker is solved"),
    (NAMED_IN_IT,),
    _("Only who can help, who named it and members of the team say that a blocker is solved."),
)
HOLD_MEETING = Rule(
    _("Hold a team's check-in meeting"),
    (MEMBER, COACH),
    _("Only the team and its coach hold its check-in meeting. Its summary is for everybody."),
)
OPEN_RETROSPECTIVE = Rule(
    _("Open a team's retrospective"),
    (MEMBER, COACH),
    _("Only the team and its coach open a retrospective."),
)
SEE_RETROSPECTIVE = Rule(
    _("See a team's retrospective and take part"),
    (MEMBER, NAMED_IN_IT),
    _("A retrospective is seen by the team and whoever moderates it."),
)
MODERATE_RETROSPECTIVE = Rule(
    _("Lead a retrospective from step to step"),
    (NAMED_IN_IT, LEAD),
    _("Only the moderator and the team's lead do this."),
)
EDIT_RETRO_ACTION = Rule(
    _("Change what a retrospective decided to do"),
    (OWNER, MEMBER, NAMED_IN_IT),
    _("Only the team, its moderator and whoever does an action change it."),
)
READ_PROCESS_CARDS = Rule(
    _("Read what teams say about the process, without who said it"),
    (PLO_SOMEWHERE,),
    _("Only the Program Lead Office reads what teams say about the process."),
)

# The process itself.
CYCLES = Rule(
    _("Create, change and move cycles"),
    (PLO,),
    _("Only the Program Lead Office creates and moves cycles."),
)
EXAMPLES = Rule(
    _("Keep the organization's own examples"),
    (PLO_SOMEWHERE, COACH_SOMEWHERE),
    _("Only the Program Lead Office and OKR Coaches keep the examples of the organization."),
)

# Talk.
COMMENT = Rule(_("Comment and react"), (EVERYBODY,), "")
EDIT_COMMENT = Rule(_("Change a comment"), (OWNER,), _("Only whoever wrote a comment changes it."))
REMOVE_COMMENT = Rule(
    _("Remove comments of others"),
    (OWNER, PLO),
    _("Only whoever wrote a comment and the Program Lead Office remove it."),
)
RESTORE_COMMENT = Rule(
    _("Bring removed comments back"),
    (PLO, REMOVER),
    _("Only whoever removed a comment and the Program Lead Office bring it back."),
)
REMOVE_COMMENT_IN_PRIVATE = Rule(
    _("Remove comments of others in private objectives"),
    (OWNER, NAMED_IN_IT),
    REMOVE_COMMENT.refusal,
)
RESTORE_COMMENT_IN_PRIVATE = Rule(
    _("Bring removed comments in private objectives back"),
    (NAMED_IN_IT, REMOVER),
    RESTORE_COMMENT.refusal,
)
REMOVE_KUDOS = Rule(
    _("Remove kudos"),
    (OWNER, NAMED_IN_IT, PLO),
    _("Only whoever wrote kudos, those named in them and the Program Lead Office remove them."),
)
RESTORE_KUDOS = Rule(_("Bring removed kudos back"), (REMOVER,), _("Only whoever removed kudos brings them back."))
DECLINE_PROPOSAL = Rule(
    _("Decline what is proposed to a team"),
    (LEAD, PLO),
    _("Only the team's lead and the Program Lead Office decline what is proposed to it."),
)

EDIT_PROPOSAL = Rule(
    _("Change what one has proposed"),
    (OWNER,),
    _("Only whoever proposed it and those who could adopt it change a proposal."),
)

directory.sections += [
    Section(
        _("Objectives of the organization"),
        (
            DRAFT_FOR_ORGANIZATION,
            EDIT_OF_ORGANIZATION,
            SUBMIT_OF_ORGANIZATION,
            REST_OF_ORGANIZATION,
            REVIEW_OF_ORGANIZATION,
        ),
        order=20,
    ),
    Section(
        _("Objectives of a team"),
        (
            DRAFT_SOMEWHERE,
            DRAFT_IN_TEAM,
            EDIT_OF_TEAM,
            WORDS_OF_TEAM,
            SUBMIT,
            RECOMMEND,
            AGREE,
            REST_OF_TEAM,
            REVIEW_OF_TEAM,
            ANSWER_REQUEST,
        ),
        order=30,
    ),
    Section(
        _("Individual and private objectives"),
        (
            SEE,
            SEE_PRIVATE,
            DRAFT_FOR_ONESELF,
            EDIT_INDIVIDUAL,
            REST_INDIVIDUAL,
            REVIEW_INDIVIDUAL,
            EDIT_PRIVATE,
            COMMENT_ON_PRIVATE,
            SHARE,
        ),
        order=40,
    ),
    Section(
        _("Check-ins, meetings and retrospectives"),
        (
            CHECK_IN,
            CHECK_IN_PRIVATE,
            SOLVE_BLOCKER,
            HOLD_MEETING,
            OPEN_RETROSPECTIVE,
            SEE_RETROSPECTIVE,
            MODERATE_RETROSPECTIVE,
            EDIT_RETRO_ACTION,
            READ_PROCESS_CARDS,
        ),
        order=50,
    ),
    Section(_("Cycles and examples"), (CYCLES, EXAMPLES), order=60),
    Section(
        _("Talk, kudos and proposals"),
        (
            COMMENT,
            EDIT_COMMENT,
            REMOVE_COMMENT,
            RESTORE_COMMENT,
            REMOVE_COMMENT_IN_PRIVATE,
            RESTORE_COMMENT_IN_PRIVATE,
            REMOVE_KUDOS,
            RESTORE_KUDOS,
            EDIT_PROPOSAL,
            DECLINE_PROPOSAL,
        ),
        order=70,
    ),
]
