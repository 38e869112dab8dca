"""What is done with a planned message: scheduled, agreed to, sent back, sent, ticked off, called off."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import go_to, invalid, respond, toast
from organizations.errors import Refused
from organizations.queries.settings import today_of
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import message_permissions
from rollout.domain import message as domain
from rollout.domain import message_consent, message_sending
from rollout.forms.message import AnswerForm, DoneForm
from rollout.models import PlannedMessage
from rollout.views.doing import done
from rollout.views.message import message_page, message_to, message_url


@require_POST
def message_schedule(request: OrganizationRequest, slug: str, planned_message_id: UUID) -> HttpResponse:
    """Let a message be sent at its day, once its sender agrees."""
    message = _to_edit(request, planned_message_id)
    mine = request.actor.is_(message.sender_id)
    text = _("Scheduled") if mine else _("The sender is asked for their yes.")
    return done(request, message_consent.schedule_message, text, back=message_url(slug, message), message=message)


@require_POST
def message_agree(request: OrganizationRequest, slug: str, planned_message_id: UUID) -> HttpResponse:
    """Say yes to the version that was read."""

    def agree(message: PlannedMessage, version: int, reason: str) -> Any:
        return message_consent.agree_to_message(actor=request.actor, message=message, version=version)

    def said(message: PlannedMessage) -> str:
        if message.by_app:
            return _("It is sent in your name at its day.")
        return _("You agree that it is told in your name.")

    return _answer(request, planned_message_id, agree, said)


@require_POST
def message_return(request: OrganizationRequest, slug: str, planned_message_id: UUID) -> HttpResponse:
    """Send it back, with the reason."""

    def send_back(message: PlannedMessage, version: int, reason: str) -> Any:
        return message_consent.return_message(actor=request.actor, message=message, reason=reason)

    def said(message: PlannedMessage) -> str:
        return _("Sent back. It is not sent in your name.")

    return _answer(request, planned_message_id, send_back, said)


@require_POST
def message_send(request: OrganizationRequest, slug: str, planned_message_id: UUID) -> HttpResponse:
    """Send a message at once."""
    message = _to_edit(request, planned_message_id)
    back = message_url(slug, message)
    return done(request, message_sending.send_now, _("The message is sent."), back=back, message=message)


@require_POST
def message_cancel(request: OrganizationRequest, slug: str, planned_message_id: UUID) -> HttpResponse:
    """Call a message off; the toast takes it back."""
    message = _to_edit(request, planned_message_id)
    undo = reverse("rollout:message_restore", args=[slug, message.pk])
    back = reverse("rollout:plan_messages", args=[slug, message.plan_id])
    return done(request, domain.cancel_message, _("Message cancelled"), back=back, undo=undo, message=message)


@require_POST
def message_restore(request: OrganizationRequest, slug: str, planned_message_id: UUID) -> HttpResponse:
    """Bring a cancelled message back."""
    message = _to_edit(request, planned_message_id)
    back = message_url(slug, message)
    return done(request, domain.restore_message, _("The message is back."), back=back, message=message)


@require_http_methods(["GET", "POST"])
def message_done(request: OrganizationRequest, slug: str, planned_message_id: UUID) -> HttpResponse:
    """Tick a message off that people told by hand, with the day; the toast takes it back."""
    message = _to_edit(request, planned_message_id)
    today = today_of(request.actor.settings)
    form = DoneForm(posted(request), initial={"on": min(message.sends_on, today)})
    if request.method == "POST" and form.is_valid():
        try:
            message_sending.mark_done(actor=request.actor, message=message, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            undo = reverse("rollout:message_undone", args=[slug, message.pk])
            toast(request, _("Done. It stands in the archive."), undo_url=undo)
            return go_to(request, reverse("rollout:plan_messages", args=[slug, message.plan_id]))
    context = {"form": form, "message": message, "plan": message.plan, "slug": slug, "action": request.path}
    answer = invalid if form.is_bound else respond
    return answer(request, "rollout/message/done.html", "rollout/message/done_drawer.html", context)


@require_POST
def message_undone(request: OrganizationRequest, slug: str, planned_message_id: UUID) -> HttpResponse:
    """Say that a message that was ticked off moments ago was not told after all."""
    message = _to_edit(request, planned_message_id)
    back = message_url(slug, message)
    return done(request, message_sending.take_back_done, _("It is planned again."), back=back, message=message)


def _to_edit(request: OrganizationRequest, planned_message_id: UUID) -> PlannedMessage:
    message = message_to(planned_message_id)
    authorize(message_permissions.edit_message(request.actor, message))
    return message


def _answer(
    request: OrganizationRequest,
    planned_message_id: UUID,
    say: Callable[[PlannedMessage, int, str], Any],
    said: Callable[[PlannedMessage], str],
) -> HttpResponse:
    message = message_to(planned_message_id)
    authorize(message_permissions.answer_message(request.actor, message))
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            say(message, form.cleaned_data["version"], form.cleaned_data["reason"])
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, said(message))
            return go_to(request, message_url(request.organization.slug, message))
    shown = message_to(planned_message_id)
    form.show_again(version=shown.version)
    return message_page(request, shown, form=form)
