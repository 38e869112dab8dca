"""What a team wants to do after looking back."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.retrospective import lock_retrospective
from okrs.domain.telling import tell_of_action
from okrs.enums import ActionState
from okrs.models import RetroAction, Retrospective
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import Membership

EDITABLE = ("title", "owner", "due_on", "state")
_LONGEST_TITLE = 300


def add_action(
    *,
    actor: Actor,
    retrospective: Retrospective,
    title: str,
    owner: Membership | None = None,
    due_on: date | None = None,
) -> RetroAction:
    """Write down what to do. Returns the action.

    Raises Refused at the field, and once the cycle has closed. Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = lock_retrospective(actor, retrospective)
        action = RetroAction(retrospective=locked, team=locked.team, title=title.strip(), owner=owner, due_on=due_on)
        _validate(action)
        action.save(force_insert=True)
        audit.record(
            actor=actor,
            verb="created",
            subject=action,
            after=audit.snapshot(action, ["title", "team", "owner", "due_on", "state"]),
        )
        tell_of_action(actor=actor, action=action)
        return action


def edit_action(*, actor: Actor, action: RetroAction, changes: dict[str, Any]) -> RetroAction:
    """Change fields of EDITABLE: done, dropped and open again are states. Side effects: one audit entry.

    Allowed also when the cycle has closed: actions are done afterwards, and come back until they are.
    """
    with transaction.atomic():
        locked = RetroAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
        before, after = audit.apply_changes(
            locked, {name: value for name, value in changes.items() if name in EDITABLE}
        )
        if not after:
            return locked
        _validate(locked)
        if "state" in after:
            locked.done_at = timezone.now() if locked.state == ActionState.DONE else None
        locked.save()
        audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        if "owner" in after:
            tell_of_action(actor=actor, action=locked)
        return locked


def _validate(action: RetroAction) -> None:
    if not action.title.strip():
        raise Refused({"title": _("Say what you are going to do.")})
    if len(action.title) > _LONGEST_TITLE:
        raise Refused({"title": _("An action has at most %(count)d characters.") % {"count": _LONGEST_TITLE}})
    if action.state not in ActionState.values:
        raise Refused({"state": _("Choose open, done or dropped.")})
