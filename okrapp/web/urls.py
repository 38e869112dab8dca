"""Addresses of this package."""

from django.urls import URLPattern, URLResolver, path
from django.views.i18n import set_language

from okrapp.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", set_language, name="set_language"),
    # Development and demo only; elsewhere these answer 404.
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/drawer/", views.styleguide_drawer, name="styleguide_drawer"),
    path("styleguide/undo/", views.styleguide_undo, name="styleguide_undo"),
    path("styleguide/progress/", views.styleguide_progress, name="styleguide_progress"),
    path("styleguide/palette/", views.styleguide_palette, name="styleguide_palette"),
]
