"""Addresses outside of every organization."""

from django.urls import URLPattern, URLResolver, path

from organizations.views import demo, founding, home, profile

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("organizations/", home.organization_list, name="organization_list"),
    path("organizations/switcher/", home.organization_switcher, name="organization_switcher"),
    path("organizations/new/", founding.organization_create, name="organization_create"),
    path("organizations/new/address/", founding.organization_address, name="organization_address"),
    path("profile/", profile.profile, name="profile"),
    path("language/", profile.switch_language, name="set_language"),
    path("demo/", demo.demo, name="demo"),
]
