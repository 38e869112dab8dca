"""Who may do what with roles and what belongs to them: the rules, as a table."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Membership
from organizations.registry import FOR_TEAM, Near
from organizations.rights import (
    ADMINISTRATOR,
    COACH,
    COACH_SOMEWHERE,
    EVERYBODY,
    LEAD,
    MEMBER,
    NAMED_IN_IT,
    OWNER,
    PLO,
    PLO_SOMEWHERE,
    REMOVER,
    Place,
    Rule,
    Section,
    Standing,
    directory,
)
from roles.queries.assignment import (
    coached_by,
    has_coach_profile,
    has_program_lead_office,
    offices_of_person,
    places_of,
)
from roles.queries.assignment_sight import people_of_units


def _nobody_else_could(actor: Actor, place: Place) -> bool:
    return actor.is_administrator and not has_program_lead_office()


def has_left(member: Membership | None) -> bool:
    """Return whether somebody is not there any more."""
    return member is None or not member.is_active


def _looks_after(role: str = "") -> Callable[[Actor, Place], bool]:
    """Whether an actor's Program Lead Office rules where a member (`about`) holds a role; no query for all others."""

    def holds(actor: Actor, place: Place) -> bool:
        if not actor.holds_somewhere(Role.PLO) or actor.is_(place.owner_id):
            return False
        if any(actor.holds(Role.PLO, team_id) for team_id in places_of(place.about, role)):
            return True
        people = people_of_units(actor)
        return bool(people and people & coached_by(place.about))

    return holds


def _but_the_owner(people: Callable[[Place], Iterable[Near]]) -> Callable[[Place], Iterable[Near]]:
    return lambda place: [one for one in people(place) if one.member.pk != place.owner_id]


ADMINISTRATOR_FOR_NOBODY = Standing(
    "administrator_for_nobody",
    _("Administrator, while nobody is in the Program Lead Office"),
    _("You are an administrator, and nobody is in the Program Lead Office."),
    _nobody_else_could,
    lambda place: () if has_program_lead_office() else ADMINISTRATOR.people(place),
    ADMINISTRATOR.label,
)
LOOKS_AFTER = Standing(
    "looks_after",
    _("Program Lead Office, where they hold a role"),
    _("You are in the Program Lead Office where they hold a role."),
    _looks_after(),
)
LOOKS_AFTER_COACH = Standing(
    "looks_after_coach",
    _("Program Lead Office, where they coach"),
    _("You are in the Program Lead Office where they coach."),
    _looks_after(Role.COACH),
)
COACH_THEMSELVES = Standing(
    "coach_themselves",
    _("The coach themselves"),
    _("You coach, or are asked to."),
    lambda actor, place: actor.is_(place.owner_id) and has_coach_profile(place.about),
    lambda place: OWNER.people(place) if has_coach_profile(place.about) else (),
    COACH.label,
)
# Of questions: nobody answers their own question.
ANOTHER_COACH = Standing(
    "another_coach",
    _("Coaches of the team, but not whoever asked"),
    COACH.because,
    lambda actor, place: not actor.is_(place.owner_id) and COACH.holds(actor, place),
    _but_the_owner(COACH.people),
    COACH.label,
)
ANOTHER_OFFICE = Standing(
    "another_office",
    _("Program Lead Office, but not whoever asked"),
    PLO.because,
    lambda actor, place: not actor.is_(place.owner_id) and PLO.holds(actor, place),
    _but_the_owner(PLO.people),
    PLO.label,
)
ASKER = Standing("asker", _("Who asked"), _("You asked."), OWNER.holds, OWNER.people)
THEMSELVES = Standing(
    "themselves",
    _("The coach themselves"),
    _("Everybody may volunteer, except in their own line."),
    OWNER.holds,
    OWNER.people,
)
IN_A_TEAM = Standing(
    "in_a_team", _("Members of a team"), _("You are in a team."), lambda actor, place: bool(actor.team_ids)
)
OFFICE_FOR_THE_GONE = Standing(
    "office_for_the_gone",
    _("Program Lead Office, where whoever asked has left"),
    _("You are in the Program Lead Office, and whoever asked has left."),
    lambda actor, place: has_left(place.about.asked_by) and PLO.holds(actor, place),
    lambda place: PLO.people(place) if has_left(place.about.asked_by) else (),
    PLO.label,
)

# Of coaches for one person, whose id is what it is about.
OFFICE_OF_PERSON = Standing(
    "office_of_person",
    _("Program Lead Office, where the person coached works"),
    _("You are in the Program Lead Office where the person coached works."),
    lambda actor, place: place.about is not None and place.about in people_of_units(actor),
    lambda place: [Near(one, FOR_TEAM) for one in offices_of_person(place.about)] if place.about is not None else (),
    Role.PLO.label,
)

STAFFING = Rule(
    _("See the staffing, and who was proposed"),
    (ADMINISTRATOR, PLO_SOMEWHERE),
    _("Only the Program Lead Office and administrators see the staffing. Who is who is for everybody."),
)
ASSIGN = Rule(
    _("Give roles"),
    (PLO,),
    _("Only the Program Lead Office gives roles, each in its own part of the organization."),
)
APPOINT = Rule(
    _("Appoint the Program Lead Office of the whole organization"),
    (PLO, ADMINISTRATOR_FOR_NOBODY),
    ASSIGN.refusal,
)
ASSIGN_SOMEWHERE = Rule(_("Give some role, somewhere"), (PLO_SOMEWHERE, ADMINISTRATOR_FOR_NOBODY), ASSIGN.refusal)
PROPOSE_COACH = Rule(
    _("Propose a coach"),
    (THEMSELVES, PLO, LEAD),
    _("Only the Program Lead Office, the team's lead and the coach themselves propose a coach."),
)
PROPOSE_COACH_OF_PERSON = Rule(
    _("Propose a coach for one person"),
    (THEMSELVES, PLO, OFFICE_OF_PERSON),
    _("Only the Program Lead Office where the person works and the coach themselves propose a coach for one person."),
)
ANSWER_FOR_OFFICE = Rule(
    _("Answer for the Program Lead Office who coaches"),
    (PLO, OFFICE_OF_PERSON),
    _("Only the Program Lead Office answers this."),
)
ANSWER_FOR_TEAM = Rule(
    _("Answer for a team who coaches it"),
    (NAMED_IN_IT,),
    _("Only the team's lead answers for the team."),
)
ANSWER_FOR_ONESELF = Rule(
    _("Answer whether one coaches, or is coached"),
    (OWNER,),
    _("Only whoever was asked answers."),
)
SEE_HOLDERS = Rule(_("See who holds which role"), (EVERYBODY,), "")
SEE_ASSIGNMENT = Rule(
    _("Read who was proposed or declined, why a role ended, and who coaches one person"),
    (OWNER, PLO, LEAD, NAMED_IN_IT, ADMINISTRATOR, OFFICE_OF_PERSON),
    _("Proposals, what ended and the coaching of one person are for those concerned. Who is who is for everybody."),
)
EDIT_ASSIGNMENT = Rule(
    _("Change the days of a role"),
    (PLO, OFFICE_OF_PERSON),
    _("Only the Program Lead Office changes roles, each in its own part of the organization."),
)
END_ASSIGNMENT = Rule(
    _("End a role, take back a proposal"),
    (OWNER, PLO, NAMED_IN_IT, OFFICE_OF_PERSON),
    _("Only the Program Lead Office and whoever holds a role end it."),
)
RESUME_ASSIGNMENT = Rule(
    _("Take back that a role was ended, or a proposal withdrawn"),
    (PLO, NAMED_IN_IT, OFFICE_OF_PERSON),
    _("Only the Program Lead Office and whoever ended a role take that back."),
)
COVERAGE = Rule(
    _("See which teams have a coach, and what coaches carry"),
    (ADMINISTRATOR, PLO_SOMEWHERE, COACH_SOMEWHERE),
    _("Only the Program Lead Office, coaches and administrators see which teams have a coach."),
)
FIND_COACH = Rule(
    _("Look for a team's coach"),
    (PLO, LEAD),
    _("Only the Program Lead Office and the team's lead look for its coach."),
)
EXCEPTION = Rule(
    _("Grant an exception from a conflict of interest, never for oneself"),
    (PLO,),
    _("Only the Program Lead Office grants exceptions."),
)
EXCEPTION_SOMEWHERE = Rule(_("Grant an exception, somewhere"), (PLO_SOMEWHERE,), EXCEPTION.refusal)
WITHDRAW_EXCEPTION = Rule(
    _("Withdraw an exception from a conflict of interest"),
    (PLO, OWNER),
    _("Only the Program Lead Office and whoever it was granted to withdraw an exception."),
)
WRITE_NOTES = Rule(
    _("Write notes about the coaching of a person"),
    (OWNER,),
    _("Only the coach writes notes about a coaching."),
)
SEE_NOTE = Rule(
    _("Read notes about a coaching"),
    (OWNER, NAMED_IN_IT),
    _("Notes about a coaching are for the coach and the person coached."),
)
SEE_CERTIFICATES = Rule(
    _("Read the certificates of somebody"),
    (OWNER, LOOKS_AFTER),
    _("Certificates are read by whoever they belong to, and by the Program Lead Office where they hold a role."),
)
EDIT_CERTIFICATES = Rule(
    _("Keep the certificates of somebody"),
    (OWNER, LOOKS_AFTER),
    _("Certificates are kept by whoever they belong to, and by the Program Lead Office where they hold a role."),
)
COACH_PROFILE = Rule(
    _("Write a coach profile"),
    (COACH_THEMSELVES, LOOKS_AFTER_COACH),
    _("A coach profile is written by the coach, and by the Program Lead Office."),
)
RACI = Rule(
    _("Change the RACI matrix"),
    (PLO,),
    _("Only the Program Lead Office of the whole organization changes who does what."),
)
PROFILES = Rule(
    _("Change role profiles"),
    (PLO,),
    _("Only the Program Lead Office of the whole organization changes role profiles."),
)

READ_COMMUNITY = Rule(
    _("Read and write in the coach community"),
    (COACH_SOMEWHERE, PLO_SOMEWHERE),
    _(
        "Only coaches and the Program Lead Office read and write here, so that they can speak freely. "
        "Ask your coach what concerns your team."
    ),
)
EDIT_POST = Rule(_("Change a post"), (OWNER,), _("Only whoever wrote a post changes it."))
REMOVE_POST = Rule(
    _("Remove a post"),
    (OWNER, PLO),
    _("Only whoever wrote a post and the Program Lead Office of the organization remove it."),
)
RESTORE_POST = Rule(
    _("Bring a removed post or comment back"),
    (PLO, REMOVER),
    _("Only whoever removed it and the Program Lead Office of the organization bring it back."),
)
ADOPT_POST = Rule(
    _("Adopt an insight into the playbook"),
    (PLO,),
    _("Only the Program Lead Office of the organization adopts insights into the playbook."),
)
REMOVE_POST_COMMENT = Rule(
    _("Remove a comment on a post"),
    (OWNER, PLO),
    _("Only whoever wrote a comment and the Program Lead Office of the organization remove it."),
)


ASK = Rule(
    _("Ask a question for a team"),
    (MEMBER, COACH),
    _("Only the members of a team and its coaches ask for it."),
)
ASK_FOR_NONE = Rule(
    _("Ask a question for no team in particular"),
    (COACH_SOMEWHERE,),
    _("Only coaches ask for no team in particular. Choose a team of yours."),
)
ASK_SOMEWHERE = Rule(
    _("Ask a question"),
    (IN_A_TEAM, COACH_SOMEWHERE),
    _("Members of teams ask their coach, and coaches the Program Lead Office. You are in no team yet."),
)
SEE_QUESTION = Rule(
    _("Read a question and its answers"),
    (ASKER, MEMBER, COACH, PLO),
    _("Only the team, its coaches and the Program Lead Office read this."),
)
ANSWER_QUESTION = Rule(
    _("Answer a question, ask back"),
    (ANOTHER_COACH, ANOTHER_OFFICE),
    _("Only the team's coaches and the Program Lead Office answer, and nobody answers their own question."),
)
REPLY = Rule(_("Write on to one's own question"), (ASKER,), _("Only whoever asked writes on here."))
PASS_ON = Rule(
    _("Pass a question on to the Program Lead Office"),
    (ANOTHER_COACH,),
    _("Only a coach of the team passes its questions on."),
)
PASS_BACK = Rule(
    _("Pass a question back to the coach"),
    (ANOTHER_OFFICE,),
    _("Only the Program Lead Office passes a question back to the coach."),
)
CLOSE_QUESTION = Rule(
    _("Close a question and open it again"),
    (ASKER, LEAD, OFFICE_FOR_THE_GONE),
    _("Only whoever asked, and the team's lead, close a question and open it again."),
)

directory.sections += [
    Section(
        _("Roles"),
        (
            STAFFING,
            ASSIGN,
            APPOINT,
            ASSIGN_SOMEWHERE,
            PROPOSE_COACH,
            PROPOSE_COACH_OF_PERSON,
            ANSWER_FOR_OFFICE,
            ANSWER_FOR_TEAM,
            ANSWER_FOR_ONESELF,
            SEE_HOLDERS,
            SEE_ASSIGNMENT,
            EDIT_ASSIGNMENT,
            END_ASSIGNMENT,
            RESUME_ASSIGNMENT,
            EXCEPTION,
            EXCEPTION_SOMEWHERE,
            WITHDRAW_EXCEPTION,
            PROFILES,
            RACI,
        ),
        order=90,
    ),
    Section(
        _("Coaching"),
        (COVERAGE, FIND_COACH, COACH_PROFILE, SEE_CERTIFICATES, EDIT_CERTIFICATES, WRITE_NOTES, SEE_NOTE),
        order=100,
    ),
    Section(
        _("Coach community"),
        (READ_COMMUNITY, EDIT_POST, REMOVE_POST, RESTORE_POST, ADOPT_POST, REMOVE_POST_COMMENT),
        order=110,
    ),
    Section(
        _("Questions to coaches"),
        (ASK_SOMEWHERE, ASK, ASK_FOR_NONE, SEE_QUESTION, ANSWER_QUESTION, REPLY, PASS_ON, PASS_BACK, CLOSE_QUESTION),
        order=120,
    ),
]
