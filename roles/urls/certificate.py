"""Certificates that people hold."""

from django.urls import URLPattern, URLResolver, path

from roles.views import certificate

urlpatterns: list[URLPattern | URLResolver] = [
    path("roles/certificates/", certificate.certificates, name="certificates"),
    path("roles/certificates/of/<uuid:member_id>/", certificate.member_certificates, name="member_certificates"),
    path("roles/certificates/of/<uuid:member_id>/new/", certificate.certificate_create, name="certificate_create"),
    path("roles/certificates/<uuid:certificate_id>/", certificate.certificate_edit, name="certificate_edit"),
    path("roles/certificates/<uuid:certificate_id>/remove/", certificate.certificate_remove, name="certificate_remove"),
    path(
        "roles/certificates/<uuid:certificate_id>/restore/", certificate.certificate_restore, name="certificate_restore"
    ),
]
