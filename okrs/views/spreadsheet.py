"""Import of OKRs; the screens are those of every import."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from okrapp.web.decisions import authorize
from okrs import permissions
from okrs.importers.okrs import KIND
from organizations.requests import OrganizationRequest


@require_GET
def okr_import(request: OrganizationRequest, slug: str) -> HttpResponse:
    """A short address for importing OKRs."""
    authorize(permissions.import_okrs(request.actor))
    return redirect("organizations:import_upload", slug, KIND)
