"""The pages for operators: how the work in the background stands, and sending again what was given up.

They show counts, ids and times, and never what an organization's people wrote or were told.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from okrapp.notifications.domain.operations import send_again
from okrapp.notifications.enums import State
from okrapp.notifications.queries.operations import Line, given_up, in_difficulty, standing
from okrapp.notifications.registry import registry
from okrapp.tenancy.context import tenant_context
from okrapp.web.htmx import go_to, respond, toast
from organizations.models import Organization
from organizations.sign_in import person

# Organizations on a page, and deliveries of one.
PAGE = 20
MOST = 50
_MOST_PAGES = 1000


def for_operators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let operators in; strangers are asked to sign in, and to everybody else there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not person(request).is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_operators
def overview(request: HttpRequest) -> HttpResponse:
    """Show everything at a glance; `?page=` is in the address. Asks itself anew while somebody looks."""
    number = request.GET.get("page", "")
    page = int(number) if number.isascii() and number.isdigit() and 0 < int(number) < _MOST_PAGES else 1
    found = standing()
    troubles = found.outboxes.troubles()
    shown = troubles[(page - 1) * PAGE : page * PAGE]
    failures = found.pulse.failures if found.pulse is not None else ()
    named = {one.organization_id for one in shown} | {one.organization_id for one in failures if one.organization_id}
    organizations = Organization.objects.in_bulk(named)
    url = reverse("operations")
    context = {
        "standing": found,
        "crumbs": [(_("Organizations"), reverse("organization_list"))],
        "address": f"{url}?page={page}" if page > 1 else url,
        "states": State.labels,
        "channels": [(_channel_label(code), counts) for code, counts in sorted(found.outboxes.by_channel().items())],
        "troubles": [(organizations[one.organization_id], one) for one in shown],
        "troubles_count": len(troubles),
        "failures": [(one, organizations.get(one.organization_id or 0)) for one in failures],
        "previous_url": f"{url}?page={page - 1}" if page > 1 else "",
        "next_url": f"{url}?page={page + 1}" if len(troubles) > page * PAGE else "",
    }
    return respond(
        request, "notifications/operations/overview.html", "notifications/operations/_overview.html", context
    )


@require_safe
@for_operators
def outbox_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was given up in one organization, and what is tried again: kind, channel, attempts, error and when."""
    organization = get_object_or_404(Organization, slug=slug)
    with tenant_context(organization.pk):
        dead, dead_count = given_up(MOST)
        difficult: list[Line] = in_difficulty(MOST, timezone.now())
    context = {
        "organization": organization,
        "dead": dead,
        "dead_count": dead_count,
        "difficult": difficult,
        "crumbs": [(_("Operations"), reverse("operations"))],
    }
    return respond(request, "notifications/operations/outbox.html", "notifications/operations/_outbox.html", context)


@require_POST
@for_operators
def send_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Send again all that was given up in an organization."""
    return _sent_again(request, slug)


@require_POST
@for_operators
def send_one(request: HttpRequest, slug: str, delivery_id: UUID) -> HttpResponse:
    """Send again one delivery that was given up."""
    return _sent_again(request, slug, delivery_id)


def _sent_again(request: HttpRequest, slug: str, delivery_id: UUID | None = None) -> HttpResponse:
    organization = get_object_or_404(Organization, slug=slug)
    count = send_again(operator=person(request), organization=organization, delivery_id=delivery_id)
    if count:
        text = ngettext("%(count)d message is sent again.", "%(count)d messages are sent again.", count)
        toast(request, text % {"count": count})
    else:
        toast(request, _("It was sent again already."), tone="info")
    return go_to(request, reverse("operations_outbox", args=[slug]))


def _channel_label(code: str) -> str:
    return str(registry.channels[code].label) if code in registry.channels else code
