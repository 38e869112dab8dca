"""Addresses of the API outside of any organization."""

from django.urls import path

from okrapp.api.problems import nothing_here
from okrapp.api.reference import schema

urlpatterns = [
    path("schema/", schema, name="api_schema"),
    path("", nothing_here, name="api_root"),
    path("<path:rest>", nothing_here, name="api_nothing_here"),
]
