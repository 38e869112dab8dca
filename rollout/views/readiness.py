"""Readiness of a plan: who is asked what could be in the way, the barriers, and how they are voted into an order."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okrapp.web.htmx import go_to, invalid, is_fragment, partials, respond, toast
from okrapp.web.wording import in_own_label
from organizations.enums import Role
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import permissions, readiness_permissions
from rollout.domain import barrier as domain
from rollout.domain import barrier_collection
from rollout.enums import BarrierGroup, BarrierState
from rollout.forms.readiness import BarrierCommentForm, CollectionForm, SaidForm
from rollout.models import BarrierCollection, RolloutPlan, Wave
from rollout.models.readiness import VOTES
from rollout.queries.readiness import ReadinessPage, readiness_page
from rollout.views.fetching import around, plan_to

PAGE, BOARD = "rollout/readiness/page.html", "rollout/readiness/_board.html"


@require_safe
def plan_readiness(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Show what could be in the way to those who are asked and those who read the plan; `?state=`, `?page=`."""
    found = plan_to(request, plan_id, readiness_permissions.see_readiness)
    return render(request, PAGE, board_context(request, found))


@require_http_methods(["GET", "POST"])
def collection_edit(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Say who is asked, and open the collection."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    form = CollectionForm(posted(request), plan=found)
    if request.method == "POST" and form.is_valid():
        try:
            barrier_collection.open_collection(actor=request.actor, plan=found, **form.values())
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Barriers are collected. Those who are asked are told, and find this page under Rollout."))
            return go_to(request, readiness_url(slug, found))
    context = {"form": form, "plan": found, "slug": slug, "action": request.path}
    answer = invalid if form.is_bound else respond
    return answer(request, "rollout/readiness/collection.html", "rollout/readiness/collection_drawer.html", context)


@require_POST
def collection_close(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """End collecting and voting."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    return written(request, found, lambda: barrier_collection.close_collection(actor=request.actor, plan=found))


@require_POST
def barrier_create(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Say what could be in the way."""
    found = plan_to(request, plan_id, readiness_permissions.see_readiness)
    form = SaidForm(request.POST, auto_id="new-barrier-%s")
    if form.is_valid():
        try:
            domain.add_barrier(actor=request.actor, plan=found, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Added"))
            return board_again(request, found, focus="#new-barrier textarea")
    return invalid(request, PAGE, BOARD, board_context(request, found, said_form=form))


def board_context(
    request: OrganizationRequest,
    found: RolloutPlan,
    *,
    said_form: SaidForm | None = None,
    failed: tuple[UUID, BarrierCommentForm] | None = None,
    opened: UUID | None = None,
) -> dict[str, Any]:
    """Return what the page of barriers needs; forms with errors stand in for the empty ones.

    `opened` is the barrier whose comments are to be seen at once.

    Of a draft nothing but its name is told to those who are asked and may not read it.
    """
    slug = request.organization.slug
    state = request.GET.get("state", "")
    state = state if state in BarrierState.values else ""
    page = readiness_page(request.actor, found, state=state, number=request.GET.get("page", 1))
    url = readiness_url(slug, found)
    here = {"state": state, "page": str(page.page.number) if page.page.number > 1 else ""}
    context = around(request, found, "rollout:plan_readiness")
    return context | {
        "readiness": page,
        "rows": [(row, _comment_form(row.barrier.pk, failed)) for row in page.rows],
        "sees_outline": bool(permissions.see_outline(request.actor, found)),
        "opened": opened,
        "said_form": said_form or SaidForm(initial=_usual(request), auto_id="new-barrier-%s"),
        "audience": audience_words(page.collection) if page.collection is not None else "",
        "votes": VOTES,
        "state": state,
        "query": _query(here),
        "me_id": request.actor.membership.pk if request.actor.membership is not None else None,
        "states": _filters(url, page, state),
        "previous_url": _page_url(url, here, page.page.has_previous(), page.page.number - 1),
        "next_url": _page_url(url, here, page.page.has_next(), page.page.number + 1),
    }


def written(
    request: OrganizationRequest,
    found: RolloutPlan,
    write: Callable[[], Any],
    *,
    text: str = "",
    undo: str = "",
    focus: str = "",
    opened: UUID | None = None,
) -> HttpResponse:
    """Do a small write and show the barriers again; what the domain refuses is told in a toast."""
    try:
        write()
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        if text:
            toast(request, text, undo_url=undo)
    return board_again(request, found, focus=focus, opened=opened)


def board_again(
    request: OrganizationRequest, found: RolloutPlan, *, focus: str = "", opened: UUID | None = None
) -> HttpResponse:
    """Show the barriers as they now are: in place, or on their page."""
    if not is_fragment(request):
        place = focus if focus.startswith("#barrier-") else ""
        return redirect(readiness_url(request.organization.slug, found) + _query(request.GET.dict()) + place)
    fresh = plan_to(request, found.pk, readiness_permissions.see_readiness)
    return partials(request, body=BOARD, context=board_context(request, fresh, opened=opened), focus=focus)


def readiness_url(slug: str, found: RolloutPlan) -> str:
    """Return the address of a plan's barriers."""
    return reverse("rollout:plan_readiness", args=[slug, found.pk])


def audience_words(collection: BarrierCollection) -> str:
    """Return who is asked, in words; one query where the teams of waves are."""
    if collection.for_everybody:
        return _("Everybody")
    words = [str(in_own_label(Role(role).label)) for role in collection.roles]
    if collection.wave_ids:
        words += Wave.objects.filter(pk__in=collection.wave_ids).values_list("name", flat=True)
    return ", ".join(words)


def _query(values: dict[str, str]) -> str:
    """Return what the page was asked for, so that it shows the same after a small write."""
    kept = {name: values[name] for name in ("state", "page") if values.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def _page_url(url: str, here: dict[str, str], is_there: bool, number: int) -> str:
    return url + _query({**here, "page": str(number)}) if is_there else ""


def _filters(url: str, page: ReadinessPage, state: str) -> list[tuple[str, str, bool]]:
    rows = [(_("All"), url, not state, page.total)]
    rows += [(str(one.label), f"{url}?state={one}", one == state, page.counts[one]) for one in BarrierState]
    return [(f"{label} {count}", address, chosen) for label, address, chosen, count in rows if count or chosen]


def _usual(request: OrganizationRequest) -> dict[str, Any]:
    """Return how the form begins: without a name, for the group somebody most likely speaks for."""
    actor = request.actor
    group = BarrierGroup.TEAMS
    if actor.holds_somewhere(Role.COACH):
        group = BarrierGroup.COACHES
    elif actor.holds_somewhere(Role.LEADERSHIP):
        group = BarrierGroup.LEADERS
    return {"is_anonymous": True, "group": group}


def _comment_form(barrier_id: UUID, failed: tuple[UUID, BarrierCommentForm] | None) -> BarrierCommentForm:
    if failed is not None and failed[0] == barrier_id:
        return failed[1]
    return BarrierCommentForm(initial={"is_anonymous": True}, auto_id=f"say-{barrier_id}-%s")
