"""Choosing what one is told, how and when."""

from collections.abc import Iterable
from typing import Any

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.notifications.domain import preference as domain
from okrapp.notifications.domain.test_message import send_test
from okrapp.notifications.forms.endpoint import CHATS
from okrapp.notifications.forms.preference import ChoicesForm, HabitsForm
from okrapp.notifications.links import RESUBSCRIBE, UNSUBSCRIBE
from okrapp.notifications.models import Endpoint, Habits
from okrapp.notifications.registry import registry
from okrapp.web.decisions import Decision, Denied, authorize
from okrapp.web.htmx import UNPROCESSABLE, is_fragment, partials, toast
from organizations import permissions
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.middleware import open_to_strangers
from organizations.models import Membership
from organizations.requests import OrganizationRequest, StrangerRequest


@require_http_methods(["GET", "POST"])
def preferences(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show and change what the member is told, how and when."""
    own = Habits.objects.filter(member=request.membership).first()
    usual = Habits.objects.filter(member=None).first()
    habits = HabitsForm(request.POST or None, instance=own or Habits(member=request.membership), usual=usual)
    choices = ChoicesForm(request.POST or None, chosen=domain.choices_of(request.membership))
    if request.method == "POST" and habits.is_valid() and choices.is_valid():
        try:
            domain.set_habits(actor=request.actor, **habits.changes())
            domain.choose(actor=request.actor, wanted=choices.wanted())
        except Refused as refused:
            habits.refuse(refused)
        else:
            toast(request, _("Saved."))
            return redirect("notifications:preferences", slug)
    hosts = {one.kind: one.host for one in Endpoint.objects.filter(member=request.membership)}
    chats = [(code, label, hosts.get(code, "")) for code, label in CHATS]
    return _form(request, slug, "notifications/preference/own.html", habits, choices, chats=chats)


@require_http_methods(["GET", "POST"])
def defaults(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show and change what members get who have chosen nothing."""
    decision = permissions.edit_process(request.actor)
    if request.method == "POST":
        authorize(decision)
    usual = Habits.objects.filter(member=None).first()
    habits = HabitsForm(request.POST or None, instance=usual or Habits(), usual=None, for_all=True)
    choices = ChoicesForm(request.POST or None, chosen=domain.usual_choices())
    if not decision:
        for field in habits.fields.values():
            field.disabled = True
    if request.method == "POST" and habits.is_valid() and choices.is_valid():
        try:
            domain.set_habits_of_all(actor=request.actor, **habits.changes())
            domain.choose_for_all(actor=request.actor, wanted=choices.wanted())
        except Refused as refused:
            habits.refuse(refused)
        else:
            toast(request, _("Saved."))
            return redirect("notifications:defaults", slug)
    return _form(request, slug, "notifications/preference/defaults.html", habits, choices, decision)


@require_POST
def test_message(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Send the member a message through one channel, so that they see what arrives."""
    channel = registry.channels.get(request.POST.get("channel", ""))
    if channel is None:
        raise Http404
    if channel.needs_endpoint and not Endpoint.objects.filter(member=request.membership, kind=channel.code).exists():
        toast(request, _("Connect this chat first."), tone="warn")
    elif channel.is_available():
        send_test(actor=request.actor, channel=channel.code)
        toast(request, _("A test message is on its way to you."))
    else:
        toast(request, _("This installation cannot send through this channel yet."), tone="warn")
    if is_fragment(request):
        return partials(request)
    return redirect("notifications:preferences", slug)


@csrf_exempt
@require_http_methods(["GET", "POST"])
@open_to_strangers
def unsubscribe(request: StrangerRequest, slug: str, unsubscribe_token: str) -> HttpResponse:
    """Stop mails of the kinds one was about, or all, without signing in: only sending the form changes anything.

    Mail programs send it by themselves (RFC 8058), without a cookie, so there is nothing a forged request could use:
    the address itself is the secret. What was stopped can be undone on the page that says so.
    """
    try:
        member_id, named = UNSUBSCRIBE.unsign_object(unsubscribe_token)
        again = RESUBSCRIBE.unsign_object(request.POST["again"]) if "again" in request.POST else None
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    member = Membership.objects.active().select_related("user").filter(pk=member_id).first()
    if member is None or (again is not None and again[0] != member_id):
        raise Http404
    offered = [code for code, kind in registry.kinds.items() if kind.is_offered]
    # Mails have named one kind only, or none for all of them.
    named = [named] if isinstance(named, str) else named
    is_all = named == [""] or request.POST.get("which") == "all"
    kinds = offered if is_all else [code for code in offered if code in named]
    stopped: list[str] = []
    off: list[str] = []
    if again is not None:
        _choose_mail(member, [code for code in again[1] if code in offered], is_on=True)
        domain.follow_usual(actor=Actor(member, via=Via.WEB), kinds=again[2], channel=domain.MAIL)
    elif request.method == "POST":
        before = domain.choices_of(member)
        stopped = [code for code in kinds if before[code, domain.MAIL]]
        usual = domain.usual_choices()
        off = [code for code in kinds if code not in stopped and not usual[code, domain.MAIL]]
        _choose_mail(member, kinds, is_on=False, for_good=True)
    context = {
        "organization": request.organization,
        "member": member,
        "kinds": [] if is_all else [registry.kinds[code].label for code in kinds],
        "is_all": is_all,
        "is_done": request.method == "POST" and again is None,
        "is_undone": again is not None,
        "again": RESUBSCRIBE.sign_object([member_id, stopped, off], compress=True) if stopped else "",
    }
    return render(request, "notifications/preference/unsubscribe.html", context)


def _choose_mail(member: Membership, kinds: Iterable[str], *, is_on: bool, for_good: bool = False) -> None:
    wanted = {(one, domain.MAIL): is_on for one in kinds}
    domain.choose(actor=Actor(member, via=Via.WEB), wanted=wanted, for_good=for_good)


def _form(
    request: OrganizationRequest,
    slug: str,
    template: str,
    habits: HabitsForm,
    choices: ChoicesForm,
    decision: Decision | None = None,
    **more: Any,
) -> HttpResponse:
    context = {
        "may_edit": decision is None or bool(decision),
        "reason": decision.reason if isinstance(decision, Denied) else "",
        "habits": habits,
        "choices": choices,
        "slug": slug,
        "channels": choices.channels(),
        **more,
        "is_mail_set_up": registry.channels["email"].is_available(),
    }
    return render(request, template, context, status=UNPROCESSABLE if habits.is_bound else 200)
