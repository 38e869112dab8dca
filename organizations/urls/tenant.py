"""Addresses of one organization."""

from organizations.urls import joining, people, settings

app_name = "organizations"
urlpatterns = [*joining.urlpatterns, *people.urlpatterns, *settings.urlpatterns]
