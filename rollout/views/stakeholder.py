"""The stakeholders of a plan: list, map, one of them, and what becomes of what was written."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okrapp.web.htmx import go_to, invalid, respond, toast
from organizations.errors import Refused
from organizations.queries.settings import today_of
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import stakeholder_permissions as permissions
from rollout.domain import stakeholder as domain
from rollout.domain.stakeholder_data import delete_stakeholder_data
from rollout.enums import Attitude
from rollout.forms.stakeholder import AttitudeForm, StakeholderFilterForm, StakeholderForm
from rollout.models import Stakeholder, StakeholderAttitude
from rollout.queries.disclosure import with_all
from rollout.queries.stakeholders import TONES, stakeholder_page
from rollout.views.doing import done
from rollout.views.fetching import Ask, around, plan_to

PER_PAGE = 50
FORM, FORM_DRAWER = "rollout/stakeholder/form.html", "rollout/stakeholder/form_drawer.html"


@require_safe
def stakeholders(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Show who has a stake in a rollout: as a map of influence and interest, and as a list."""
    found = plan_to(request, plan_id, permissions.see_stakeholders)
    writes = bool(permissions.edit_stakeholders(request.actor, found))
    context = around(request, found, "rollout:stakeholders")
    form = StakeholderFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    today = today_of(request.actor.settings)
    page = stakeholder_page(found, today, with_requests=writes, wanted=wanted, me=request.actor)
    listed = Paginator(page.wanted, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    prefix = f"?{query.urlencode()}&" if query else "?"
    context |= {
        "page": page,
        "form": form,
        "listed": listed,
        "is_filtered": any(wanted.values()),
        "previous_url": f"{prefix}page={listed.previous_page_number()}" if listed.has_previous() else "",
        "next_url": f"{prefix}page={listed.next_page_number()}" if listed.has_next() else "",
        "may_write": writes and context["may_edit"],
        "may_delete": writes and (found.is_over or found.archived_at is not None),
    }
    return render(request, "rollout/stakeholder/list.html", context)


@require_http_methods(["GET", "POST"])
def stakeholder_create(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Add a person or a group."""
    found = plan_to(request, plan_id, permissions.edit_stakeholders)
    form = StakeholderForm(posted(request), slug=slug)
    if request.method == "POST" and form.is_valid():
        try:
            domain.add_stakeholder(actor=request.actor, plan=found, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Stakeholder added"))
            return go_to(request, reverse("rollout:stakeholders", args=[slug, found.pk]))
    context = {"form": form, "plan": found, "slug": slug, "action": request.path, "title": _("New stakeholder")}
    return (invalid if form.is_bound else respond)(request, FORM, FORM_DRAWER, context)


@require_safe
def stakeholder(request: OrganizationRequest, slug: str, stakeholder_id: UUID) -> HttpResponse:
    """Show one of them with attitudes over time and concerns."""
    row = stakeholder_to(request, stakeholder_id, permissions.see_stakeholders, whole=True)
    context = around(request, row.plan, "rollout:stakeholders")
    writes = bool(permissions.edit_stakeholders(request.actor, row.plan))
    context |= {
        "row": row,
        "attitudes": [(one, *TONES[Attitude(one.attitude)]) for one in row.attitudes.all()],
        "is_overdue": row.is_overdue(today_of(request.actor.settings)) and not row.plan.is_over,
        "may_write": writes and context["may_edit"],
        "may_disclose": writes and row.membership_id is not None,
    }
    return render(request, "rollout/stakeholder/page.html", context)


@require_http_methods(["GET", "POST"])
def stakeholder_edit(request: OrganizationRequest, slug: str, stakeholder_id: UUID) -> HttpResponse:
    """Change influence, interest, owner and the next contact."""
    row = stakeholder_to(request, stakeholder_id, permissions.edit_stakeholders)
    form = StakeholderForm(posted(request), slug=slug, stakeholder=row)
    if request.method == "POST" and form.is_valid():
        try:
            domain.edit_stakeholder(actor=request.actor, stakeholder=row, changes=form.changes(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Stakeholder saved"))
            return go_to(request, page_of(request, row))
    context = {"form": form, "row": row, "plan": row.plan, "slug": slug, "action": request.path}
    return (invalid if form.is_bound else respond)(
        request, FORM, FORM_DRAWER, context | {"title": _("Edit stakeholder")}
    )


@require_POST
def stakeholder_remove(request: OrganizationRequest, slug: str, stakeholder_id: UUID) -> HttpResponse:
    """Remove an entry; the toast takes it back."""
    row = stakeholder_to(request, stakeholder_id, permissions.edit_stakeholders)
    back = reverse("rollout:stakeholders", args=[slug, row.plan_id])
    undo = reverse("rollout:stakeholder_restore", args=[slug, row.pk])
    return done(request, domain.remove_stakeholder, _("Stakeholder removed"), back=back, undo=undo, stakeholder=row)


@require_POST
def stakeholder_restore(request: OrganizationRequest, slug: str, stakeholder_id: UUID) -> HttpResponse:
    """Bring back an entry removed moments ago."""
    row = stakeholder_to(request, stakeholder_id, permissions.edit_stakeholders, also_removed=True)
    back = reverse("rollout:stakeholders", args=[slug, row.plan_id])
    return done(request, domain.restore_stakeholder, _("It is back."), back=back, stakeholder=row)


@require_http_methods(["GET", "POST"])
def attitude_create(request: OrganizationRequest, slug: str, stakeholder_id: UUID) -> HttpResponse:
    """Write down how somebody stands towards the rollout."""
    row = stakeholder_to(request, stakeholder_id, permissions.edit_stakeholders)
    form = AttitudeForm(posted(request), initial={"on": today_of(request.actor.settings)})
    if request.method == "POST" and form.is_valid():
        try:
            domain.note_attitude(actor=request.actor, stakeholder=row, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Attitude noted"))
            return go_to(request, page_of(request, row))
    context = {"form": form, "row": row, "plan": row.plan, "slug": slug, "action": request.path}
    return (invalid if form.is_bound else respond)(
        request, "rollout/stakeholder/attitude.html", "rollout/stakeholder/attitude_drawer.html", context
    )


@require_POST
def attitude_remove(request: OrganizationRequest, slug: str, attitude_id: UUID) -> HttpResponse:
    """Delete what was written down about an attitude, for good."""
    attitude: StakeholderAttitude = get_object_or_404(StakeholderAttitude, pk=attitude_id)
    attitude.stakeholder = stakeholder_to(request, attitude.stakeholder_id, permissions.edit_stakeholders)
    back = page_of(request, attitude.stakeholder)
    return done(request, domain.remove_attitude, _("Deleted."), back=back, attitude=attitude)


@require_POST
def stakeholders_delete(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Delete the stakeholders of a plan that is over, for good."""
    found = plan_to(request, plan_id, permissions.edit_stakeholders)
    back = reverse("rollout:stakeholders", args=[slug, found.pk])
    text = _("The stakeholder data of this plan is deleted.")
    return done(request, delete_stakeholder_data, text, back=back, plan=found)


def stakeholder_to(
    request: OrganizationRequest, stakeholder_id: UUID, ask: Ask, *, whole: bool = False, also_removed: bool = False
) -> Stakeholder:
    """Return an entry the reader may do something with, with its plan; `whole` brings attitudes and concerns."""
    rows = Stakeholder.objects.all() if also_removed else Stakeholder.objects.standing()
    rows = rows.select_related("membership", "owner")
    row: Stakeholder = get_object_or_404(with_all(rows) if whole else rows, pk=stakeholder_id)
    row.plan = plan_to(request, row.plan_id, ask)
    return row


def page_of(request: OrganizationRequest, row: Stakeholder) -> str:
    """Return the address of an entry."""
    return reverse("rollout:stakeholder", args=[request.organization.slug, row.pk])


def shown_context(row: Stakeholder) -> dict[str, Any]:
    """Return what the fragment that shows an entry needs."""
    return {"row": row, "attitudes": [(one, *TONES[Attitude(one.attitude)]) for one in row.attitudes.all()]}
