"""One's own place in a course, and the certificate that comes of it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okrapp.web.decisions import authorize
from okrapp.web.htmx import go_to, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from rollout import course_permissions as permissions
from rollout.certificate_pdf import certificate_pdf, printed
from rollout.domain import enrolment as domain
from rollout.models import Course, CourseCertificate, CourseSession, Enrolment
from rollout.views.course import course_to, course_url
from rollout.views.doing import done


@require_POST
def course_wait(request: OrganizationRequest, slug: str, course_id: UUID) -> HttpResponse:
    """Wait for the next session of a course."""
    course = course_to(request, course_id, permissions.enrol)
    return _enrol(request, course, None)


@require_POST
def session_enrol(request: OrganizationRequest, slug: str, course_session_id: UUID) -> HttpResponse:
    """Take part in a session, or wait for a place in it."""
    rows = CourseSession.objects.select_related("course")
    session: CourseSession = get_object_or_404(rows, pk=course_session_id)
    authorize(permissions.enrol(request.actor, session.course))
    return _enrol(request, session.course, session)


def _enrol(request: OrganizationRequest, course: Course, session: CourseSession | None) -> HttpResponse:
    slug = request.organization.slug
    try:
        made = domain.enrol(actor=request.actor, course=course, member=request.membership, session=session)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        words = _("You are on the waiting list") if made.is_waiting else _("You are enrolled")
        toast(request, words, undo_url=reverse("rollout:enrolment_leave", args=[slug, made.pk]))
    return go_to(request, course_url(slug, course))


@require_POST
def enrolment_leave(request: OrganizationRequest, slug: str, enrolment_id: UUID) -> HttpResponse:
    """End an enrolment; the toast takes it back."""
    found = _enrolment(request, enrolment_id)
    undo = reverse("rollout:enrolment_rejoin", args=[slug, found.pk])
    words = _("You do not take part any more") if request.actor.is_(found.member_id) else _("Enrolment ended")
    return done(request, domain.leave, words, back=_back(request, found), undo=undo, enrolment=found)


@require_POST
def enrolment_rejoin(request: OrganizationRequest, slug: str, enrolment_id: UUID) -> HttpResponse:
    """Take back that somebody left; they may have to wait."""
    found = _enrolment(request, enrolment_id)
    back = _back(request, found)
    try:
        now = domain.rejoin(actor=request.actor, enrolment=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("The place is taken: back on the waiting list") if now.is_waiting else _("It is back."))
    return go_to(request, back)


@require_safe
def certificate(request: OrganizationRequest, slug: str, enrolment_id: UUID) -> HttpResponse:
    """Download a certificate as PDF, in the language of whoever asks."""
    rows = CourseCertificate.objects.select_related("enrolment__course", "enrolment__member__user")
    found: CourseCertificate | None = rows.filter(enrolment=enrolment_id).first()
    if found is None:
        raise Http404
    authorize(permissions.get_certificate(request.actor, found.enrolment))
    response = HttpResponse(certificate_pdf(printed(found, request.organization.name)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificate-{found.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _enrolment(request: OrganizationRequest, enrolment_id: UUID) -> Enrolment:
    found: Enrolment = get_object_or_404(Enrolment.objects.select_related("course", "session"), pk=enrolment_id)
    authorize(permissions.end_enrolment(request.actor, found))
    return found


def _back(request: OrganizationRequest, found: Enrolment) -> str:
    """Return where whoever asked came from, if that is a page of ours, else the page of the course."""
    back = request.POST.get("next", "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return course_url(request.organization.slug, found.course)
