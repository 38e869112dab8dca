"""The command palette: a list for htmx, a page of its own without script."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from okrapp.web.htmx import respond
from okrs.queries.palette import LONGEST, found
from organizations.requests import OrganizationRequest


@require_safe
def palette(request: OrganizationRequest, slug: str) -> HttpResponse:
    """What `?q=` finds; nothing found offers an objective with that title."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    options = found(request.actor, query, slug=slug)
    create_url = f"{reverse('okrs:objective_create', args=[slug])}?{urlencode({'title': query})}"
    shown = [
        {
            "url": one.url,
            "icon": one.icon,
            "title": one.title,
            "kind": f"{one.kind} · {one.detail}" if one.detail else one.kind,
        }
        for one in options
    ]
    context = {"options": shown, "query": query, "create_url": create_url}
    return respond(request, "okrs/palette/page.html", "components/_palette_options.html", context)
