"""Programs and chat rooms that are told what happens."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.notifications import permissions
from okrapp.notifications.domain import endpoint as domain
from okrapp.notifications.domain.event import ping
from okrapp.notifications.enums import EndpointKind, State
from okrapp.notifications.forms.endpoint import EndpointForm, RoomForm, WebhookForm
from okrapp.notifications.models import Delivery, Endpoint
from okrapp.notifications.queries.endpoint import log_of, shared_endpoints
from okrapp.notifications.sealed import seal, unseal
from okrapp.web.decisions import Denied, authorize
from okrapp.web.htmx import UNPROCESSABLE, Part, go_to, is_fragment, partials, toast
from organizations.enums import Role
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted

_MOST_PAGES = 1000
# Where the session keeps a secret until the page has shown it.
_UNSHOWN = "secret of {}"


@require_GET
def connections(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Which programs and chat rooms are told of what: everybody may know."""
    rows = shared_endpoints()
    actor = request.actor
    context = {
        "webhooks": [row for row in rows if row.kind == EndpointKind.WEBHOOK],
        "rooms": [(row, bool(permissions.manage_endpoint(actor, row))) for row in rows if row.is_room],
        "may_manage_webhooks": bool(permissions.manage_webhooks(actor)),
        "may_add_rooms": bool(permissions.manage_some_room(actor)),
    }
    return render(request, "notifications/endpoint/list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def webhook_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Let a program listen; its page then shows the secret, once."""
    authorize(permissions.manage_webhooks(request.actor))
    form = WebhookForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            endpoint, secret = domain.add_webhook(actor=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return _with_secret(request, endpoint, secret)
    return _new(request, form, _("New webhook"))


@require_http_methods(["GET", "POST"])
def room_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Tell a chat room of a team, or of the whole organization."""
    authorize(permissions.manage_some_room(request.actor))
    actor = request.actor
    is_of_office = actor.is_administrator or actor.holds_somewhere(Role.PLO)
    own_teams = None if is_of_office else [team for team in actor.teams if actor.is_(team.lead_id)]
    form = RoomForm(posted(request), initial={"team": request.GET.get("team", "")}, own_teams=own_teams)
    if request.method == "POST" and form.is_valid():
        decision = permissions.manage_rooms(request.actor, form.cleaned_data["team"])
        if isinstance(decision, Denied):
            form.add_error("team", str(decision.reason))
        else:
            try:
                endpoint = domain.add_room(actor=request.actor, **form.cleaned_data)
            except Refused as refusal:
                form.refuse(refusal)
            else:
                toast(request, _("“{name}” was added.").format(name=endpoint.name))
                return redirect("notifications:endpoint", slug, endpoint.pk)
    return _new(request, form, _("New chat room"))


@never_cache
@require_http_methods(["GET", "POST"])
def endpoint_page(request: OrganizationRequest, slug: str, endpoint_id: UUID) -> HttpResponse:
    """One program or room: what it is told of, and what it was sent; a new secret, once."""
    endpoint = shared_endpoint(request, endpoint_id)
    form_class = WebhookForm if endpoint.kind == EndpointKind.WEBHOOK else RoomForm
    form = form_class(posted(request), endpoint=endpoint)
    if request.method == "POST" and form.is_valid():
        try:
            domain.change_endpoint(actor=request.actor, endpoint=endpoint, changes=form.changes())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            toast(request, _("Saved."))
            return redirect("notifications:endpoint", slug, endpoint.pk)
    sealed = request.session.pop(_UNSHOWN.format(endpoint.pk), "")
    return _page(request, endpoint, form, secret=unseal(sealed))


@require_POST
def endpoint_rotate(request: OrganizationRequest, slug: str, endpoint_id: UUID) -> HttpResponse:
    """Give a program a new secret, which its page then shows, once.

    The form says until when the former secret counted: sent twice, it renews once.
    """
    endpoint = shared_endpoint(request, endpoint_id, kind=EndpointKind.WEBHOOK)
    try:
        if request.POST.get("former_until", "") != _former_until(endpoint):
            raise Refused(_("The secret was renewed a moment ago."))
        secret = domain.rotate_secret(actor=request.actor, endpoint=endpoint)
    except Refused as refusal:
        toast(request, " ".join(refusal.messages), tone="warn")
        return redirect("notifications:endpoint", slug, endpoint.pk)
    return _with_secret(request, endpoint, secret)


@require_POST
def endpoint_switch(request: OrganizationRequest, slug: str, endpoint_id: UUID) -> HttpResponse:
    """Send nothing there for now, or again; `?undo=1` takes back that it was switched off."""
    endpoint = shared_endpoint(request, endpoint_id)
    page = reverse("notifications:endpoint", args=[slug, endpoint.pk])
    undo = f"{reverse('notifications:endpoint_switch', args=[slug, endpoint.pk])}?undo=1"
    if request.GET.get("undo"):
        domain.undo_switch_off(actor=request.actor, endpoint=endpoint)
    elif endpoint.is_on:
        domain.switch_off(actor=request.actor, endpoint=endpoint)
        toast(request, _("“{name}” is switched off.").format(name=endpoint.name), undo_url=undo)
    else:
        domain.switch_on(actor=request.actor, endpoint=endpoint)
        toast(request, _("“{name}” is told again from now on.").format(name=endpoint.name))
    return go_to(request, page)


@require_POST
def endpoint_remove(request: OrganizationRequest, slug: str, endpoint_id: UUID) -> HttpResponse:
    """Forget it, with the log of what was sent to it."""
    endpoint = shared_endpoint(request, endpoint_id)
    domain.remove(actor=request.actor, endpoint=endpoint)
    toast(request, _("“{name}” was removed.").format(name=endpoint.name))
    return go_to(request, reverse("notifications:connections", args=[slug]))


@require_POST
def endpoint_ping(request: OrganizationRequest, slug: str, endpoint_id: UUID) -> HttpResponse:
    """Send a test; the log tells what became of it."""
    endpoint = shared_endpoint(request, endpoint_id)
    if endpoint.is_on:
        ping(actor=request.actor, endpoint=endpoint)
        toast(request, _("A test is on its way. The log below tells what becomes of it."))
    else:
        toast(request, _("It is switched off. Switch it on first."), tone="warn")
    if is_fragment(request):
        return partials(
            request, Part("#delivery-log", "notifications/delivery/_log.html", log_context(request, endpoint))
        )
    return redirect("notifications:endpoint", slug, endpoint.pk)


def shared_endpoint(request: OrganizationRequest, endpoint_id: UUID, **narrowed: str) -> Endpoint:
    """Return an endpoint that is nobody's own, or answer 404; 403 to who may not change it."""
    rows = Endpoint.objects.filter(member=None, **narrowed).select_related("team")
    endpoint: Endpoint = get_object_or_404(rows, pk=endpoint_id)
    authorize(permissions.manage_endpoint(request.actor, endpoint))
    return endpoint


def log_context(request: OrganizationRequest, endpoint: Endpoint) -> dict[str, object]:
    """Return what the log's template shows: the page that the address asks for."""
    only_failed = request.GET.get("show") == "failed"
    number = request.GET.get("page", "")
    page = int(number) if number.isascii() and number.isdigit() and 0 < int(number) < _MOST_PAGES else 1
    log = log_of(endpoint, only_failed=only_failed, page=page)
    url = reverse("notifications:delivery_log", args=[request.organization.slug, endpoint.pk])
    kept = "show=failed&" if only_failed else ""
    return {
        "endpoint": endpoint,
        "log": log,
        "page": page,
        "tabs": [(_("All"), url, not only_failed), (_("Failed"), f"{url}?show=failed", only_failed)],
        "log_url": f"{url}?{kept}page={page}",
        "previous_url": f"{url}?{kept}page={page - 1}" if page > 1 else "",
        "next_url": f"{url}?{kept}page={page + 1}" if log.has_next else "",
    }


def _new(request: OrganizationRequest, form: EndpointForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "is_room": isinstance(form, RoomForm)}
    return render(request, "notifications/endpoint/new.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _with_secret(request: OrganizationRequest, endpoint: Endpoint, secret: str) -> HttpResponse:
    """Lead to a program's page, which shows the secret once: reloading it repeats nothing."""
    request.session[_UNSHOWN.format(endpoint.pk)] = seal(secret)
    return redirect("notifications:endpoint", request.organization.slug, endpoint.pk)


def _former_until(endpoint: Endpoint) -> str:
    return endpoint.former_until.isoformat() if endpoint.former_until is not None else ""


def _page(request: OrganizationRequest, endpoint: Endpoint, form: EndpointForm, *, secret: str = "") -> HttpResponse:
    context = {
        "form": form,
        "secret": secret,
        "former_until": _former_until(endpoint),
        "has_given_up": Delivery.objects.filter(endpoint=endpoint, state=State.DEAD).exists(),
        **log_context(request, endpoint),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "notifications/endpoint/detail.html", context, status=status)
