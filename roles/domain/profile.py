"""What an organization says about a role, in its own words."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.enums import Role
from organizations.errors import Refused
from organizations.models import OrganizationSettings
from roles.models import RoleProfile
from roles.naming import forget_names
from roles.queries.profile import TEXTS, default_texts

FIELDS = ("name", *TEXTS, "seats")


def update_profile(*, actor: Actor, role: str, changes: dict[str, Any], seen: datetime | None = None) -> RoleProfile:
    """Change what a role is called, its texts and how many people are wanted, and return its profile.

    A text that is ours, or empty, is kept as ours: it then goes on to be shown in the reader's language. Raises Refused
    when somebody else changed one of these fields since `seen`, and for a name another role has. Side effects: an audit
    entry if anything changed.
    """
    with transaction.atomic():
        profile = _locked(role)
        refuse_if_changed_since(profile, actor=actor, seen=seen, fields=changes)
        wanted = {name: changes[name] for name in FIELDS if name in changes}
        ours = default_texts(role)
        for name in TEXTS:
            if name in wanted:
                wanted[name] = "" if _same(wanted[name], ours[name]) else wanted[name].strip()
        if "name" in wanted:
            wanted["name"] = " ".join(wanted["name"].split())
            _refuse_taken_name(role, wanted["name"])
            if wanted["name"] == str(Role(role).label):
                wanted["name"] = ""
        before, after = audit.apply_changes(profile, wanted)
        if after:
            profile.save()
            forget_names()
            audit.record(actor=actor, verb="edited", subject=profile, before=before, after=after)
    return profile


def reset_profile(*, actor: Actor, role: str) -> RoleProfile:
    """Go back to our texts about a role and return its profile; its name and seats stay.

    Side effects: an audit entry.
    """
    with transaction.atomic():
        profile = _locked(role)
        before, after = audit.apply_changes(profile, dict.fromkeys(TEXTS, ""))
        if after:
            profile.save()
            audit.record(actor=actor, verb="reset", subject=profile, before=before, after=after)
    return profile


def restore_profile(*, actor: Actor, role: str) -> RoleProfile:
    """Take the last way back to our texts back, and return the profile.

    Raises Refused where the texts are the organization's own again, or always were. Side effects: an audit entry.
    """
    with transaction.atomic():
        profile = _locked(role)
        was = audit.last_before(profile, ["reset"])
        if was is None or any(getattr(profile, name) for name in TEXTS):
            raise Refused(_("There is nothing to take back here."))
        before, after = audit.apply_changes(profile, {name: was.get(name, "") for name in TEXTS})
        profile.save()
        audit.record(actor=actor, verb="restored", subject=profile, before=before, after=after)
    return profile


def _locked(role: str) -> RoleProfile:
    """The profile of a role, made if there is none, while nobody else changes a profile."""
    OrganizationSettings.objects.select_for_update().only("pk").get()
    profile, _made = RoleProfile.objects.get_or_create(role=role)
    return profile


def _same(text: str, other: str) -> bool:
    return [line.split() for line in text.strip().splitlines()] == [line.split() for line in other.splitlines()]


def _refuse_taken_name(role: str, name: str) -> None:
    others = {str(Role(other).label) for other in Role.values if other != role}
    others |= set(RoleProfile.objects.exclude(role=role).exclude(name="").values_list("name", flat=True))
    if name and name.casefold() in {other.casefold() for other in others}:
        raise Refused({"name": _("Another role is called that.")})
