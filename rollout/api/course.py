"""Courses, their sessions and who takes part, in the API."""

from typing import Any

import django_filters
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from okrapp.tenancy.context import require_organization_id
from organizations.api.idempotency import idempotent
from organizations.models import Organization
from rollout import course_permissions as permissions
from rollout.api.course_serializers import (
    AttendanceInput,
    CancelSessionInput,
    CourseInput,
    CoursePatch,
    CourseSerializer,
    CourseSessionInput,
    CourseSessionPatch,
    CourseSessionSerializer,
    EnrolmentInput,
    EnrolmentSerializer,
)
from rollout.api.scopes import ABOUT_PEOPLE, ROLLOUT
from rollout.certificate_pdf import certificate_pdf, printed
from rollout.domain import attendance, course, course_session, enrolment
from rollout.enums import EnrolmentState, SessionState
from rollout.models import Course, CourseCertificate, CourseSession, Enrolment
from rollout.queries.course import with_places


class CourseFilter(django_filters.FilterSet):
    archived = django_filters.BooleanFilter(field_name="archived_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Course
        fields: tuple[str, ...] = ()


class CourseViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """What is taught, again and again, and who needs it."""

    queryset = Course.objects.all()
    serializer_class = CourseSerializer
    filterset_class = CourseFilter
    scopes = ROLLOUT
    singular, plural = "course", "courses"

    @extend_schema(request=CourseInput, responses={201: CourseSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Offer a course, for the whole organization or a team with everything below it."""
        self.authorized(permissions.create_some_course(self.actor))
        values = self.validated(CourseInput)
        self.authorized(permissions.create_course(self.actor, values.get("team")))
        made = course.create_course(actor=self.actor, **values)
        return Response(self.shown(made), status=status.HTTP_201_CREATED)

    @extend_schema(request=CoursePatch, responses=CourseSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a course; certificates that were given stay as they are."""
        found = self._editable()
        changes = self.validated(CoursePatch, partial=True)
        return Response(self.shown(course.edit_course(actor=self.actor, course=found, changes=changes)))

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Archive a course; `restore` brings it back."""
        course.archive_course(actor=self.actor, course=self._editable())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=CourseSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring an archived course back."""
        return Response(self.shown(course.restore_course(actor=self.actor, course=self._editable())))

    def _editable(self) -> Course:
        found: Course = self.get_object()
        self.authorized(permissions.edit_course(self.actor, found))
        return found


class CourseSessionFilter(django_filters.FilterSet):
    course = django_filters.UUIDFilter(field_name="course_id")
    state = django_filters.ChoiceFilter(choices=SessionState.choices)

    class Meta:
        model = CourseSession
        fields: tuple[str, ...] = ()


class CourseSessionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """A course at a time and a place."""

    queryset = CourseSession.objects.all()
    serializer_class = CourseSessionSerializer
    filterset_class = CourseSessionFilter
    scopes = ROLLOUT
    singular, plural = "session of a course", "sessions of courses"

    def get_queryset(self) -> Any:
        """Count the places."""
        return with_places(super().get_queryset().select_related("course"))

    @extend_schema(request=CourseSessionInput, responses={201: CourseSessionSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Plan a session; who waits for any gets its places."""
        self.authorized(permissions.create_some_course(self.actor))
        values = self.validated(CourseSessionInput)
        self.authorized(permissions.edit_course(self.actor, values["course"]))
        made = course_session.plan_session(actor=self.actor, **values)
        return self._told(made, status.HTTP_201_CREATED)

    @extend_schema(request=CourseSessionPatch, responses=CourseSessionSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a session; never to fewer places than are taken."""
        found = self._editable()
        changes = self.validated(CourseSessionPatch, partial=True)
        return self._told(course_session.edit_session(actor=self.actor, session=found, changes=changes))

    @extend_schema(request=CancelSessionInput, responses=CourseSessionSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, **kwargs: Any) -> Response:
        """Cancel a session; who had a place gets another or waits on, and is told why."""
        found = self._editable()
        values = self.validated(CancelSessionInput)
        return self._told(course_session.cancel_session(actor=self.actor, session=found, **values))

    @extend_schema(request=None, responses=CourseSessionSerializer)
    @action(detail=True, methods=["post"])
    def reinstate(self, request: Request, **kwargs: Any) -> Response:
        """Let a session take place that was cancelled moments ago."""
        return self._told(course_session.reinstate_session(actor=self.actor, session=self._editable()))

    def _editable(self) -> CourseSession:
        found: CourseSession = self.get_object()
        self.authorized(permissions.edit_course(self.actor, found.course))
        return found

    def _told(self, session: CourseSession, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.shown(with_places(CourseSession.objects.all()).get(pk=session.pk)), status=code)


class EnrolmentFilter(django_filters.FilterSet):
    course = django_filters.UUIDFilter(field_name="course_id")
    session = django_filters.UUIDFilter(field_name="session_id")
    member = django_filters.UUIDFilter(field_name="member_id")
    state = django_filters.ChoiceFilter(choices=EnrolmentState.choices)

    class Meta:
        model = Enrolment
        fields: tuple[str, ...] = ()


class EnrolmentViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Who takes part: one's own, those in sessions one teaches, and those of courses one runs."""

    queryset = Enrolment.objects.all()
    serializer_class = EnrolmentSerializer
    filterset_class = EnrolmentFilter
    scopes = ROLLOUT
    also_scopes = ABOUT_PEOPLE
    singular, plural = "enrolment", "enrolments"

    def get_queryset(self) -> Any:
        """List those one may see; one by its id is refused with a reason."""
        rows = super().get_queryset() if self.action == "list" else Enrolment.objects.all()
        return rows.select_related("course", "session").prefetch_related("certificates")

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get an enrolment."""
        found = self.get_object()
        self.authorized(permissions.see_enrolment(self.actor, found))
        return Response(self.shown(found))

    @extend_schema(request=EnrolmentInput, responses={201: EnrolmentSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Enrol oneself, or somebody else as the office; without a place left they wait for one."""
        values = self.validated(EnrolmentInput)
        member = values.get("member") or self.actor.membership
        if self.actor.is_(member.pk):
            self.authorized(permissions.enrol(self.actor, values["course"]))
        else:
            self.authorized(permissions.edit_course(self.actor, values["course"]))
        made = enrolment.enrol(actor=self.actor, course=values["course"], member=member, session=values.get("session"))
        return Response(self.shown(made), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=EnrolmentSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, **kwargs: Any) -> Response:
        """End an enrolment before the course."""
        return Response(self.shown(enrolment.leave(actor=self.actor, enrolment=self._endable())))

    @extend_schema(request=None, responses=EnrolmentSerializer)
    @action(detail=True, methods=["post"])
    def rejoin(self, request: Request, **kwargs: Any) -> Response:
        """Take back that somebody left moments ago; they may have to wait."""
        return Response(self.shown(enrolment.rejoin(actor=self.actor, enrolment=self._endable())))

    @extend_schema(request=AttendanceInput, responses=EnrolmentSerializer)
    @action(detail=True, methods=["post"])
    def attendance(self, request: Request, **kwargs: Any) -> Response:
        """Say whether somebody came, once the session has begun."""
        found = self.get_object()
        session = found.session
        if session is None:
            self.authorized(permissions.edit_course(self.actor, found.course))
            raise exceptions.NotFound
        session.course = found.course
        self.authorized(permissions.teach(self.actor, session))
        values = self.validated(AttendanceInput)
        attendance.mark_attendance(actor=self.actor, enrolment=found, **values)
        return Response(self.shown(self.get_object()))

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def certificate(self, request: Request, **kwargs: Any) -> HttpResponse:
        """Download the certificate as PDF, in the language of whoever it belongs to."""
        found = self.get_object()
        self.authorized(permissions.get_certificate(self.actor, found))
        rows = CourseCertificate.objects.select_related("enrolment__course", "enrolment__member__user")
        given = rows.filter(enrolment=found).first()
        if given is None:
            raise exceptions.NotFound
        name = Organization.objects.get(pk=require_organization_id()).name
        answer = HttpResponse(certificate_pdf(printed(given, name)), content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="certificate-{given.number}.pdf"'
        return answer

    def _endable(self) -> Enrolment:
        found: Enrolment = self.get_object()
        self.authorized(permissions.end_enrolment(self.actor, found))
        return found
