"""Cycles: the list, making and changing them, and moving them through their phases."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.decisions import Denied, authorize
from okrapp.web.htmx import Part, invalid, is_fragment, partials, respond, toast
from okrs import permissions
from okrs.calendar import Period, usual_days
from okrs.domain import cycle as domain
from okrs.domain.cycle_days import usual_days_from
from okrs.domain.cycle_phase import move_cycle
from okrs.domain.lifecycle import drafts_that_start
from okrs.enums import Phase
from okrs.forms.cycle import OWN, CycleForm, MoveForm, pattern_value
from okrs.models import Cycle, CycleTeam, Objective
from okrs.queries.cycles import cycle_list, patterns
from okrs.queries.participation_proposal import proposed_teams
from okrs.queries.standing import Standings
from okrs.views.fetching import cycle_to_manage
from organizations.errors import Refused
from organizations.queries.team import TeamRow, team_rows
from organizations.requests import OrganizationRequest

FORM, FORM_DRAWER = "okrs/cycle/form.html", "okrs/cycle/form_drawer.html"
MOVE, MOVE_DRAWER = "okrs/cycle/move.html", "okrs/cycle/move_drawer.html"


@require_GET
def cycles(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show every cycle with its phase and its numbers."""
    return render(request, "okrs/cycle/list.html", _list_context(request))


def _list_context(request: OrganizationRequest) -> dict[str, Any]:
    decision = permissions.manage_cycles(request.actor)
    return {
        "cycles": cycle_list(Standings(request.actor).today),
        "may_manage": bool(decision),
        "may_read_process": bool(permissions.read_process_cards(request.actor)),
        "why_not": decision.reason if isinstance(decision, Denied) else "",
    }


def list_again(request: OrganizationRequest, *, close_drawer: bool = False, focus: str = "") -> HttpResponse:
    """The list again, after something in it changed."""
    if not is_fragment(request):
        return redirect("okrs:cycles", request.organization.slug)
    part = Part("#cycles", "okrs/cycle/_list.html", _list_context(request))
    return partials(request, part, close_drawer=close_drawer, focus=focus)


@require_http_methods(["GET", "POST"])
def cycle_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Make a cycle from a period of the calendar or with days of its own. `?pattern=` fills name and days."""
    authorize(permissions.manage_cycles(request.actor))
    today = Standings(request.actor).today
    periods = patterns(today, request.actor.settings.fiscal_year_start, Cycle.objects.current())
    chosen = _chosen_period(request, periods)
    draws_days = is_fragment(request) and "days" in request.GET
    proposal = None if draws_days else proposed_teams(request.actor)
    form = CycleForm(request.POST or None, periods=periods, initial=_initial(chosen, request, today), proposal=proposal)
    context = {
        "form": form,
        "title": _("New cycle"),
        "action": reverse("okrs:cycle_create", args=[slug]),
        "teams": _team_boxes(form),
        "reasons": proposal.reasons if proposal is not None else (),
    }
    if request.method != "POST":
        if draws_days:
            return render(request, "okrs/cycle/_days.html", context)
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        data = form.cleaned_data
        try:
            created = domain.create_cycle(
                actor=request.actor,
                name=data["name"],
                starts_on=data["starts_on"],
                ends_on=data["ends_on"],
                length=form.length,
                phase=data["phase"] or Phase.PLANNED,
                teams=form.chosen_teams,
                days=form.days_of_phases,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Cycle %(name)s created") % {"name": created.name})
            return list_again(request, close_drawer=True, focus=f"#cycle-{created.pk}")
    return invalid(request, FORM, FORM_DRAWER, context)


def _chosen_period(request: OrganizationRequest, periods: list[Period]) -> Period | None:
    """The period that the address asks for, the first one without a word, None for days of one's own."""
    wanted = request.GET.get("pattern", "")
    if wanted == OWN:
        return None
    return next((one for one in periods if pattern_value(one) == wanted), periods[0] if periods else None)


def _initial(period: Period | None, request: OrganizationRequest, today: Any) -> dict[str, Any]:
    if period is None:
        return {"pattern": OWN, "name": request.GET.get("name", "")[:60]}
    is_now = period.starts_on <= today <= period.ends_on
    phase = Phase.RUNNING if is_now else Phase.PLANNED
    return {
        **usual_days_from(usual_days(period.starts_on, period.ends_on), phase, today),
        "pattern": pattern_value(period),
        "name": period.name,
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "phase": phase,
    }


@require_http_methods(["GET", "POST"])
def cycle_edit(request: OrganizationRequest, slug: str, cycle_id: UUID) -> HttpResponse:
    """Change name, days and who takes part."""
    found = cycle_to_manage(request, cycle_id)
    chosen = [link.team for link in CycleTeam.objects.filter(cycle=found).select_related("team")]
    form = CycleForm(request.POST or None, cycle=found, chosen=chosen)
    context = {
        "form": form,
        "cycle": found,
        "title": _("Edit cycle"),
        "action": reverse("okrs:cycle_edit", args=[slug, found.pk]),
        "teams": _team_boxes(form),
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            domain.edit_cycle(actor=request.actor, cycle=found, changes=form.changes(), teams=form.chosen_teams)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Cycle saved"))
            return list_again(request, close_drawer=True, focus=f"#cycle-{found.pk}")
    return invalid(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def cycle_move(request: OrganizationRequest, slug: str, cycle_id: UUID) -> HttpResponse:
    """Move a cycle to a later phase, or one step back with a reason."""
    found = cycle_to_manage(request, cycle_id)
    form = MoveForm(request.POST or None, cycle=found)
    context = {
        "form": form,
        "cycle": found,
        "title": _("Move %(cycle)s") % {"cycle": found.name},
        "action": reverse("okrs:cycle_move", args=[slug, found.pk]),
    }
    if request.method != "POST" and found.phase in (Phase.PLANNED, Phase.DRAFTING, Phase.ALIGNING):
        # No number depends on who looks: private drafts are counted for nobody.
        starting = drafts_that_start(request.actor, found).open().count()
        waiting = Objective.objects.drafts().open().filter(cycle=found).count() - starting
        context |= {"starting": starting, "waiting": waiting}
    if request.method != "POST":
        return respond(request, MOVE, MOVE_DRAWER, context)
    if form.is_valid():
        try:
            moved = move_cycle(
                actor=request.actor,
                cycle=found,
                phase=form.cleaned_data["phase"],
                reason=form.cleaned_data["reason"],
                on=form.cleaned_data["on"],
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            words = {"cycle": moved.name, "phase": moved.get_phase_display()}
            toast(request, _("%(cycle)s: %(phase)s") % words)
            return list_again(request, close_drawer=True, focus=f"#cycle-{found.pk}")
    return invalid(request, MOVE, MOVE_DRAWER, context)


@require_POST
def cycle_archive(request: OrganizationRequest, slug: str, cycle_id: UUID) -> HttpResponse:
    """Put away a cycle without objectives; the toast takes it back."""
    found = cycle_to_manage(request, cycle_id)
    try:
        domain.archive_cycle(actor=request.actor, cycle=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("Cycle archived"), undo_url=reverse("okrs:cycle_restore", args=[slug, found.pk]))
    return list_again(request)


@require_POST
def cycle_restore(request: OrganizationRequest, slug: str, cycle_id: UUID) -> HttpResponse:
    """Bring an archived cycle back."""
    found = cycle_to_manage(request, cycle_id)
    try:
        domain.restore_cycle(actor=request.actor, cycle=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("Cycle is back"))
    return list_again(request, focus=f"#cycle-{found.pk}")


def _team_boxes(form: CycleForm) -> list[tuple[TeamRow, bool]]:
    """The teams as a tree with a box each: team, chosen."""
    chosen = {str(value) for value in form["teams"].value() or ()}
    return [(row, str(row.id) in chosen) for row in team_rows()]
