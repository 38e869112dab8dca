"""Coverage and load: which teams have a coach, and what coaches carry."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from okrapp.web.decisions import authorize
from okrapp.web.wording import in_own_label
from organizations.enums import Role
from organizations.queries.settings import today_of
from organizations.requests import OrganizationRequest
from roles import permissions
from roles.queries.coverage import read_coverage, scope_of
from roles.queries.coverage_page import (
    ALL,
    FAR,
    LOAD,
    PAGE,
    VIEWS,
    WITHOUT,
    in_part,
    load_rows_of,
    loads_of,
    part_named,
    parts,
    summary_of,
    team_rows_of,
    teams_of,
)
from roles.views.tabs import coaching_tabs


@require_GET
def coverage(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show the numbers and one view of them; `team` (a part of the tree), `view` and `page` are in the address."""
    actor = request.actor
    authorize(permissions.see_coverage(actor))
    found = read_coverage(today_of(actor.settings))
    seen = scope_of(actor, found)
    part = part_named(found.lines, seen, request.GET.get("team", ""))
    shown = in_part(found.lines, seen, part)
    is_whole = part is None and len(seen) == len(found.lines.teams)
    loads = loads_of(found, None if is_whole else shown)
    wanted = request.GET.get("view", "")
    view = wanted if wanted in VIEWS else WITHOUT
    summary = summary_of(found, shown)
    here = reverse("roles:coverage", args=[slug])
    everything = _("All I may see") if len(seen) < len(found.lines.teams) else _("Whole organization")

    def address(**changes: str) -> str:
        kept = {"team": part.slug if part else "", "view": view} | changes
        query = urlencode({name: value for name, value in kept.items() if value})
        return f"{here}?{query}" if query else here

    teams = [] if view == LOAD else teams_of(found, shown, view)
    page = Paginator(range(len(loads if view == LOAD else teams)), PAGE).get_page(request.GET.get("page"))
    first = (page.number - 1) * PAGE
    names = [
        (in_own_label(_("Without a coach")), WITHOUT, summary.without),
        (_("Organization-wide coach only"), FAR, summary.far),
        (_("All teams"), ALL, summary.total),
        (in_own_label(_("Load of coaches")), LOAD, len(loads)),
    ]
    context = {
        "tabs": coaching_tabs(request, "roles:coverage"),
        "views": [(label, address(view=key), key == view, count) for label, key, count in names],
        "view": view,
        "summary": summary,
        "over": sum(load.is_over for load in loads),
        "part": part,
        "part_options": [("", everything), *parts(found.lines, seen, part)],
        "rows": [
            (row, actor.holds(Role.PLO, row.team.id) or actor.is_(row.team.lead_id))
            for row in team_rows_of(found, teams[first : first + PAGE])
        ],
        "load_rows": load_rows_of(found, loads[first : first + PAGE]) if view == LOAD else [],
        "previous_url": address(page=str(page.previous_page_number())) if page.has_previous() else "",
        "next_url": address(page=str(page.next_page_number())) if page.has_next() else "",
        "all_url": address(view=ALL),
    }
    return render(request, "roles/coverage/page.html", context)
