"""What was sent: the archive of a plan, one message as its recipients read it, and who has heard nothing."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from okrapp.web.decisions import authorize
from organizations.queries.settings import today_of
from organizations.requests import OrganizationRequest
from rollout import message_permissions, permissions
from rollout.models import SentMessage
from rollout.queries.message_gaps import MOST_WEEKS, WEEKS, message_gaps
from rollout.queries.messages import recipients_of, sent_messages, words_of_kept
from rollout.views.fetching import around, plan_to
from rollout.views.message import crumbs_of, views_of

PAGE = 50


@require_safe
def sent_messages_of(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """List what was sent, the latest first; `?page=`."""
    found = plan_to(request, plan_id, permissions.see_plan)
    page = Paginator(sent_messages(found), PAGE).get_page(request.GET.get("page"))
    context = around(request, found, "rollout:plan_messages") | {
        "views": views_of(slug, found, "rollout:sent_messages"),
        "rows": [(one, words_of_kept(one.audiences)) for one in page.object_list],
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "rollout/message/archive.html", context)


@require_safe
def sent_message(request: OrganizationRequest, slug: str, sent_message_id: UUID) -> HttpResponse:
    """Show a message to those who got it; the office sees who that was: `?q=` finds a name, `?page=`."""
    rows = SentMessage.objects.select_related("plan__team", "sender", "sent_by").prefetch_related("plan__officers")
    sent: SentMessage = get_object_or_404(rows, pk=sent_message_id)
    authorize(message_permissions.see_sent_message(request.actor, sent))
    context: dict[str, Any] = {
        "sent": sent,
        "plan": sent.plan,
        "slug": slug,
        "crumbs": crumbs_of(request, sent.plan),
        "reads_plan": bool(permissions.see_plan(request.actor, sent.plan)),
        "audience": words_of_kept(sent.audiences),
        "may_copy": bool(permissions.edit_plan(request.actor, sent.plan)) and not sent.plan.is_over,
    }
    if sent.recipient_count is not None and message_permissions.see_recipients(request.actor, sent):
        text = request.GET.get("q", "").strip()[:100]
        page = Paginator(recipients_of(sent, text), PAGE).get_page(request.GET.get("page"))
        query = request.GET.copy()
        query.pop("page", None)
        prefix = f"?{query.urlencode()}&" if query else "?"
        context |= {
            "page": page,
            "text": text,
            "is_searched": bool(request.GET),
            "previous_url": f"{prefix}page={page.previous_page_number()}" if page.has_previous() else "",
            "next_url": f"{prefix}page={page.next_page_number()}" if page.has_next() else "",
        }
    return render(request, "rollout/message/sent.html", context)


@require_safe
def plan_message_gaps(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Show who has heard nothing for `?weeks=` weeks, and what is planned for them; `?page=`."""
    found = plan_to(request, plan_id, permissions.see_plan)
    weeks = _weeks(request.GET.get("weeks", ""))
    gaps = message_gaps(found, today=today_of(request.actor.settings), weeks=weeks)
    page = Paginator(gaps, PAGE).get_page(request.GET.get("page"))
    prefix = f"?weeks={weeks}&"
    context = around(request, found, "rollout:plan_messages") | {
        "views": views_of(slug, found, "rollout:message_gaps"),
        "page": page,
        "silent": sum(1 for one in gaps if one.is_silent),
        "weeks": weeks,
        "most_weeks": MOST_WEEKS,
        "previous_url": f"{prefix}page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"{prefix}page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "rollout/message/gaps.html", context)


def _weeks(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else WEEKS
    return min(max(number, 1), MOST_WEEKS)
