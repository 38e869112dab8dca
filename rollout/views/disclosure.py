"""What plans hold about the reader, asking for it, and disclosing it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organizations.requests import OrganizationRequest
from rollout import stakeholder_permissions as permissions
from rollout.domain import disclosure as domain
from rollout.models import DisclosureRequest
from rollout.queries.disclosure import about
from rollout.views.doing import done
from rollout.views.fetching import plan_to
from rollout.views.stakeholder import page_of, shown_context, stakeholder_to


@require_safe
def about_me(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Say whether plans may hold something about people, and show what was disclosed to the reader."""
    found = about(request.actor)
    context = {"page": found, "entries": [shown_context(row) for row in found.entries], "slug": slug}
    return render(request, "rollout/disclosure/about_me.html", context)


@require_POST
def ask_about_me(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Ask every plan's office; the answer is the same whether there is anything."""
    text = _("Asked. The Program Lead Office answers here.")
    return done(request, domain.ask_about_oneself, text, back=reverse("rollout:about_me", args=[slug]))


@require_POST
def stakeholder_disclose(request: OrganizationRequest, slug: str, stakeholder_id: UUID) -> HttpResponse:
    """Let the person read the entry about them; the toast takes it back."""
    row = stakeholder_to(request, stakeholder_id, permissions.edit_stakeholders)
    text = _("Disclosed. They read it as it stands, and as it will.")
    undo = reverse("rollout:stakeholder_conceal", args=[slug, row.pk])
    return done(request, domain.disclose_stakeholder, text, back=page_of(request, row), undo=undo, stakeholder=row)


@require_POST
def stakeholder_conceal(request: OrganizationRequest, slug: str, stakeholder_id: UUID) -> HttpResponse:
    """Take a disclosure back."""
    row = stakeholder_to(request, stakeholder_id, permissions.edit_stakeholders)
    text = _("Taken back: they do not read it any more.")
    return done(request, domain.withdraw_disclosure, text, back=page_of(request, row), stakeholder=row)


@require_POST
def disclosure_nothing(request: OrganizationRequest, slug: str, disclosure_id: UUID) -> HttpResponse:
    """Tell somebody who asked that the plan holds nothing about them."""
    asked: DisclosureRequest = get_object_or_404(DisclosureRequest, pk=disclosure_id)
    asked.plan = plan_to(request, asked.plan_id, permissions.edit_stakeholders)
    back = reverse("rollout:stakeholders", args=[slug, asked.plan_id])
    return done(request, domain.answer_nothing, _("Answered."), back=back, asked=asked)
