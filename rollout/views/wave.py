"""Which teams are in a wave, and letting it begin."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from okrapp.web.htmx import go_to, invalid, respond, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import permissions
from rollout.domain import wave as domain
from rollout.forms.picking import is_looking
from rollout.forms.wave import WaveTeamsForm
from rollout.models import Wave
from rollout.queries.before_step import before_wave
from rollout.queries.wave import teams_of
from rollout.views.fetching import plan_to


@require_http_methods(["GET", "POST"])
def wave_teams(request: OrganizationRequest, slug: str, wave_id: UUID) -> HttpResponse:
    """Choose the teams of a wave from the tree; teams can be added to one that has started, and begin at once."""
    wave: Wave = get_object_or_404(Wave.objects.select_related("plan"), pk=wave_id)
    found = plan_to(request, wave.plan_id, permissions.edit_plan)
    form = WaveTeamsForm(posted(request), wave=wave, plan=found)
    looks = is_looking(request)
    if request.method == "POST" and not looks and form.is_valid():
        try:
            others = domain.change_wave_teams(actor=request.actor, wave=wave, teams=form.chosen(), shown=form.shown)
        except Refused as refused:
            form.refuse(refused)
        else:
            saved = _("Teams of the wave saved")
            toast(request, f"{saved}. {others}" if str(others) else saved)
            return go_to(request, reverse("rollout:plan", args=[slug, found.pk]))
    context: dict[str, Any] = {"form": form, "wave": wave, "plan": found, "slug": slug, "action": request.path}
    if wave.started_at is not None:
        context["started_with"] = teams_of(wave)
    answer = invalid if form.is_bound and not looks else respond
    return answer(request, "rollout/wave/teams.html", "rollout/wave/teams_drawer.html", context)


@require_http_methods(["GET", "POST"])
def wave_start(request: OrganizationRequest, slug: str, wave_id: UUID) -> HttpResponse:
    """Ask, with what it means, and let a wave begin: its teams take part in the cycles."""
    wave: Wave = get_object_or_404(Wave.objects.select_related("plan", "phase"), pk=wave_id)
    found = plan_to(request, wave.plan_id, permissions.edit_plan)
    if request.method != "POST":
        context = {"wave": wave, "plan": found, "slug": slug, "action": request.path}
        context["before"] = before_wave(request.actor, wave)
        return respond(request, "rollout/wave/start.html", "rollout/wave/start_drawer.html", context)
    try:
        number = domain.start_wave(actor=request.actor, wave=wave)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        text = ngettext("%(count)d team begins.", "%(count)d teams begin.", number) % {"count": number}
        toast(request, text)
    return go_to(request, reverse("rollout:plan", args=[slug, found.pk]))
