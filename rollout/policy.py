"""Who may do what with rollout plans: the rules, as a table."""

from django.utils.translation import gettext_lazy as _

from organizations.actor import Actor
from organizations.enums import Role
from organizations.registry import THEIRS, registry
from organizations.rights import (
    ADMINISTRATOR,
    COACH_SOMEWHERE,
    EVERYBODY,
    LEADERSHIP,
    NAMED_IN_IT,
    OWNER,
    PLO,
    PLO_SOMEWHERE,
    SPONSOR,
    Place,
    Rule,
    Section,
    Standing,
    directory,
    members,
)
from rollout.queries.audience import is_asked
from rollout.queries.invited import has_committed, is_invited
from rollout.queries.officers import is_officer_somewhere
from rollout.queries.own_needs import is_for
from rollout.queries.received import has_received

# A plan names its officers; its sponsor is its owner as far as rights go: the one whose money it is.
OFFICER = Standing(
    "plan_officer",
    _("Program Lead Office of the plan"),
    _("You are in the Program Lead Office of this plan."),
    NAMED_IN_IT.holds,
    NAMED_IN_IT.people,
    Role.PLO.label,
)
OFFICER_SOMEWHERE = Standing(
    "plan_officer_somewhere",
    _("Program Lead Office of any plan"),
    _("You are in the Program Lead Office of a plan."),
    lambda actor, place: is_officer_somewhere(actor),
    called=Role.PLO.label,
)
PLAN_SPONSOR = Standing(
    "plan_sponsor",
    _("Sponsor of the plan"),
    _("You are the Sponsor of this plan."),
    OWNER.holds,
    OWNER.people,
    Role.SPONSOR.label,
)
TASK_OWNER = Standing(
    "task_owner",
    _("Who the task belongs to"),
    _("The task is yours."),
    lambda actor, place: actor.is_(place.about),
)
ASKED = Standing(
    "asked_for_barriers",
    _("Who is asked for what could be in the way"),
    _("You are asked what could be in the way."),
    lambda actor, place: is_asked(actor, place.about),
)
WROTE_IT = Standing("wrote_it", _("Who wrote it"), _("You wrote it."), lambda actor, place: actor.is_(place.about))

SPEAKS_IN_IT = Standing(
    "message_sender",
    _("Who speaks in the message"),
    _("It is sent in your name."),
    lambda actor, place: actor.is_(place.about.sender_id),
    lambda place: members(THEIRS, pk=place.about.sender_id) if place.about.sender_id is not None else [],
)
RECIPIENT = Standing(
    "message_recipient",
    _("Who got the message"),
    _("It was sent to you."),
    lambda actor, place: has_received(actor, place.about.pk),
)


def _leads_plan(actor: Actor, place: Place) -> bool:
    return actor.holds(Role.LEADERSHIP, place.team_id)


LEADER_OF_PLAN = Standing(
    "plan_leader",
    _("Leadership where the plan holds"),
    LEADERSHIP.because,
    _leads_plan,
    lambda place: registry.role_holders(Role.LEADERSHIP, place.team_id),
    Role.LEADERSHIP.label,
)
INVITED_LEADER = Standing(
    "invited_leader",
    _("Team leads whom the Program Lead Office has invited"),
    _("The Program Lead Office has invited you."),
    lambda actor, place: is_invited(actor, place.about),
)
HAS_COMMITTED = Standing(
    "has_committed",
    _("Who has committed themself"),
    _("You have committed yourself."),
    lambda actor, place: has_committed(actor, place.about),
)
COMMITTED = Standing(
    "committed",
    _("The leader whose commitment it is"),
    _("It is your commitment."),
    lambda actor, place: actor.is_(place.about),
    lambda place: members(THEIRS, pk=place.about),
)

FOR_THEM = Standing(
    "course_for_them",
    _("Whoever a course is for"),
    _("It is for you."),
    lambda actor, place: place.about is not None and is_for(actor, place.about),
)
TRAINER = Standing(
    "trainer",
    _("Who teaches it"),
    _("You teach it."),
    NAMED_IN_IT.holds,
    NAMED_IN_IT.people,
)

CREATE_PLAN = Rule(
    _("Write a rollout plan"),
    (PLO,),
    _("Only the Program Lead Office writes rollout plans, each for its own part of the organization."),
)
CREATE_SOME_PLAN = Rule(_("Write some rollout plan"), (PLO_SOMEWHERE,), CREATE_PLAN.refusal)
SEE_OUTLINE = Rule(_("Read goal, phases and waves of an approved rollout plan"), (EVERYBODY,), "")
SEE_PLAN = Rule(
    _("Read a whole rollout plan"),
    (PLO_SOMEWHERE, OFFICER, PLAN_SPONSOR, SPONSOR, LEADERSHIP, COACH_SOMEWHERE, ADMINISTRATOR),
    _(
        "The whole plan is read by the Program Lead Office, the Sponsor, Leadership, coaches and administrators. "
        "Everybody reads its outline once it is approved."
    ),
)
EDIT_PLAN = Rule(
    _("Change a rollout plan, submit it, run it"),
    (PLO, OFFICER),
    _("Only the Program Lead Office changes a rollout plan, each in its own part of the organization."),
)
EDIT_SOME_PLAN = Rule(_("Change some rollout plan"), (PLO_SOMEWHERE, OFFICER_SOMEWHERE), EDIT_PLAN.refusal)
SEE_TASK = Rule(_("Read a task of a rollout plan"), (TASK_OWNER, *SEE_PLAN.ways), SEE_PLAN.refusal)
DO_TASK = Rule(
    _("Say where a task of a rollout plan stands"),
    (TASK_OWNER, PLO, OFFICER),
    _("Only whoever owns the task and the Program Lead Office say where it stands."),
)
APPROVE_PLAN = Rule(
    _("Approve a rollout plan, or send it back"),
    (PLAN_SPONSOR,),
    _("Only the Sponsor of the plan approves it or sends it back."),
)
SEE_READINESS = Rule(
    _("Say and read what could be in the way of a rollout"),
    (*SEE_PLAN.ways, ASKED),
    _("What could be in the way is said and read by those who are asked, and by those who read the whole plan."),
)
REMOVE_SAID = Rule(
    _("Take away a barrier or a comment on one"),
    (WROTE_IT, PLO, OFFICER),
    _("Only whoever wrote it under their name and the Program Lead Office take it away."),
)
DECIDE_PILOT = Rule(
    _("Decide about a pilot: go, adjust or stop"),
    (PLAN_SPONSOR, PLO, OFFICER),
    _("Only the Sponsor of the plan and its Program Lead Office decide about a pilot."),
)

SEE_STAKEHOLDERS = Rule(
    _("Read the stakeholders of a rollout plan"),
    (PLO, OFFICER, PLAN_SPONSOR),
    _("Only the plan's Program Lead Office and its Sponsor read this. You may ask what it holds about you."),
)
EDIT_STAKEHOLDERS = Rule(
    _("Write about stakeholders of a rollout plan, and disclose to somebody what stands there about them"),
    (PLO, OFFICER),
    _("Only the plan's Program Lead Office writes about its stakeholders."),
)
SEE_BUY_IN = Rule(
    _("See whether leaders are behind a rollout: the Sponsor in sums, from five leaders on"),
    (PLO, OFFICER, PLAN_SPONSOR),
    _("Only the plan's Program Lead Office and its Sponsor read this, the Sponsor in sums."),
)
INVITE_LEADERS = Rule(
    _("Invite leaders to commit themselves to a rollout"),
    (PLO, OFFICER),
    _("Only the plan's Program Lead Office invites leaders."),
)
COMMIT = Rule(
    _("Commit oneself to a rollout, as a leader"),
    (LEADER_OF_PLAN, INVITED_LEADER),
    _("Only Leadership and team leads whom the Program Lead Office has invited commit themselves here."),
)
COMMIT_AS_LEADERSHIP = Rule(COMMIT.label, (LEADER_OF_PLAN,), COMMIT.refusal)
OWN_COMMITMENTS = Rule(
    _("Read one's own commitments to a rollout"), (LEADER_OF_PLAN, INVITED_LEADER, HAS_COMMITTED), COMMIT.refusal
)
SEE_COMMITMENT = Rule(
    _("Read the commitment of a leader"),
    (COMMITTED, PLO, OFFICER),
    _("Commitments are read by the leader and the plan's Program Lead Office alone."),
)
EDIT_COMMITMENT = Rule(
    _("Change a commitment, say what became of it"),
    (COMMITTED,),
    _("Only the leader themself writes about their commitment."),
)

SEE_BUDGET = Rule(
    _("See the budget of a rollout plan"),
    (PLO, OFFICER, PLAN_SPONSOR, SPONSOR, LEADERSHIP),
    _("The budget is seen by the Program Lead Office of the plan, the Sponsor and Leadership."),
)
SEE_TALK = Rule(
    _("Read and write escalations and comments of a rollout plan"),
    (PLO, OFFICER, PLAN_SPONSOR),
    _("Only the Program Lead Office of the plan and its Sponsor read what they say to each other."),
)
ANSWER_ESCALATION = Rule(
    _("Answer an escalation"),
    (PLAN_SPONSOR,),
    _("Only the Sponsor of the plan answers what is brought before them."),
)
REMOVE_PLAN_COMMENT = Rule(
    _("Remove a comment on a rollout plan, and bring it back"),
    (OWNER,),
    _("Only whoever wrote a comment removes it."),
)

SEE_MESSAGE = Rule(
    _("Read a message that a rollout plans to send"),
    (SPEAKS_IN_IT, *SEE_PLAN.ways),
    _("Planned messages are read by those who read the whole plan, and by whoever is to speak in them."),
)
ANSWER_MESSAGE = Rule(
    _("Agree to a message that is sent in one's name, or send it back"),
    (SPEAKS_IN_IT,),
    _("Only whoever speaks in a message agrees to it or sends it back."),
)
SEE_SENT_MESSAGE = Rule(
    _("Read a message of a rollout that was sent"),
    (SPEAKS_IN_IT, *SEE_PLAN.ways, RECIPIENT),
    _("This message is read by those who got it, by whoever speaks in it and by those who read the whole plan."),
)
SEE_COURSE = Rule(_("See courses, and when they are held"), (EVERYBODY,), "")
CREATE_COURSE = Rule(
    _("Offer a course"),
    (PLO,),
    _("Only the Program Lead Office offers courses, each for its own part of the organization."),
)
CREATE_SOME_COURSE = Rule(_("Offer some course"), (PLO_SOMEWHERE,), CREATE_COURSE.refusal)
EDIT_COURSE = Rule(
    _("Change a course and its sessions, enrol others"),
    (PLO,),
    _("Only the Program Lead Office changes courses, each in its own part of the organization."),
)
ENROL = Rule(
    _("Take part in a course"),
    (FOR_THEM, PLO),
    _("This course is only for those who need it."),
)
TEACH = Rule(
    _("See who takes part in a session, say who came"),
    (TRAINER, PLO),
    _("Who takes part is seen by whoever teaches it and by the Program Lead Office of the course."),
)
SEE_ENROLMENT = Rule(
    _("See whether somebody takes part in a course"),
    (OWNER, TRAINER, PLO),
    _("Only they themself, whoever teaches it and the Program Lead Office of the course see it."),
)
END_ENROLMENT = Rule(
    _("End an enrolment"),
    (OWNER, PLO),
    _("Only they themself and the Program Lead Office of the course end an enrolment."),
)
GET_CERTIFICATE = Rule(
    _("Download the certificate of a course"),
    (OWNER, PLO),
    _("Only whoever it belongs to and the Program Lead Office of the course download it."),
)
SEE_ENABLEMENT = Rule(
    _("See what the teams of a rollout plan still have to learn; coaches for their own teams"),
    (PLO, OFFICER, COACH_SOMEWHERE),
    _("What teams still have to learn is seen by the plan's Program Lead Office, and by coaches for their own teams."),
)

directory.sections += [
    Section(
        _("Courses"),
        (
            SEE_COURSE,
            CREATE_COURSE,
            CREATE_SOME_COURSE,
            EDIT_COURSE,
            ENROL,
            TEACH,
            SEE_ENROLMENT,
            END_ENROLMENT,
            GET_CERTIFICATE,
            SEE_ENABLEMENT,
        ),
        order=137,
    ),
    Section(
        _("Rollout"),
        (
            CREATE_PLAN,
            CREATE_SOME_PLAN,
            SEE_OUTLINE,
            SEE_PLAN,
            EDIT_PLAN,
            EDIT_SOME_PLAN,
            SEE_TASK,
            DO_TASK,
            APPROVE_PLAN,
        ),
        order=130,
    ),
    Section(_("Readiness and pilot of a rollout"), (SEE_READINESS, REMOVE_SAID, DECIDE_PILOT), order=131),
    Section(
        _("People of a rollout"),
        (
            SEE_STAKEHOLDERS,
            EDIT_STAKEHOLDERS,
            SEE_BUY_IN,
            INVITE_LEADERS,
            COMMIT,
            OWN_COMMITMENTS,
            SEE_COMMITMENT,
            EDIT_COMMITMENT,
        ),
        order=136,
    ),
    Section(
        _("Rollout: money and decisions"),
        (SEE_BUDGET, SEE_TALK, ANSWER_ESCALATION, REMOVE_PLAN_COMMENT),
        order=133,
    ),
    Section(
        _("Messages of a rollout"),
        (SEE_MESSAGE, ANSWER_MESSAGE, SEE_SENT_MESSAGE),
        order=134,
    ),
]
