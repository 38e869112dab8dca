"""Blockers: what a check-in says is in the way, until somebody says that it no longer is."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.key_result import lock_key_result
from okrs.domain.telling import forget_solved, tell_of_solved
from okrs.models import CheckIn
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused


def solve_blocker(*, actor: Actor, check_in: CheckIn) -> CheckIn:
    """Say that what a check-in named is out of the way; it no longer waits in anybody's week. Returns the check-in.

    Saying it twice changes nothing. Refused where nothing was in the way. Side effects: one audit entry.
    """
    return _set_solved(actor, check_in, is_solved=True)


def reopen_blocker(*, actor: Actor, check_in: CheckIn) -> CheckIn:
    """Say that it is in the way after all (undo). Returns the check-in. Side effects: one audit entry."""
    return _set_solved(actor, check_in, is_solved=False)


def _set_solved(actor: Actor, check_in: CheckIn, *, is_solved: bool) -> CheckIn:
    with transaction.atomic():
        key_result = lock_key_result(check_in.key_result_id)
        entry = CheckIn.objects.select_for_update(of=("self",)).get(pk=check_in.pk)
        if not entry.blocker or entry.withdrawn_at is not None:
            raise Refused(_("This check-in names nothing that is in the way."))
        if (entry.solved_at is not None) == is_solved:
            return entry
        entry.solved_at = timezone.now() if is_solved else None
        entry.solved_by = actor.membership if is_solved else None
        entry.save(update_fields=["solved_at", "solved_by"])
        audit.record(
            actor=actor,
            verb="solved_blocker" if is_solved else "reopened_blocker",
            subject=key_result,
            after={"blocker": entry.blocker, "check_in": entry.pk},
        )
        if is_solved:
            tell_of_solved(actor=actor, check_in=entry)
        else:
            forget_solved(entry)
        return entry
