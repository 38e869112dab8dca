"""Who may do what with roles and what belongs to them, and why not; the rules stand in roles.policy."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision, Denied, WhoCould
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Membership, Team
from organizations.rights import Place, decide, permission, who_could
from roles import policy
from roles.enums import Side
from roles.models import CoachingNote, ConflictException, RoleAssignment
from roles.queries.assignment import answerer_for
from roles.queries.assignment_sight import is_for_everybody
from roles.queries.assignment_trail import ended_by


@permission(_("See the staffing"))
def see_roles(actor: Actor) -> Decision:
    """See who holds which role, and who was proposed: the Program Lead Office, of any unit, and administrators."""
    return decide(actor, policy.STAFFING)


def assign_role(actor: Actor, role: str, team: Team | None = None) -> Decision:
    """Give somebody a role: the Program Lead Office in its scope. One query more for administrators.

    Where nobody is in the Program Lead Office of the whole organization, an administrator appoints somebody.
    """
    rule = policy.APPOINT if role == Role.PLO and team is None else policy.ASSIGN
    return decide(actor, rule, Place(team_id=team.pk if team is not None else None))


@permission(_("Give roles in it"), about=Team)
def assign_role_in_team(actor: Actor, team: Team) -> Decision:
    """Give somebody a role for a team and everything under it."""
    return assign_role(actor, Role.COACH, team)


@permission(_("Give roles for the whole organization"))
def assign_role_for_all(actor: Actor) -> Decision:
    """Give somebody a role for the whole organization; the Program Lead Office is another matter, see below."""
    return assign_role(actor, Role.COACH)


@permission(policy.APPOINT.label)
def appoint_office(actor: Actor) -> Decision:
    """Put somebody in the Program Lead Office of the whole organization; one query more for administrators."""
    return assign_role(actor, Role.PLO)


@permission(_("Give some role to somebody"))
def assign_somebody(actor: Actor) -> Decision:
    """Give some role to somebody, somewhere."""
    return decide(actor, policy.ASSIGN_SOMEWHERE)


def propose_coach(actor: Actor, member: Membership, team: Team | None, person: Membership | None = None) -> Decision:
    """Propose a coach: the Program Lead Office, the team's lead, and whoever volunteers.

    For one person the Program Lead Office is that of the whole organization, or of a part they work in.
    """
    if person is not None:
        return decide(actor, policy.PROPOSE_COACH_OF_PERSON, Place(owner_id=member.pk, about=person.pk))
    lead_id = team.lead_id if team is not None else None
    place = Place(team_id=team.pk if team is not None else None, lead_id=lead_id, owner_id=member.pk)
    return decide(actor, policy.PROPOSE_COACH, place)


@permission(_("Propose a coach for them alone"), about=Membership)
def propose_coach_of_person(actor: Actor, person: Membership) -> Decision:
    """Propose somebody else as coach of one person: the Program Lead Office, also of a part they work in."""
    return decide(actor, policy.PROPOSE_COACH_OF_PERSON, Place(about=person.pk))


@permission(_("Volunteer as its coach"), about=Team)
def volunteer_as_coach(actor: Actor, team: Team) -> Decision:
    """Propose oneself as the coach of a team."""
    if actor.membership is None:
        return decide(actor, policy.PROPOSE_COACH)
    return propose_coach(actor, actor.membership, team)


@permission(_("Propose somebody as its coach"), about=Team)
def propose_coach_of(actor: Actor, team: Team) -> Decision:
    """Propose somebody else as the coach of a team."""
    return decide(actor, policy.PROPOSE_COACH, Place(team_id=team.pk, lead_id=team.lead_id))


@permission(_("Answer it while it is proposed"), about=RoleAssignment)
def answer_proposal(actor: Actor, assignment: RoleAssignment) -> Decision:
    """Say yes or no to a proposed coach on some side that has not answered; its answers are read if not loaded."""
    open_ = [one.side for one in assignment.answers.all() if one.agrees is None] if assignment.is_proposed else []
    if not open_:
        return Denied(_("Nobody is asked any more."))
    decisions = [answer_assignment(actor, assignment, side) for side in open_]
    refused = [decision for decision in decisions if isinstance(decision, Denied)]
    if len(refused) < len(decisions):
        return next(decision for decision in decisions if decision)

    def asked() -> list[WhoCould]:
        return [one for decision in refused for one in decision.people()[:1]]

    return Denied(policy.ANSWER_FOR_ONESELF.refusal, people=asked)


def answer_assignment(actor: Actor, assignment: RoleAssignment, side: str) -> Decision:
    """Say yes or no to a proposed coach on one of the sides that were asked; team must be loaded."""
    if side == Side.PLO:
        return decide(actor, policy.ANSWER_FOR_OFFICE, Place(team_id=assignment.team_id, about=assignment.person_id))
    if side == Side.TEAM and assignment.team is not None:
        answerer = None if actor.is_system else answerer_for(assignment.team, assignment.membership_id)
        return decide(actor, policy.ANSWER_FOR_TEAM, Place(named=(answerer.pk if answerer is not None else None,)))
    asked = {Side.COACH: assignment.membership_id, Side.PERSON: assignment.person_id}
    return decide(actor, policy.ANSWER_FOR_ONESELF, Place(owner_id=asked.get(Side(side))))


@permission(_("Read it"), about=RoleAssignment, is_sight=True)
def see_assignment(actor: Actor, assignment: RoleAssignment) -> Decision:
    """Read an assignment: who holds a role is for everybody, all else for those concerned; team must be loaded.

    The same as roles.queries.assignment_sight.readable_assignments, for one.
    """
    if is_for_everybody(assignment):
        return decide(actor, policy.SEE_HOLDERS)
    asked = (answer.answered_by_id for answer in assignment.answers.all())
    place = Place(
        team_id=assignment.team_id,
        lead_id=assignment.team.lead_id if assignment.team is not None else None,
        owner_id=assignment.membership_id,
        named=(assignment.person_id, assignment.proposed_by_id, *asked),
        about=assignment.person_id,
    )
    return decide(actor, policy.SEE_ASSIGNMENT, place)


@permission(_("Change its days"), about=RoleAssignment)
def edit_assignment(actor: Actor, assignment: RoleAssignment) -> Decision:
    """Change the days of an assignment: nobody who rules a part extends their own role in it."""
    if actor.is_(assignment.membership_id) and assignment.role == Role.PLO and not actor.holds(Role.PLO):
        return Denied(
            _("Nobody extends their own role. Ask the Program Lead Office of the whole organization."),
            people=partial(who_could, policy.EDIT_ASSIGNMENT, Place()),
        )
    decision = decide(actor, policy.EDIT_ASSIGNMENT, Place(team_id=assignment.team_id, about=assignment.person_id))
    if isinstance(decision, Denied) and assignment.role == Role.PLO and assignment.team_id is not None:
        others = decision.people
        return Denied(decision.reason, people=lambda: [one for one in others() if one.id != assignment.membership_id])
    return decision


@permission(_("End it, or take the proposal back"), about=RoleAssignment)
def end_assignment(actor: Actor, assignment: RoleAssignment) -> Decision:
    """End a role before its day, or take back a proposal: the Program Lead Office, the holder and who proposed it."""
    proposer = assignment.proposed_by_id if assignment.is_proposed else None
    named = (assignment.person_id, proposer)
    place = Place(
        team_id=assignment.team_id, owner_id=assignment.membership_id, named=named, about=assignment.person_id
    )
    return decide(actor, policy.END_ASSIGNMENT, place)


@permission(_("Take back that it was ended or withdrawn"), about=RoleAssignment)
def resume_assignment(actor: Actor, assignment: RoleAssignment) -> Decision:
    """Take back that a role was ended: the Program Lead Office, and whoever ended it; not who merely held it."""
    place = Place(team_id=assignment.team_id, named=(ended_by(assignment),), about=assignment.person_id)
    return decide(actor, policy.RESUME_ASSIGNMENT, place)


def grant_exception(actor: Actor, member: Membership, team: Team) -> Decision:
    """Let somebody coach a team in their own line: the Program Lead Office, never the person concerned."""
    decision = decide(actor, policy.EXCEPTION, Place(team_id=team.pk))
    if decision and actor.is_(member.pk):
        return Denied(_("Nobody grants themselves an exception. Ask somebody else in the Program Lead Office."))
    return decision


@permission(_("Grant an exception from the conflict of interest for it"), about=Team)
def grant_exception_in(actor: Actor, team: Team) -> Decision:
    """Let somebody else coach a team in their own line."""
    return decide(actor, policy.EXCEPTION, Place(team_id=team.pk))


@permission(_("Grant exceptions from the conflict of interest"))
def grant_exceptions(actor: Actor) -> Decision:
    """Grant somebody an exception, in some team."""
    return decide(actor, policy.EXCEPTION_SOMEWHERE)


@permission(_("Withdraw it"), about=ConflictException)
def withdraw_exception(actor: Actor, exception: ConflictException) -> Decision:
    """Take an exception back: the Program Lead Office, and whoever it was granted to."""
    return decide(actor, policy.WITHDRAW_EXCEPTION, Place(team_id=exception.team_id, owner_id=exception.membership_id))


@permission(_("Write notes about it"), about=RoleAssignment)
def write_notes(actor: Actor, assignment: RoleAssignment) -> Decision:
    """Write notes about the coaching of one person: the coach."""
    return decide(actor, policy.WRITE_NOTES, Place(owner_id=assignment.membership_id))


@permission(_("Open the notes about it"), about=RoleAssignment)
def see_notes(actor: Actor, coaching: RoleAssignment) -> Decision:
    """Open the notes about the coaching of one person: the two of them, each seeing what is theirs."""
    return decide(actor, policy.SEE_NOTE, Place(owner_id=coaching.membership_id, named=(coaching.person_id,)))


@permission(_("Read it"), about=CoachingNote, is_sight=True)
def see_note(actor: Actor, note: CoachingNote) -> Decision:
    """Read a note: the coach, and the person coached where it is for both. Its assignment must be loaded."""
    assignment = note.assignment
    person_id = assignment.person_id if note.is_shared else None
    return decide(actor, policy.SEE_NOTE, Place(owner_id=assignment.membership_id, named=(person_id,)))


@permission(_("Change the RACI matrix"))
def edit_raci(actor: Actor) -> Decision:
    """Change the RACI matrix of the organization, which everybody in it may read."""
    return decide(actor, policy.RACI)


@permission(_("See which teams have a coach"))
def see_coverage(actor: Actor) -> Decision:
    """See which teams have a coach and what coaches carry: the Program Lead Office, coaches and administrators."""
    return decide(actor, policy.COVERAGE)


@permission(_("Look for its coach"), about=Team)
def find_coach(actor: Actor, team: Team) -> Decision:
    """See who could coach a team: the Program Lead Office, and the team's lead."""
    return decide(actor, policy.FIND_COACH, Place(team_id=team.pk, lead_id=team.lead_id))
