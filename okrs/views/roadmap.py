"""The roadmap of a year."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from okrs import permissions
from okrs.queries.roadmap import roadmap as roadmap_of
from okrs.views.team import cycle_id_of
from organizations.requests import OrganizationRequest


@require_GET
def roadmap(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show a year with its cycles side by side; `cycle` (the year) and `page` are in the address."""
    text = request.GET.get("page", "")
    page = int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 10_000 else 1
    found = roadmap_of(request.actor, cycle_id_of(request), slug=slug, page=page)
    here = reverse("okrs:roadmap", args=[slug])
    year = str(found.year.pk) if found.year else ""
    return render(
        request,
        "okrs/roadmap/page.html",
        {
            "roadmap": found,
            "slug": slug,
            "year_options": [(str(one.pk), one.name) for one in found.years],
            "may_manage": bool(permissions.manage_cycles(request.actor)),
            "previous_url": f"{here}?{urlencode({'cycle': year, 'page': page - 1})}" if page > 1 else "",
            "next_url": f"{here}?{urlencode({'cycle': year, 'page': page + 1})}" if found.has_next else "",
        },
    )
