"""Who holds which role: the staffing, giving, answering and ending."""

from django.urls import URLPattern, URLResolver, path

from roles.views import assignment, staffing

urlpatterns: list[URLPattern | URLResolver] = [
    path("roles/staffing/", staffing.staffing_page, name="staffing"),
    path("roles/mine/", staffing.my_roles, name="my_roles"),
    path("roles/assignments/new/", assignment.assignment_create, name="assignment_create"),
    path("roles/assignments/<uuid:assignment_id>/", assignment.assignment, name="assignment"),
    path("roles/assignments/<uuid:assignment_id>/answer/", assignment.assignment_answer, name="assignment_answer"),
    path("roles/assignments/<uuid:assignment_id>/edit/", assignment.assignment_edit, name="assignment_edit"),
    path("roles/assignments/<uuid:assignment_id>/end/", assignment.assignment_end, name="assignment_end"),
    path("roles/assignments/<uuid:assignment_id>/resume/", assignment.assignment_resume, name="assignment_resume"),
]
