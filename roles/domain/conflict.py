"""Conflicts of interest, and the dated exceptions from the rule."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrapp.tenancy.locks import lock_in_organization
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import Membership, Team
from organizations.queries.settings import local_today
from roles.domain.days import refuse_far_days
from roles.domain.question_desk import hand_over_questions
from roles.models import ConflictException
from roles.queries.line import Conflict, Lines

# An exception is for the time until somebody else is found.
LONGEST = timedelta(days=366)


def refuse_conflict(holder: Membership, team: Team | None, person: Membership | None, on: date) -> None:
    """Raise Refused (field "membership") when somebody is proposed as coach of a team or a person in their own line.

    A coach of the whole organization is never refused: their own line is carved out. At most five queries.
    """
    lines = Lines()
    conflict: Conflict | None = None
    if person is not None:
        conflict = lines.conflict_with_person(holder, person)
    elif team is not None:
        conflict = lines.conflict_with_team(holder, team.pk)
        if conflict is not None:
            above = [place.id for place in lines.up(team.pk)]
            if ConflictException.objects.current(on).filter(membership=holder, team__in=above).exists():
                return
    if conflict is not None:
        advice = _("Choose somebody else, or let the Program Lead Office grant an exception with a last day.")
        raise Refused({"membership": f"{conflict.reason} {advice}" if team is not None else conflict.reason})


def grant_exception(
    *, actor: Actor, membership: Membership, team: Team, reason: str, ends_on: date, starts_on: date | None = None
) -> ConflictException:
    """Let somebody coach a team in their own line until a day, and everything under it. Returns the exception.

    The team's page shows it to everybody. Raises Refused without a reason, for more than a year, for days in the
    past or far away, where there is no conflict, and for oneself. Side effects: an audit entry.
    """
    with transaction.atomic():
        today = local_today()
        starts = starts_on or today
        if actor.is_(membership.pk):
            raise Refused(_("Nobody grants themselves an exception. Ask somebody else in the Program Lead Office."))
        if not reason.strip():
            raise Refused({"reason": _("Say why: everybody in the team reads it.")})
        refuse_far_days({"starts_on": starts, "ends_on": ends_on}, today)
        if ends_on < max(starts, today):
            raise Refused({"ends_on": _("It must not end before it begins, nor in the past.")})
        if ends_on - starts > LONGEST:
            raise Refused({"ends_on": _("An exception is for a year at most. It can be granted anew.")})
        if Lines().conflict_with_team(membership, team.pk) is None:
            raise Refused({"membership": _("%(name)s may coach this team anyway.") % {"name": membership.display_name}})
        lock_in_organization("roles.exceptions")
        same = ConflictException.objects.filter(membership=membership, team=team, withdrawn_at=None)
        if same.filter(starts_on__lte=ends_on, ends_on__gte=starts).exists():
            raise Refused({"membership": _("%(name)s may coach this team anyway.") % {"name": membership.display_name}})
        granted = ConflictException.objects.create(
            membership=membership,
            team=team,
            reason=reason.strip(),
            starts_on=starts,
            ends_on=ends_on,
            granted_by=actor.membership,
        )
        audit.record(
            actor=actor,
            verb="granted",
            subject=granted,
            after={"membership": membership.pk, "team": team.pk, "ends_on": ends_on.isoformat()},
            reason=granted.reason,
        )
        return granted


def withdraw_exception(*, actor: Actor, exception: ConflictException) -> ConflictException:
    """Take an exception back, and return it. Twice does no harm. Side effects: an audit entry; what
    waits with nobody but this coach goes to the Program Lead Office.
    """
    return _set_withdrawn(actor, exception, withdrawn=True)


def restore_exception(*, actor: Actor, exception: ConflictException) -> ConflictException:
    """Let an exception stand again (undo), and return it. Side effects: an audit entry."""
    return _set_withdrawn(actor, exception, withdrawn=False)


def _set_withdrawn(actor: Actor, exception: ConflictException, *, withdrawn: bool) -> ConflictException:
    with transaction.atomic():
        locked: ConflictException = ConflictException.objects.select_for_update().get(pk=exception.pk)
        if (locked.withdrawn_at is not None) == withdrawn:
            return locked
        if actor.is_(locked.membership_id) and not withdrawn:
            raise Refused(_("Nobody grants themselves an exception. Ask somebody else in the Program Lead Office."))
        locked.withdrawn_at = timezone.now() if withdrawn else None
        locked.save(update_fields=["withdrawn_at"])
        audit.record(actor=actor, verb="withdrawn" if withdrawn else "restored", subject=locked)
        if withdrawn:
            hand_over_questions(actor=actor)
        return locked
