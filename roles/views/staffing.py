"""The staffing: who holds which role where; and what somebody holds themselves."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from okrapp.web.decisions import authorize
from organizations.enums import Role
from organizations.queries.settings import today_of
from organizations.requests import OrganizationRequest
from roles import permissions
from roles.models import RoleAssignment
from roles.naming import role_label
from roles.queries.assignment import has_program_lead_office, history, with_answers
from roles.queries.assignment_sight import units_of
from roles.queries.line import Lines, TeamPlace
from roles.queries.staffing import (
    HISTORY,
    IN_FORCE,
    PAGE,
    PROPOSED,
    VIEWS,
    rows_of,
    sees_everything,
    staffing,
    summaries,
)
from roles.queries.waiting import asked_now
from roles.views.tabs import roles_tabs

# What is listed of one's own past.
MOST_PAST = 20


@require_GET
def staffing_page(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show one view of the staffing; `view`, `role`, `team` (and everything under it) and `page` are in the address."""
    actor = request.actor
    authorize(permissions.see_roles(actor))
    today = today_of(actor.settings)
    numbers = summaries(actor, today)
    options, part, team_ids = _part(request)
    role = request.GET.get("role", "")
    role = role if role in Role.values else ""
    wanted = request.GET.get("view", "")
    view = wanted if wanted in VIEWS else IN_FORCE
    here = reverse("roles:staffing", args=[slug])

    def address(**changes: str) -> str:
        kept = {"view": view, "role": role, "team": part.slug if part else ""} | changes
        query = urlencode({name: value for name, value in kept.items() if value})
        return f"{here}?{query}" if query else here

    page = Paginator(staffing(actor, view, today, role=role, team_ids=team_ids), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "tabs": roles_tabs(request, "roles:staffing"),
        "views": [
            (_("In force"), address(view=IN_FORCE), view == IN_FORCE),
            (_("Proposed"), address(view=PROPOSED), view == PROPOSED, sum(one.proposed for one in numbers)),
            (_("History"), address(view=HISTORY), view == HISTORY),
        ],
        "view": view,
        "summaries": numbers,
        "sees_everything": sees_everything(actor),
        "role": role,
        "role_options": [("", _("All roles")), *((one, role_label(one)) for one in Role.values)],
        "team": part.slug if part else "",
        "team_options": options,
        "rows": rows_of(actor, page.object_list, today),
        "total": page.paginator.count,
        "is_filtered": bool(role or part),
        "all_url": address(role="", team=""),
        "may_give": bool(permissions.assign_somebody(actor)),
        "lacks_office": not has_program_lead_office(),
        "previous_url": address(page=str(page.previous_page_number())) if page.has_previous() else "",
        "next_url": address(page=str(page.next_page_number())) if page.has_next() else "",
    }
    return render(request, "roles/staffing/page.html", context)


@require_GET
def my_roles(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Which roles one holds, where and until when, what one is asked, and what is over."""
    actor = request.actor
    mine = RoleAssignment.objects.filter(membership=actor.membership)
    today = today_of(actor.settings)
    standing = with_answers(mine.filter(pk__in=RoleAssignment.objects.standing().values("pk")))
    context = {
        "tabs": roles_tabs(request, "roles:my_roles"),
        "rows": rows_of(actor, standing.order_by("role", "starts_on", "pk"), today),
        "past": rows_of(actor, with_answers(history(mine))[:MOST_PAST], today),
        "waiting": asked_now(actor),
        "slug": slug,
    }
    return render(request, "roles/staffing/mine.html", context)


def _part(request: OrganizationRequest) -> tuple[list[tuple[str, str]], TeamPlace | None, frozenset[UUID] | None]:
    """Teams to choose from, the chosen one, and the ids of it and everything under it; one query."""
    actor = request.actor
    lines = Lines()
    seen = set(lines.teams) if sees_everything(actor) else set(lines.teams) & set(units_of(actor))
    paths = {
        team_id: " › ".join(place.name for place in reversed(list(lines.up(team_id))))
        for team_id in lines.teams
        if team_id in seen
    }
    options = [
        ("", _("All teams")),
        *sorted(((lines.teams[pk].slug, path) for pk, path in paths.items()), key=_by_path),
    ]
    part = next((lines.teams[pk] for pk in paths if lines.teams[pk].slug == request.GET.get("team", "")), None)
    if part is None:
        return options, None, None
    below = frozenset(pk for pk in lines.teams if any(above.id == part.id for above in lines.up(pk)))
    return options, part, below


def _by_path(pair: tuple[str, str]) -> str:
    return pair[1].casefold()
