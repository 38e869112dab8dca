"""Sharing one objective with one person, and making it private."""

from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm

from okrs.domain.kept_out import take_titles_out
from okrs.domain.objective import lock_objective
from okrs.enums import ShareLevel, Visibility
from okrs.models import Alignment, Dependency, Objective, ObjectiveGrant
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import Membership


def share_objective(*, actor: Actor, objective: Objective, member: Membership, level: str) -> ObjectiveGrant:
    """Share an objective with a member for one of ShareLevel, or change for what it is shared. Returns the grant.

    Raises Refused for somebody who cannot sign in yet, was deactivated, or owns the objective. Side effects: one audit
    entry.
    """
    with transaction.atomic():
        locked = lock_objective(objective.pk)
        if level not in ShareLevel.values:
            raise Refused({"level": _("Choose what the person may do.")})
        if member.user_id is None or not member.is_active:
            raise Refused({"member": _("%(name)s cannot sign in here.") % {"name": member.display_name}})
        if member.pk == locked.owner_id:
            raise Refused({"member": _("%(name)s owns this objective.") % {"name": member.display_name}})
        present = ObjectiveGrant.objects.filter(content_object=locked, user=member.user_id)
        before = present.values_list("permission__codename", flat=True).first()
        kept = present.filter(permission__codename=level).first()
        if kept is not None:
            return kept
        present.delete()
        grant: Any = assign_perm(level, member.user, locked)
        audit.record(
            actor=actor,
            verb="shared",
            subject=locked,
            before={"member": member.pk, "level": before} if before else None,
            after={"member": member.pk, "level": level},
        )
        return cast(ObjectiveGrant, grant)


def stop_sharing(*, actor: Actor, objective: Objective, member: Membership) -> None:
    """Take a member's share of an objective away; nothing happens without one.

    Side effects: one audit entry; titles of a private one leave the member's inbox.
    """
    with transaction.atomic():
        locked = lock_objective(objective.pk)
        present = ObjectiveGrant.objects.filter(content_object=locked, user=member.user_id)
        level = present.values_list("permission__codename", flat=True).first()
        if level is None:
            return
        present.delete()
        if locked.is_private:
            take_titles_out(locked)
        audit.record(actor=actor, verb="stopped_sharing", subject=locked, before={"member": member.pk, "level": level})


def refuse_open_links(objective: Objective) -> None:
    """Raise Refused when an objective that becomes private is linked to by one that more people see.

    Its title would stand in their lists. What it supports itself may be open.
    """
    supporters = Alignment.objects.filter(objective__visibility=Visibility.OPEN, objective__archived_at=None)
    linked = list(supporters.filter(target_objective=objective).values_list("objective__title", flat=True)[:3]) or list(
        supporters.filter(target_key_result__objective=objective).values_list("objective__title", flat=True)[:3]
    )
    needed = Dependency.objects.filter(objective__visibility=Visibility.OPEN, objective__archived_at=None)
    linked = linked or list(needed.filter(needs=objective).values_list("objective__title", flat=True)[:3])
    if linked:
        titles = ", ".join(f"“{title}”" for title in linked)
        raise Refused(
            {"visibility": _("Open objectives refer to it: %(titles)s. Remove these links first.") % {"titles": titles}}
        )


def refuse_link_to_private(objective: Objective, target: Objective) -> None:
    """Raise Refused when an objective would refer to a private one that fewer people see than itself."""
    if target.is_private and not (objective.is_private and objective.owner_id == target.owner_id):
        raise Refused(
            {"target": _("“%(title)s” is private, so nothing open can refer to it.") % {"title": target.title}}
        )
