"""Adding, changing and removing the parts of a plan, in a drawer."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Max
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import go_to, invalid, is_fragment, respond, toast
from organizations.domain.removed import NeverRemoved, removed_values
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import permissions
from rollout.domain import part as domain
from rollout.domain.phase_removal import content_of_phase, remove_phase, restore_phase
from rollout.domain.plan_from_blueprint import only_owner
from rollout.forms.part import PartForm, TaskForm
from rollout.models import Criterion, PlanPhase, PlanTask, RolloutPlan
from rollout.views.fetching import back_to, form_of, part_to_edit, plan_to

# What the button beside Save says: keep what was typed, and go on to what the task waits for.
NEEDS = "needs"
PAGE, DRAWER = "rollout/part/form.html", "rollout/part/form_drawer.html"


@require_http_methods(["GET", "POST"])
def part_create(request: OrganizationRequest, slug: str, plan_id: UUID, part_kind: str) -> HttpResponse:
    """Add a part to a plan; `?phase=` (an id) and `?gate=` fill the form."""
    form_class = form_of(part_kind)
    plan = plan_to(request, plan_id, permissions.edit_plan)
    initial: dict[str, Any] = {
        name: request.GET[name] for name in ("phase", "gate", "kind", "title") if name in request.GET
    }
    if day := _first_day(plan, initial.get("phase", "")):
        initial["starts_on"] = day
    form = form_class(posted(request), slug=slug, plan=plan, initial=initial)
    if request.method == "POST" and form.is_valid():
        part = form.build()
        if isinstance(part, PlanTask) and part.owner is None:
            part.owner = only_owner(part.activity, plan.team)
        try:
            domain.add_part(actor=request.actor, plan=plan, part=part)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, str(form.saved))
            return go_to(request, back_to(request, plan, form.home))
    context: dict[str, Any] = {
        "form": form,
        "title": form.title_new,
        "plan": plan,
        "slug": slug,
        "action": request.path,
    }
    return _shown(request, form, context)


@require_http_methods(["GET", "POST"])
def part_edit(request: OrganizationRequest, slug: str, part_kind: str, part_id: UUID) -> HttpResponse:
    """Change a part of a plan."""
    form_class = form_of(part_kind)
    part, plan = part_to_edit(request, part_kind, part_id)
    form = form_class(posted(request), slug=slug, plan=plan, part=part)
    if request.method == "POST" and form.is_valid():
        try:
            domain.edit_part(actor=request.actor, part=part, changes=form.changes(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, str(form.saved))
            back = back_to(request, plan, form.home)
            if request.POST.get("then") == NEEDS and isinstance(part, PlanTask):
                return go_to(request, _needs_of(request, part, back))
            return go_to(request, back)
    context = {
        "form": form,
        "title": form.title_edit,
        "plan": plan,
        "part": part,
        "slug": slug,
        "action": request.path,
        "kind": part_kind,
        # Asked first where more goes with it than what is shown here.
        "asks": isinstance(part, PlanPhase) and not content_of_phase(part).is_empty,
    }
    return _shown(request, form, context)


@require_POST
def part_remove(request: OrganizationRequest, slug: str, part_kind: str, part_id: UUID) -> HttpResponse:
    """Remove a part; the toast takes it back."""
    form_class = form_of(part_kind)
    part, plan = part_to_edit(request, part_kind, part_id)
    back = back_to(request, plan, form_class.home)
    try:
        domain.remove_part(actor=request.actor, part=part)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        undo = reverse("rollout:part_restore", args=[slug, part_kind, part_id])
        said = [str(form_class.removed)]
        if isinstance(part, PlanPhase):
            said.append(still_lasts(plan))
        toast(request, " ".join(said), undo_url=undo)
    return go_to(request, back)


@require_http_methods(["GET", "POST"])
def phase_remove(request: OrganizationRequest, slug: str, phase_id: UUID) -> HttpResponse:
    """Ask whether a phase goes with everything in it; the toast brings all of it back."""
    phase, plan = part_to_edit(request, "phases", phase_id)
    if request.method == "POST":
        back = back_to(request, plan, "rollout:plan")
        try:
            remove_phase(actor=request.actor, phase=phase)
        except Refused as refused:
            toast(request, " ".join(refused.messages), tone="warn")
        else:
            undo = reverse("rollout:part_restore", args=[slug, "phases", phase_id])
            said = _("Phase removed, with everything in it.")
            toast(request, f"{said} {still_lasts(plan)}".strip(), undo_url=undo)
        return go_to(request, back)
    context = {"phase": phase, "plan": plan, "slug": slug, "action": request.path, "inside": content_of_phase(phase)}
    return respond(request, "rollout/part/remove_phase.html", "rollout/part/remove_phase_drawer.html", context)


def still_lasts(plan: RolloutPlan) -> str:
    """Return a sentence where a plan goes on after its last phase by now, else nothing; one query."""
    last = PlanPhase.objects.filter(plan=plan).aggregate(last=Max("ends_on"))["last"]
    if last is None or last >= plan.ends_on:
        return ""
    day = date_format(plan.ends_on, "SHORT_DATE_FORMAT")
    return _("The plan itself still lasts until %(day)s.") % {"day": day}


@require_POST
def part_restore(request: OrganizationRequest, slug: str, part_kind: str, part_id: UUID) -> HttpResponse:
    """Bring back a part removed moments ago."""
    form_class = form_of(part_kind)
    try:
        values = removed_values(form_class.model, part_id)
        plan = plan_to(request, _plan_id(form_class, values), permissions.edit_plan)
        if form_class.model is PlanPhase:
            restore_phase(actor=request.actor, phase_id=part_id)
        else:
            domain.restore_part(actor=request.actor, model=form_class.model, part_id=part_id)
    except NeverRemoved:
        _part, plan = part_to_edit(request, part_kind, part_id)  # never removed, or 404
    except Refused as refused:
        authorize(permissions.create_some_plan(request.actor))
        toast(request, " ".join(refused.messages), tone="warn")
        return go_to(request, reverse("rollout:plans", args=[slug]))
    else:
        toast(request, _("It is back."))
    return go_to(request, back_to(request, plan, form_class.home))


def _needs_of(request: OrganizationRequest, task: PlanTask, back: str) -> str:
    """Return the address that shows what a task waits for: in a drawer on `back`, or alone where there is no script."""
    needs = reverse("rollout:task_needs", args=[request.organization.slug, task.pk])
    return f"{back}{'&' if '?' in back else '?'}{urlencode({'drawer': needs})}" if is_fragment(request) else needs


def _shown(request: OrganizationRequest, form: PartForm, context: dict[str, Any]) -> HttpResponse:
    context["is_task"] = isinstance(form, TaskForm)
    if form.is_bound:
        return invalid(request, PAGE, DRAWER, context)
    return respond(request, PAGE, DRAWER, context)


def _first_day(plan: RolloutPlan, phase_id: str) -> object:
    try:
        phase = PlanPhase.objects.filter(plan=plan, pk=UUID(phase_id)).first()
    except ValueError:
        return None
    return phase.starts_on if phase is not None else None


def _plan_id(form_class: type[PartForm], values: dict[str, object]) -> UUID:
    if form_class.model is not Criterion:
        return UUID(str(values["plan"]))
    phase = PlanPhase.objects.filter(pk=str(values["phase"])).first()
    if phase is None:
        raise Http404
    plan_id: UUID = phase.plan_id
    return plan_id
