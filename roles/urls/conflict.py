"""Conflicts of interest, and the exceptions from the rule."""

from django.urls import URLPattern, URLResolver, path

from roles.views import conflict, exception

urlpatterns: list[URLPattern | URLResolver] = [
    path("roles/conflicts/", conflict.conflicts, name="conflicts"),
    path("roles/exceptions/new/", exception.exception_create, name="exception_create"),
    path("roles/exceptions/<uuid:exception_id>/withdraw/", exception.exception_withdraw, name="exception_withdraw"),
    path("roles/exceptions/<uuid:exception_id>/restore/", exception.exception_restore, name="exception_restore"),
]
