"""What a coach says about themselves."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused
from organizations.models import Membership
from roles.languages import LANGUAGES
from roles.models import CoachProfile

FIELDS = (
    "about",
    "experience",
    "languages",
    "teams_wanted",
    "hours_a_week",
    "hours_at_change",
    "takes_teams",
)


def write_coach_profile(
    *, actor: Actor, membership: Membership, changes: dict[str, Any], seen: datetime | None = None
) -> CoachProfile:
    """Change fields of FIELDS of somebody's coach profile, which is made if there is none, and return it.

    Raises Refused for values that make no sense, and when somebody else changed one of them since `seen`. Side
    effects: an audit entry if anything changed, or the profile is new.
    """
    with transaction.atomic():
        # Whoever comes second waits here, also where there is no profile yet.
        member = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        profile, is_new = CoachProfile.objects.get_or_create(membership=member)
        profile.membership = member
        refuse_if_changed_since(profile, actor=actor, seen=seen, fields=changes)
        wanted = {name: changes[name] for name in FIELDS if name in changes}
        for name in ("about", "experience"):
            if name in wanted:
                wanted[name] = wanted[name].strip()
        if "languages" in wanted:
            wanted["languages"] = _clean_languages(wanted["languages"])
        before, after = audit.apply_changes(profile, wanted)
        if after:
            _refuse_nonsense(profile, set(after))
            profile.save()
        if after or is_new:
            verb = "created" if is_new else "edited"
            audit.record(actor=actor, verb=verb, subject=profile, before=None if is_new else before, after=after)
    return profile


def _clean_languages(codes: list[str]) -> list[str]:
    """Each once, in the order in which the product lists them."""
    if set(codes) - set(LANGUAGES):
        raise Refused({"languages": _("Choose languages of the list.")})
    return [code for code in LANGUAGES if code in codes]


def _refuse_nonsense(profile: CoachProfile, names: set[str]) -> None:
    others = {field.name for field in profile._meta.fields} - names
    try:
        profile.clean_fields(exclude=others)
    except ValidationError as error:
        raise Refused(error.message_dict) from error
