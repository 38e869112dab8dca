"""The alignment outline, and saying what an objective supports."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.htmx import invalid, is_fragment, partials, respond, toast
from okrs import permissions
from okrs.domain import alignment as domain
from okrs.enums import Confidence, ObjectiveStatus
from okrs.forms.alignment import AlignmentForm
from okrs.models import Cycle
from okrs.queries.alignment_graph import KEY_RESULT, OBJECTIVE, PRIORITY, choose_cycle
from okrs.queries.alignment_status import OUTDATED, SILENT
from okrs.queries.outline import MOST_ROWS, Outline, OutlineFilter
from okrs.queries.standing import Standings
from okrs.queries.targets import targets
from okrs.views.fetching import alignment_to_edit, objective_to_edit
from okrs.views.objective_parts import refreshed
from organizations.domain.removed import NeverRemoved
from organizations.errors import Refused
from organizations.requests import OrganizationRequest

TREE, ORPHANS, GAPS = "", "orphans", "gaps"
KINDS = (PRIORITY, OBJECTIVE, KEY_RESULT)
FORM, FORM_DRAWER = "okrs/alignment/form.html", "okrs/alignment/form_drawer.html"


@require_GET
def outline(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show the tree of a cycle; `cycle`, `team`, `status`, `q`, `focus` and `view` are in the address."""
    cycles = list(Cycle.objects.current())
    cycle = choose_cycle(cycles, request.GET.get("cycle", ""), Standings(request.actor).today)
    may_manage = bool(permissions.manage_cycles(request.actor))
    if cycle is None:
        return render(request, "okrs/alignment/empty.html", {"may_manage": may_manage})
    found = Outline(request.actor, outline_filter(request, cycle), cycles)
    view = request.GET.get("view", "")
    view = view if view in (ORPHANS, GAPS) else TREE
    context: dict[str, Any] = {
        "outline": found,
        "cycle": cycle,
        "view": view,
        "wanted": found.wanted,
        "switch": switch(request, on_map=False),
        "tabs": _tabs(request, found, view),
        "cycle_options": [(str(one.pk), one.name) for one in cycles],
        "team_options": [("", _("All teams")), *found.teams],
        "status_options": status_options(),
        "clear_url": address(request, team="", status="", q="", focus="", start=""),
        **_address_parts(request, cycle),
        **_listed(request, found, view),
    }
    target = "okrs/alignment/_results.html" if is_fragment(request) else "okrs/alignment/outline.html"
    return respond(request, "okrs/alignment/outline.html", target, context)


def _listed(request: OrganizationRequest, found: Outline, view: str) -> dict[str, Any]:
    """What the chosen view lists."""
    if view == ORPHANS:
        return {"nodes": found.orphans}
    if view == GAPS:
        return {"nodes": found.gaps}
    if focus := _id(request.GET.get("focus")):
        node = found.branch((OBJECTIVE, focus), 0)
        if node is not None:
            return {"nodes": [node], "focus": node}
    start = _number(request.GET.get("start"))
    nodes, more = found.tree(start)
    return {
        "nodes": nodes,
        "next_url": address(request, start=str(start + len(nodes))) if more else "",
        "previous_url": address(request, start=str(max(start - MOST_ROWS, 0) or "")) if start else "",
    }


@require_GET
def branch(request: OrganizationRequest, slug: str) -> HttpResponse:
    """What supports one node, opened two levels deep, as a fragment; without script a link leads to its focus."""
    cycles = list(Cycle.objects.current())
    cycle = choose_cycle(cycles, request.GET.get("cycle", ""), Standings(request.actor).today)
    node_id, kind = _id(request.GET.get("node")), request.GET.get("kind", "")
    if cycle is None or node_id is None or kind not in KINDS:
        raise Http404
    found = Outline(request.actor, outline_filter(request, cycle), cycles)
    node = found.branch((kind, node_id), min(_number(request.GET.get("depth")), 50), _number(request.GET.get("start")))
    if node is None:
        raise Http404
    context = {"parent": node, "cycle": cycle, **_address_parts(request, cycle)}
    return render(request, "okrs/alignment/_children.html", context)


def outline_filter(request: OrganizationRequest, cycle: Cycle) -> OutlineFilter:
    """Read what to show from the address; nonsense means everything."""
    status = request.GET.get("status", "")
    known = {value for value, _label in status_options()}
    return OutlineFilter(
        cycle=cycle,
        team_id=_id(request.GET.get("team")),
        status=status if status in known else "",
        text=" ".join(request.GET.get("q", "").split())[:100],
    )


def status_options() -> list[tuple[str, str]]:
    """What the filter by status offers."""
    return [
        ("", _("Every status")),
        *((value, capfirst(str(label))) for value, label in Confidence.choices),
        (OUTDATED, _("Outdated")),
        (SILENT, _("No word yet")),
        *((one.value, str(one.label)) for one in ObjectiveStatus if one != ObjectiveStatus.ACTIVE),
    ]


def _tabs(request: OrganizationRequest, found: Outline, view: str) -> list[tuple[str, str, bool, Any]]:
    return [
        (_("Everything"), address(request, view="", start=""), view == TREE, found.count),
        (
            _("Supports nothing"),
            address(request, view=ORPHANS, focus="", start=""),
            view == ORPHANS,
            len(found.orphan_entries),
        ),
        (
            _("Supported by nothing"),
            address(request, view=GAPS, focus="", start=""),
            view == GAPS,
            len(found.gap_entries),
        ),
    ]


def address(request: OrganizationRequest, name: str = "alignment", **changed: str) -> str:
    """The outline's address, or the map's, with some of its parameters changed; empty ones are left out."""
    names = ("cycle", "team", "status", "q", "view", "focus", *(("start",) if name == "alignment" else ()))
    values = {key: request.GET.get(key, "") for key in names} | changed
    query = urlencode({key: value for key, value in values.items() if value})
    path = reverse(f"okrs:{name}", args=[request.organization.slug])
    return f"{path}?{query}" if query else path


def switch(request: OrganizationRequest, *, on_map: bool) -> list[tuple[str, str, bool]]:
    """The two ways to look at a cycle, each with the same filters."""
    return [
        (_("Outline"), address(request, start=""), not on_map),
        (_("Map"), address(request, "alignment_map"), on_map),
    ]


def _address_parts(request: OrganizationRequest, cycle: Cycle) -> dict[str, Any]:
    """The filter as the end of an address, for the links inside the tree."""
    names = ("team", "status", "q")
    values = {name: request.GET.get(name, "") for name in names}
    query = urlencode({"cycle": cycle.pk, **{name: value for name, value in values.items() if value}})
    return {"query": query, "slug": request.organization.slug}


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0


@require_http_methods(["GET", "POST"])
def alignment_create(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Choose something that an objective supports; `?q=` searches without script."""
    objective = objective_to_edit(request, objective_id)
    form = AlignmentForm(request.POST or None, actor=request.actor)
    text = request.GET.get("q") or request.POST.get("q", "")
    context = {
        "form": form,
        "objective": objective,
        "title": _("What does it support?"),
        "action": reverse("okrs:alignment_create", args=[slug, objective.pk]),
        "search_url": reverse("okrs:alignment_search", args=[slug, objective.pk]),
        "search_hint": _("Part of an objective, a key result or a priority"),
        "found": targets(request.actor, objective, text),
        "text": text,
        "chosen": request.POST.get("target", ""),
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            domain.align(actor=request.actor, objective=objective, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Alignment added"))
            if not is_fragment(request):
                return redirect("okrs:objective", slug, objective.pk)
            return refreshed(request, objective.pk, "alignment", close_drawer=True)
    return invalid(request, FORM, FORM_DRAWER, context)


@require_GET
def alignment_search(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Objectives, key results and priorities that match what was typed, as a fragment."""
    objective = objective_to_edit(request, objective_id)
    text = request.GET.get("q", "")[:100]
    context = {
        "found": targets(request.actor, objective, text),
        "text": text,
        "chosen": request.GET.get("target", ""),
    }
    return render(request, "okrs/alignment/_options.html", context)


@require_POST
def alignment_remove(request: OrganizationRequest, slug: str, alignment_id: UUID) -> HttpResponse:
    """Say that an objective no longer supports this; the toast takes it back."""
    found = alignment_to_edit(request, alignment_id)
    target_id = found.target_objective_id or found.target_key_result_id or found.target_priority_id
    domain.remove_alignment(actor=request.actor, alignment=found)
    undo = reverse("okrs:alignment_restore", args=[slug, found.objective_id, target_id])
    toast(request, _("Alignment removed"), undo_url=undo)
    if not is_fragment(request):
        return redirect("okrs:objective", slug, found.objective_id)
    return refreshed(request, found.objective_id, "alignment")


@require_POST
def alignment_restore(request: OrganizationRequest, slug: str, objective_id: UUID, target_id: UUID) -> HttpResponse:
    """Take back a removal made moments ago."""
    objective = objective_to_edit(request, objective_id)
    try:
        domain.restore_alignment(actor=request.actor, objective=objective, target_id=target_id)
    except NeverRemoved as error:
        raise Http404 from error
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
        return partials(request) if is_fragment(request) else redirect("okrs:objective", slug, objective.pk)
    toast(request, _("Alignment is back"))
    if not is_fragment(request):
        return redirect("okrs:objective", slug, objective.pk)
    return refreshed(request, objective.pk, "alignment")
