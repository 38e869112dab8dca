"""What the teams of a plan still have to learn: a matrix by wave, and who lacks what."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from okrapp.web.decisions import authorize
from okrapp.web.htmx import go_to, invalid, respond, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import course_permissions as permissions
from rollout.domain.enrolment import enrol_many
from rollout.forms.course import IntoSessionForm
from rollout.models import Course, Wave
from rollout.queries.course import sessions_by_course
from rollout.queries.enablement import PAGE, enablement_page, who_lacks
from rollout.views.fetching import around, plan_to

LACKING, LACKING_DRAWER = "rollout/enablement/lacking.html", "rollout/enablement/lacking_drawer.html"


@require_safe
def enablement(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Show by wave and team how many have the courses they need; `?wave=`, `?page=`. Coaches see their own teams."""
    found = plan_to(request, plan_id, permissions.see_enablement)
    page = enablement_page(request.actor, found, wave_id=_id(request.GET.get("wave", "")))
    teams = Paginator(page.teams, PAGE).get_page(request.GET.get("page"))
    context = around(request, found, "rollout:enablement")
    context |= {
        "page": page,
        "teams": teams,
        "rows": page.rows(teams.object_list),
        "may_create": bool(permissions.create_some_course(request.actor)),
        "next_url": _other(request, page.wave, teams.next_page_number() if teams.has_next() else None),
        "previous_url": _other(request, page.wave, teams.previous_page_number() if teams.has_previous() else None),
    }
    return render(request, "rollout/enablement/page.html", context)


@require_http_methods(["GET", "POST"])
def lacking(request: OrganizationRequest, slug: str, wave_id: UUID, course_id: UUID) -> HttpResponse:
    """Show who of a wave lacks a course, or of one team with `?team=`; enrol them all into a session."""
    wave: Wave = get_object_or_404(Wave, pk=wave_id)
    course: Course = get_object_or_404(Course.objects.current(), pk=course_id)
    may_enrol = permissions.edit_course(request.actor, course)
    if request.method == "POST":
        authorize(may_enrol)
    plan = plan_to(request, wave.plan_id, permissions.see_enablement)
    wave.plan = plan
    team_id = _id(request.GET.get("team", ""))
    found = who_lacks(request.actor, wave, course, team_id=team_id)
    if team_id is not None and found.team is None:
        raise Http404
    sessions = sessions_by_course([course.pk])[course.pk] if may_enrol else []
    first = {"session": sessions[0].pk} if sessions else {}
    form = IntoSessionForm(posted(request), sessions=sessions, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = enrol_many(
                actor=request.actor,
                course=course,
                members=[one.member for one in found.people],
                session=form.cleaned_data["session"],
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            count, waiting = len(made), sum(one.is_waiting for one in made)
            toast(request, _words(count, waiting))
            page = reverse("rollout:enablement", args=[slug, plan.pk])
            return go_to(request, f"{page}?wave={wave.pk}")
    context = {
        "form": form,
        "plan": plan,
        "wave": wave,
        "course": course,
        "found": found,
        "may_enrol": bool(may_enrol),
        "slug": slug,
        "action": request.get_full_path(),
    }
    return (invalid if form.is_bound else respond)(request, LACKING, LACKING_DRAWER, context)


def _words(count: int, waiting: int) -> str:
    said = ngettext("%(count)d person enrolled", "%(count)d people enrolled", count - waiting)
    words = said % {"count": count - waiting}
    if waiting:
        waits = ngettext("%(count)d on the waiting list", "%(count)d on the waiting list", waiting)
        words = f"{words} · {waits % {'count': waiting}}"
    return words


def _other(request: OrganizationRequest, wave: Any, number: int | None) -> str:
    if number is None or wave is None:
        return ""
    return f"{request.path}?wave={wave.pk}&page={number}"


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
