"""Rollout plans: the list, a new one, the overview of one, and what happens to it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okrapp.web.decisions import authorize
from okrapp.web.htmx import UNPROCESSABLE, go_to, invalid, respond, toast
from organizations.errors import Refused
from organizations.models import Membership
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import budget_permissions, permissions, readiness_permissions
from rollout.domain import plan as domain
from rollout.domain import plan_state
from rollout.domain.plan_from_blueprint import create_from_blueprint
from rollout.enums import PlanState, VersionState
from rollout.forms.new_plan import NewPlanForm, time_off_example
from rollout.forms.plan import OfficerForm, PlanForm
from rollout.models import PlanPhase, PlanVersion, RolloutPlan
from rollout.queries.audience import asking_plans
from rollout.queries.before_step import before_end, before_submit
from rollout.queries.budget import approved_now, may_be_asked_again
from rollout.queries.messages import waiting_for_yes
from rollout.queries.plan_changes import kinds_changed_since
from rollout.queries.plan_page import own_tasks, plan_page
from rollout.queries.tasks import open_risks
from rollout.queries.wave import teams_by_wave, waves_of
from rollout.views.fetching import around, plan_to

# Who sees a plan that is written, on the page of a new one and afterwards.
SEEN = gettext_lazy(
    "Until it is approved, only Program Lead Offices, Sponsors, Leadership, coaches and administrators see it."
)


@require_safe
def plans(request: OrganizationRequest, slug: str) -> HttpResponse:
    """List the plans: those approved for everybody, the others for who reads them."""
    rows = RolloutPlan.objects.visible_to(request.actor).select_related("team", "sponsor").listed()
    shown = request.GET.get("archived") == "1"
    rows = rows.exclude(archived_at=None) if shown else rows.current()
    context = {
        "rows": rows,
        "asking": asking_plans(request.actor),
        "to_agree": waiting_for_yes(request.actor),
        "archived": shown,
        "is_sponsor": any(request.actor.is_(row.sponsor_id) for row in rows),
        "may_create": bool(permissions.create_some_plan(request.actor)),
        "slug": slug,
    }
    return render(request, "rollout/plan/list.html", context)


@require_http_methods(["GET", "POST"])
def plan_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Begin a plan: from a blueprint that fits itself to a start date, or empty."""
    authorize(permissions.create_some_plan(request.actor))
    form = NewPlanForm(posted(request), slug=slug, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        authorize(permissions.create_plan(request.actor, values["team"]))
        try:
            made = _make(request, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            said = _("The plan is a draft.")
            toast(request, f"{said} {SEEN}")
            return go_to(request, reverse("rollout:plan", args=[slug, made.pk]))
    context = {"form": form, "slug": slug, "example": time_off_example(), "seen": SEEN}
    return render(request, "rollout/plan/new.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _make(request: OrganizationRequest, form: NewPlanForm) -> RolloutPlan:
    values = form.cleaned_data
    who = {"actor": request.actor, "name": values["name"], "team": values["team"], "sponsor": values["sponsor"]}
    blueprint = form.chosen
    if blueprint is None:
        return domain.create_plan(**who, goal=values["goal"], starts_on=values["starts_on"], ends_on=form.usual_end)
    return create_from_blueprint(
        **who, goal=values["goal"], blueprint=blueprint, starts_on=values["starts_on"], time_off=values["time_off"]
    )


@require_safe
def plan(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Show a plan: everything to who reads the whole, else goal, phases, waves and one's own tasks."""
    found = plan_to(request, plan_id, permissions.see_outline)
    context = around(request, found, "rollout:plan")
    if not permissions.see_plan(request.actor, found):
        context |= _outline(request, found)
        return render(request, "rollout/plan/outline.html", context)
    runs = found.state == PlanState.RUNNING and found.archived_at is None
    page, actions = plan_page(request.actor, found), actions_of(request, found)
    sees_budget = bool(budget_permissions.see_budget(request.actor, found))
    may_ask = may_be_asked_again(found)
    context |= {
        "page": page,
        "actions": actions,
        "before": before_submit(page) if actions["submit"] else None,
        "approved": approved_now(found) if sees_budget and may_ask else None,
        "may_ask": may_ask,
        "risks": open_risks(found),
        "returned": _returned(found),
        "since": kinds_changed_since(found, with_budget=sees_budget),
        "me_id": request.actor.membership.pk if request.actor.membership is not None else None,
        "may_decide": runs and bool(readiness_permissions.decide_pilot(request.actor, found)),
    }
    return render(request, "rollout/plan/page.html", context)


def _returned(found: RolloutPlan) -> PlanVersion | None:
    """Return the version a draft was sent back in, with who did; one query, none for others."""
    if found.state != PlanState.DRAFT or not found.state_reason:
        return None
    rows = PlanVersion.objects.filter(plan=found, number=found.version, state=VersionState.RETURNED)
    returned: PlanVersion | None = rows.select_related("decided_by").first()
    return returned


def _outline(request: OrganizationRequest, found: RolloutPlan) -> dict[str, Any]:
    waves = waves_of(found)
    teams = teams_by_wave(waves)
    mine = {wave.pk for wave in waves if any(team.pk in request.actor.team_ids for team in teams[wave.pk])}
    phases = list(PlanPhase.objects.filter(plan=found))
    return {
        "phases": [
            (phase, [(wave, wave.pk in mine) for wave in waves if wave.phase_id == phase.pk]) for phase in phases
        ],
        "tasks": own_tasks(request.actor, found),
    }


@require_http_methods(["GET", "POST"])
def plan_edit(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Change what a plan is for, its days and its sponsor."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    form = PlanForm(posted(request), slug=slug, plan=found)
    if request.method == "POST" and form.is_valid():
        try:
            domain.edit_plan(actor=request.actor, plan=found, changes=form.changes(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Plan saved"))
            return go_to(request, reverse("rollout:plan", args=[slug, found.pk]))
    context = {"form": form, "plan": found, "slug": slug, "action": request.path}
    answer = invalid if form.is_bound else respond
    return answer(request, "rollout/plan/form.html", "rollout/plan/form_drawer.html", context)


@require_http_methods(["GET", "POST"])
def plan_officers(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Add somebody to the Program Lead Office of a plan."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    form = OfficerForm(posted(request))
    form.fields["membership"].suggest(slug)
    people = [row.membership for row in found.officers.all()]
    if request.method == "POST" and form.is_valid():
        try:
            domain.add_officer(actor=request.actor, plan=found, member=form.cleaned_data["membership"])
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Added to the plan's Program Lead Office"))
            return go_to(request, reverse("rollout:plan", args=[slug, found.pk]))
    context = {"form": form, "plan": found, "people": people, "slug": slug, "action": request.path}
    answer = invalid if form.is_bound else respond
    return answer(request, "rollout/plan/officers.html", "rollout/plan/officers_drawer.html", context)


@require_POST
def plan_officer_remove(request: OrganizationRequest, slug: str, plan_id: UUID, member_id: UUID) -> HttpResponse:
    """Take somebody out of the Program Lead Office of a plan."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    gone = get_object_or_404(Membership, pk=member_id)
    return _done(request, found, lambda: domain.remove_officer(actor=request.actor, plan=found, member=gone))


@require_POST
def plan_archive(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Put a plan away; the toast brings it back."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    undo = reverse("rollout:plan_restore", args=[slug, found.pk])
    return _done(
        request, found, lambda: domain.archive_plan(actor=request.actor, plan=found), _("Plan archived"), undo=undo
    )


@require_POST
def plan_restore(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Bring an archived plan back."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    return _done(request, found, lambda: domain.restore_plan(actor=request.actor, plan=found), _("The plan is back."))


@require_POST
def plan_start(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Let an approved plan begin."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    return _done(
        request, found, lambda: plan_state.start_plan(actor=request.actor, plan=found), _("The rollout has begun.")
    )


@require_http_methods(["GET", "POST"])
def plan_complete(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Ask, with what is still open, and say that the rollout has reached its end."""
    found = plan_to(request, plan_id, permissions.edit_plan)
    if request.method != "POST":
        left = before_end(request.actor, found)
        context = {"plan": found, "left": left, "slug": slug, "action": request.path}
        return respond(request, "rollout/plan/complete.html", "rollout/plan/complete_drawer.html", context)
    return _done(
        request, found, lambda: plan_state.complete_plan(actor=request.actor, plan=found), _("The rollout is complete.")
    )


def actions_of(request: OrganizationRequest, found: RolloutPlan) -> dict[str, bool]:
    """Return what the reader can do to a plan as it stands, by the name of the button."""
    edits = bool(permissions.edit_plan(request.actor, found)) and found.archived_at is None
    return {
        "submit": edits and found.state == "draft",
        "withdraw": edits and found.state == "submitted",
        "answer": found.state == "submitted" and bool(permissions.approve_plan(request.actor, found)),
        "start": edits and found.state == "approved",
        "rework": edits and found.state == "approved",
        "complete": edits and found.state == "running",
        "stop": edits and found.state in ("approved", "running"),
        "archive": edits and (found.is_over or not found.is_public),
        "restore": bool(permissions.edit_plan(request.actor, found)) and found.archived_at is not None,
    }


def _done(
    request: OrganizationRequest, found: RolloutPlan, do: Callable[[], Any], text: str = "", *, undo: str = ""
) -> HttpResponse:
    try:
        do()
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, text or _("Saved"), undo_url=undo)
    return go_to(request, reverse("rollout:plan", args=[request.organization.slug, found.pk]))
