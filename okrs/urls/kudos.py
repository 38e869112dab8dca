"""Kudos."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import kudos

_ONE = "kudos/<uuid:kudos_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("kudos/", kudos.kudos, name="kudos"),
    path("kudos/new/", kudos.kudos_create, name="kudos_create"),
    path(f"{_ONE}/remove/", kudos.kudos_remove, name="kudos_remove"),
    path(f"{_ONE}/restore/", kudos.kudos_restore, name="kudos_restore"),
    path(f"{_ONE}/react/", kudos.kudos_react, name="kudos_react"),
]
