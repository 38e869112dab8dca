"""What is stored about people in rollouts, who sees it, and for how long; see organizations.personal_data."""

from django.utils.translation import gettext_lazy as _

from organizations.personal_data import AS_LONG_AS_THE_ORGANIZATION, Kept
from rollout.models import (
    Barrier,
    BarrierComment,
    BarrierVote,
    Criterion,
    PilotDecision,
    PlanOfficer,
    PlanTask,
    PlanVersion,
    Risk,
    RolloutPlan,
)

KEPT = (
    Kept(
        _("Rollout plans"),
        _(
            "Who is the Sponsor of a plan and in its Program Lead Office, who owns tasks and risks, who submitted, "
            "approved or returned a version, and who judged a criterion."
        ),
        _(
            "The Program Lead Office, the Sponsor, Leadership, coaches and administrators; everybody the outline of "
            "an approved plan."
        ),
        AS_LONG_AS_THE_ORGANIZATION,
        (RolloutPlan, PlanOfficer, PlanTask, Risk, PlanVersion, Criterion),
    ),
    Kept(
        _("Barriers of a rollout"),
        _(
            "Who wrote a barrier or a comment under their name, and who owns the answer. What is written without a "
            "name has no author, nowhere, and no time but the day. How many votes somebody gave to which barrier is "
            "kept to count them, and never shown to anybody else."
        ),
        _("Those who are asked, and those who read the whole plan. Votes: only sums, and you your own."),
        AS_LONG_AS_THE_ORGANIZATION,
        (Barrier, BarrierComment, BarrierVote),
    ),
    Kept(
        _("Decisions about pilots"),
        _("Who decided to go on, adjust or stop, when and why."),
        _("The Program Lead Office, the Sponsor, Leadership, coaches and administrators."),
        AS_LONG_AS_THE_ORGANIZATION,
        (PilotDecision,),
    ),
)
