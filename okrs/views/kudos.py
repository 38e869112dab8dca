"""Kudos: celebrating, and all there is to celebrate."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okrapp.web.decisions import authorize
from okrapp.web.htmx import Part, invalid, is_fragment, partials, respond, toast
from okrs import talk_permissions as permissions
from okrs.domain import kudos as domain
from okrs.forms.kudos import KudosForm
from okrs.models import Kudos, Objective
from okrs.queries.kudos import all_kudos, kudos_of_team
from okrs.views.fetching import objective_to_read
from okrs.views.reaction import reacted
from organizations.errors import Refused
from organizations.models import Team
from organizations.requests import OrganizationRequest

FORM, FORM_DRAWER = "okrs/kudos/form.html", "okrs/kudos/form_drawer.html"
TEAM = "okrs/kudos/_team.html"


@require_safe
def kudos(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show what there is to celebrate; `?team=<slug>` only that of a team."""
    team = Team.objects.filter(slug=request.GET["team"]).first() if "team" in request.GET else None
    context = {"kudos": all_kudos(request.actor, team), "team": team, "slug": slug}
    return render(request, "okrs/kudos/list.html", context)


@require_http_methods(["GET", "POST"])
def kudos_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Celebrate somebody; `?team=<slug>` says where it shows, `?objective=<id>` for what."""
    objective = _objective(request)
    team = _team(request) or (objective.team if objective else None)
    form = KudosForm(request.POST if request.method == "POST" else None, slug=slug, initial={"team": team})
    query = f"?objective={objective.pk}" if objective else ""
    context = {"form": form, "objective": objective, "action": reverse("okrs:kudos_create", args=[slug]) + query}
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            written = domain.celebrate(actor=request.actor, objective=objective, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Celebrated"), undo_url=reverse("okrs:kudos_remove", args=[slug, written.pk]))
            return _done(request, written, close_drawer=True)
    return invalid(request, FORM, FORM_DRAWER, context)


@require_POST
def kudos_remove(request: OrganizationRequest, slug: str, kudos_id: UUID) -> HttpResponse:
    """Take kudos away; the toast brings them back."""
    found = _find(request, kudos_id)
    people = list(found.people.values_list("membership", flat=True))
    authorize(permissions.remove_kudos(request.actor, found, people))
    domain.remove_kudos(actor=request.actor, kudos=found)
    toast(request, _("Kudos removed"), undo_url=reverse("okrs:kudos_restore", args=[slug, found.pk]))
    return _done(request, found)


@require_POST
def kudos_restore(request: OrganizationRequest, slug: str, kudos_id: UUID) -> HttpResponse:
    """Bring back kudos that were removed moments ago."""
    found = _find(request, kudos_id)
    authorize(permissions.restore_kudos(request.actor, found))
    try:
        domain.restore_kudos(actor=request.actor, kudos=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("Kudos are back"))
    return _done(request, found)


@require_POST
def kudos_react(request: OrganizationRequest, slug: str, kudos_id: UUID) -> HttpResponse:
    """React to kudos."""
    found = get_object_or_404(Kudos.objects.visible_to(request.actor).standing(), pk=kudos_id)
    return reacted(request, found, reverse("okrs:kudos_react", args=[slug, found.pk]), _home(slug, found.team))


def _find(request: OrganizationRequest, kudos_id: UUID) -> Kudos:
    found: Kudos = get_object_or_404(Kudos.objects.visible_to(request.actor).select_related("team"), pk=kudos_id)
    return found


def _objective(request: OrganizationRequest) -> Objective | None:
    try:
        return objective_to_read(request, UUID(request.GET["objective"])) if "objective" in request.GET else None
    except ValueError:
        return None


def _team(request: OrganizationRequest) -> Team | None:
    return Team.objects.current().filter(slug=request.GET.get("team", "")).first()


def _home(slug: str, team: Team | None) -> str:
    page = reverse("okrs:team", args=[slug, team.slug]) if team else reverse("okrs:organization", args=[slug])
    return f"{page}#{kudos_id_of(team)}"


def kudos_id_of(team: Team | None) -> str:
    """Return the id of the element that shows the kudos of a team, of the organization without one."""
    return f"kudos-{team.pk if team else 'organization'}"


def _done(request: OrganizationRequest, written: Kudos, *, close_drawer: bool = False) -> HttpResponse:
    """Draw the kudos of the team anew where they stand, on its page and in the list of all."""
    slug = request.organization.slug
    if not is_fragment(request):
        return redirect(_home(slug, written.team))
    shown: dict[str, Any] = {"slug": slug}
    team = written.team
    parts = [
        Part(f"#{kudos_id_of(team)}", TEAM, shown | {"kudos": kudos_of_team(request.actor, team), "team": team}),
        Part("#kudos-all", "okrs/kudos/_list.html", shown | {"kudos": all_kudos(request.actor), "names_place": True}),
    ]
    return partials(request, *parts, close_drawer=close_drawer, focus=f"#kudos-{written.pk}")
