"""The page of an objective, and writing one."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import Part, go_to, invalid, is_fragment, partials, respond, toast
from okrs import permissions
from okrs.domain import objective as domain
from okrs.domain.alignment import align, find_target
from okrs.domain.example import create_objective_with_key_results
from okrs.enums import Confidence, Level
from okrs.forms.objective import ConfidenceForm, ObjectiveForm, level_and_team, place_of
from okrs.models import Cycle, Objective
from okrs.queries.alignment_graph import choose_cycle
from okrs.queries.example import find_example
from okrs.queries.objective_page import ObjectivePage
from okrs.queries.standing import Standings
from okrs.queries.suggestions import guidance, suggestions
from okrs.views.fetching import objective_to_edit, objective_to_read, objective_to_reword
from okrs.views.objective_parts import ObjectiveScreen, is_on_page, refreshed
from organizations.errors import Refused
from organizations.models import Team
from organizations.requests import OrganizationRequest

PAGE, DRAWER = "okrs/objective/page.html", "okrs/objective/drawer.html"
FORM, FORM_DRAWER = "okrs/objective/form.html", "okrs/objective/form_drawer.html"


@require_GET
def objective(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Show an objective, as a page or in the drawer. `?view=changes` shows what changed instead of check-ins,
    `?history=2` older check-ins."""
    typed = request.GET.get("history", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 5 else 1
    page = ObjectivePage(request.actor, objective_to_read(request, objective_id), history_page=max(number, 1))
    screen = ObjectiveScreen(request, page)
    return respond(request, PAGE, DRAWER, screen.context())


@require_http_methods(["GET", "POST"])
def objective_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Write an objective; `?team=<slug>`, `?cycle=<id>`, `?title=` fill the form. Then come its key results.

    `?example=` and `?language=` fill it from the library, key results included.
    """
    actor = request.actor
    cycles = list(Cycle.objects.current().exclude(phase="closed"))
    if not cycles:
        return _without_cycle(request, slug)
    given = request.POST or request.GET
    cycle = choose_cycle(cycles, given.get("cycle", ""), Standings(request.actor).today)
    example = find_example(request.GET.get("example", ""), request.GET.get("language", ""))
    form = ObjectiveForm(
        request.POST or None,
        actor=actor,
        slug=slug,
        cycles=cycles,
        initial={
            "owner": actor.membership,
            "cycle": cycle.pk if cycle else None,
            "title": example.title if example else request.GET.get("title", "")[:500],
            "why": example.why if example else "",
            "key_results": example.key_results if example else (),
        },
        has_lines=example is not None or "key_results" in request.POST,
    )
    places = [value for _label, group in form.fields["place"].choices for value in _values(_label, group)]
    if not places:
        authorize(permissions.draft_for_organization(actor))
    place = given.get("place") or _place_from(request, form) or places[0]
    form.initial["place"] = place
    found = suggestions(actor, cycle, _team(form, place)) if cycle else []
    form.fields["supports"].choices = [(one.value, str(one)) for one in found]
    context = {
        "form": form,
        "title": _("New objective"),
        "kicker": "",
        "action": reverse("okrs:objective_create", args=[slug]),
        "guidance": guidance(actor, cycle, place, _team(form, place)) if cycle else "",
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            created = _create(request, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            whole = bool(form.key_result_values())
            _tell_written(request, created, whole)
            address = reverse("okrs:objective", args=[slug, created.pk])
            return go_to(request, address if whole else f"{address}?add=key-result")
    return invalid(request, FORM, FORM_DRAWER, context)


def _create(request: OrganizationRequest, form: ObjectiveForm) -> Objective:
    """Write the objective and what it supports; the place was offered, so it may be chosen."""
    created = create_objective_with_key_results(
        actor=request.actor, key_results=form.key_result_values(), **form.values()
    )
    for target_id in form.cleaned_data["supports"]:
        target = find_target(request.actor, UUID(target_id))
        if target is not None:
            align(actor=request.actor, objective=created, target=target)
    return created


def _tell_written(request: OrganizationRequest, created: Objective, is_whole: bool) -> None:
    """Say what was written; what came from an example in one go goes in one go too."""
    if is_whole:
        undo = reverse("okrs:objective_archive", args=[request.organization.slug, created.pk])
        toast(request, _("Objective written, with its key results"), undo_url=undo)
    else:
        toast(request, _("Objective written. Now its key results."))


def _without_cycle(request: OrganizationRequest, slug: str) -> HttpResponse:
    """There is nothing to write an objective into yet."""
    if permissions.manage_cycles(request.actor):
        toast(request, _("Objectives belong to a cycle. Create one first."), tone="info")
        return go_to(request, reverse("okrs:cycles", args=[slug]))
    return respond(
        request, "okrs/objective/no_cycle.html", "okrs/objective/no_cycle_drawer.html", {"title": _("New objective")}
    )


@require_GET
def objective_surroundings(request: OrganizationRequest, slug: str) -> HttpResponse:
    """What changes with team and cycle while somebody writes: guidance and what the objective could support."""
    cycles = list(Cycle.objects.current().exclude(phase="closed"))
    cycle = choose_cycle(cycles, request.GET.get("cycle", ""), Standings(request.actor).today)
    form = ObjectiveForm(None, actor=request.actor, slug=slug, cycles=cycles)
    place = request.GET.get("place", "")
    _level, team_id = level_and_team(place)
    team = Team.objects.current().filter(pk=team_id).first() if team_id else None
    found = suggestions(request.actor, cycle, team) if cycle else []
    form.fields["supports"].choices = [(one.value, str(one)) for one in found]
    form.initial["supports"] = request.GET.getlist("supports")
    context = {"form": form, "guidance": guidance(request.actor, cycle, place, team) if cycle else ""}
    return render(request, "okrs/objective/_surroundings.html", context)


@require_http_methods(["GET", "POST"])
def objective_edit(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Change an objective. What somebody else changed meanwhile is told once. A coach changes its words alone."""
    found = objective_to_reword(request, objective_id)
    words_only = not permissions.edit_objective(request.actor, found)
    form = ObjectiveForm(request.POST or None, actor=request.actor, slug=slug, objective=found, words_only=words_only)
    context = {
        "form": form,
        "objective": found,
        "title": _("Edit objective"),
        "kicker": found.cycle.name,
        "action": reverse("okrs:objective_edit", args=[slug, found.pk]),
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            changed = domain.edit_objective(
                actor=request.actor, objective=found, changes=form.changes(), seen=form.seen
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return _edited(request, slug, changed)
    return invalid(request, FORM, FORM_DRAWER, context)


def _edited(request: OrganizationRequest, slug: str, changed: Objective) -> HttpResponse:
    address = reverse("okrs:objective", args=[slug, changed.pk])
    toast(request, _("Objective saved"))
    if not is_fragment(request):
        return redirect(address)
    if is_on_page(request, changed.pk):
        # Title, crumbs and everything else may have changed.
        return go_to(request, address)
    return refreshed(request, changed.pk, close_drawer=True, focus=f"#objective-{changed.pk}-head")


@require_POST
def objective_confidence(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Say the owner's own word about the whole, or let it be automatic again."""
    found = objective_to_edit(request, objective_id)
    form = ConfidenceForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data["confidence"]
        domain.edit_objective(actor=request.actor, objective=found, changes={"confidence": said})
        words = dict(Confidence.choices)
        toast(
            request, _("Confidence: %(word)s") % {"word": words[said]} if said else _("Confidence is automatic again")
        )
    if not is_fragment(request):
        return redirect("okrs:objective", slug, objective_id)
    return refreshed(request, objective_id, "summary")


@require_POST
def objective_archive(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Put an objective away; the toast takes it back."""
    found = objective_to_edit(request, objective_id)
    domain.archive_objective(actor=request.actor, objective=found)
    toast(request, _("Objective archived"), undo_url=reverse("okrs:objective_restore", args=[slug, found.pk]))
    if is_fragment(request) and not is_on_page(request, found.pk):
        return partials(request, Part(f"#objective-{found.pk}", swap="delete"), close_drawer=True)
    return go_to(request, _home_of(slug, found))


@require_POST
def objective_restore(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Bring an archived objective back."""
    found = objective_to_edit(request, objective_id)
    domain.restore_objective(actor=request.actor, objective=found)
    toast(request, _("Objective is back"))
    return go_to(request, reverse("okrs:objective", args=[slug, found.pk]))


def _home_of(slug: str, found: Objective) -> str:
    if found.team is not None:
        return reverse("okrs:team", args=[slug, found.team.slug])
    return reverse("okrs:organization", args=[slug])


def _place_from(request: OrganizationRequest, form: ObjectiveForm) -> str:
    """The place that the address asks for, if the actor may write there."""
    if request.GET.get("level") == Level.ORGANIZATION:
        return place_of(Level.ORGANIZATION, None)
    team = next((team for team in form.all_teams if team.slug == request.GET.get("team")), None)
    return place_of(Level.TEAM, team.pk) if team and permissions.draft_in_team(request.actor, team) else ""


def _team(form: ObjectiveForm, place: str) -> Team | None:
    _level, team_id = level_and_team(place)
    return next((team for team in form.all_teams if team.pk == team_id), None)


def _values(label: str, group: Any) -> list[str]:
    """The values of a choice, or of a group of choices."""
    return [value for value, _text in group] if isinstance(group, list) else [label]
