"""The audit trail."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from okrapp.web.decisions import authorize
from organizations import permissions
from organizations.forms.audit import AuditFilterForm
from organizations.queries.audit import AuditFilter, audit_page
from organizations.requests import OrganizationRequest


@require_GET
def audit(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Who did what, from new to old, with filters."""
    authorize(permissions.edit_general(request.actor))
    form = AuditFilterForm(request.GET, actor=request.actor)
    is_valid = form.is_valid()
    chosen = form.cleaned_data
    wanted = AuditFilter(
        actor=chosen.get("actor"),
        object_type=chosen.get("object_type", ""),
        verb=chosen.get("verb", ""),
        since=chosen.get("since"),
        until=chosen.get("until"),
    )
    page = audit_page(request.actor, wanted, chosen.get("cursor", ""))
    kept = {name: value for name, value in request.GET.items() if value and name != "cursor"}
    context = {
        "form": form,
        "page": page,
        "is_filtered": bool(kept),
        "first_url": ("?" + urlencode(kept)) if request.GET.get("cursor") else "",
        "next_url": ("?" + urlencode(kept | {"cursor": page.next_cursor})) if page.next_cursor else "",
    }
    return render(request, "organizations/audit/list.html", context, status=200 if is_valid else 422)
