"""The messages of a plan: what is planned, writing one, and the page of one with what its sender says."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from okrapp.web.decisions import authorize
from okrapp.web.htmx import UNPROCESSABLE, go_to, invalid, respond, toast
from organizations.errors import Refused
from organizations.queries.settings import today_of
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import message_permissions, permissions
from rollout.domain import message as domain
from rollout.domain.message_audience import audience_of
from rollout.domain.message_sending import SENDING
from rollout.enums import MessageState
from rollout.forms.message import AnswerForm, MessageForm, shown_audience
from rollout.models import MessageAudience, PlannedMessage, RolloutPlan, SentMessage
from rollout.queries.audience_words import words_of
from rollout.queries.messages import (
    ALL,
    OVERDUE,
    audience_choices,
    line_of,
    message_rows,
    missed_count,
    planned_messages,
)
from rollout.queries.reach import reached_by
from rollout.views.fetching import around, plan_to

FORM, FORM_DRAWER = "rollout/message/form.html", "rollout/message/form_drawer.html"
PAGE = 50
# So many names of those it reaches are shown; the number is that of all.
NAMED = 60


@require_safe
def plan_messages(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """List the messages of a plan by day; `?state=`, `?audience=`, `?page=`."""
    found = plan_to(request, plan_id, permissions.see_plan)
    today = today_of(request.actor.settings)
    states = [("", _("What is planned")), (OVERDUE, _("Day is past")), *MessageState.choices, (ALL, _("All"))]
    audiences = [("", _("All")), *audience_choices(found)]
    state = _among(states, request.GET.get("state", ""))
    audience = _among(audiences, request.GET.get("audience", ""))
    rows = planned_messages(found, state=state, audience=audience, today=today)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    prefix = f"?{query.urlencode()}&" if query else "?"
    context = around(request, found, "rollout:plan_messages") | {
        "views": views_of(slug, found, "rollout:plan_messages"),
        "states": states,
        "state": state,
        "audiences": audiences,
        "audience": audience,
        "rows": message_rows(found, list(page.object_list), today),
        "missed": missed_count(found, today),
        "is_filtered": bool(state or audience),
        "today": today,
        "previous_url": f"{prefix}page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"{prefix}page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "rollout/message/list.html", context)


@require_http_methods(["GET", "POST"])
def message_create(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Plan a message; `?audience=` (as "role:coach") or `?from=` (the id of another message) fill the form."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    form = MessageForm(posted(request), slug=slug, plan=found, initial=_initial(request, found))
    if request.method == "POST" and not form.looks and form.is_valid():
        try:
            made = domain.create_message(actor=request.actor, plan=found, **form.values())
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Message saved"))
            return go_to(request, message_url(slug, made))
    return _shown(request, form, found, _("New message"))


@require_http_methods(["GET", "POST"])
def message_edit(request: OrganizationRequest, slug: str, planned_message_id: UUID) -> HttpResponse:
    """Change a message and whom it is for."""
    message = message_to(planned_message_id)
    authorize(message_permissions.edit_message(request.actor, message))
    form = MessageForm(posted(request), slug=slug, plan=message.plan, message=message, audience=audience_of(message))
    if request.method == "POST" and not form.looks and form.is_valid():
        try:
            saved = domain.edit_message(
                actor=request.actor,
                message=message,
                changes=form.changes(),
                audience=form.audience() if form.changes_audience else None,
                seen=form.seen,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            asked = saved.state == MessageState.ASKED and message.version != saved.version
            toast(request, _("Saved. The sender is asked again.") if asked else _("Message saved"))
            return go_to(request, message_url(slug, message))
    return _shown(request, form, message.plan, _("Edit message"))


@require_safe
def message(request: OrganizationRequest, slug: str, planned_message_id: UUID) -> HttpResponse:
    """Show a planned message, whom it reaches, and what can be done with it; a sent one stands in the archive."""
    found = message_to(planned_message_id)
    authorize(message_permissions.see_message(request.actor, found))
    if found.state == MessageState.SENT:
        sent = SentMessage.objects.filter(message=found).first()
        if sent is not None:
            return redirect("rollout:sent_message", slug, sent.pk)
    return message_page(request, found)


def message_page(
    request: OrganizationRequest, found: PlannedMessage, *, form: AnswerForm | None = None
) -> HttpResponse:
    """Show a planned message; with an answer that was refused, that form (422)."""
    slug, actor, plan = request.organization.slug, request.actor, found.plan
    lines = audience_of(found)
    goes_on = not plan.is_over and plan.archived_at is None
    may_edit = goes_on and bool(message_permissions.edit_message(actor, found))
    answers = goes_on and actor.is_(found.sender_id) and found.state in (MessageState.ASKED, MessageState.SCHEDULED)
    reached = reached_by(plan, lines)
    reach = reached.count() if lines else 0
    people = list(reached[:NAMED]) if lines and may_edit else []
    today = today_of(actor.settings)
    context: dict[str, Any] = {
        "message": found,
        "plan": plan,
        "slug": slug,
        "crumbs": crumbs_of(request, plan),
        "audience": words_of(lines, plan),
        "reach": reach,
        "people": people,
        "more": reach - len(people),
        "may_edit": may_edit,
        "answers": answers,
        "form": form or AnswerForm(initial={"version": found.version}),
        "is_late": found.is_late(today),
        "is_missed": found.is_missed(today),
        "goes_out": goes_on and plan.state in SENDING,
        "goes_on": goes_on,
        "is_mine": actor.is_(found.sender_id),
        "today": today,
    }
    refused = form is not None and form.is_bound
    return render(request, "rollout/message/page.html", context, status=UNPROCESSABLE if refused else 200)


def message_to(planned_message_id: UUID) -> PlannedMessage:
    """Return a message with what decides who may do what with it; 404 where there is none."""
    rows = PlannedMessage.objects.select_related("plan__team", "sender", "asked_by")
    found: PlannedMessage = get_object_or_404(rows.prefetch_related("plan__officers"), pk=planned_message_id)
    return found


def message_url(slug: str, message: PlannedMessage) -> str:
    """Return the address of a message."""
    return reverse("rollout:message", args=[slug, message.pk])


def views_of(slug: str, plan: RolloutPlan, current: str) -> list[tuple[str, str, bool]]:
    """Return the three ways to look at the messages of a plan."""
    names = {
        "rollout:plan_messages": _("Planned"),
        "rollout:sent_messages": pgettext("messages", "Archive"),
        "rollout:message_gaps": _("Who heard nothing"),
    }
    return [(label, reverse(name, args=[slug, plan.pk]), name == current) for name, label in names.items()]


def crumbs_of(request: OrganizationRequest, plan: RolloutPlan) -> list[tuple[str, str]]:
    """Return the way to a message, as far as the reader may go it."""
    slug, actor = request.organization.slug, request.actor
    crumbs = [(_("Rollout"), reverse("rollout:plans", args=[slug]))]
    sees = bool(permissions.see_outline(actor, plan))
    crumbs.append((plan.name, reverse("rollout:plan", args=[slug, plan.pk]) if sees else ""))
    if permissions.see_plan(actor, plan):
        crumbs.append((_("Messages"), reverse("rollout:plan_messages", args=[slug, plan.pk])))
    return crumbs


def _among(options: Sequence[tuple[str, Any]], chosen: str) -> str:
    """Return what was chosen if it is one of the options, else the first."""
    return chosen if any(chosen == code for code, _label in options) else options[0][0]


def _initial(request: OrganizationRequest, plan: RolloutPlan) -> dict[str, Any]:
    in_a_week: dict[str, Any] = {
        "sends_on": today_of(request.actor.settings) + timedelta(days=7),
        "sender": request.actor.membership,
    }
    if (source := request.GET.get("from")) is not None:
        try:
            other = PlannedMessage.objects.filter(plan=plan, pk=UUID(source)).select_related("sender").first()
        except ValueError:
            other = None
        if other is not None:
            copied = {name: getattr(other, name) for name in domain.EDITABLE if name != "sends_on"}
            return in_a_week | copied | shown_audience(audience_of(other))
    line = line_of(request.GET.get("audience", ""))
    return in_a_week | (shown_audience([MessageAudience(**line)]) if line is not None else {})


def _shown(request: OrganizationRequest, form: MessageForm, plan: RolloutPlan, title: str) -> HttpResponse:
    context = {"form": form, "plan": plan, "title": title, "slug": request.organization.slug, "action": request.path}
    answer = invalid if form.is_bound and not form.looks else respond
    return answer(request, FORM, FORM_DRAWER, context)
