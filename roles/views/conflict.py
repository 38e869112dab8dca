"""Conflicts of interest that came up later, and the exceptions in force."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from okrapp.web.decisions import authorize
from organizations.queries.settings import local_today
from organizations.requests import OrganizationRequest
from roles import permissions
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


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 10_000 else 1
