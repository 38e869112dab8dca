"""What becomes of an agreement when what was agreed is changed."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from okrs.enums import ObjectiveStatus
from okrs.models import Objective
from okrs.queries.agreement import agreers_of
from organizations.actor import Actor
from organizations.domain import audit
from organizations.enums import Role

# What an agreement is about: the words of the objective and whose it is, the words and numbers of its key results.
AGREED_FIELDS = frozenset({"title", "kind", "level", "team", "owner"})
AGREED_MEASURES = frozenset({"title", "metric", "unit_kind", "unit", "start", "target", "lower", "upper", "weight"})


def reopen_if_agreed(*, actor: Actor, locked: Objective, changed: Iterable[str] | None = None) -> bool:
    """Make an agreed objective a draft again after a change of what was agreed. Returns whether it did.

    `changed` are the fields that changed, None where any change counts (a key result added or removed). A change by the
    team's lead, by whoever may agree on it, or by the Program Lead Office keeps the agreement: they agree to it by
    making it. Anybody else's, the coach's too, makes it a draft with a note that says so; it is then submitted again.
    A submitted draft stays submitted: whoever agrees reads it as it stands then.

    The objective is locked by the caller. Side effects: status and note saved, one audit entry.
    """
    if locked.status != ObjectiveStatus.AGREED:
        return False
    if changed is not None and not set(changed) & (AGREED_FIELDS | AGREED_MEASURES):
        return False
    if _keeps(actor, locked):
        return False
    values = {
        "status": ObjectiveStatus.DRAFT.value,
        "status_reason": _("It was changed after it had been agreed."),
        **dict.fromkeys(("submitted_by", "recommended_by", "agreed_by")),
        **dict.fromkeys(("submitted_at", "recommended_at", "agreed_at")),
    }
    before, after = audit.apply_changes(locked, values)
    locked.save(update_fields=[*after, "updated_at"])
    audit.record(actor=actor, verb="unsettled", subject=locked, before=before, after=after)
    return True


def _keeps(actor: Actor, objective: Objective) -> bool:
    if actor.is_system or actor.holds(Role.PLO, objective.team_id):
        return True
    if objective.team is not None and actor.is_(objective.team.lead_id):
        return True
    return any(actor.is_(person.pk) for person in agreers_of(objective))
