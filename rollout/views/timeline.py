"""The steps of a plan three ways: on a timeline, as a list, and as a board; and moving a phase in time."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okrapp.web.decisions import authorize
from okrapp.web.htmx import go_to, invalid, respond, toast
from organizations.errors import Refused
from organizations.queries.settings import today_of
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import permissions
from rollout.blueprints.fitting import Calendar, TimeOff
from rollout.domain.dependency import change_needed, change_phase_needed
from rollout.domain.part import edit_part
from rollout.domain.shift import moved_with, shift_phase, shift_task, tasks_moved_with
from rollout.domain.shift_undo import take_shift_back
from rollout.enums import TaskStatus
from rollout.forms.picking import is_looking
from rollout.forms.plan import ShiftForm, TaskShiftForm
from rollout.forms.task import NeedsForm, PhaseNeedsForm, TaskFilterForm
from rollout.models import PlanPhase, PlanTask
from rollout.queries.tasks import board_of, filtered, open_risks
from rollout.queries.timeline import timeline_of
from rollout.queries.timeline_view import EARLY, OPEN, narrow
from rollout.views.doing import done
from rollout.views.fetching import around, back_to, plan_to

PAGE = 50
# So many tasks that moved are named.
MOST_NAMED = 5
# From which pages a status is set, by the word in the form; else from the list.
WEEK = "week"
_CAME_FROM = {"board": "rollout:plan_board", "plan": "rollout:plan"}


@require_safe
def plan_timeline(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Show phases, waves, tasks and milestones over time."""
    found = plan_to(request, plan_id, permissions.see_plan)
    today = today_of(request.actor.settings)
    timeline = timeline_of(found, today)
    is_empty = not timeline.lanes
    show = request.GET.get("show", "")
    narrow(timeline, today, show=show, opened=request.GET.getlist("open"))
    kinds = [("", _("All")), (OPEN, _("Open")), *([(EARLY, _("Too early"))] if timeline.violations else [])]
    context = around(request, found, "rollout:plan_timeline") | {
        "timeline": timeline,
        "is_empty": is_empty,
        "kinds": [(text, f"?show={kind}" if kind else request.path, kind == show) for kind, text in kinds],
    }
    return render(request, "rollout/timeline/page.html", context)


@require_safe
def plan_list(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Show the tasks as a list, by phase, status and owner."""
    found = plan_to(request, plan_id, permissions.see_plan)
    form = TaskFilterForm(request.GET, plan=found)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(filtered(request.actor, found, wanted), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    prefix = f"?{query.urlencode()}&" if query else "?"
    context = around(request, found, "rollout:plan_list") | {
        "page": page,
        "form": form,
        "is_filtered": bool(query),
        "statuses": TaskStatus.choices,
        "today": today_of(request.actor.settings),
        "risks": open_risks(found),
        "previous_url": f"{prefix}page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"{prefix}page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "rollout/task/list.html", context)


@require_safe
def plan_board(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Show the tasks in columns by status."""
    found = plan_to(request, plan_id, permissions.see_plan)
    context = around(request, found, "rollout:plan_board")
    context |= {"columns": board_of(found), "statuses": TaskStatus.choices, "today": today_of(request.actor.settings)}
    return render(request, "rollout/task/board.html", context)


@require_POST
def task_status(request: OrganizationRequest, slug: str, task_id: UUID) -> HttpResponse:
    """Say where a task stands, from list, board or one's own week."""
    rows = PlanTask.objects.select_related("plan").prefetch_related("plan__officers")
    task: PlanTask = get_object_or_404(rows, pk=task_id)
    authorize(permissions.do_task(request.actor, task))
    came_from = request.POST.get("from") or request.GET.get("from", "")
    came_from = came_from if came_from in {*_CAME_FROM, WEEK} else ""
    # The toast brings the status back that it had, without a form.
    chosen = request.POST.get("status", "")
    status = chosen or request.GET.get("status", "")
    before = task.status
    if status not in TaskStatus.values:
        toast(request, _("Choose one of the states."), tone="warn")
    else:
        try:
            edit_part(actor=request.actor, part=task, changes={"status": status})
        except Refused as refused:
            toast(request, " ".join(refused.messages), tone="warn")
        else:
            undo = reverse("rollout:task_status", args=[slug, task.pk]) + f"?status={before}&from={came_from}"
            if chosen:
                toast(request, _("Task saved"), undo_url=undo)
            else:
                toast(request, _("It stands where it was."))
    if came_from == WEEK:
        return go_to(request, reverse("okrs:week", args=[slug]))
    if not permissions.see_plan(request.actor, task.plan):
        return go_to(request, reverse("rollout:plan", args=[slug, task.plan_id]))
    return go_to(request, reverse(_CAME_FROM.get(came_from, "rollout:plan_list"), args=[slug, task.plan_id]))


@require_http_methods(["GET", "POST"])
def task_needs(request: OrganizationRequest, slug: str, task_id: UUID) -> HttpResponse:
    """Choose which tasks must be done before this one begins."""
    task: PlanTask = get_object_or_404(PlanTask.objects.select_related("plan"), pk=task_id)
    found = plan_to(request, task.plan_id, permissions.edit_plan)
    form = NeedsForm(posted(request), task=task)
    looks = is_looking(request)
    if request.method == "POST" and not looks and form.is_valid():
        try:
            others = change_needed(actor=request.actor, task=task, needed=form.cleaned_data["needs"], shown=form.shown)
        except Refused as refused:
            form.refuse(refused)
        else:
            saved = _("Dependencies saved")
            toast(request, f"{saved}. {others}" if str(others) else saved)
            return go_to(request, back_to(request, found, "rollout:plan_timeline"))
    context = {"form": form, "task": task, "plan": found, "slug": slug, "action": request.path}
    answer = invalid if form.is_bound and not looks else respond
    return answer(request, "rollout/task/needs.html", "rollout/task/needs_drawer.html", context)


@require_http_methods(["GET", "POST"])
def phase_needs(request: OrganizationRequest, slug: str, phase_id: UUID) -> HttpResponse:
    """Choose which tasks must be done, and which milestones reached, before a phase begins."""
    phase: PlanPhase = get_object_or_404(PlanPhase.objects.select_related("plan"), pk=phase_id)
    found = plan_to(request, phase.plan_id, permissions.edit_plan)
    form = PhaseNeedsForm(posted(request), phase=phase)
    if request.method == "POST" and form.is_valid():
        try:
            others = change_phase_needed(actor=request.actor, phase=phase, shown=form.shown, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            saved = _("Dependencies saved")
            toast(request, f"{saved}. {others}" if str(others) else saved)
            return go_to(request, reverse("rollout:plan_timeline", args=[slug, found.pk]))
    context = {"form": form, "phase": phase, "plan": found, "slug": slug, "action": request.path}
    answer = invalid if form.is_bound else respond
    return answer(request, "rollout/timeline/phase_needs.html", "rollout/timeline/phase_needs_drawer.html", context)


@require_http_methods(["GET", "POST"])
def phase_shift(request: OrganizationRequest, slug: str, phase_id: UUID) -> HttpResponse:
    """Move a phase in time, and offer to move what depends on it; `?days=` or `?to=` (a date) fill the form."""
    phase: PlanPhase = get_object_or_404(PlanPhase.objects.select_related("plan"), pk=phase_id)
    found = plan_to(request, phase.plan_id, permissions.edit_plan)
    form = ShiftForm(posted(request), initial={"days": _days_asked_for(request, phase)})
    if request.method == "POST" and form.is_valid():
        try:
            moved = shift_phase(actor=request.actor, phase=phase, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            days = form.cleaned_data["days"]
            text = ngettext("Moved by %(count)d day: %(phases)s.", "Moved by %(count)d days: %(phases)s.", abs(days))
            names = ", ".join(one.name for one in moved.phases)
            undo = reverse("rollout:phase_shift_undo", args=[slug, phase.pk])
            toast(request, text % {"count": days, "phases": names}, undo_url=undo)
            return go_to(request, reverse("rollout:plan_timeline", args=[slug, found.pk]))
    calendar = Calendar(TimeOff(first, last) for first, last in request.actor.settings.pauses)
    context: dict[str, Any] = {
        "form": form,
        "lands_on": calendar.moved(phase.starts_on, _days_asked_for(request, phase)),
        "phase": phase,
        "plan": found,
        "slug": slug,
        "action": request.path,
        "alone": moved_with(found, phase, also_following=False),
        "together": moved_with(found, phase, also_following=True),
    }
    answer = invalid if form.is_bound else respond
    return answer(request, "rollout/timeline/shift.html", "rollout/timeline/shift_drawer.html", context)


@require_http_methods(["GET", "POST"])
def task_shift(request: OrganizationRequest, slug: str, task_id: UUID) -> HttpResponse:
    """Move a task in time, and offer to move those that wait for it; `?days=` or `?to=` (a date) fill the form."""
    task: PlanTask = get_object_or_404(PlanTask.objects.select_related("plan"), pk=task_id)
    found = plan_to(request, task.plan_id, permissions.edit_plan)
    form = TaskShiftForm(posted(request), initial={"days": _days_asked_for(request, task)})
    if request.method == "POST" and form.is_valid():
        try:
            moved = shift_task(actor=request.actor, task=task, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            days = form.cleaned_data["days"]
            text = ngettext("Moved by %(count)d day: %(tasks)s.", "Moved by %(count)d days: %(tasks)s.", abs(days))
            names = ", ".join(one.title for one in moved[:MOST_NAMED])
            undo = reverse("rollout:task_shift_undo", args=[slug, task.pk])
            toast(request, text % {"count": days, "tasks": names}, undo_url=undo)
            return go_to(request, reverse("rollout:plan_timeline", args=[slug, found.pk]))
    context: dict[str, Any] = {
        "form": form,
        "task": task,
        "plan": found,
        "slug": slug,
        "action": request.path,
        "waiting": tasks_moved_with(found, task, also_waiting=True)[1:],
    }
    answer = invalid if form.is_bound else respond
    return answer(request, "rollout/timeline/shift_task.html", "rollout/timeline/shift_task_drawer.html", context)


@require_POST
def phase_shift_undo(request: OrganizationRequest, slug: str, phase_id: UUID) -> HttpResponse:
    """Take the last move of a phase back, with what moved along."""
    phase: PlanPhase = get_object_or_404(PlanPhase.objects.select_related("plan"), pk=phase_id)
    found = plan_to(request, phase.plan_id, permissions.edit_plan)
    back = back_to(request, found, "rollout:plan_timeline")
    return done(request, take_shift_back, _("It stands where it was."), back=back, moved=phase)


@require_POST
def task_shift_undo(request: OrganizationRequest, slug: str, task_id: UUID) -> HttpResponse:
    """Take the last move of a task back, with what moved along."""
    task: PlanTask = get_object_or_404(PlanTask.objects.select_related("plan"), pk=task_id)
    found = plan_to(request, task.plan_id, permissions.edit_plan)
    back = back_to(request, found, "rollout:plan_timeline")
    return done(request, take_shift_back, _("It stands where it was."), back=back, moved=task)


def _days_asked_for(request: OrganizationRequest, moved: PlanPhase | PlanTask) -> int:
    try:
        if to := request.GET.get("to"):
            return (date.fromisoformat(to) - moved.starts_on) // timedelta(days=1)
        return int(request.GET.get("days", "7"))
    except ValueError:
        return 7
