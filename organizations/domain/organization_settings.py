"""What an organization decides about itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused
from organizations.models import Organization, OrganizationSettings
from organizations.registry import registry

GENERAL = ("language", "time_zone", "week_start", "fiscal_year_start")
DIRECTION = ("vision", "mission", "values")
PROCESS = (
    "check_in_frequency",
    "check_in_weekday",
    "check_in_hour",
    "individual_okrs",
    "coaching",
    "rollout",
    "guidance_objectives",
    "guidance_organization_objectives",
    "guidance_individual_objectives",
    "guidance_key_results",
    "agreement",
    "lock_after_days",
    "band_green",
    "band_yellow",
    "pace_behind",
    "pace_far_behind",
)


def update_settings(
    *, actor: Actor, changes: dict[str, Any], allowed: Iterable[str], seen: datetime | None = None
) -> OrganizationSettings:
    """Change settings named in `allowed` (GENERAL, DIRECTION or PROCESS) and return them; the rest is left alone.

    `seen`: when the form was opened. Raises Refused when somebody else changed one of these fields since, and when
    bands or thresholds are in the wrong order. Side effects if anything changed: an audit entry, and what upper apps
    registered for changed settings.
    """
    with transaction.atomic():
        settings = OrganizationSettings.objects.select_for_update().get()
        wanted = {name: changes[name] for name in allowed if name in changes}
        refuse_if_changed_since(settings, actor=actor, seen=seen, fields=wanted)
        before, after = audit.apply_changes(settings, wanted)
        if after:
            if settings.band_yellow >= settings.band_green:
                raise Refused({"band_yellow": _("Yellow must begin below green.")})
            if settings.pace_behind >= settings.pace_far_behind:
                raise Refused({"pace_far_behind": _("“Behind” must begin before “far behind”.")})
            settings.save()
            audit.record(actor=actor, verb="edited", subject=settings, before=before, after=after)
            for follow in registry.settings_changed:
                follow(actor, after)
    return settings


def rename_organization(
    *, actor: Actor, organization: Organization, name: str, seen: datetime | None = None
) -> Organization:
    """Change the name people see; the address stays. Raises Refused for an empty name. Side effects: an audit entry."""
    with transaction.atomic():
        organization = Organization.objects.select_for_update().get(pk=organization.pk)
        refuse_if_changed_since(organization, actor=actor, seen=seen, fields=["name"])
        name = " ".join(name.split())
        if not name:
            raise Refused({"name": _("Give the organization a name.")})
        before, after = audit.apply_changes(organization, {"name": name})
        if after:
            organization.save(update_fields=["name"])
            audit.record(actor=actor, verb="edited", subject=organization, before=before, after=after)
    return organization
