"""The alignment map: a page with filters, and the data that its script draws."""

import json
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_GET

from okrapp.web import numbers
from okrapp.web.htmx import CONFLICT
from okrs import permissions
from okrs.models import Cycle, Objective
from okrs.queries.alignment_graph import choose_cycle
from okrs.queries.alignment_map import AlignmentMap
from okrs.queries.standing import Standings
from okrs.templatetags.okrs import STATUSES
from okrs.views.alignment import GAPS, ORPHANS, TREE, address, outline_filter, status_options, switch
from organizations.models import Team
from organizations.requests import OrganizationRequest


@require_GET
def alignment_map(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show the map of a cycle; `cycle`, `team`, `status`, `q`, `focus` and `view` are in the address.

    The page reads no objective: its script fetches them, and applies the filters to what it has.
    """
    cycles = list(Cycle.objects.current())
    cycle = choose_cycle(cycles, request.GET.get("cycle", ""), Standings(request.actor).today)
    if cycle is None:
        may_manage = bool(permissions.manage_cycles(request.actor))
        return render(request, "okrs/alignment/empty.html", {"may_manage": may_manage})
    view = request.GET.get("view", "")
    view = view if view in (ORPHANS, GAPS) else TREE
    teams = Team.objects.filter(pk__in=Objective.objects.open().current().filter(cycle=cycle).values("team")).order_by(
        "name"
    )
    context = {
        "slug": slug,
        "cycle": cycle,
        "wanted": outline_filter(request, cycle),
        "view": view,
        "focus": request.GET.get("focus", ""),
        "switch": switch(request, on_map=True),
        "tabs": [
            (_("Everything"), address(request, "alignment_map", view=""), view == TREE),
            (_("Supports nothing"), address(request, "alignment_map", view=ORPHANS, focus=""), view == ORPHANS),
            (_("Supported by nothing"), address(request, "alignment_map", view=GAPS, focus=""), view == GAPS),
        ],
        "outline_url": address(request, "alignment"),
        "cycle_options": [(str(one.pk), one.name) for one in cycles],
        "team_options": [("", _("All teams")), *((str(team.pk), team.name) for team in teams)],
        "team_slug": next((team.slug for team in teams if str(team.pk) == request.GET.get("team")), ""),
        "status_options": status_options(),
        "legend": [(status, tone, icon, capfirst(str(word))) for status, (tone, icon, word) in STATUSES.items()],
        "words": json.dumps(_words()),
    }
    return render(request, "okrs/alignment/map.html", context)


@require_GET
@gzip_page
@cache_control(private=True, no_cache=True)
@conditional_page
def alignment_map_data(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Answer the nodes of a cycle's map as columns, with the first titles; 304 while nothing has changed."""
    return _answer(_map_of(request).columns())


@require_GET
@gzip_page
@cache_control(private=True, no_cache=True)
def alignment_map_titles(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Answer the titles that did not fit into the data; 409 when the map has changed since, and is to be read anew."""
    found = _map_of(request)
    if request.GET.get("version") != found.version:
        return _answer({}, status=CONFLICT)
    start = request.GET.get("start", "")
    return _answer(found.titles(int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 0))


def _map_of(request: OrganizationRequest) -> AlignmentMap:
    cycles = list(Cycle.objects.current())
    cycle = choose_cycle(cycles, request.GET.get("cycle", ""), Standings(request.actor).today)
    if cycle is None:
        raise Http404
    return AlignmentMap(request.actor, cycle, cycles)


def _answer(values: dict[str, Any], status: int = 200) -> HttpResponse:
    compact = {"separators": (",", ":"), "ensure_ascii": False}
    return JsonResponse(values, json_dumps_params=compact, status=status)


def _words() -> dict[str, str]:
    """What the script says; names in braces are filled in by it."""
    return {
        "priority": _("Strategic priority"),
        "keyResult": _("Key result"),
        "organization": _("The whole organization"),
        "individual": _("Individual objective"),
        "group": _("Objectives that support nothing"),
        "percent": numbers.with_unit("{percent}", "%"),
        "place": _("{place} of {count}"),
        "level": _("level {level}"),
        "open": _("open, {count} below"),
        "closed": _("closed, {count} below"),
        "also": _("also supports {count} more"),
        "found": _("{place} of {count} found"),
        "nothing": _("Nothing found"),
        "empty": _("No objective of this cycle fits what you chose."),
        "failed": _("The map could not be loaded. Try again, or use the outline."),
    }
