"""Addresses of this package."""

from django.urls import URLPattern, URLResolver, path

from okrapp.web import health, metrics, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    # Development and demo only; elsewhere these answer 404.
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/drawer/", views.styleguide_drawer, name="styleguide_drawer"),
    path("styleguide/undo/", views.styleguide_undo, name="styleguide_undo"),
    path("styleguide/progress/", views.styleguide_progress, name="styleguide_progress"),
    path("styleguide/palette/", views.styleguide_palette, name="styleguide_palette"),
]
