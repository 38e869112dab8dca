"""What a form is bound to."""

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """Return the posted fields, also when there are none; None for a GET, whose form is empty and unbound."""
    return request.POST if request.method == "POST" else None
