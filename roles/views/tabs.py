"""The tabs above the pages of roles, and of coaching."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okrapp.web.wording import in_own_label
from organizations.requests import OrganizationRequest
from roles import community_permissions as community
from roles import permissions

Tab = tuple[str | Promise, str, bool]


def roles_tabs(request: OrganizationRequest, current: str) -> list[Tab]:
    """Return the tabs above pages about roles; `current` is the name of the address in view."""
    places: list[tuple[str | Promise, str]] = [
        (_("Who is who"), "roles:who_is_who"),
        (_("Profiles"), "roles:role_profiles"),
        (_("My roles"), "roles:my_roles"),
        (_("My certificates"), "roles:certificates"),
    ]
    if permissions.see_roles(request.actor):
        places.insert(1, (_("Staffing"), "roles:staffing"))
        places.append((_("Conflicts"), "roles:conflicts"))
    return _tabs(request, current, places)


def coaching_tabs(request: OrganizationRequest, current: str) -> list[Tab]:
    """Return the tabs above pages about coaching; `current` is the name of the address in view."""
    # The address of the first belongs to an app above, which knows what a team needs.
    places: list[tuple[str | Promise, str]] = [(_("My teams"), "okrs:coach_home")]
    if permissions.see_coverage(request.actor):
        places.append((_("Coverage"), "roles:coverage"))
    places.append((_("Coaches"), "roles:coaches"))
    if community.read_community(request.actor):
        places.append((_("Community"), "roles:community"))
    places.append((_("Questions"), "roles:questions"))
    return _tabs(request, current, places)


def _tabs(request: OrganizationRequest, current: str, places: list[tuple[str | Promise, str]]) -> list[Tab]:
    slug = request.organization.slug
    return [(in_own_label(label), reverse(name, args=[slug]), name == current) for label, name in places]
