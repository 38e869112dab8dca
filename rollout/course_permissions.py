"""Who may do what with courses, and why not; the rules stand in rollout.policy."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision
from organizations.actor import Actor
from organizations.enums import Role
from organizations.models import Team
from organizations.rights import Place, decide, permission
from rollout import policy
from rollout.models import Course, CourseSession, Enrolment, RolloutPlan
from rollout.permissions import edit_plan, place_of


@permission(_("Offer courses"))
def create_some_course(actor: Actor) -> Decision:
    """Offer a course, somewhere."""
    return decide(actor, policy.CREATE_SOME_COURSE)


def create_course(actor: Actor, team: Team | None) -> Decision:
    """Offer a course for the whole organization (no team), or for a team and everything below it."""
    return decide(actor, policy.CREATE_COURSE, Place(team_id=team.pk if team is not None else None))


@permission(_("See it"), about=Course, is_sight=True)
def see_course(actor: Actor, course: Course) -> Decision:
    """See a course with its sessions; never who takes part."""
    return decide(actor, policy.SEE_COURSE)


@permission(_("Change it"), about=Course)
def edit_course(actor: Actor, course: Course) -> Decision:
    """Change a course, plan its sessions, enrol others and take them out."""
    return decide(actor, policy.EDIT_COURSE, Place(team_id=course.team_id))


@permission(_("Take part"), about=Course)
def enrol(actor: Actor, course: Course) -> Decision:
    """Take part in a course; at most six queries where it is not open to everybody."""
    return decide(actor, policy.ENROL, Place(team_id=course.team_id, about=course))


@permission(_("See it"), about=CourseSession, is_sight=True)
def see_session(actor: Actor, session: CourseSession) -> Decision:
    """See when and where a session is; never who takes part."""
    return decide(actor, policy.SEE_COURSE)


@permission(_("See who takes part, say who came"), about=CourseSession)
def teach(actor: Actor, session: CourseSession) -> Decision:
    """See who takes part in a session and who waits, and say who came; its course must be loaded."""
    return decide(actor, policy.TEACH, Place(team_id=session.course.team_id, named=(session.trainer_id,)))


@permission(_("See it"), about=Enrolment, is_sight=True)
def see_enrolment(actor: Actor, enrolment: Enrolment) -> Decision:
    """See an enrolment; course and session must be loaded."""
    trainer = enrolment.session.trainer_id if enrolment.session is not None else None
    return decide(actor, policy.SEE_ENROLMENT, replace(_place(enrolment), named=(trainer,)))


@permission(_("End it"), about=Enrolment)
def end_enrolment(actor: Actor, enrolment: Enrolment) -> Decision:
    """End an enrolment before the course, or take that back; its course must be loaded."""
    return decide(actor, policy.END_ENROLMENT, _place(enrolment))


@permission(_("Download its certificate"), about=Enrolment)
def get_certificate(actor: Actor, enrolment: Enrolment) -> Decision:
    """Download what an enrolment was certified with; its course must be loaded."""
    return decide(actor, policy.GET_CERTIFICATE, _place(enrolment))


@permission(_("See what its teams still have to learn"), about=RolloutPlan)
def see_enablement(actor: Actor, plan: RolloutPlan) -> Decision:
    """See what the teams of a plan still have to learn: all for its office, their own teams for coaches."""
    return decide(actor, policy.SEE_ENABLEMENT, place_of(plan))


def sees_whole_enablement(actor: Actor, plan: RolloutPlan) -> bool:
    """Return whether an actor sees that of all teams of a plan, not only of those they coach."""
    return bool(edit_plan(actor, plan))


def coaches_team(actor: Actor, team_id: object) -> bool:
    """Return whether an actor coaches a team, by its id."""
    return actor.holds(Role.COACH, team_id)  # type: ignore[arg-type]


def _place(enrolment: Enrolment) -> Place:
    return Place(team_id=enrolment.course.team_id, owner_id=enrolment.member_id)
