"""Who is who."""

from django.urls import URLPattern, URLResolver, path

from roles.views import who_is_who

urlpatterns: list[URLPattern | URLResolver] = [
    path("roles/", who_is_who.who_is_who, name="who_is_who"),
]
