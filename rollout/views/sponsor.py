"""The home of a sponsor."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations.requests import OrganizationRequest
from rollout.queries.sponsor import sponsored_plans


@require_safe
def sponsor_home(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show the plans the reader is the sponsor of: what waits for them, the money, and where each stands."""
    rows = sponsored_plans(request.actor)
    context = {"rows": rows, "slug": slug, "waiting": sum(1 for row in rows if row.waits)}
    return render(request, "rollout/sponsor/home.html", context)
