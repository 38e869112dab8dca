"""Role profiles."""

from django.urls import URLPattern, URLResolver, path

import roles.urls.converters  # noqa: F401 # names of roles in addresses
from roles.views import profile

urlpatterns: list[URLPattern | URLResolver] = [
    path("roles/profiles/", profile.role_profiles, name="role_profiles"),
    path("roles/profiles/<role_name:role>/", profile.role_profile_edit, name="role_profile_edit"),
    path("roles/profiles/<role_name:role>/reset/", profile.role_profile_reset, name="role_profile_reset"),
    path("roles/profiles/<role_name:role>/restore/", profile.role_profile_restore, name="role_profile_restore"),
    path("roles/profiles/<role_name:role>/qualifications/", profile.qualification_create, name="qualification_create"),
    path("roles/qualifications/<uuid:qualification_id>/", profile.qualification_edit, name="qualification_edit"),
    path(
        "roles/qualifications/<uuid:qualification_id>/archive/",
        profile.qualification_archive,
        name="qualification_archive",
    ),
    path(
        "roles/qualifications/<uuid:qualification_id>/restore/",
        profile.qualification_restore,
        name="qualification_restore",
    ),
]
