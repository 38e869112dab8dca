"""A whole year of cycles at once, and more time for single teams."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import invalid, is_fragment, respond, toast
from okrs import permissions
from okrs.domain import extension as domain
from okrs.domain.cycle_generator import generate_cycles, missing, year_pattern
from okrs.forms.cycle import ExtensionForm, GenerateForm
from okrs.models import Cycle, CycleExtension
from okrs.queries.extension import extensions_of
from okrs.queries.participation_proposal import proposed_teams
from okrs.queries.standing import Standings
from okrs.views.cycle import list_again
from okrs.views.fetching import cycle_to_manage
from organizations.domain.removed import NeverRemoved
from organizations.errors import Refused
from organizations.models import Team
from organizations.requests import OrganizationRequest

GENERATE, GENERATE_DRAWER = "okrs/cycle/generate.html", "okrs/cycle/generate_drawer.html"
EXTEND, EXTEND_DRAWER = "okrs/cycle/extend.html", "okrs/cycle/extend_drawer.html"


@require_http_methods(["GET", "POST"])
def cycle_generate(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Make the cycles of a fiscal year; `?preview=1` shows what a choice would make."""
    authorize(permissions.manage_cycles(request.actor))
    settings, today = request.actor.settings, Standings(request.actor).today
    start = settings.fiscal_year_start
    previews = "preview" in request.GET
    data = request.POST if request.method == "POST" else request.GET if previews else None
    proposal = proposed_teams(request.actor)
    form = GenerateForm(data, today=today, fiscal_year_start=start, proposal=proposal)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else form.defaults
    periods = year_pattern(chosen["day"], chosen["length"], with_year=chosen["with_year"], fiscal_year_start=start)
    new = missing(periods, Cycle.objects.current())
    context = {
        "form": form,
        "title": _("Cycles of a year"),
        "action": reverse("okrs:cycle_generate", args=[slug]),
        "periods": [(one, one in new) for one in periods],
        # So many take part in the cycles but the year's; None where all do.
        "teams": len(proposal.team_ids) if chosen.get("for_some", proposal.is_for_some) else None,
    }
    if request.method != "POST":
        if previews and is_fragment(request):
            return render(request, "okrs/cycle/_periods.html", context)
        return respond(request, GENERATE, GENERATE_DRAWER, context)
    if form.is_valid():
        try:
            values = form.cleaned_data
            begun = Team.objects.current().filter(pk__in=proposal.team_ids)
            teams = list(begun) if values.pop("for_some", False) else None
            made = generate_cycles(actor=request.actor, teams=teams, **values)
        except Refused as refused:
            form.refuse(refused)
        else:
            count = len(made)
            toast(request, ngettext("%(count)s cycle created", "%(count)s cycles created", count) % {"count": count})
            return list_again(request, close_drawer=True, focus=f"#cycle-{made[0].pk}")
    return invalid(request, GENERATE, GENERATE_DRAWER, context)


@require_http_methods(["GET", "POST"])
def cycle_extensions(request: OrganizationRequest, slug: str, cycle_id: UUID) -> HttpResponse:
    """Show which teams may go on reviewing, and give one more time."""
    found = cycle_to_manage(request, cycle_id)
    form = ExtensionForm(request.POST or None)
    if request.method != "POST":
        return respond(request, EXTEND, EXTEND_DRAWER, _context(request, found, form))
    if form.is_valid():
        try:
            extension = domain.extend_team(actor=request.actor, cycle=found, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("%(team)s has more time") % {"team": extension.team.name})
            return _again(request, found)
    return invalid(request, EXTEND, EXTEND_DRAWER, _context(request, found, form))


@require_POST
def extension_remove(request: OrganizationRequest, slug: str, extension_id: UUID) -> HttpResponse:
    """Take an extension back; the toast brings it again."""
    rows = CycleExtension.objects.select_related("cycle", "team")
    extension = get_object_or_404(rows, pk=extension_id)
    authorize(permissions.manage_cycles(request.actor))
    domain.withdraw_extension(actor=request.actor, extension=extension)
    undo = reverse("okrs:extension_restore", args=[slug, extension_id])
    toast(request, _("%(team)s ends with everybody else") % {"team": extension.team.name}, undo_url=undo)
    return _again(request, extension.cycle)


@require_POST
def extension_restore(request: OrganizationRequest, slug: str, extension_id: UUID) -> HttpResponse:
    """Undo: the team has more time again."""
    authorize(permissions.manage_cycles(request.actor))
    try:
        extension = domain.restore_extension(actor=request.actor, extension_id=extension_id)
    except NeverRemoved as error:
        raise Http404 from error
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
        return list_again(request)
    toast(request, _("%(team)s has more time") % {"team": extension.team.name})
    return _again(request, extension.cycle)


def _context(request: OrganizationRequest, cycle: Cycle, form: ExtensionForm) -> dict[str, object]:
    today: date = Standings(request.actor).today
    return {
        "form": form,
        "cycle": cycle,
        "slug": request.organization.slug,
        "title": _("More time for a team"),
        "action": reverse("okrs:cycle_extensions", args=[request.organization.slug, cycle.pk]),
        "extensions": [(one, one.until >= today and one.ended_at is None) for one in extensions_of(cycle)],
        "is_extendable": cycle.phase in domain.EXTENDABLE,
    }


def _again(request: OrganizationRequest, cycle: Cycle) -> HttpResponse:
    """The list of extensions again, ready for the next team."""
    if not is_fragment(request):
        return redirect("okrs:cycle_extensions", request.organization.slug, cycle.pk)
    return render(request, EXTEND_DRAWER, _context(request, cycle, ExtensionForm()))
