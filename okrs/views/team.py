"""The page of a team, and that of the organization's own objectives."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okrs import permissions
from okrs.enums import Confidence, ObjectiveStatus
from okrs.models import Cycle
from okrs.queries.team_page import OUTDATED, Filters, TeamPage, organization_page, team_page
from organizations.models import StrategicPriority
from organizations.permissions import edit_team
from organizations.requests import OrganizationRequest
from roles.permissions import find_coach
from roles.question_permissions import ask_question


@require_safe
def team(request: OrganizationRequest, slug: str, team_slug: str) -> HttpResponse:
    """Objectives of a team in a cycle: `?cycle=`, filters and display in the address."""
    page = team_page(
        request.actor, team_slug, slug=slug, cycle_id=cycle_id_of(request), filters=Filters.of(request.GET.dict())
    )
    if page is None or page.team is None:
        raise Http404
    context = page_context(request, page)
    crumbs = [(above.name, reverse("okrs:team", args=[slug, above.slug])) for above in page.line[:-1]]
    may_find_coach = page.coaching is not None and find_coach(request.actor, page.team)
    may_ask = page.coaching is not None and page.team.archived_at is None and ask_question(request.actor, page.team)
    context |= {
        "crumbs": crumbs,
        "may_edit_team": bool(edit_team(request.actor, page.team)),
        "coach_url": reverse("roles:coach_proposal", args=[slug, team_slug]) if may_find_coach else "",
        "ask_url": f"{reverse('roles:question_ask', args=[slug])}?team={team_slug}" if may_ask else "",
    }
    return render(request, "okrs/team/page.html", context)


@require_safe
def organization(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Objectives of the whole organization, its vision and priorities at the top."""
    page = organization_page(
        request.actor, slug=slug, cycle_id=cycle_id_of(request), filters=Filters.of(request.GET.dict())
    )
    context = page_context(request, page) | {
        "settings": request.actor.settings,
        "priorities": list(StrategicPriority.objects.current()),
    }
    return render(request, "okrs/team/page.html", context)


def cycle_id_of(request: OrganizationRequest) -> UUID | None:
    """Return the cycle the address names; None for none, and for what is no id."""
    try:
        return UUID(request.GET.get("cycle", ""))
    except ValueError:
        return None


def page_context(request: OrganizationRequest, page: TeamPage) -> dict[str, Any]:
    """Return what the page's template shows besides what its queries found."""
    filters = page.filters
    return {
        "page": page,
        "summary": page.summary,
        "may_create": _may_create(request, page),
        "create_url": _create_url(request, page),
        "cycle_links": [(cycle, _address(request, cycle=str(cycle.pk), page=None)) for cycle in page.cycles],
        "filter_statuses": [("", _("All")), *ObjectiveStatus.choices],
        "filter_words": [("", _("All")), *Confidence.choices, (OUTDATED, _("outdated"))],
        "sorts": [
            (_("As arranged"), _address(request, sort=None, page=None), filters.sort == "position"),
            (_("Least progress first"), _address(request, sort="progress", page=None), filters.sort == "progress"),
            (_("Worst word first"), _address(request, sort="confidence", page=None), filters.sort == "confidence"),
            (_("By title"), _address(request, sort="title", page=None), filters.sort == "title"),
        ],
        "views": [
            (_("With key results"), _address(request, view=None), not filters.collapsed),
            (_("Objectives only"), _address(request, view="collapsed"), filters.collapsed),
        ],
        "all_url": _address(request, status=None, confidence=None, mine=None, page=None),
        "previous_url": _address(request, page=str(filters.page - 1)) if filters.page > 1 else "",
        "next_url": _address(request, page=str(filters.page + 1)) if filters.page < page.pages else "",
    }


def summary_for(request: OrganizationRequest, path: str, query: dict[str, str]) -> TeamPage | None:
    """Return the team or organization page at an address of this organization, None for any other address."""
    slug = request.organization.slug
    try:
        cycle_id = UUID(query.get("cycle", ""))
    except ValueError:
        cycle_id = None
    filters = replace(Filters.of(query), page=1)
    if path == reverse("okrs:organization", args=[slug]):
        return organization_page(request.actor, slug=slug, cycle_id=cycle_id, filters=filters)
    prefix = reverse("okrs:team", args=[slug, "x"]).removesuffix("x/")
    team_slug = path.removeprefix(prefix).removesuffix("/")
    if not path.startswith(prefix) or not team_slug or "/" in team_slug:
        return None
    return team_page(request.actor, team_slug, slug=slug, cycle_id=cycle_id, filters=filters)


def _may_create(request: OrganizationRequest, page: TeamPage) -> bool:
    if page.cycle is not None and page.cycle.is_read_only:
        return False
    if page.team is None:
        return bool(permissions.draft_for_organization(request.actor))
    return page.team.archived_at is None and bool(permissions.draft_in_team(request.actor, page.team))


def _create_url(request: OrganizationRequest, page: TeamPage) -> str:
    url = reverse("okrs:objective_create", args=[request.organization.slug])
    parts = [f"team={page.team.slug}" if page.team else "level=organization"]
    if isinstance(page.cycle, Cycle):
        parts.append(f"cycle={page.cycle.pk}")
    return f"{url}?{'&'.join(parts)}"


def _address(request: OrganizationRequest, **changes: str | None) -> str:
    """The present address with some parameters changed; None takes one away."""
    query = request.GET.copy()
    query.pop("drawer", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}" if query else request.path
