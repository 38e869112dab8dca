"""One's own chat: where one is told besides mail."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.notifications.domain import endpoint as domain
from okrapp.notifications.domain.test_message import send_test
from okrapp.notifications.forms.endpoint import CHATS, ChatForm
from okrapp.notifications.models import Endpoint
from okrapp.web.htmx import UNPROCESSABLE, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted


@require_http_methods(["GET", "POST"])
def chat_connect(request: OrganizationRequest, slug: str, chat: str) -> HttpResponse:
    """Enter the address of one's own chat, or another one; a first message shows whether it works."""
    label = _label(chat)
    form = ChatForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            domain.connect(actor=request.actor, kind=chat, address=form.cleaned_data["address"])
        except Refused as refusal:
            form.refuse(refusal)
        else:
            send_test(actor=request.actor, channel=chat)
            toast(request, _("Connected. A first message is on its way to %(chat)s.") % {"chat": label})
            return redirect("notifications:preferences", slug)
    present = Endpoint.objects.filter(member=request.membership, kind=chat).first()
    context = {"form": form, "chat": chat, "label": label, "present": present, "slug": slug}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "notifications/chat/connect.html", context, status=status)


@require_POST
def chat_disconnect(request: OrganizationRequest, slug: str, chat: str) -> HttpResponse:
    """Be told nothing there any more."""
    label = _label(chat)
    domain.disconnect(actor=request.actor, kind=chat)
    toast(request, _("You are told nothing in %(chat)s any more.") % {"chat": label})
    return redirect("notifications:preferences", slug)


def _label(chat: str) -> str:
    label = dict(CHATS).get(chat)
    if label is None:
        raise Http404
    return str(label)
