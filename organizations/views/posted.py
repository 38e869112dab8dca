"""What a form is bound to."""

from django.http import QueryDict

from organizations.requests import OrganizationRequest


def posted(request: OrganizationRequest) -> QueryDict | None:
    """Return the posted fields, also when there are none; None for a GET, whose form is empty and unbound."""
    return request.POST if request.method == "POST" else None
