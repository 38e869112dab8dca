"""What people decide about themselves, for all their organizations."""

from typing import Any

from django.db import transaction

from okrapp.tenancy.context import tenant_context
from organizations.actor import Actor
from organizations.domain import audit
from organizations.enums import Via
from organizations.models import Membership, User
from organizations.queries.memberships import belongings
from organizations.registry import registry

FIELDS = ("name", "language", "time_zone", "theme", "single_key_shortcuts")


def update_profile(*, user: User, changes: dict[str, Any], via: Via = Via.WEB) -> User:
    """Change some of a user's own name, language, time zone, theme and single-key shortcuts; return the user.

    A new name becomes the display name in each organization of the user; a name that stays the same touches none.
    Raises ValueError for another field. Side effects: an audit entry in each organization whose member changed; with
    a new time zone, what comes at an hour of the day is looked at again.
    """
    if unknown := set(changes) - set(FIELDS):
        raise ValueError(f"Not a matter of the profile: {sorted(unknown)}")
    with transaction.atomic():
        current = User.objects.select_for_update().get(pk=user.pk)
        renamed = "name" in changes and changes["name"] != current.name
        moved = "time_zone" in changes and changes["time_zone"] != current.time_zone
        for name, value in changes.items():
            setattr(current, name, value)
        current.save(update_fields=sorted(changes))
        for belonging in belongings(user.pk) if renamed or moved else ():
            with tenant_context(belonging.organization_id):
                if renamed:
                    _rename(belonging.membership_id, current.name, via)
                for follow in registry.zone_changed if moved else ():
                    follow()
    return current


def _rename(membership_id: Any, name: str, via: Via) -> None:
    member = Membership.objects.select_for_update(of=("self",)).get(pk=membership_id)
    before, after = audit.apply_changes(member, {"display_name": name})
    if after:
        member.save()
        audit.record(actor=Actor(member, via=via), verb="changed", subject=member, before=before, after=after)


def dismiss_first_steps(*, actor: Actor, dismissed: bool = True) -> None:
    """Hide the list of first steps from the acting member for good, or show it again.

    A matter of one's own screen: no audit entry.
    """
    if actor.membership is not None:
        Membership.objects.filter(pk=actor.membership.pk).update(first_steps_dismissed=dismissed)
