"""Entering the organization that the URL names."""

import re
from collections.abc import Callable
from typing import Any

import structlog
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from okrapp.tenancy.context import tenant_context

# The alphabet of Django's slugs: what the URLs below can mean, and nothing the database would choke on (NUL).
TENANT_PATH = re.compile(r"^/(?:api/v1/)?o/(?P<slug>[-a-zA-Z0-9_]+)/")


class TenantMiddleware:
    """Sets the tenant from the slug in the URL, around the whole request.

    Adds `request.organization` (None outside `/o/` and for a slug nobody has). The transaction spans the rendering
    of lazy templates, which ATOMIC_REQUESTS alone does not; a response of 500 rolls everything back. Who may enter
    is decided later, inside, by reading the membership. Log lines carry the organization's id from then on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.organization = None
        match = TENANT_PATH.match(request.path_info)
        if match is None:
            return self.get_response(request)
        organization_model = apps.get_model(settings.TENANCY_ORGANIZATION_MODEL)
        organization = organization_model.objects.filter(slug=match["slug"], is_open=True).first()
        if organization is None:
            return self.get_response(request)
        request.organization = organization
        # Not taken back here: what is logged further out, such as an error, belongs to the same organization.
        structlog.contextvars.bind_contextvars(organization=organization.pk)
        with tenant_context(organization.pk):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response
