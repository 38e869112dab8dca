"""Exceptions from the conflict of interest, granted by the Program Lead Office and shown on the team's page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import UNPROCESSABLE, go_to, toast
from organizations.errors import Refused
from organizations.models import Membership, Team
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from roles import permissions
from roles.domain import conflict as domain
from roles.forms.exception import ExceptionForm
from roles.models import ConflictException


@require_http_methods(["GET", "POST"])
def exception_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Grant an exception; `?coach=` and `?team=` (ids) fill the form."""
    authorize(permissions.grant_exceptions(request.actor))
    initial = {"membership": _coach_asked_for(request), "team": request.GET.get("team", "")}
    form = ExceptionForm(posted(request), actor=request.actor, slug=slug, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        authorize(permissions.grant_exception(request.actor, values["membership"], values["team"]))
        try:
            granted = domain.grant_exception(actor=request.actor, **values)
        except Refused as refused:
            form.refuse(refused)
        else:
            text = _("{name} may coach {team} until {day}.").format(
                name=granted.membership.display_name,
                team=granted.team.name,
                day=date_format(granted.ends_on, "SHORT_DATE_FORMAT"),
            )
            toast(request, text, undo_url=reverse("roles:exception_withdraw", args=[slug, granted.pk]))
            return go_to(request, reverse("roles:conflicts", args=[slug]))
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "roles/exception/form.html", {"form": form}, status=status)


@require_POST
def exception_withdraw(request: OrganizationRequest, slug: str, exception_id: UUID) -> HttpResponse:
    """Take an exception back; the toast lets it stand again."""
    exception = _exception(exception_id)
    authorize(permissions.withdraw_exception(request.actor, exception))
    domain.withdraw_exception(actor=request.actor, exception=exception)
    undo = reverse("roles:exception_restore", args=[slug, exception.pk])
    toast(request, _("The exception is withdrawn."), undo_url=undo)
    return _back(request, exception.team)


@require_POST
def exception_restore(request: OrganizationRequest, slug: str, exception_id: UUID) -> HttpResponse:
    """Let an exception stand again."""
    exception = _exception(exception_id)
    authorize(permissions.grant_exception(request.actor, exception.membership, exception.team))
    try:
        domain.restore_exception(actor=request.actor, exception=exception)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("The exception stands again."))
    return _back(request, exception.team)


def _back(request: OrganizationRequest, team: Team) -> HttpResponse:
    """To where exceptions are kept, or to the team's page for whoever sees no such list."""
    slug = request.organization.slug
    if permissions.see_roles(request.actor):
        return go_to(request, reverse("roles:conflicts", args=[slug]))
    return go_to(request, reverse("okrs:team", args=[slug, team.slug]))


def _coach_asked_for(request: OrganizationRequest) -> Membership | None:
    """The member an address names; none for what is no id, or nobody's."""
    try:
        return Membership.objects.active().filter(pk=UUID(request.GET.get("coach", ""))).first()
    except ValueError:
        return None


def _exception(exception_id: UUID) -> ConflictException:
    rows = ConflictException.objects.select_related("membership", "team")
    exception: ConflictException = get_object_or_404(rows, pk=exception_id)
    return exception
