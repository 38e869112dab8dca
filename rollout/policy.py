"""Who may do what with rollout plans: the rules, as a table."""

from django.utils.translation import gettext_lazy as _

from organizations.enums import Role
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
    Rule,
    Section,
    Standing,
    directory,
)
from rollout.queries.audience import is_asked
from rollout.queries.officers import is_officer_somewhere

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

directory.sections += [
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
]
