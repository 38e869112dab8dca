"""Giving, answering and ending roles."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrapp.tenancy.locks import lock_in_organization
from organizations.actor import Actor
from organizations.domain import audit
from organizations.enums import Role
from organizations.errors import Refused
from organizations.models import Membership, Organization, Team
from organizations.queries.settings import local_today
from roles.domain.assignment_calendar import schedule_endings
from roles.domain.conflict import refuse_conflict
from roles.domain.days import refuse_far_days
from roles.domain.question_desk import give_back_questions, hand_over_questions
from roles.domain.telling import forget_assignment, tell_of_answer, tell_of_proposal, tell_of_role
from roles.enums import AssignmentState, Side
from roles.models import AssignmentAnswer, RoleAssignment
from roles.permissions import answer_assignment as may_answer
from roles.queries.assignment import answerer_for, has_program_lead_office

EDITABLE = ("starts_on", "ends_on", "is_external")


def assign_role(
    *,
    actor: Actor,
    membership: Membership,
    role: Role,
    team: Team | None = None,
    person: Membership | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    is_external: bool = False,
) -> RoleAssignment:
    """Give a member a role, for the whole organization, for a team and everything under it, or for one person.

    Coaches are proposed: the coach, the team (or the person) and the Program Lead Office say yes before it is in
    force; whoever proposes has said so already. All others hold their role from `starts_on` (default: today).
    Returns the assignment. Raises Refused for days in the wrong order or far away, a last day in the past, a member
    who has left, a role held already, and a conflict of interest. Side effects: an audit entry, rows for those who are
    asked, and the sweeper knows when it ends.
    """
    with transaction.atomic():
        lock_roles()
        today = local_today()
        starts = starts_on or today
        refuse_far_days({"starts_on": starts, "ends_on": ends_on}, today)
        _refuse_days(starts, ends_on, today)
        holder = Membership.objects.get(pk=membership.pk)
        if role == Role.PLO and team is not None and actor.is_(holder.pk) and not actor.holds(Role.PLO):
            raise Refused(
                {
                    "membership": _(
                        "Nobody extends their own role. Ask the Program Lead Office of the whole organization."
                    )
                }
            )
        _refuse_member(holder, role)
        _refuse_scope(role, team, person)
        _refuse_held_already(holder, role, team, person, starts, ends_on)
        if role == Role.COACH:
            refuse_conflict(holder, team, person, today)
        assignment = RoleAssignment.objects.create(
            membership=holder,
            role=role,
            team=team,
            person=person,
            state=AssignmentState.PROPOSED if role == Role.COACH else AssignmentState.ACTIVE,
            starts_on=starts,
            ends_on=ends_on,
            is_external=is_external,
            proposed_by=actor.membership,
        )
        audit.record(
            actor=actor,
            verb="proposed" if assignment.is_proposed else "assigned",
            subject=assignment,
            after={
                "membership": holder.pk,
                "role": role,
                "team": team.pk if team else None,
                "person": person.pk if person else None,
                "starts_on": starts.isoformat(),
                "ends_on": ends_on.isoformat() if ends_on else None,
            },
        )
        if assignment.is_proposed:
            _ask(actor, assignment)
        if assignment.is_proposed:
            tell_of_proposal(actor=actor, assignment=assignment)
        else:
            tell_of_role(actor=actor, assignment=assignment)
        schedule_endings()
        return assignment


def answer(*, actor: Actor, assignment: RoleAssignment, side: str, agrees: bool, reason: str = "") -> RoleAssignment:
    """Say yes or no on one of the sides that were asked. Returns the assignment: with the last yes it is in force.

    A no needs a reason and ends the proposal. Raises Refused when it was answered, withdrawn or declined meanwhile,
    and when the coach has left or a conflict of interest has come up since. Side effects: an audit entry.
    """
    with transaction.atomic():
        lock_roles()
        locked = _lock(assignment)
        if not locked.is_proposed:
            raise Refused(_("This proposal was answered or withdrawn meanwhile."))
        asked = AssignmentAnswer.objects.filter(assignment=locked, side=side).first()
        if asked is None or asked.agrees is not None:
            raise Refused(_("This was answered meanwhile."))
        if not agrees and not reason.strip():
            raise Refused({"reason": _("Say why not, so that they can look for somebody else.")})
        asked.agrees, asked.answered_by, asked.answered_at = agrees, actor.membership, timezone.now()
        asked.save(update_fields=["agrees", "answered_by", "answered_at"])
        audit.record(
            actor=actor,
            verb="agreed" if agrees else "declined",
            subject=locked,
            after={"side": side},
            reason=reason.strip(),
        )
        if not agrees:
            locked.state, locked.reason = AssignmentState.DECLINED, reason.strip()
            locked.save(update_fields=["state", "reason"])
        else:
            _begin_if_agreed(actor, locked)
        tell_of_answer(actor=actor, assignment=locked)
        return locked


def update_assignment(*, actor: Actor, assignment: RoleAssignment, changes: dict[str, Any]) -> RoleAssignment:
    """Change fields of EDITABLE and return the assignment.

    Raises Refused for one that is history, days in the wrong order or far away and a last day in the past. Side
    effects: an audit entry if anything changed; questions whose coach begins later now go to the Program Lead Office.
    """
    with transaction.atomic():
        lock_roles()
        locked = _lock(assignment)
        today = local_today()
        if locked.state not in (AssignmentState.PROPOSED, AssignmentState.ACTIVE):
            raise Refused(_("This role has ended. Assign it anew."))
        wanted = {name: changes[name] for name in EDITABLE if name in changes}
        starts, ends = wanted.get("starts_on", locked.starts_on), wanted.get("ends_on", locked.ends_on)
        new_days = {"starts_on": starts, "ends_on": ends}
        refuse_far_days({name: day for name, day in new_days.items() if day != getattr(locked, name)}, today)
        _refuse_days(starts, ends, today)
        if starts > today >= locked.starts_on:
            _refuse_last_office(locked)
        before, after = audit.apply_changes(locked, wanted)
        if not after:
            return locked
        locked.save(update_fields=list(after))
        audit.record(actor=actor, verb="edited", subject=locked, before=before, after=after)
        if locked.role == Role.COACH:
            hand_over_questions(actor=actor)
        schedule_endings()
        return locked


def end_assignment(*, actor: Actor, assignment: RoleAssignment, reason: str = "") -> RoleAssignment:
    """End a role today, or take back a proposal. Returns the assignment, which stays as history.

    Raises Refused for the last one in the Program Lead Office of the whole organization. Nothing happens to one that
    has ended. Side effects: an audit entry; a coach's open questions go to the Program Lead Office where nobody else
    coaches the team.
    """
    with transaction.atomic():
        lock_roles()
        locked = _lock(assignment)
        if locked.state not in (AssignmentState.PROPOSED, AssignmentState.ACTIVE):
            return locked
        _refuse_last_office(locked)
        today = local_today()
        before = {"state": locked.state, "ends_on": locked.ends_on.isoformat() if locked.ends_on else None}
        if locked.is_proposed:
            locked.state = AssignmentState.WITHDRAWN
        else:
            locked.state, locked.ends_on = AssignmentState.ENDED, max(today, locked.starts_on)
        locked.reason = reason.strip()
        locked.save(update_fields=["state", "ends_on", "reason"])
        audit.record(
            actor=actor,
            verb="withdrawn" if locked.state == AssignmentState.WITHDRAWN else "ended",
            subject=locked,
            before=before,
            after={"state": locked.state, "ends_on": locked.ends_on.isoformat() if locked.ends_on else None},
            reason=locked.reason,
        )
        forget_assignment(locked)
        if locked.role == Role.COACH:
            hand_over_questions(actor=actor)
        return locked


def resume_assignment(*, actor: Actor, assignment: RoleAssignment) -> RoleAssignment:
    """Take back the ending of a role or the withdrawal of a proposal (undo), as it was. Returns the assignment.

    Raises Refused where it is in the way of something newer. Side effects: an audit entry; questions
    that went to the Program Lead Office with the ending, and wait there untouched, come back.
    """
    with transaction.atomic():
        lock_roles()
        locked = _lock(assignment)
        if locked.state not in (AssignmentState.ENDED, AssignmentState.WITHDRAWN):
            return locked
        was = audit.last_before(locked, ("ended", "withdrawn"))
        if was is None:
            raise Refused(_("There is nothing to take back here."))
        today = local_today()
        ends = date.fromisoformat(was["ends_on"]) if was["ends_on"] else None
        if ends is not None and ends < today:
            raise Refused(_("It would have ended by now."))
        holder = locked.membership
        _refuse_member(holder, locked.role)
        _refuse_scope(locked.role, locked.team, locked.person)
        _refuse_held_already(holder, locked.role, locked.team, locked.person, locked.starts_on, ends)
        if locked.role == Role.COACH:
            refuse_conflict(holder, locked.team, locked.person, today)
        locked.state, locked.ends_on, locked.reason = was["state"], ends, ""
        locked.save(update_fields=["state", "ends_on", "reason"])
        audit.record(actor=actor, verb="resumed", subject=locked, after={"state": locked.state})
        if locked.role == Role.COACH:
            give_back_questions(actor=actor)
        schedule_endings()
        return locked


def make_founder_plo(actor: Actor, organization: Organization) -> None:
    """Give whoever founds an organization the Program Lead Office."""
    if actor.membership is not None:
        assign_role(actor=actor, membership=actor.membership, role=Role.PLO)


def lock_roles() -> None:
    """Make everybody who changes roles wait for each other: their rules span many rows."""
    lock_in_organization("roles.assignments")


def _lock(assignment: RoleAssignment) -> RoleAssignment:
    locked: RoleAssignment = (
        RoleAssignment.objects.select_for_update(of=("self",))
        .select_related("membership__user", "team__lead", "person")
        .get(pk=assignment.pk)
    )
    return locked


def _ask(actor: Actor, assignment: RoleAssignment) -> None:
    """Write down who is asked; whoever proposes has agreed on all sides they could answer on."""
    asked: dict[str, Membership | None] = {Side.COACH: assignment.membership, Side.PLO: None}
    if assignment.person is not None:
        asked[Side.PERSON] = assignment.person
    if assignment.team is not None:
        answerer = answerer_for(assignment.team, assignment.membership_id)
        if answerer is not None:
            asked[Side.TEAM] = answerer
    now = timezone.now()
    for side, person in asked.items():
        given = bool(may_answer(actor, assignment, side))
        AssignmentAnswer.objects.create(
            assignment=assignment,
            side=side,
            agrees=True if given else None,
            answered_by=actor.membership if given else person,
            answered_at=now if given else None,
        )
    _begin_if_agreed(actor, assignment)


def _begin_if_agreed(actor: Actor, assignment: RoleAssignment) -> None:
    if AssignmentAnswer.objects.filter(assignment=assignment).exclude(agrees=True).exists():
        return
    today = local_today()
    _refuse_member(assignment.membership, assignment.role)
    _refuse_scope(assignment.role, assignment.team, assignment.person)
    refuse_conflict(assignment.membership, assignment.team, assignment.person, today)
    before = {"state": assignment.state, "starts_on": assignment.starts_on.isoformat()}
    assignment.state, assignment.starts_on = AssignmentState.ACTIVE, max(today, assignment.starts_on)
    if assignment.ends_on is not None and assignment.ends_on < assignment.starts_on:
        raise Refused(_("It was proposed until a day that is over. Withdraw it and propose it anew."))
    assignment.save(update_fields=["state", "starts_on"])
    audit.record(
        actor=actor,
        verb="assigned",
        subject=assignment,
        before=before,
        after={"state": assignment.state, "starts_on": assignment.starts_on.isoformat()},
    )
    give_back_questions(actor=actor)


def _refuse_last_office(assignment: RoleAssignment) -> None:
    """Raise Refused where nobody would be left in the Program Lead Office of the whole organization."""
    if (
        assignment.role == Role.PLO
        and assignment.team_id is None
        and not has_program_lead_office(besides=assignment.pk)
    ):
        raise Refused(
            _("Nobody else is in the Program Lead Office. Give the role to somebody else first, then end this one.")
        )


def _refuse_days(starts: date, ends: date | None, today: date) -> None:
    if ends is not None and ends < starts:
        raise Refused({"ends_on": _("It must not end before it begins.")})
    if ends is not None and ends < today:
        raise Refused({"ends_on": _("This day is over.")})


def _refuse_member(holder: Membership, role: str) -> None:
    if not holder.is_active:
        raise Refused({"membership": _("%(name)s has left.") % {"name": holder.display_name}})
    if holder.is_placeholder and role in (Role.COACH, Role.PLO):
        raise Refused(
            {"membership": _("%(name)s cannot sign in yet. Invite them first.") % {"name": holder.display_name}}
        )


def _refuse_scope(role: str, team: Team | None, person: Membership | None) -> None:
    if team is not None and Team.objects.filter(pk=team.pk).exclude(archived_at=None).exists():
        raise Refused({"team": _("“{team}” is archived. Choose another team.").format(team=team.name)})
    if person is None:
        return
    if role != Role.COACH:
        raise Refused({"person": _("Only a coach is there for one person.")})
    if team is not None:
        raise Refused({"person": _("Choose a team or a person, not both.")})
    if not person.is_active or person.is_placeholder:
        raise Refused({"person": _("%(name)s cannot sign in here.") % {"name": person.display_name}})


def _refuse_held_already(
    holder: Membership,
    role: str,
    team: Team | None,
    person: Membership | None,
    starts: date,
    ends: date | None,
) -> None:
    same = RoleAssignment.objects.standing().filter(membership=holder, role=role, team=team, person=person)
    for other in same:
        before = ends is not None and ends < other.starts_on
        after = other.ends_on is not None and other.ends_on < starts
        if not (before or after):
            words = {"name": holder.display_name}
            if other.is_proposed:
                raise Refused({"membership": _("%(name)s has been proposed for this already.") % words})
            raise Refused({"membership": _("%(name)s holds this role in these days already.") % words})
