"""Where somebody is mentioned, until they have read it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okrapp.web.htmx import Part, is_fragment, partials, toast
from okrs.domain import mention as domain
from okrs.queries.mention import mentions_of, unread_mentions
from organizations.requests import OrganizationRequest


@require_POST
def mention_read(request: OrganizationRequest, slug: str, mention_id: UUID) -> HttpResponse:
    """Say that one has read it; the toast takes that back."""
    found = get_object_or_404(mentions_of(request.actor), pk=mention_id)
    domain.read_mention(actor=request.actor, mention=found)
    toast(request, _("Marked as read"), undo_url=reverse("okrs:mention_unread", args=[slug, found.pk]))
    return _week(request, slug)


@require_POST
def mention_unread(request: OrganizationRequest, slug: str, mention_id: UUID) -> HttpResponse:
    """Let it wait again."""
    found = get_object_or_404(mentions_of(request.actor), pk=mention_id)
    domain.unread_mention(actor=request.actor, mention=found)
    return _week(request, slug)


def _week(request: OrganizationRequest, slug: str) -> HttpResponse:
    if not is_fragment(request):
        return redirect("okrs:week", slug)
    context = {"mentions": unread_mentions(request.actor)}
    return partials(request, Part("#week-mentions", "okrs/week/_mentions.html", context))
