"""What is stored about people in rollouts, who sees it, and for how long; see organizations.personal_data."""

from django.utils.translation import gettext_lazy as _

from organizations.personal_data import AS_LONG_AS_THE_ORGANIZATION, Kept
from rollout.models import (
    Barrier,
    BarrierComment,
    BarrierVote,
    BuyInLeader,
    CourseCertificate,
    CourseSession,
    Criterion,
    DisclosureRequest,
    Enrolment,
    Escalation,
    LeaderCommitment,
    MessageAudience,
    MessageRecipient,
    PilotDecision,
    PlanComment,
    PlannedMessage,
    PlanOfficer,
    PlanTask,
    PlanVersion,
    Risk,
    RolloutPlan,
    SentMessage,
    Stakeholder,
    StakeholderAttitude,
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
    Kept(
        _("Stakeholders of a rollout"),
        _(
            "How much weight somebody has in a rollout, how they stand towards it and since when, what worries them "
            "and what they were answered, who talks to them and when; who asked what is stored about them. The audit "
            "trail has no names and no words of it."
        ),
        _(
            "The Program Lead Office and the Sponsor of that plan, nobody else, administrators neither. You may ask "
            "for what is there about you, under “Rollout → What is stored about me”."
        ),
        _("90 days after the plan is completed or stopped, or until its Program Lead Office deletes it before."),
        (Stakeholder, StakeholderAttitude, DisclosureRequest),
    ),
    Kept(
        _("Commitments of leaders"),
        _(
            "What leaders have committed themselves to in a rollout and what became of it, in their own words and "
            "written by nobody else; who was invited to do so."
        ),
        _(
            "The leader and the Program Lead Office of that plan. Its Sponsor reads sums without names, from five "
            "leaders on."
        ),
        _("Until the leader removes it, else as long as the plan is here."),
        (LeaderCommitment, BuyInLeader),
    ),
    Kept(
        _("What the office of a rollout plan and its Sponsor say to each other"),
        _("Who asked the Sponsor for a decision, who answered, and who wrote a comment on a plan."),
        _("The Program Lead Office of the plan and its Sponsor."),
        AS_LONG_AS_THE_ORGANIZATION,
        (Escalation, PlanComment),
    ),
    Kept(
        _("Messages of a rollout"),
        _(
            "In whose name a message is sent, who agreed, who wanted it sent, for whom it is, and who got it. Whether "
            "somebody has read it is not kept with it."
        ),
        _(
            "Who got it: that person, and the Program Lead Office of the plan. The rest: those who read the whole "
            "plan, and whoever speaks in it."
        ),
        AS_LONG_AS_THE_ORGANIZATION,
        (PlannedMessage, MessageAudience, SentMessage, MessageRecipient),
    ),
    Kept(
        _("Courses"),
        _(
            "Who is enrolled in a course or waits for a place, who took part and who did not, who teaches it and who "
            "said who came; certificates with their numbers."
        ),
        _(
            "You, whoever teaches the session and the Program Lead Office of the course. Coaches see for their own "
            "teams who still needs a course. Nobody sees numbers about single people."
        ),
        AS_LONG_AS_THE_ORGANIZATION,
        (Enrolment, CourseSession, CourseCertificate),
    ),
)
