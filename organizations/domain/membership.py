"""People in an organization: who they are, who administers, who has left."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused
from organizations.models import Membership, OrganizationSettings
from organizations.registry import registry

EDITABLE = ("display_name", "title", "email", "manager")
LONGEST_LINE = 200


def add_member(
    *, actor: Actor, display_name: str, email: str = "", title: str = "", manager: Membership | None = None
) -> Membership:
    """Add somebody who has not signed in yet (a placeholder that a person can claim later) and return them.

    Raises Refused for an empty name and an address another member has. Side effects: an audit entry.
    """
    with transaction.atomic():
        member = Membership(
            display_name=_clean_name(display_name), email=email.strip(), title=title.strip(), manager=manager
        )
        _refuse_taken_address(member)
        member.save()
        given = audit.snapshot(member, ["display_name", "email", "title", "manager"])
        audit.record(
            actor=actor,
            verb="added",
            subject=member,
            after={key: value for key, value in given.items() if value not in ("", None)},
        )
    return member


def update_member(
    *, actor: Actor, member: Membership, changes: dict[str, Any], seen: datetime | None = None
) -> Membership:
    """Change fields of EDITABLE and return the member.

    `seen`: when the form was opened. Raises Refused when somebody else changed one of these fields since, for an
    address another member has or that belongs to who signs in, and for a manager who reports to the member. Side
    effects: an audit entry if anything changed.
    """
    with transaction.atomic():
        if changes.get("manager") is not None:
            _lock_lines()
        member = Membership.objects.select_for_update().get(pk=member.pk)
        refuse_if_changed_since(member, actor=actor, seen=seen, fields=changes)
        if "display_name" in changes:
            changes = {**changes, "display_name": _clean_name(changes["display_name"])}
        before, after = audit.apply_changes(member, {name: changes[name] for name in EDITABLE if name in changes})
        if not after:
            return member
        if "email" in after:
            if not member.is_placeholder:
                raise Refused({"email": _("This is the address they sign in with. Only they can change it.")})
            _refuse_taken_address(member)
        if after.get("manager") is not None:
            _refuse_circle_of_managers(member)
        member.save()
        audit.record(actor=actor, verb="edited", subject=member, before=before, after=after)
    return member


def set_administrator(*, actor: Actor, member: Membership, is_administrator: bool) -> Membership:
    """Let a member administer the organization, or no longer, and return them.

    Raises Refused for placeholders and people who left, and for the last administrator: of two who step down at
    once, one stays. Side effects: an audit entry.
    """
    with transaction.atomic():
        _lock_administrators()
        member = Membership.objects.select_for_update().get(pk=member.pk)
        if member.is_administrator == is_administrator:
            return member
        if is_administrator and (member.is_placeholder or not member.is_active):
            raise Refused(_("Only somebody who signs in can be an administrator. Invite them first."))
        if not is_administrator:
            _refuse_last_administrator(member)
        before, after = audit.apply_changes(member, {"is_administrator": is_administrator})
        member.save(update_fields=["is_administrator"])
        audit.record(actor=actor, verb="edited", subject=member, before=before, after=after)
    return member


def set_employee_representative(*, actor: Actor, member: Membership, is_employee_representative: bool) -> Membership:
    """Name somebody who speaks for the employees, or no longer, and return them; no other right comes with it.

    Raises Refused for placeholders and people who left, who could read nothing. Side effects: an audit entry.
    """
    with transaction.atomic():
        member = Membership.objects.select_for_update().get(pk=member.pk)
        if member.is_employee_representative == is_employee_representative:
            return member
        if is_employee_representative and (member.is_placeholder or not member.is_active):
            raise Refused(_("Only somebody who signs in can be the employee representative. Invite them first."))
        changes = {"is_employee_representative": is_employee_representative}
        before, after = audit.apply_changes(member, changes)
        member.save(update_fields=["is_employee_representative"])
        audit.record(actor=actor, verb="edited", subject=member, before=before, after=after)
    return member


def deactivate_member(*, actor: Actor, member: Membership) -> Membership:
    """Take away somebody's access and return them; teams, OKRs and history stay as they are.

    Raises Refused for oneself and for the last administrator. Side effects: an audit entry, and what the apps above
    registered as `leaving`; their tokens and session stop working here at once, since both are read through the
    active membership.
    """
    if actor.is_(member.pk):
        raise Refused(_("You cannot deactivate yourself. Ask another administrator."))
    with transaction.atomic():
        # Before their row is locked: whoever writes something of theirs holds that, and may wait for the row.
        for give_up in registry.leaving:
            give_up(actor, member)
        _lock_administrators()
        member = Membership.objects.select_for_update().get(pk=member.pk)
        if not member.is_active:
            return member
        if member.is_administrator:
            _refuse_last_administrator(member)
        member.deactivated_at = timezone.now()
        member.save(update_fields=["deactivated_at"])
        audit.record(actor=actor, verb="deactivated", subject=member)
    return member


def reactivate_member(*, actor: Actor, member: Membership) -> Membership:
    """Give somebody their access back, as it was, and return them. Side effects: an audit entry."""
    with transaction.atomic():
        member = Membership.objects.select_for_update().get(pk=member.pk)
        if member.is_active:
            return member
        member.deactivated_at = None
        member.save(update_fields=["deactivated_at"])
        audit.record(actor=actor, verb="reactivated", subject=member)
    return member


def _clean_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused({"display_name": _("Give a name.")})
    return name


def _refuse_taken_address(member: Membership) -> None:
    if not member.email:
        return
    other = Membership.objects.filter(email__iexact=member.email).exclude(pk=member.pk).first()
    if other is not None:
        raise Refused({"email": _("{person} has this e-mail address already.").format(person=other.display_name)})


def _lock_administrators() -> None:
    """Who administers changes one at a time: holds the organization's settings row until commit."""
    OrganizationSettings.objects.select_for_update().only("pk").get()


_lock_lines = _lock_administrators


def _refuse_last_administrator(member: Membership) -> None:
    others = Membership.objects.active().filter(is_administrator=True).exclude(pk=member.pk)
    if not others.exclude(user=None).exists():
        raise Refused(
            _("{person} is the last administrator. Make somebody else one first.").format(person=member.display_name)
        )


def _refuse_circle_of_managers(member: Membership) -> None:
    above: UUID | None = member.manager_id
    names: list[str] = []
    for _step in range(LONGEST_LINE):
        if above is None:
            return
        if above == member.pk:
            if not names:
                raise Refused({"manager": _("Nobody is their own manager.")})
            raise Refused(
                {
                    "manager": _("That would be a circle: {line}.").format(
                        line=" › ".join([member.display_name, *names, member.display_name])
                    )
                }
            )
        person = Membership.objects.only("display_name", "manager_id").get(pk=above)
        names.append(person.display_name)
        above = person.manager_id
