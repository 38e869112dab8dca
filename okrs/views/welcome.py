"""The first five minutes: a cycle, an objective, its key results, people. Each step can be skipped."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from okrapp.web.decisions import authorize
from okrapp.web.htmx import UNPROCESSABLE, toast
from okrs import permissions
from okrs.calendar import period_containing
from okrs.domain import cycle as cycles
from okrs.domain import key_result as key_results
from okrs.domain import objective as objectives
from okrs.enums import CycleLength, Phase
from okrs.examples import BuiltInExample, example_named, first_of_each, known_language
from okrs.forms.reading import Reading
from okrs.forms.welcome import FirstCycleForm, FirstObjectiveForm
from okrs.models import Cycle, KeyResult, Objective
from okrs.queries.alignment_graph import choose_cycle
from okrs.queries.standing import Standings
from okrs.views.objective_parts import UNITS, quick_form
from organizations.errors import Refused
from organizations.models import Membership
from organizations.permissions import invite
from organizations.requests import OrganizationRequest

STEPS = ("cycle", "objective", "key_result", "people")
LENGTHS = (CycleLength.QUARTER, CycleLength.TERTIAL, CycleLength.HALF_YEAR, CycleLength.YEAR, CycleLength.MONTH)


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the four steps as the head of the page shows it."""

    number: int
    label: str
    url: str
    is_now: bool
    is_done: bool


def _stages(request: OrganizationRequest, now: str) -> list[Stage]:
    slug = request.organization.slug
    labels = (_("Cycle"), _("Objective"), _("Key results"), _("People"))
    done = (
        Cycle.objects.current().exists(),
        Objective.objects.current().exists(),
        KeyResult.objects.current().exists(),
        Membership.objects.active().exclude(user=None).exclude(pk=request.membership.pk).exists(),
    )
    return [
        Stage(index + 1, label, reverse(f"okrs:welcome_{name}", args=[slug]), name == now, done[index])
        for index, (name, label) in enumerate(zip(STEPS, labels, strict=True))
    ]


def _context(request: OrganizationRequest, now: str, **more: Any) -> dict[str, Any]:
    """What every step shows: where one is, and the way on."""
    slug = request.organization.slug
    index = STEPS.index(now)
    following = f"okrs:welcome_{STEPS[index + 1]}" if index + 1 < len(STEPS) else "okrs:week"
    return {"stages": _stages(request, now), "skip_url": reverse(following, args=[slug]), "slug": slug, **more}


@require_GET
def welcome(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Go to the first step that is not done, and to My week when all are."""
    for name, stage in zip(STEPS, _stages(request, ""), strict=True):
        if not stage.is_done and not (name == "cycle" and not permissions.manage_cycles(request.actor)):
            return redirect(f"okrs:welcome_{name}", slug)
    return redirect("okrs:week", slug)


@require_http_methods(["GET", "POST"])
def welcome_cycle(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Offer the quarter of the fiscal year that today lies in, and other lengths; it begins at once."""
    authorize(permissions.manage_cycles(request.actor))
    settings = request.actor.settings
    today = Standings(request.actor).today
    periods = [period_containing(today, length, settings.fiscal_year_start) for length in LENGTHS]
    form = FirstCycleForm(request.POST or None, periods=periods)
    if request.method == "POST" and form.is_valid():
        period = form.period
        try:
            cycle = cycles.create_cycle(
                actor=request.actor,
                name=period.name,
                starts_on=period.starts_on,
                ends_on=period.ends_on,
                length=period.length,
                phase=Phase.RUNNING,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Cycle %(name)s is running") % {"name": cycle.name})
            return redirect("okrs:welcome_objective", slug)
    present = Cycle.objects.current().first()
    may_import = bool(permissions.import_okrs(request.actor))
    context = _context(request, "cycle", form=form, present=present, today=today, may_import=may_import)
    return _page(request, "okrs/welcome/cycle.html", context, form.is_bound)


@require_http_methods(["GET", "POST"])
def welcome_objective(request: OrganizationRequest, slug: str) -> HttpResponse:
    """A first objective: a line, or an example that fills it (`?example=`), or a spreadsheet."""
    cycle = _cycle(request)
    if cycle is None:
        return _no_cycle(request, slug, "objective")
    example = _example(request.GET.get("example", ""))
    form = FirstObjectiveForm(
        request.POST or None,
        actor=request.actor,
        initial={"title": example.title if example else ""},
    )
    if not form.fields["place"].choices:
        authorize(permissions.draft_for_organization(request.actor))
    if request.method == "POST" and form.is_valid():
        chosen = _example(request.POST.get("example", ""))
        values = form.values()
        try:
            written = objectives.create_objective(
                actor=request.actor,
                cycle=cycle,
                owner=request.membership,
                why=chosen.why if chosen is not None and values["title"] == chosen.title else "",
                **values,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            address = reverse("okrs:welcome_key_result", args=[slug])
            query = f"?objective={written.pk}" + (f"&example={chosen.key}" if chosen else "")
            return redirect(address + query)
    context = _context(
        request,
        "objective",
        form=form,
        cycle=cycle,
        examples=first_of_each(known_language(get_language())),
        example=example or _example(request.POST.get("example", "")),
        may_import=bool(permissions.import_okrs(request.actor)),
    )
    return _page(request, "okrs/welcome/objective.html", context, form.is_bound)


@require_http_methods(["GET", "POST"])
def welcome_key_result(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Key results for the first objective, one line after the other."""
    objective = _objective(request)
    if objective is None:
        return redirect("okrs:welcome_objective", slug)
    data = request.POST if request.method == "POST" else None
    form = quick_form(slug, data)
    if request.method == "POST" and form.is_valid():
        values = {"owner": objective.owner or request.membership, **form.values()}
        try:
            key_results.create_key_result(actor=request.actor, objective=objective, **values)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Key result added"))
            return redirect(request.get_full_path())
    reading = Reading(request.POST.get("title", "")) if request.method == "POST" else None
    example = _example(request.GET.get("example", ""))
    found = list(objective.key_results.filter(archived_at=None).listed())
    taken = {key_result.title for key_result in found}
    ideas = [line for line in (example.key_results if example else ()) if line not in taken]
    context = _context(
        request,
        "key_result",
        form=form,
        objective=objective,
        key_results=found,
        reading=reading,
        ideas=ideas,
        units=UNITS,
        action=request.get_full_path(),
    )
    return _page(request, "okrs/welcome/key_result.html", context, form.is_bound)


@require_GET
def welcome_people(request: OrganizationRequest, slug: str) -> HttpResponse:
    """The last step: invite people, or go to My week."""
    context = _context(request, "people", may_invite=bool(invite(request.actor)))
    return render(request, "okrs/welcome/people.html", context)


def _page(request: OrganizationRequest, template: str, context: dict[str, Any], is_wrong: bool) -> HttpResponse:
    return render(request, template, context, status=UNPROCESSABLE if is_wrong else 200)


def _no_cycle(request: OrganizationRequest, slug: str, now: str) -> HttpResponse:
    """Without a cycle there is nowhere to write; whoever may create one goes there first."""
    if permissions.manage_cycles(request.actor):
        return redirect("okrs:welcome_cycle", slug)
    return render(request, "okrs/welcome/no_cycle.html", _context(request, now))


def _example(key: str) -> BuiltInExample | None:
    return example_named(key, known_language(get_language()))


def _cycle(request: OrganizationRequest) -> Cycle | None:
    open_cycles = Cycle.objects.current().exclude(phase=Phase.CLOSED)
    return choose_cycle(open_cycles, request.GET.get("cycle", ""), Standings(request.actor).today)


def _objective(request: OrganizationRequest) -> Objective | None:
    """The objective of the address, else the newest that the person wrote; None when there is none to change."""
    mine = (
        Objective.objects.visible_to(request.actor)
        .current()
        .filter(created_by=request.membership)
        .select_related("cycle", "team", "owner")
    )
    wanted = request.GET.get("objective", "")
    found = next((one for one in mine.order_by("-created_at")[:50] if not wanted or str(one.pk) == wanted), None)
    return found if found is not None and permissions.edit_objective(request.actor, found) else None
