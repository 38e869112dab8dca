"""What is stored about people with OKRs, who sees it, and for how long; see organizations.personal_data."""

from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermission

from okrs.models import (
    AlignmentRequest,
    CheckIn,
    Comment,
    CycleExtension,
    Example,
    Initiative,
    KeyResult,
    Kudos,
    KudosPerson,
    Meeting,
    MeetingNote,
    Mention,
    Objective,
    ObjectiveGrant,
    Proposal,
    Reaction,
    RetroAction,
    RetroCard,
    Retrospective,
    RetroVote,
    Review,
)
from organizations.personal_data import AS_LONG_AS_THE_ORGANIZATION, Kept

_WHO_SEES_THE_OBJECTIVE = _(
    "Everybody in the organization; of private objectives only the owner and those they share it with."
)

KEPT = (
    Kept(
        _("OKRs"),
        _(
            "Who owns, wrote, proposed, agreed on and scored objectives, key results, initiatives and proposals, "
            "and who asked whom for help."
        ),
        _WHO_SEES_THE_OBJECTIVE,
        AS_LONG_AS_THE_ORGANIZATION,
        (Objective, KeyResult, Initiative, Proposal, Review, AlignmentRequest, CycleExtension, Example),
    ),
    Kept(
        _("Check-ins"),
        _(
            "Value, word and note of each check-in, who wrote it, when, and who can help with a blocker. Nothing "
            "is counted per person."
        ),
        _WHO_SEES_THE_OBJECTIVE,
        AS_LONG_AS_THE_ORGANIZATION,
        (CheckIn,),
    ),
    Kept(
        _("Comments, reactions and kudos"),
        _("What you wrote, where you were mentioned, what you reacted to, and for what you were celebrated."),
        _WHO_SEES_THE_OBJECTIVE,
        _("As long as the organization is here. What you remove is shown to nobody any more."),
        (Comment, Mention, Reaction, Kudos, KudosPerson),
    ),
    Kept(
        _("Meetings"),
        _("Who began a check-in meeting, and who wrote which note."),
        _("The notes: the team and its coach. The summary: everybody in the organization."),
        AS_LONG_AS_THE_ORGANIZATION,
        (Meeting, MeetingNote),
    ),
    Kept(
        _("Retrospectives"),
        _(
            "Who moderates, who wrote which card and voted for which, and who does what. Where cards are written "
            "without a name, no author is stored anywhere."
        ),
        _(
            "The team and whoever moderates. Cards about the process: the Program Lead Office too, without their "
            "authors."
        ),
        AS_LONG_AS_THE_ORGANIZATION,
        (Retrospective, RetroCard, RetroVote, RetroAction),
    ),
    Kept(
        _("Shared objectives"),
        _("With whom an objective is shared, and for what."),
        _("The owner and those it is shared with."),
        _("Until it is no longer shared, or the objective is gone."),
        (ObjectiveGrant, UserObjectPermission),
    ),
)
