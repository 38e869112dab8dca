"""Sessions of a course: planned, changed, cancelled; and who takes part, for whoever teaches them."""

from urllib.parse import urlparse
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okrapp.web.decisions import authorize
from okrapp.web.htmx import Part, go_to, invalid, is_fragment, partials, respond, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import course_permissions as permissions
from rollout.calendar_entry import calendar_entry
from rollout.domain import attendance
from rollout.domain import course_session as domain
from rollout.domain.enrolment import enrol
from rollout.enums import EnrolmentState
from rollout.forms.course import CancelSessionForm, EnrolSomebodyForm, SessionForm
from rollout.models import CourseSession, Enrolment
from rollout.queries.course import participants, session_row, with_places
from rollout.views.course import course_to, course_url
from rollout.views.doing import done

FORM, FORM_DRAWER = "rollout/course/session_form.html", "rollout/course/session_form_drawer.html"
CANCEL, CANCEL_DRAWER = "rollout/course/cancel.html", "rollout/course/cancel_drawer.html"
ENROL, ENROL_DRAWER = "rollout/course/enrol.html", "rollout/course/enrol_drawer.html"
PAGE, LIST = "rollout/course/session.html", "rollout/course/_participants.html"
MARKED = "rollout/course/_marked.html"


@require_safe
def session(request: OrganizationRequest, slug: str, course_session_id: UUID) -> HttpResponse:
    """Show who takes part in a session and who waits, to whoever teaches it; `?page=`."""
    found = session_to_teach(request, course_session_id)
    return render(request, PAGE, _context(request, found))


def _context(request: OrganizationRequest, found: CourseSession) -> dict[str, object]:
    return {
        "session": found,
        "course": found.course,
        "row": session_row(found, timezone.now()),
        "people": participants(found, page_in_view(request)),
        "has_begun": found.starts_at <= timezone.now(),
        "may_edit": bool(permissions.edit_course(request.actor, found.course)),
        "slug": request.organization.slug,
    }


@require_http_methods(["GET", "POST"])
def session_create(request: OrganizationRequest, slug: str, course_id: UUID) -> HttpResponse:
    """Plan a session."""
    course = course_to(request, course_id, permissions.edit_course)
    form = SessionForm(posted(request), slug=slug, course=course)
    if request.method == "POST" and form.is_valid():
        try:
            domain.plan_session(actor=request.actor, course=course, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Session planned"))
            return go_to(request, course_url(slug, course))
    context = {"form": form, "course": course, "slug": slug, "action": request.path, "title": _("New session")}
    return (invalid if form.is_bound else respond)(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def session_edit(request: OrganizationRequest, slug: str, course_session_id: UUID) -> HttpResponse:
    """Change when and where a session is, and how many places it has."""
    found = session_to_edit(request, course_session_id)
    form = SessionForm(posted(request), slug=slug, course=found.course, session=found)
    if request.method == "POST" and form.is_valid():
        try:
            domain.edit_session(actor=request.actor, session=found, changes=form.changes(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Session saved"))
            return go_to(request, course_url(slug, found.course))
    context = {
        "form": form,
        "course": found.course,
        "session": found,
        "slug": slug,
        "action": request.path,
        "title": _("Edit session"),
    }
    return (invalid if form.is_bound else respond)(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def session_cancel(request: OrganizationRequest, slug: str, course_session_id: UUID) -> HttpResponse:
    """Cancel a session with the reason; the toast takes it back."""
    found = session_to_edit(request, course_session_id)
    form = CancelSessionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            domain.cancel_session(actor=request.actor, session=found, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.refuse(refused)
        else:
            undo = reverse("rollout:session_reinstate", args=[slug, found.pk])
            toast(request, _("Session cancelled"), undo_url=undo)
            return go_to(request, course_url(slug, found.course))
    context = {"form": form, "course": found.course, "session": found, "slug": slug, "action": request.path}
    return (invalid if form.is_bound else respond)(request, CANCEL, CANCEL_DRAWER, context)


@require_POST
def session_reinstate(request: OrganizationRequest, slug: str, course_session_id: UUID) -> HttpResponse:
    """Let a session take place that was cancelled moments ago."""
    found = session_to_edit(request, course_session_id)
    back = course_url(slug, found.course)
    return done(request, domain.reinstate_session, _("It takes place."), back=back, session=found)


@require_http_methods(["GET", "POST"])
def session_enrol_somebody(request: OrganizationRequest, slug: str, course_session_id: UUID) -> HttpResponse:
    """Enrol somebody else."""
    found = session_to_edit(request, course_session_id)
    form = EnrolSomebodyForm(posted(request), slug=slug)
    if request.method == "POST" and form.is_valid():
        member = form.cleaned_data["member"]
        try:
            made = enrol(actor=request.actor, course=found.course, member=member, session=found)
        except Refused as refused:
            form.refuse(refused)
        else:
            words = _("%(name)s waits for a place.") if made.is_waiting else _("%(name)s is enrolled.")
            undo = reverse("rollout:enrolment_leave", args=[slug, made.pk])
            toast(request, words % {"name": member.display_name}, undo_url=undo)
            return go_to(request, session_url(slug, found))
    context = {"form": form, "course": found.course, "session": found, "slug": slug, "action": request.path}
    return (invalid if form.is_bound else respond)(request, ENROL, ENROL_DRAWER, context)


@require_POST
def attendance_mark(request: OrganizationRequest, slug: str, enrolment_id: UUID) -> HttpResponse:
    """Say whether somebody came: `state`.

    The focus goes on to the same button of the next one of whom nothing is said; where there is none, or where a mark
    is taken back, it stays on the one that was pressed.
    """
    rows = Enrolment.objects.filter(session__isnull=False).select_related("course", "session")
    enrolment: Enrolment = get_object_or_404(rows, pk=enrolment_id)
    found = session_to_teach(request, enrolment.session_id)
    enrolment.session = found
    state, before = request.POST.get("state", ""), enrolment.state
    try:
        attendance.mark_attendance(actor=request.actor, enrolment=enrolment, state=state)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
        return _list_again(request, found, focus=f"#came-{enrolment.pk}")
    is_mark = state != EnrolmentState.ENROLLED
    button = f"[data-mark={state if is_mark else before}]"
    return _list_again(request, found, focus=button, marked=enrolment.pk, goes_on=is_mark)


@require_POST
def attendance_rest(request: OrganizationRequest, slug: str, course_session_id: UUID) -> HttpResponse:
    """Say that all others came."""
    found = session_to_teach(request, course_session_id)
    try:
        count = attendance.mark_rest(actor=request.actor, session=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        words = ngettext("%(count)d person marked as attended", "%(count)d people marked as attended", count)
        toast(request, words % {"count": count})
    return _list_again(request, found, focus="#participants")


@require_safe
def session_calendar(request: OrganizationRequest, slug: str, course_session_id: UUID) -> HttpResponse:
    """Give a session to a calendar, as a file (RFC 5545)."""
    found = _session(course_session_id)
    authorize(permissions.see_course(request.actor, found.course))
    page = request.build_absolute_uri(course_url(slug, found.course))
    response = HttpResponse(calendar_entry(found, page=page), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="course.ics"'
    return response


def session_to_teach(request: OrganizationRequest, course_session_id: UUID | None) -> CourseSession:
    """Return a session whose people the reader sees and marks."""
    found = _session(course_session_id)
    authorize(permissions.teach(request.actor, found))
    return found


def session_to_edit(request: OrganizationRequest, course_session_id: UUID) -> CourseSession:
    """Return a session the reader changes."""
    found = _session(course_session_id)
    authorize(permissions.edit_course(request.actor, found.course))
    return found


def session_url(slug: str, found: CourseSession) -> str:
    """Return the address of a session."""
    return reverse("rollout:session", args=[slug, found.pk])


def _session(course_session_id: UUID | None) -> CourseSession:
    rows = with_places(CourseSession.objects.select_related("course"))
    found: CourseSession = get_object_or_404(rows, pk=course_session_id)
    return found


def page_in_view(request: OrganizationRequest) -> str | None:
    """Return which page of people is asked for, or was in view when a button on it was pressed."""
    if is_fragment(request) and request.htmx.current_url:
        return QueryDict(urlparse(request.htmx.current_url).query).get("page")
    return request.GET.get("page")


def _list_again(
    request: OrganizationRequest, found: CourseSession, *, focus: str, marked: UUID | None = None, goes_on: bool = False
) -> HttpResponse:
    """Show the list as it stands now; without script, the page.

    With `marked` (an enrolment) it says what stands there now, and `focus` is a button of that row, or (`goes_on`) of
    the next one in view of whom nothing is said.
    """
    if not is_fragment(request):
        return go_to(request, session_url(request.organization.slug, found))
    context = _context(request, _session(found.pk))
    seated = list(context["people"].seated)  # type: ignore[attr-defined]
    at = next((number for number, one in enumerate(seated) if one.pk == marked), None)
    if at is None:
        return partials(request, body=LIST, context=context, focus=focus)
    following = [*seated[at + 1 :], *seated[:at]] if goes_on else []
    to = next((one for one in following if one.state == EnrolmentState.ENROLLED), seated[at])
    said = Part("#marked", MARKED, {"one": seated[at]}, swap="innerHTML")
    return partials(request, said, body=LIST, context=context, focus=f"#came-{to.pk} {focus}")
