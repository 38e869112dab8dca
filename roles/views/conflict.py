"""Conflicts of interest that came up later, with the ways out, and the exceptions in force."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import go_to, toast
from organizations.errors import Refused
from organizations.queries.settings import local_today
from organizations.requests import OrganizationRequest
from roles import permissions
from roles.domain.assignment import end_assignment
from roles.models import RoleAssignment
from roles.queries.conflict import flagged_conflicts
from roles.queries.exception import exceptions_in_scope
from roles.views.tabs import roles_tabs

PAGE_SIZE = 50


@require_GET
def conflicts(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Coaches who should not coach what they coach, in one's own part of the organization; `?page=`."""
    authorize(permissions.see_roles(request.actor))
    today = local_today()
    found = flagged_conflicts(request.actor, today)
    number = _number(request.GET.get("page", ""))
    first = (number - 1) * PAGE_SIZE
    context: dict[str, Any] = {
        "conflicts": found[first : first + PAGE_SIZE],
        "total": len(found),
        "exceptions": exceptions_in_scope(request.actor, today),
        "may_grant": bool(permissions.grant_exceptions(request.actor)),
        "previous_url": f"?page={number - 1}" if number > 1 else "",
        "next_url": f"?page={number + 1}" if len(found) > first + PAGE_SIZE else "",
        "tabs": roles_tabs(request, "roles:conflicts"),
    }
    return render(request, "roles/conflict/list.html", context)


@require_POST
def conflict_end(request: OrganizationRequest, slug: str, coaching_id: UUID) -> HttpResponse:
    """End a coaching that stands against the rule; no undo, since it could not be given anew."""
    assignment = get_object_or_404(RoleAssignment.objects.select_related("membership", "team"), pk=coaching_id)
    if assignment.role != "coach":
        raise Http404
    authorize(permissions.end_assignment(request.actor, assignment))
    try:
        end_assignment(actor=request.actor, assignment=assignment, reason=_("Conflict of interest"))
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("{name} coaches here no longer.").format(name=assignment.membership.display_name))
    return go_to(request, reverse("roles:conflicts", args=[slug]))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 10_000 else 1
