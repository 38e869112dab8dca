"""The library of examples."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import example

urlpatterns: list[URLPattern | URLResolver] = [
    path("examples/", example.examples, name="examples"),
    path("examples/new/", example.example_create, name="example_create"),
    path("examples/<uuid:example_id>/edit/", example.example_edit, name="example_edit"),
    path("examples/<uuid:example_id>/archive/", example.example_archive, name="example_archive"),
    path("examples/<uuid:example_id>/restore/", example.example_restore, name="example_restore"),
]
