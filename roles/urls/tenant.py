"""Pages of roles, below `/o/<slug>/`."""

from roles.urls import (
    assignment,
    certificate,
    coach_profile,
    coaching_note,
    community,
    conflict,
    coverage,
    profile,
    raci,
    who_is_who,
)

app_name = "roles"
urlpatterns = [
    *assignment.urlpatterns,
    *who_is_who.urlpatterns,
    *coverage.urlpatterns,
    *coach_profile.urlpatterns,
    *certificate.urlpatterns,
    *coaching_note.urlpatterns,
    *conflict.urlpatterns,
    *profile.urlpatterns,
    *raci.urlpatterns,
    *community.urlpatterns,
]
