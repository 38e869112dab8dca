"""The inbox."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from okrapp.notifications.domain import inbox as domain
from okrapp.notifications.models import Notification
from okrapp.notifications.parcels import item_of
from okrapp.notifications.queries.inbox import COUNTED, Line, count_unread, count_unread_again, inbox, one_of
from okrapp.notifications.registry import registry
from okrapp.web.htmx import Part, go_to, is_fragment, partials, respond, selector, toast
from organizations.requests import OrganizationRequest

_MOST_PAGES = 1000
# As many as fit into the address of a button; who has more unread does not undo.
_MOST_TO_UNDO = 50


@require_safe
def inbox_page(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show what the member was told; `?show=unread` and `?page=` are in the address."""
    only_unread = request.GET.get("show") == "unread"
    number = request.GET.get("page", "")
    page = int(number) if number.isascii() and number.isdigit() and 0 < int(number) < _MOST_PAGES else 1
    found = inbox(request.actor, only_unread=only_unread, page=page)
    url = reverse("notifications:inbox", args=[slug])
    kept = "show=unread&" if only_unread else ""
    unread = count_unread(request.actor)
    context = {
        "found": found,
        "slug": slug,
        "only_unread": only_unread,
        "unread": unread,
        "has_more_unread": unread >= COUNTED,
        "tabs": [(_("All"), url, not only_unread), (_("Unread"), f"{url}?show=unread", only_unread, unread)],
        "previous_url": f"{url}?{kept}page={page - 1}" if page > 1 else "",
        "next_url": f"{url}?{kept}page={page + 1}" if found.has_next else "",
    }
    return respond(request, "notifications/inbox/list.html", "notifications/inbox/_results.html", context)


@require_safe
def open_notification(request: OrganizationRequest, slug: str, notification_id: UUID) -> HttpResponse:
    """Go where a line leads, and say that it is read."""
    notification = _mine(request, notification_id)
    domain.read(actor=request.actor, notification=notification)
    target = f"/o/{slug}/{notification.path.lstrip('/')}"
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        raise Http404
    return redirect(target)


@require_POST
def mark(request: OrganizationRequest, slug: str, notification_id: UUID) -> HttpResponse:
    """Say that a line is read, or, with `unread=1`, let it wait again."""
    notification = _mine(request, notification_id)
    change = domain.unread if request.POST.get("unread") else domain.read
    change(actor=request.actor, notification=notification)
    if not is_fragment(request):
        return redirect("notifications:inbox", slug)
    line = Line(notification, item_of(notification, registry.kinds[notification.kind]))
    part = Part(
        selector("notification", notification.pk), "notifications/inbox/_row.html", {"line": line, "slug": slug}
    )
    return partials(request, part, *_counts(request))


@require_POST
def read_all(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Say that all of the inbox is read; a toast takes it back."""
    ids = domain.read_all(actor=request.actor)
    if ids:
        undo_url = ""
        if len(ids) <= _MOST_TO_UNDO:
            undo_url = f"{reverse('notifications:unread_many', args=[slug])}?ids={','.join(map(str, ids))}"
        text = ngettext("%(count)d line is read.", "%(count)d lines are read.", len(ids)) % {"count": len(ids)}
        toast(request, text, undo_url=undo_url)
    return go_to(request, reverse("notifications:inbox", args=[slug]))


@require_POST
def unread_many(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Take back that lines, `?ids=` with commas, are read."""
    domain.unread_many(actor=request.actor, ids=_ids(request.GET.get("ids", "")))
    return go_to(request, reverse("notifications:inbox", args=[slug]))


def _counts(request: OrganizationRequest) -> list[Part]:
    """Return what says how many lines are unread, in the frame and on the page."""
    slug = request.organization.slug
    url = reverse("notifications:inbox", args=[slug])
    context = {"unread": count_unread_again(request.actor), "slug": slug}
    return [
        Part(f'.sidebar a[href="{url}"] .nav-badge-place', "notifications/inbox/_badge.html", context, "innerHTML"),
        Part(f'#phone-menu a[href="{url}"] .nav-badge-place', "notifications/inbox/_badge.html", context, "innerHTML"),
        Part(".phone-bar .unread-place", "notifications/inbox/_dot.html", context, "innerHTML"),
        Part(f'a[href="{url}?show=unread"] span', "notifications/inbox/_unread.html", context, "innerHTML"),
        Part("#inbox-read-all", "notifications/inbox/_read_all.html", context, "innerHTML"),
    ]


def _mine(request: OrganizationRequest, notification_id: UUID) -> Notification:
    notification = one_of(request.actor, notification_id)
    if notification is None:
        raise Http404
    return notification


def _ids(text: str) -> list[UUID]:
    found = []
    for part in text.split(",")[:_MOST_TO_UNDO]:
        try:
            found.append(UUID(part))
        except ValueError:
            continue
    return found
