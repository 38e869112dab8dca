"""Fetching a plan or a part of one, and asking whether the reader may."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlparse
from uuid import UUID

from django.db.models import Model, Prefetch
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from okrapp.web.decisions import Decision, authorize
from organizations.actor import Actor
from organizations.requests import OrganizationRequest
from rollout import permissions
from rollout.forms.part import FORMS, PartForm
from rollout.models import Criterion, PlanOfficer, RolloutPlan
from rollout.tabs import plan_tabs

Ask = Callable[[Actor, RolloutPlan], Decision]


def plan_to(request: OrganizationRequest, plan_id: UUID, ask: Ask) -> RolloutPlan:
    """Return a plan the reader may do something with. A plan whose outline they may not read is not there (404)."""
    rows = RolloutPlan.objects.select_related("team", "sponsor").prefetch_related(
        Prefetch("officers", queryset=PlanOfficer.objects.select_related("membership").order_by("pk"))
    )
    plan: RolloutPlan = get_object_or_404(rows, pk=plan_id)
    authorize(ask(request.actor, plan))
    return plan


def part_to_edit(request: OrganizationRequest, kind: str, part_id: UUID) -> tuple[Any, RolloutPlan]:
    """Return a part of a plan the reader may change, and that plan."""
    form = form_of(kind)
    rows = form.model._default_manager.all()
    if form.model is Criterion:
        rows = rows.select_related("phase__plan")
    part: Model = get_object_or_404(rows, pk=part_id)
    plan_id = part.phase.plan_id if isinstance(part, Criterion) else part.plan_id  # type: ignore[attr-defined]
    return part, plan_to(request, plan_id, permissions.edit_plan)


def form_of(kind: str) -> type[PartForm]:
    """Return the form of a kind of part by the word its addresses have; 404 for another."""
    try:
        return FORMS[kind]
    except KeyError as error:
        raise Http404 from error


def around(request: OrganizationRequest, plan: RolloutPlan, current: str) -> dict[str, Any]:
    """Return what every page of a plan needs: the plan, its tabs, and whether the reader changes it."""
    slug = request.organization.slug
    tabs, pages_of_tab = plan_tabs(request.actor, plan, slug, current)
    return {
        "plan": plan,
        "slug": slug,
        "tabs": tabs,
        "pages_of_tab": pages_of_tab,
        "may_edit": bool(permissions.edit_plan(request.actor, plan)) and not plan.is_over and plan.archived_at is None,
    }


def back_to(request: OrganizationRequest, plan: RolloutPlan, home: str) -> str:
    """Return the page of this plan one came from, as it was filtered, else the one named `home`; no drawer is open.

    The browser keeps an open drawer in the address of the page behind it, and what it shows is done with.
    """
    current = urlparse(getattr(request.htmx, "current_url", None) or request.headers.get("Referer", ""))
    within = reverse("rollout:plan", args=[request.organization.slug, plan.pk])
    if not current.path.startswith(within):
        return reverse(home, args=[request.organization.slug, plan.pk])
    query = QueryDict(current.query, mutable=True)
    query.pop("drawer", None)
    return f"{current.path}?{query.urlencode()}" if query else current.path
