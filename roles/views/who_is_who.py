"""Who is who in this organization, and how to reach them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from organizations.enums import Role
from organizations.queries.settings import today_of
from organizations.requests import OrganizationRequest
from roles import permissions
from roles.naming import role_label
from roles.queries.who_is_who import ecosystem, found_by_name, mine
from roles.views.tabs import roles_tabs

LONGEST = 80


@require_GET
def who_is_who(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show everybody who plays a part; `q` (a part of a name) and `print` (for paper) are in the address."""
    actor = request.actor
    today = today_of(actor.settings)
    text = request.GET.get("q", "").strip()[:LONGEST]
    for_paper = "print" in request.GET
    context = {
        "who": ecosystem(today),
        "mine": [] if for_paper else [(_my(key), holders) for key, holders in mine(actor)],
        "text": text,
        "found": found_by_name(text, today) if text else [],
        "fillable": [role for role in Role.values if permissions.assign_role(actor, role)],
        "for_paper": for_paper,
        "tabs": roles_tabs(request, "roles:who_is_who"),
    }
    return render(request, f"roles/who_is_who/{'print' if for_paper else 'page'}.html", context)


def _my(key: str) -> str:
    return _("My lead") if key == "lead" else _("My {role}").format(role=role_label(key))
