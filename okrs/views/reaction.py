"""Reacting with one word."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import is_fragment, partials, toast
from okrs import talk_permissions as permissions
from okrs.domain import reaction as domain
from okrs.forms.comment import ReactionForm
from okrs.models import CheckIn
from okrs.queries.reaction import reactions_to
from okrs.views.comment import comment_to, home_of
from organizations.errors import Refused
from organizations.requests import OrganizationRequest

TEMPLATE = "okrs/comment/_reactions.html"


@require_POST
def comment_react(request: OrganizationRequest, slug: str, comment_id: UUID) -> HttpResponse:
    """React to a comment."""
    found = comment_to(permissions.join_talk_of, request, comment_id)
    return reacted(request, found, reverse("okrs:comment_react", args=[slug, found.pk]), home_of(slug, found))


@require_POST
def check_in_react(request: OrganizationRequest, slug: str, check_in_id: UUID) -> HttpResponse:
    """React to a check-in."""
    rows = CheckIn.objects.visible_to(request.actor).standing().select_related("key_result__objective__cycle")
    found = get_object_or_404(rows, pk=check_in_id)
    objective = found.key_result.objective
    authorize(permissions.comment_on(request.actor, objective))
    home = f"{reverse('okrs:talk', args=[slug, objective.pk])}?check_in={found.pk}"
    return reacted(request, found, reverse("okrs:check_in_react", args=[slug, found.pk]), home)


def reacted(request: OrganizationRequest, thing: domain.Thing, url: str, home: str) -> HttpResponse:
    """Say the word, or take it back, and draw the words about the thing anew; `url` is where that is sent to."""
    form = ReactionForm(request.POST)
    if form.is_valid():
        write = domain.withdraw_reaction if form.cleaned_data["withdraw"] else domain.react
        try:
            write(actor=request.actor, thing=thing, kind=form.cleaned_data["kind"])
        except Refused as refused:
            toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("Choose one of the reactions."), tone="warn")
    if not is_fragment(request):
        return redirect(home)
    found = reactions_to(request.actor, domain.FIELDS[type(thing)], [thing.pk])[thing.pk]
    context = {"reactions": found, "react_url": url, "key": str(thing.pk), "may_react": True}
    return partials(request, body=TEMPLATE, context=context)
