"""Courses: the catalogue, one's own, the page of one, and what its Program Lead Office does with it."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okrapp.web.decisions import Decision, authorize
from okrapp.web.htmx import go_to, invalid, respond, toast
from okrapp.web.wording import in_own_label
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import course_permissions as permissions
from rollout.domain import course as domain
from rollout.enums import NeededBy
from rollout.forms.course import CourseForm
from rollout.models import Course
from rollout.queries.course import course_page, course_rows, my_courses, waiting_for_any
from rollout.views.doing import done

FORM, FORM_DRAWER = "rollout/course/form.html", "rollout/course/form_drawer.html"
PAGE = 50


@require_safe
def courses(request: OrganizationRequest, slug: str) -> HttpResponse:
    """List the courses with their next sessions; `?archived=1`, `?page=`."""
    archived = request.GET.get("archived") == "1"
    rows = Course.objects.select_related("team").order_by("title", "pk")
    rows = rows.exclude(archived_at=None) if archived else rows.current()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": course_rows(request.actor, page.object_list),
        "page": page,
        "archived": archived,
        "may_create": bool(permissions.create_some_course(request.actor)),
        "tabs": _tabs(slug, "rollout:courses"),
        "slug": slug,
    }
    return render(request, "rollout/course/list.html", context)


@require_safe
def mine(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show what the reader still needs, is enrolled in, and has been through."""
    context = {"mine": my_courses(request.actor), "tabs": _tabs(slug, "rollout:my_courses"), "slug": slug}
    return render(request, "rollout/course/mine.html", context)


def _tabs(slug: str, current: str) -> list[tuple[str, str, bool]]:
    pages = ((_("All courses"), "rollout:courses"), (_("My courses"), "rollout:my_courses"))
    return [(label, reverse(name, args=[slug]), name == current) for label, name in pages]


@require_safe
def course(request: OrganizationRequest, slug: str, course_id: UUID) -> HttpResponse:
    """Show what a course is about, when it is held, and where the reader stands; `?page=` of who waits."""
    found = course_to(request, course_id, permissions.see_course)
    edits = bool(permissions.edit_course(request.actor, found))
    page = course_page(request.actor, found)
    context = {
        "course": found,
        "page": page,
        "may_edit": edits,
        "may_enrol": found.archived_at is None and bool(permissions.enrol(request.actor, found)),
        "teaches": {row.session.pk for row in (*page.ahead, *page.past) if edits or _teaches(request, row.session)},
        "waiting": waiting_for_any(found, request.GET.get("page")) if edits else [],
        "needed_by": [in_own_label(NeededBy(one).label) for one in found.needed_by],
        "slug": slug,
    }
    return render(request, "rollout/course/page.html", context)


def _teaches(request: OrganizationRequest, session: Any) -> bool:
    return request.actor.is_(session.trainer_id)


@require_http_methods(["GET", "POST"])
def course_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Offer a course."""
    authorize(permissions.create_some_course(request.actor))
    form = CourseForm(posted(request), actor=request.actor)
    if request.method == "POST" and form.is_valid():
        authorize(permissions.create_course(request.actor, form.cleaned_data["team"]))
        try:
            made = domain.create_course(actor=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("The course is there. Plan a session."))
            return go_to(request, course_url(slug, made))
    context = {"form": form, "slug": slug, "action": request.path, "title": _("New course")}
    return (invalid if form.is_bound else respond)(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def course_edit(request: OrganizationRequest, slug: str, course_id: UUID) -> HttpResponse:
    """Change a course."""
    found = course_to(request, course_id, permissions.edit_course)
    form = CourseForm(posted(request), actor=request.actor, course=found)
    if request.method == "POST" and form.is_valid():
        try:
            domain.edit_course(actor=request.actor, course=found, changes=form.changes(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Course saved"))
            return go_to(request, course_url(slug, found))
    context = {"form": form, "course": found, "slug": slug, "action": request.path, "title": _("Edit course")}
    return (invalid if form.is_bound else respond)(request, FORM, FORM_DRAWER, context)


@require_POST
def course_archive(request: OrganizationRequest, slug: str, course_id: UUID) -> HttpResponse:
    """Put a course away; the toast brings it back."""
    found = course_to(request, course_id, permissions.edit_course)
    undo = reverse("rollout:course_restore", args=[slug, found.pk])
    back = course_url(slug, found)
    return done(request, domain.archive_course, _("Course archived"), back=back, undo=undo, course=found)


@require_POST
def course_restore(request: OrganizationRequest, slug: str, course_id: UUID) -> HttpResponse:
    """Bring an archived course back."""
    found = course_to(request, course_id, permissions.edit_course)
    return done(request, domain.restore_course, _("It is back."), back=course_url(slug, found), course=found)


def course_to(request: OrganizationRequest, course_id: UUID, ask: Any) -> Course:
    """Return a course the reader may do something with."""
    found: Course = get_object_or_404(Course.objects.select_related("team"), pk=course_id)
    decision: Decision = ask(request.actor, found)
    authorize(decision)
    return found


def course_url(slug: str, found: Course) -> str:
    """Return the address of a course."""
    return reverse("rollout:course", args=[slug, found.pk])
