"""The drafting check of a cycle: how far the teams are, and what is missing in one team's objectives."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from okrs import permissions
from okrs.models import Cycle
from okrs.queries.drafting_check import ALL, EMPTY, GAPS, LATER, PAGE, VIEWS, DraftingCheck, team_check
from okrs.views.cycle_board import CHECK, cycle_context
from organizations.models import Team
from organizations.requests import OrganizationRequest


@require_GET
def drafting_check(request: OrganizationRequest, slug: str, cycle_id: UUID) -> HttpResponse:
    """Show every team's objectives of a cycle in numbers; `view` and `page` are in the address."""
    cycle = get_object_or_404(Cycle, pk=cycle_id)
    found = DraftingCheck(request.actor, cycle)
    wanted = request.GET.get("view", "")
    view = wanted if wanted in VIEWS else ALL
    here = reverse("okrs:drafting_check", args=[slug, cycle.pk])
    page = Paginator(found.of(view), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    found.count_findings(rows)
    kept = f"{here}?view={view}&" if view else f"{here}?"
    names = {ALL: _("Taking part"), EMPTY: _("Nothing yet"), GAPS: _("With gaps"), LATER: _("Not yet introduced")}
    context = cycle_context(request, cycle, CHECK) | {
        "rows": rows,
        "view": view,
        "views": [
            (name, f"{here}?view={key}" if key else here, key == view, len(found.of(key)))
            for key, name in names.items()
        ],
        "previous_url": f"{kept}page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"{kept}page={page.next_page_number()}" if page.has_next() else "",
        "here": here,
    }
    return render(request, "okrs/drafting_check/page.html", context)


@require_GET
def drafting_check_organization(request: OrganizationRequest, slug: str, cycle_id: UUID) -> HttpResponse:
    """Show the organization's own objectives of a cycle with what is missing."""
    return _detail(request, get_object_or_404(Cycle, pk=cycle_id), None)


@require_GET
def drafting_check_team(request: OrganizationRequest, slug: str, cycle_id: UUID, team_slug: str) -> HttpResponse:
    """Show a team's objectives of a cycle with what is missing."""
    cycle = get_object_or_404(Cycle, pk=cycle_id)
    return _detail(request, cycle, get_object_or_404(Team.objects.current(), slug=team_slug))


def _detail(request: OrganizationRequest, cycle: Cycle, team: Team | None) -> HttpResponse:
    slug, actor = request.organization.slug, request.actor
    text = request.GET.get("page", "")
    page = int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 10_000 else 1
    may_draft = permissions.draft_in_team(actor, team) if team else permissions.draft_for_organization(actor)
    create = f"cycle={cycle.pk}&" + (f"team={team.slug}" if team else "level=organization")
    found = team_check(actor, cycle, team, slug=slug, page=page)
    context = {
        "cycle": cycle,
        "slug": slug,
        "team": team,
        "check": found,
        "title": team.name if team else _("The whole organization"),
        "crumbs": [
            (_("Cycles"), reverse("okrs:cycles", args=[slug])),
            (cycle.name, reverse("okrs:cycle", args=[slug, cycle.pk])),
            (_("Drafting check"), reverse("okrs:drafting_check", args=[slug, cycle.pk])),
        ],
        "items": [(item, bool(permissions.edit_objective(actor, item.objective))) for item in found.items],
        "may_create": bool(may_draft) and not cycle.is_read_only,
        "create_url": f"{reverse('okrs:objective_create', args=[slug])}?{create}",
        "previous_url": f"?page={page - 1}" if page > 1 else "",
        "next_url": f"?page={page + 1}" if found.has_more else "",
    }
    return render(request, "okrs/drafting_check/team.html", context)
