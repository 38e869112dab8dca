"""What is stored about people, on screen and on paper; and every change of the settings that concern them."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okrapp.web.decisions import authorize
from organizations.models import Membership
from organizations.permissions import read_settings_changes
from organizations.queries.audit import AuditFilter, audit_page
from organizations.registry import registry
from organizations.requests import OrganizationRequest

# Settings about how OKRs work, and who speaks for the employees.
ABOUT_PEOPLE = Q(object_type="organizations.organizationsettings") | Q(
    object_type="organizations.membership", after__has_key="is_employee_representative"
)


@require_safe
def data_sheet(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Everybody may know what is stored about people."""
    return render(request, "organizations/data_sheet/page.html", _context(request))


@require_safe
def data_sheet_print(request: OrganizationRequest, slug: str) -> HttpResponse:
    """The same on paper."""
    return render(request, "organizations/data_sheet/print.html", _context(request))


@require_safe
def data_sheet_changes(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Every change of the settings that concern people, from new to old."""
    authorize(read_settings_changes(request.actor))
    page = audit_page(request.actor, AuditFilter(), request.GET.get("cursor", ""), about=ABOUT_PEOPLE)
    context = {
        "page": page,
        "first_url": request.path if request.GET.get("cursor") else "",
        "next_url": f"?cursor={page.next_cursor}" if page.next_cursor else "",
    }
    return render(request, "organizations/data_sheet/changes.html", context)


def _context(request: OrganizationRequest) -> dict[str, Any]:
    settings = request.actor.settings
    return {
        "kept": registry.personal_data,
        "switches": [
            (_("Individual OKRs"), settings.individual_okrs),
            (_("Roles and coaches"), settings.coaching),
            (_("Rollout programme"), settings.rollout),
        ],
        "representatives": list(Membership.objects.active().filter(is_employee_representative=True)),
        "may_read_changes": bool(read_settings_changes(request.actor)),
    }
