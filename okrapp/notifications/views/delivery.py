"""What was sent to a program or a room, and sending it again."""

from uuid import UUID

import orjson
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from okrapp.notifications.channels.webhook.channel import payload
from okrapp.notifications.domain.outbox import replay
from okrapp.notifications.enums import EndpointKind, State
from okrapp.notifications.models import Delivery, Endpoint
from okrapp.notifications.views.endpoint import log_context, shared_endpoint
from okrapp.web.htmx import go_to, respond, toast
from organizations.requests import OrganizationRequest


@require_safe
def delivery_log(request: OrganizationRequest, slug: str, endpoint_id: UUID) -> HttpResponse:
    """A page of what was sent; `?show=failed` and `?page=` are in the address."""
    endpoint = shared_endpoint(request, endpoint_id)
    return respond(
        request, "notifications/delivery/list.html", "notifications/delivery/_log.html", log_context(request, endpoint)
    )


@require_safe
def delivery_page(request: OrganizationRequest, slug: str, delivery_id: UUID) -> HttpResponse:
    """One message: what it said, and what the other side answered."""
    delivery, endpoint = _delivery(request, delivery_id)
    assert delivery.event is not None
    said = payload(delivery.event, request.organization) if endpoint.kind == EndpointKind.WEBHOOK else None
    context = {
        "delivery": delivery,
        "endpoint": endpoint,
        "payload": orjson.dumps(said, option=orjson.OPT_INDENT_2).decode() if said else "",
    }
    return render(request, "notifications/delivery/detail.html", context)


@require_POST
def delivery_replay(request: OrganizationRequest, slug: str, delivery_id: UUID) -> HttpResponse:
    """Send one message again."""
    delivery, endpoint = _delivery(request, delivery_id)
    if not endpoint.is_on:
        toast(request, _("It is switched off. Switch it on first."), tone="warn")
    elif replay([delivery.pk]):
        toast(request, _("It is sent again."))
    else:
        toast(request, _("It is on its way already."), tone="info")
    return go_to(request, reverse("notifications:endpoint", args=[slug, endpoint.pk]))


@require_POST
def replay_failed(request: OrganizationRequest, slug: str, endpoint_id: UUID) -> HttpResponse:
    """Send everything again that was given up."""
    endpoint = shared_endpoint(request, endpoint_id)
    if not endpoint.is_on:
        toast(request, _("It is switched off. Switch it on first."), tone="warn")
    else:
        dead = Delivery.objects.filter(endpoint=endpoint, state=State.DEAD).values_list("pk", flat=True)
        count = replay(dead)
        toast(request, ngettext("%(n)d message is sent again.", "%(n)d messages are sent again.", count) % {"n": count})
    return go_to(request, reverse("notifications:endpoint", args=[slug, endpoint.pk]))


def _delivery(request: OrganizationRequest, delivery_id: UUID) -> tuple[Delivery, Endpoint]:
    rows = Delivery.objects.filter(endpoint__isnull=False).select_related("event")
    delivery: Delivery = get_object_or_404(rows, pk=delivery_id)
    assert delivery.endpoint_id is not None
    return delivery, shared_endpoint(request, delivery.endpoint_id)
