"""Courses, their sessions and who takes part, and what the teams of a plan still have to learn."""

from django.urls import URLPattern, URLResolver, path

from rollout.views import course, course_session, enablement, enrolment

urlpatterns: list[URLPattern | URLResolver] = [
    path("rollout/courses/", course.courses, name="courses"),
    path("rollout/courses/mine/", course.mine, name="my_courses"),
    path("rollout/courses/new/", course.course_create, name="course_create"),
    path("rollout/courses/<uuid:course_id>/", course.course, name="course"),
    path("rollout/courses/<uuid:course_id>/edit/", course.course_edit, name="course_edit"),
    path("rollout/courses/<uuid:course_id>/archive/", course.course_archive, name="course_archive"),
    path("rollout/courses/<uuid:course_id>/restore/", course.course_restore, name="course_restore"),
    path("rollout/courses/<uuid:course_id>/wait/", enrolment.course_wait, name="course_wait"),
    path("rollout/courses/<uuid:course_id>/sessions/new/", course_session.session_create, name="session_create"),
    path("rollout/sessions/<uuid:course_session_id>/", course_session.session, name="session"),
    path("rollout/sessions/<uuid:course_session_id>/edit/", course_session.session_edit, name="session_edit"),
    path("rollout/sessions/<uuid:course_session_id>/cancel/", course_session.session_cancel, name="session_cancel"),
    path(
        "rollout/sessions/<uuid:course_session_id>/reinstate/",
        course_session.session_reinstate,
        name="session_reinstate",
    ),
    path("rollout/sessions/<uuid:course_session_id>/enrol/", enrolment.session_enrol, name="session_enrol"),
    path(
        "rollout/sessions/<uuid:course_session_id>/people/new/",
        course_session.session_enrol_somebody,
        name="session_enrol_somebody",
    ),
    path("rollout/sessions/<uuid:course_session_id>/came/", course_session.attendance_rest, name="attendance_rest"),
    path(
        "rollout/sessions/<uuid:course_session_id>/calendar/", course_session.session_calendar, name="session_calendar"
    ),
    path("rollout/enrolments/<uuid:enrolment_id>/came/", course_session.attendance_mark, name="attendance_mark"),
    path("rollout/enrolments/<uuid:enrolment_id>/leave/", enrolment.enrolment_leave, name="enrolment_leave"),
    path("rollout/enrolments/<uuid:enrolment_id>/rejoin/", enrolment.enrolment_rejoin, name="enrolment_rejoin"),
    path("rollout/enrolments/<uuid:enrolment_id>/certificate/", enrolment.certificate, name="course_certificate"),
    path("rollout/<uuid:plan_id>/enablement/", enablement.enablement, name="enablement"),
    path("rollout/waves/<uuid:wave_id>/lacking/<uuid:course_id>/", enablement.lacking, name="lacking"),
]
