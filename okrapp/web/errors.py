"""Pages for what may not be done."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from okrapp.web.decisions import who_could
from okrapp.web.htmx import is_fragment

FORBIDDEN = 403


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say why something is refused: members keep the frame of the app, and with it the way to everything else."""
    is_inside = getattr(request, "actor", None) is not None and not is_fragment(request)
    template = "403_inside.html" if is_inside else "403.html"
    reason = str(exception or "")
    # Whom the sentence names already is not named twice.
    context = {"exception": reason, "people": [one for one in who_could(exception) if one.name not in reason]}
    return render(request, template, context, status=FORBIDDEN)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what to do with a form that was opened before the browser was given another secret (CSRF)."""
    advice = _("This form was opened before you signed in again. Go back, load the page anew and send it again.")
    return denied(request, PermissionDenied(advice))
